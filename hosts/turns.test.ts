import { expect, test } from 'vitest';
import { createTurns, type EndTurn } from './turns.ts';

/** Asks for turns by name; `begun` is who has begun, in order. */
function asking() {
  const turns = createTurns();
  const begun: string[] = [];
  const ends = new Map<string, EndTurn>();
  const ask = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      void turns(name.startsWith('alone')).then((end) => {
        begun.push(name);
        ends.set(name, end);
      });
    }
    await settled();
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await settled();
  };
  return { begun, ask, end };
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

test('turns beside others begin at once', async () => {
  const { begun, ask } = asking();
  await ask('a', 'b', 'c');
  expect(begun).toEqual(['a', 'b', 'c']);
});

test('a turn alone waits for those under way, and those that ask later wait for it', async () => {
  const { begun, ask, end } = asking();
  await ask('a', 'b', 'alone', 'c', 'd');
  await end('a');
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'alone']);
  await end('alone');
  expect(begun).toEqual(['a', 'b', 'alone', 'c', 'd']);
});

test('turns alone follow each other, and a turn that is ended twice ends once', async () => {
  const { begun, ask, end } = asking();
  await ask('alone 1', 'alone 2', 'alone 3');
  await end('alone 1');
  await end('alone 1');
  expect(begun).toEqual(['alone 1', 'alone 2']);
  await end('alone 2');
  expect(begun).toEqual(['alone 1', 'alone 2', 'alone 3']);
});
