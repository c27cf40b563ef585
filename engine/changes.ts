import type { JsonObject, Step } from './case.ts';
import { add, fill, nameOf, type CaseRun } from './case-run.ts';
import type { Finding } from './expectation.ts';
import type { User } from './users.ts';
import { Interruption } from './interruption.ts';
import { compareAttributes, observe, type AttributeDifference, type Attributes } from './observation.ts';
import { testedBy } from './tested-by.ts';

/** Holds every watched user's whole attribute set against what the step says it changed. */
export async function checkChanges(step: Step, index: number, run: CaseRun): Promise<void> {
  for (const user of watched(run)) {
    const changes = (user.name === 'user' ? step.changes : step.others?.[user.name]) ?? {};
    const before = user.attributes;
    user.attributes = await attributesOf(user, run);
    const wanted = fill(changes, run) as JsonObject;
    const differences = compareAttributes(before, user.attributes, wanted, run.session.match);
    const [first] = differences;
    if (!step.expect && first) {
      const name = nameOf(step);
      const reason = `${name}: ${differences.map((difference) => say(user, difference)).join('; ')}${testedBy(step, run)}`;
      throw new Interruption('blocked', `${name} as a preparation: ${first.attribute} is ${first.fate}`, reason, name);
    }
    add(
      differences.map((difference) => findingOf(user, difference)),
      'expect',
      step,
      index,
      run,
    );
  }
}

/** Takes the state as it is for the one that later steps begin from. */
export async function observeAll(run: CaseRun): Promise<void> {
  for (const user of watched(run)) user.attributes = await attributesOf(user, run);
}

function watched({ fixture }: CaseRun): User[] {
  return [...(fixture?.users.values() ?? [])];
}

function attributesOf({ Username }: User, { fixture, session, caller }: CaseRun): Promise<Attributes> {
  return observe(fixture?.pool?.UserPoolId ?? '', Username, session, caller);
}

function findingOf(user: User, difference: AttributeDifference): Finding {
  const { attribute, fate, expected, actual } = difference;
  return {
    kind: 'attributes',
    path: `${user.name}.${attribute}`,
    message: say(user, difference),
    expected,
    actual,
    keyword: fate,
  };
}

function say({ name }: User, { attribute, fate, expected, actual }: AttributeDifference): string {
  return `${name}.${JSON.stringify(attribute).slice(1, -1)} is ${fate}: ${shown(actual)} instead of ${shown(expected)}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
