import * as core from '@actions/core';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { workflowCommand } from './workflow-command.ts';

/** What GitHub's own toolkit writes. */
function theirs(kind: 'error' | 'warning' | 'notice', message: string, properties: core.AnnotationProperties): string {
  const written: unknown[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(text) > 0);
  try {
    core[kind](message, properties);
  } finally {
    write.mockRestore();
  }
  return written.join('').trimEnd();
}

test('a command is written as the toolkit of GitHub writes it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '%', '\r', '\n', ':', ',', '=', ';', ' ', '"', '日') });
  fc.assert(
    fc.property(
      fc.constantFrom('error' as const, 'warning' as const, 'notice' as const),
      text.filter((message) => !/\s$/.test(message)),
      text.filter((title) => title !== ''),
      fc.option(fc.record({ file: text.filter((file) => file !== ''), line: fc.nat({ max: 900 }).map((n) => n + 1) })),
      (kind, message, title, place) => {
        const ours = workflowCommand(
          kind,
          { title, ...(place && { file: place.file, line: place.line, col: 3 }) },
          message,
        );
        const same = theirs(kind, message, {
          title,
          ...(place && { file: place.file, startLine: place.line, startColumn: 3 }),
        });
        expect(ours).toBe(same);
      },
    ),
  );
});

test('text cannot end its command or begin another', () => {
  expect(workflowCommand('error', { title: 'a: b, c' }, '100 %\n::stop-commands::x')).toBe(
    '::error title=a%3A b%2C c::100 %25%0A::stop-commands::x',
  );
});
