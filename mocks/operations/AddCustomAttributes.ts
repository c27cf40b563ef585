import { refuseAll } from '../attributes.ts';
import type { Input } from '../inputs.ts';
import { custom } from '../schema.ts';
import { findPool, type State } from '../state.ts';

export function AddCustomAttributes({ UserPoolId, CustomAttributes }: Input<'AddCustomAttributes'>, state: State) {
  const { schema } = findPool(state, UserPoolId);
  const added = CustomAttributes.map(custom);
  const taken = added.filter(({ name }) => schema.has(name));
  refuseAll(
    '',
    taken.map(({ name }) => [name, `Existing attribute already has name ${name}.`]),
  );
  for (const attribute of added) schema.set(attribute.name, attribute);
  return {};
}
