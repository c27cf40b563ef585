import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import type { Report } from '../engine/result.ts';
import { manifestOf } from '../hosts/open-target.ts';
import { runTarget } from '../hosts/command/run-target.ts';
import { readResults } from '../hosts/results-file.ts';
import { about, packageRoot } from '../package.ts';
import { compareFiles } from '../reports/comparison/compare-files.ts';
import { fileMarkdown } from '../reports/comparison/file-markdown.ts';
import { filePage } from '../reports/comparison/file-page.ts';
import { reporters } from '../reports/reporters.ts';
import { terminalMatrix } from '../reports/terminal-matrix.ts';
import { commandsIn, controlsIn, foreignIn, namesIn } from './hostile/readers.ts';
import { serveHostile } from './hostile/serve-hostile.ts';
import { ways, type Way } from './hostile/ways.ts';

const suite = loadSuite(packageRoot, about);
const MEGABYTE = 1024 * 1024;

/** Far above what any of them takes, and far below what a quadratic one would. */
const MOST_MS = 100_000;

test.each(Object.entries(ways).map(([what, way], nth) => ({ what, way, nth })))(
  'no output is broken, and nobody else is asked, by a target with hostile $what',
  async ({ way, nth }) => {
    // Every place is reached by many cases: an eighth of them each.
    const cases = suite.cases.filter((_, index) => index % 8 === nth % 8);
    const started = performance.now();
    const { report, written, said, asked } = await judged(way, cases);
    expect(performance.now() - started).toBeLessThan(MOST_MS);
    expect(asked).toEqual([]);
    expect(report.results.length).toBe(cases.length);
    // Whatever a target says, it is not the suite that is wrong.
    expect(
      report.results.filter(({ cause }) => cause === 'a fault of the suite').map(({ id, reason }) => [id, reason]),
    ).toEqual([]);
    expect(written.length).toBeLessThan(60 * MEGABYTE);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expectPlain({ 'standard error': said });

    const context = { evidence: (id: string) => suite.evidence.get(id), colour: false, width: 100, strict: true };
    const render = (name: string): string => reporters[name]?.render([report], context) ?? '';
    expectPlain({
      terminal: render('terminal'),
      'in colour': reporters['terminal']?.render([report], { ...context, colour: true, detail: 'verbose' }) ?? '',
      'a matrix': terminalMatrix([report, report], context),
      'a comparison': filePage(compareFiles(conforming(report), report, { strict: true }), context),
      badge: render('badge'),
      JSON: render('json'),
    });
    expect(JSON.parse(render('json'))).toEqual(JSON.parse(JSON.stringify(report)));
    for (const markdown of [
      render('markdown'),
      fileMarkdown(compareFiles(conforming(report), report, { strict: true })),
    ]) {
      expect(foreignIn(markdown)).toEqual([]);
      expect(markdown.length).toBeLessThan(4 * MEGABYTE);
      expectPlain({ markdown });
    }
    const junit = render('junit');
    expect(namesIn(junit).filter((name) => !OF_JUNIT.includes(name))).toEqual([]);
    expectPlain({ junit });
    const annotations = render('github').split('\n').slice(0, -1);
    expect(
      annotations.filter(
        (line) => !/^::(error|warning|notice) title=[^:,\r]*(,file=[^:,]*,line=\d+,col=\d+)?::[^\r]*$/.test(line),
      ),
    ).toEqual([]);
    expect(controlsIn(annotations.join('\n'))).toEqual([]);
    expect(annotations.length).toBeLessThan(22);
    expect(render('html').length).toBeLessThan(8 * MEGABYTE);
  },
);

const OF_JUNIT = [
  ...['testsuites', 'testsuite', 'testcase', 'properties', 'property', 'failure', 'error', 'skipped', 'system-out'],
  ...[
    'name',
    'id',
    'tests',
    'failures',
    'errors',
    'skipped',
    'time',
    'timestamp',
    'classname',
    'file',
    'type',
    'message',
    'value',
  ],
];

function expectPlain(outputs: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(outputs)) {
    expect([name, commandsIn(text)]).toEqual([name, []]);
    expect([name, controlsIn(text)]).toEqual([name, []]);
  }
}

/** The same target on a better day. */
function conforming(report: Report): Report {
  return { ...report, results: report.results.map((result) => ({ ...result, verdict: 'pass' as const, steps: [] })) };
}

interface Judged {
  report: Report;
  /** `results.json`. */
  written: string;
  said: string;
  /** What the canary was asked. */
  asked: string[];
}

async function judged(way: Way, cases: typeof suite.cases): Promise<Judged> {
  const { url, asked, close } = await serveHostile(way);
  const out = mkdtempSync(join(tmpdir(), 'hostile-test-'));
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const complain = vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
  try {
    const { selfTest: _, ...manifest } = await manifestOf({ name: 'mock-served' });
    const whole = { ...manifest, start: { url }, version: { get: '/version', pointer: '/version', pinned: '1.0.0' } };
    const { signal } = new AbortController();
    await runTarget(whole, { suite, cases, folder: out, strict: true, trace: false, signal });
    const written = readFileSync(join(out, 'results.json'), 'utf8');
    return { report: readResults(join(out, 'results.json')), written, said: said.join(''), asked };
  } finally {
    write.mockRestore();
    complain.mockRestore();
    rmSync(out, { recursive: true });
    await close();
  }
}
