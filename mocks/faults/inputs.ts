import type { Fault } from '../fault.ts';

/** Members that are one text, and those that are lists. */
const singular = new Set(['AccessToken', 'AttributeName', 'Code', 'Name', 'Value', 'note']);
const lists = new Set(['UserAttributes', 'UserAttributeNames']);

/** How the members of an input are read and checked, before anything is looked up. */
export const inputs: Record<string, Fault> = {
  'reads-numbers-as-text': members((value) => (typeof value === 'number' ? String(value) : value)),
  'reads-booleans-as-text': members((value, name) =>
    typeof value === 'boolean' && singular.has(name) ? String(value) : value,
  ),
  'reads-a-list-as-its-first': members((value, name) =>
    Array.isArray(value) && singular.has(name) ? (value[0] as unknown) : value,
  ),
  'reads-an-object-as-text': members((value, name) =>
    isObject(value) && singular.has(name) ? JSON.stringify(value) : value,
  ),
  'reads-one-as-a-list': members((value, name) =>
    lists.has(name) && value !== null && !Array.isArray(value) ? [value] : value,
  ),
  'reads-an-object-as-attributes': members((value, name) =>
    name === 'UserAttributes' && isObject(value) && !('Name' in value)
      ? Object.entries(value).map(([Name, Value]) => ({ Name, Value }))
      : value,
  ),
  'no-list-is-read-as-an-empty-one': members((value, name) =>
    name === 'UserAttributes' && ['number', 'boolean', 'string'].includes(typeof value) ? [] : value,
  ),
  'passes-over-attributes-of-another-type': inLists('UserAttributes', (one) => one === null || isObject(one)),
  'passes-over-attributes-that-are-null': inLists('UserAttributes', (one) => one !== null),
  'passes-over-names-that-are-null': inLists('UserAttributeNames', (one) => one !== null),
  'passes-over-metadata-of-another-type': members((value, name) =>
    name === 'ClientMetadata' && !isObject(value) ? undefined : value,
  ),
  'passes-over-metadata-values-of-another-type': members((value, name) =>
    name === 'ClientMetadata' && isObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'string'))
      : value,
  ),
  'reads-other-types-as-blank-values': members((value, name) =>
    name === 'Value' && value !== null && typeof value !== 'string' ? '' : value,
  ),
  'reads-null-as-a-text': members((value, name) => (value === null && singular.has(name) ? 'null' : value)),
  'reads-null-as-a-blank-value': members((value, name) => (value === null && name === 'Value' ? '' : value)),
  'reads-no-value-as-a-blank-one': members((value) =>
    isObject(value) && 'Name' in value && !('Value' in value) ? { ...value, Value: '' } : value,
  ),
  'cannot-read-null-for-metadata': members((value, name) => (value === null && name === 'ClientMetadata' ? 0 : value)),
  'reads-only-true-as-true': members((value, name) =>
    name === 'Permanent' && typeof value === 'string' ? false : value,
  ),
  'cannot-read-unknown-members': members((value) =>
    isObject(value) && 'Colour' in value ? { ...value, Name: 0, UserAttributes: 0 } : value,
  ),
  'tells-one-violation-of-many': violations((count, told) => [
    count.replace(/^\d+/, '1').replace('errors', 'error'),
    told.slice(0, 1),
  ]),
  'tells-violations-without-their-number': violations((_, told) => ['Validation failed', told]),
  'tells-members-as-the-input-names-them': violations((count, told) => [
    count,
    told.map((one) => one.replace(/at '(\w)/, (_, first: string) => `at '${first.toUpperCase()}`)),
  ]),
  'violations-are-of-another-type': {
    answer: (answer) =>
      answer.body.includes('validation error')
        ? { ...answer, body: answer.body.replace('InvalidParameterException', 'ValidationException') }
        : answer,
  },
};

/** A fault in reading JSON: what each member is read as; the body itself has no name. */
function members(change: (value: unknown, name: string) => unknown): Fault {
  return {
    request: (request) => {
      try {
        const json: unknown = JSON.parse(request.body, (name, value: unknown) => change(value, name));
        return { ...request, body: JSON.stringify(json) };
      } catch {
        return request;
      }
    },
  };
}

function inLists(list: string, keeps: (one: unknown) => boolean): Fault {
  return members((value, name) => (name === list && Array.isArray(value) ? value.filter(keeps) : value));
}

/** A fault in how the message of broken bounds is put together. */
function violations(change: (count: string, told: string[]) => [count: string, told: string[]]): Fault {
  return {
    answer: (answer) => {
      const [, before, count, told, after] =
        /^(.*"message":")(\d+ validation errors? detected): (.*)("\}.*)$/s.exec(answer.body) ?? [];
      if (count === undefined || told === undefined) return answer;
      const [newCount, newTold] = change(count, told.split('; '));
      return { ...answer, body: `${before}${newCount}: ${newTold.join('; ')}${after}` };
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
