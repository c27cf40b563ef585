import { expect, test } from 'vitest';
import type { Json, JsonObject } from './case.ts';
import { createShapes, unmodelledIn } from './shapes.ts';

const read: JsonObject = {
  type: 'object',
  required: ['Name'],
  properties: {
    Name: { type: 'string', maxLength: 3 },
    Kind: { enum: ['A', 'B'] },
    Items: { type: 'array', items: { $ref: '#/$defs/Item' } },
    Free: { type: 'array' },
    Any: true,
    Lost: { $ref: '#/$defs/Lost' },
  },
  $defs: { Item: { type: 'object', properties: { Id: { type: 'string' } } }, Lost: true },
};

test.each<[name: string, body: Json | undefined, differences: unknown[]]>([
  ['one that fits', { Name: 'a' }, []],
  [
    'one of another type',
    { Name: 7 },
    [{ path: '/Name', keyword: 'type', message: 'must be string', expected: 'string', actual: 7 }],
  ],
  [
    'one that differs in two places',
    { Name: 'abcd', Kind: 'C' },
    [
      {
        path: '/Name',
        keyword: 'maxLength',
        message: 'must NOT have more than 3 characters',
        expected: 3,
        actual: 'abcd',
      },
      {
        path: '/Kind',
        keyword: 'enum',
        message: 'must be equal to one of the allowed values',
        expected: ['A', 'B'],
        actual: 'C',
      },
    ],
  ],
  [
    'one further in',
    { Name: 'a', Items: [{ Id: 'x' }, { Id: 7 }] },
    [{ path: '/Items/1/Id', keyword: 'type', message: 'must be string', expected: 'string', actual: 7 }],
  ],
  [
    'none',
    undefined,
    [{ path: '', keyword: 'type', message: 'must be object', expected: 'object', actual: undefined }],
  ],
])('an answer is held against the shape of its operation: %s', (_, body, differences) => {
  const shapes = createShapes({ Read: read });
  expect(shapes.differences('Read', body)).toEqual(differences);
  expect(shapes.differences('Write', body)).toEqual([]);
});

const isNull = (path: string, expected: unknown) => ({
  path,
  keyword: 'null',
  message: 'is null, where the service leaves the member out',
  expected,
  actual: null,
});

test.each<[name: string, body: Json | undefined, nulls: unknown[], differences: string[]]>([
  ['an optional one', { Name: 'a', Items: null }, [isNull('/Items', 'array')], []],
  ['one of a few words, once', { Name: 'a', Kind: null }, [isNull('/Kind', ['A', 'B'])], []],
  ['one further in', { Name: 'a', Items: [{ Id: null }] }, [isNull('/Items/0/Id', 'string')], []],
  ['one that must be there', { Name: null }, [isNull('/Name', 'string')], ['']],
  ['an item of a list', { Name: 'a', Items: [null] }, [], ['/Items/0']],
  ['one of any type', { Name: 'a', Any: null, Other: null }, [], []],
  ['none', { Name: 'a' }, [], []],
  ['all', null, [], ['']],
])('a member that is null is one that is not there: %s', (_, body, nulls, differences) => {
  const shapes = createShapes({ Read: read });
  expect(shapes.nulls('Read', body)).toEqual(nulls);
  expect(shapes.differences('Read', body).map(({ path }) => path)).toEqual(differences);
  expect(shapes.nulls('Write', body)).toEqual([]);
});

test.each<[name: string, body: Json | undefined, members: string[]]>([
  ['none', { Name: 'a', Items: [{ Id: 'x' }] }, []],
  ['one', { Other: 1 }, ['/Other']],
  ['one of several items, once', { Items: [{ Id: 'x', More: 1 }, { More: 2 }, 7] }, ['/Items/-/More']],
  ['in a list of anything', { Free: [{ More: 1 }] }, []],
  ['in what may be anything', { Any: { More: 1 } }, []],
  ['in what refers to no object', { Lost: { More: 1 } }, []],
  ['in no object', 'text', []],
  ['in nothing', undefined, []],
])('members that the model does not know: %s', (_, body, members) => {
  const shapes = createShapes({ Read: read });
  expect(shapes.unmodelled('Read', body)).toEqual(members);
  expect(unmodelledIn(read, body)).toEqual(members);
  expect(shapes.unmodelled('Write', body)).toEqual([]);
});

test('a member that every object has is as unknown as another', () => {
  const body = JSON.parse('{"Name":"a","constructor":1,"__proto__":{"x":1}}') as Json;
  expect(unmodelledIn(read, body)).toEqual(['/constructor', '/__proto__']);
});
