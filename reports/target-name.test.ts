import { expect, test } from 'vitest';
import { header } from './sample.test-data.ts';
import { selfTest, shortName, targetName } from './target-name.ts';

test('a target is named with its version, and with what it was asked through', () => {
  const { target } = header;
  expect([shortName(target), shortName(target, 'wire')]).toEqual(['moto 5.2.1', 'moto 5.2.1']);
  expect(shortName({ name: 'moto', endpoint: '' }, 'sdk')).toBe('moto via sdk');
  const self = { ...target, selfTest: true };
  expect(targetName(self, shortName(self, 'browser'))).toBe(`moto 5.2.1 via browser (${selfTest})`);
});
