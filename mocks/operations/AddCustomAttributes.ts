import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { custom } from '../schema.ts';
import { findPool, type State } from '../state.ts';

export function AddCustomAttributes({ UserPoolId, CustomAttributes }: Input<'AddCustomAttributes'>, state: State) {
  const { schema } = findPool(state, UserPoolId);
  const added = CustomAttributes.map(custom);
  const taken = added.find(({ name }) => schema.has(name));
  if (taken) throw invalidParameter(`Existing attribute already has name ${taken.name}.`);
  for (const attribute of added) schema.set(attribute.name, attribute);
  return {};
}
