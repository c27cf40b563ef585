import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headersOf } from '../headers.ts';
import type { Exchange, List } from '../list.ts';
import { tool as bin } from '../toolbox.ts';
import { casesIn, type Tool } from './tool.ts';

/** The list as one row of requests. */
function inOrder({ before, cases, after }: List): (Exchange & { title: string })[] {
  return [
    ...before.map((exchange) => ({ ...exchange, title: `before ${exchange.operation}` })),
    ...cases.flatMap(({ name, exchanges }) =>
      exchanges.map((exchange, index) => ({ ...exchange, title: `${name} ${index + 1} ${exchange.operation}` })),
    ),
    ...after.map((exchange) => ({ ...exchange, title: `after ${exchange.operation}` })),
  ];
}

const path = (at: readonly string[]): string => at.map((part) => `.${part}`).join('');

export const stepCi: Tool = {
  name: 'Step CI',
  prepare: (list, { url, concurrency }, folder) => {
    mkdirSync(folder, { recursive: true });
    const filled = (text: string): string => text.replace(/\{\{(\w+)\}\}/g, '$${{captures.$1}}');
    const step = ({ body, save, schema, attribute, status, ...exchange }: Exchange): object => ({
      name: exchange.operation,
      http: {
        url: '${{env.endpoint}}',
        method: 'POST',
        headers: headersOf({ body, status, ...exchange }),
        body: filled(JSON.stringify(body)),
        ...(save && { captures: { [save.name]: { jsonpath: `$${path(save.at)}` } } }),
        check: {
          status,
          ...(schema && { schema: { $ref: `#/components/schemas/${schema}` } }),
          ...(attribute && {
            jsonpath: { [`$.UserAttributes[?(@.Name=="${attribute.Name}")].Value`]: [{ eq: [attribute.Value] }] },
          }),
        },
      },
    });
    const workflow = {
      version: '1.1',
      name: 'bench',
      env: { endpoint: url },
      config: { concurrency, continueOnFail: true },
      components: {
        schemas: Object.fromEntries(Object.entries(list.schemas).map(([name, schema]) => [name, inlined(schema)])),
      },
      before: { steps: list.before.map(step) },
      tests: Object.fromEntries(list.cases.map(({ name, exchanges }) => [name, { steps: exchanges.map(step) }])),
      after: { steps: list.after.map(step) },
    };
    // JSON is YAML.
    writeFileSync(join(folder, 'workflow.yml'), JSON.stringify(workflow));
    const words = [bin('stepci/dist/index.js'), 'run', 'workflow.yml'];
    const environment = { STEPCI_DISABLE_ANALYTICS: '1' };
    return {
      command: { program: process.execPath, words, folder, environment },
      failures: (output) => casesIn((output.match(/^ FAIL .*$/gm) ?? []).join()),
    };
  },
};

/** References of a schema to its own parts written out: Step CI resolves them from the root of the workflow. */
function inlined(schema: object): unknown {
  const { $defs, $schema, ...rest } = schema as { $defs?: Record<string, unknown>; $schema?: string };
  const write = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(write);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref } = node as { $ref?: string };
    if ($ref !== undefined) return write($defs?.[$ref.slice('#/$defs/'.length)]);
    return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, write(inner)]));
  };
  return write(rest);
}

export const httpyac: Tool = {
  name: 'httpyac',
  prepare: (list, { url }, folder) => {
    mkdirSync(folder, { recursive: true });
    const region = (exchange: Exchange & { title: string }): string => {
      const { title, body, save, schema, attribute, status } = exchange;
      const headers = Object.entries(headersOf(exchange)).map(([name, value]) => `${name}: ${value}`);
      const checks = [
        ...(save ? [`  exports.${save.name} = response.parsedBody${path(save.at)};`] : []),
        `  test('${title} status', () => assert.equal(response.statusCode, ${status}));`,
        ...(schema ? [`  test('${title} schema', () => assert.ok(validate('${schema}', response.parsedBody)));`] : []),
        ...(attribute
          ? [
              `  test('${title} attribute', () => assert.equal(response.parsedBody.UserAttributes.find(({ Name }) => Name === '${attribute.Name}')?.Value, '${attribute.Value}'));`,
            ]
          : []),
      ];
      return [
        `### ${title}`,
        'POST {{endpoint}}',
        ...headers,
        '',
        JSON.stringify(body),
        '',
        '{{@response',
        ...checks,
        '}}',
        '',
      ].join('\n');
    };
    const head = `@endpoint = ${url}
{{+
  const assert = require('assert');
  const { Ajv2020 } = require(${JSON.stringify(bin('ajv/dist/2020.js'))});
  const ajv = new Ajv2020({ strict: false });
  const schemas = ${JSON.stringify(list.schemas)};
  const validators = {};
  exports.assert = assert;
  exports.validate = (name, body) => (validators[name] ??= ajv.compile(schemas[name]))(body);
}}
`;
    writeFileSync(join(folder, 'list.http'), head + inOrder(list).map(region).join('\n'));
    const words = [bin('httpyac/bin/httpyac.js'), 'send', 'list.http', '--all', '--json', '--output', 'none'];
    return {
      command: { program: process.execPath, words, folder },
      failures: (output) => {
        const { requests } = JSON.parse(output.slice(output.indexOf('{'))) as {
          requests: {
            name?: string;
            title?: string;
            testResults?: { message: string; result?: boolean; status?: string }[];
          }[];
        };
        const failed = requests.flatMap(({ testResults = [] }) =>
          testResults.filter(({ result, status }) => result === false || status === 'FAILED' || status === 'ERROR'),
        );
        return casesIn(failed.map(({ message }) => message).join());
      },
    };
  },
};

/** What Postman's and Bruno's scripts share. */
function script(
  { save, schema, attribute, status, title }: Exchange & { title: string },
  schemas: List['schemas'],
  words: Words,
): string[] {
  return [
    `const body = ${words.body};`,
    ...(save ? [`${words.set}('${save.name}', body${path(save.at)});`] : []),
    `${words.test}('${title} status', () => ${words.expect}(${words.status}).to.equal(${status}));`,
    ...(schema ? [words.schema(title, schemas[schema] ?? {})] : []),
    ...(attribute
      ? [
          `${words.test}('${title} attribute', () => ${words.expect}(body.UserAttributes.find(({ Name }) => Name === '${attribute.Name}').Value).to.equal('${attribute.Value}'));`,
        ]
      : []),
  ];
}

/** Its old ajv knows no Unicode classes in patterns. */
function withoutUnicode(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema, (name, value: unknown) => (name === 'pattern' ? undefined : value)));
}

interface Words {
  body: string;
  set: string;
  test: string;
  expect: string;
  status: string;
  schema(title: string, schema: object): string;
}

export const newman: Tool = {
  name: 'newman',
  prepare: (list, { url }, folder) => {
    mkdirSync(folder, { recursive: true });
    const words: Words = {
      body: 'JSON.parse(pm.response.text() || "{}")',
      set: 'pm.environment.set',
      test: 'pm.test',
      expect: 'pm.expect',
      status: 'pm.response.code',
      schema: (title, schema) =>
        `pm.test('${title} schema', () => pm.response.to.have.jsonSchema(${JSON.stringify(withoutUnicode(inlined(schema)))}));`,
    };
    const item = inOrder(list).map((exchange) => ({
      name: exchange.title,
      request: {
        method: 'POST',
        url,
        header: Object.entries(headersOf(exchange)).map(([key, value]) => ({ key, value })),
        body: { mode: 'raw', raw: JSON.stringify(exchange.body) },
      },
      event: [{ listen: 'test', script: { exec: script(exchange, list.schemas, words) } }],
    }));
    const info = { name: 'bench', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' };
    writeFileSync(join(folder, 'list.json'), JSON.stringify({ info, item }));
    const line = [
      bin('newman/bin/newman.js'),
      'run',
      'list.json',
      '--reporters',
      'json',
      '--reporter-json-export',
      'newman.json',
    ];
    return {
      command: { program: process.execPath, words: line, folder },
      failures: () => {
        const { run } = JSON.parse(readFileSync(join(folder, 'newman.json'), 'utf8')) as {
          run: { failures: { source: { name: string } }[] };
        };
        return casesIn(run.failures.map(({ source }) => source.name).join());
      },
    };
  },
};

export const bruno: Tool = {
  name: 'Bruno',
  prepare: (list, { url }, folder) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'bruno.json'), JSON.stringify({ version: '1', name: 'bench', type: 'collection' }));
    const words: Words = {
      body: 'res.getBody() || {}',
      set: 'bru.setVar',
      test: 'test',
      expect: 'expect',
      status: 'res.getStatus()',
      schema: (title, schema) =>
        `const { Ajv2020 } = require(${JSON.stringify(bin('ajv/dist/2020.js'))});\ntest('${title} schema', () => expect(new Ajv2020({ strict: false }).validate(${JSON.stringify(schema)}, body)).to.equal(true));`,
    };
    inOrder(list).forEach((exchange, index) => {
      const indented = (lines: string[]): string => lines.join('\n').replace(/^/gm, '  ');
      const headers = Object.entries(headersOf(exchange)).map(([name, value]) => `${name}: ${value}`);
      const text = `meta {
  name: ${exchange.title}
  type: http
  seq: ${index + 1}
}

post {
  url: ${url}
  body: text
  auth: none
}

headers {
${indented(headers)}
}

body:text {
  ${JSON.stringify(exchange.body)}
}

tests {
${indented(script(exchange, list.schemas, words))}
}
`;
      writeFileSync(join(folder, `${String(index).padStart(5, '0')}.bru`), text);
    });
    const line = [bin('@usebruno/cli/bin/bru.js'), 'run', '--sandbox', 'developer', '--reporter-json', 'bruno.json'];
    return {
      command: { program: process.execPath, words: line, folder },
      failures: () => {
        const found = JSON.parse(readFileSync(join(folder, 'bruno.json'), 'utf8')) as {
          results: {
            name?: string;
            test?: { filename: string };
            testResults: { status: string; description: string }[];
          }[];
        }[];
        const failed = found.flatMap(({ results }) =>
          results.flatMap(({ testResults }) => testResults.filter(({ status }) => status === 'fail')),
        );
        return casesIn(failed.map(({ description }) => description).join());
      },
    };
  },
};
