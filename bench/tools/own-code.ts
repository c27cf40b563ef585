import { headersOf } from '../headers.ts';
import type { List } from '../list.ts';

/** What somebody writes who tests an API with a test runner: fetch, ajv, and what is expected. */
export function sendModule(): string {
  return `import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

export const list = JSON.parse(readFileSync(new URL('./list.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false });
const validators = new Map();
const endpoint = process.env.ENDPOINT;

export async function post({ body, headers }, saved) {
  const text = JSON.stringify(body).replace(/\\{\\{(\\w+)\\}\\}/g, (_, name) => saved[name]);
  const response = await fetch(endpoint, { method: 'POST', headers, body: text });
  const answer = await response.text();
  return { status: response.status, body: answer === '' ? {} : JSON.parse(answer) };
}

export function differences({ status, schema, attribute }, answer) {
  if (answer.status !== status) return ['status ' + answer.status + ' instead of ' + status];
  const found = [];
  if (schema) {
    const validate = validators.get(schema) ?? ajv.compile(list.schemas[schema]);
    validators.set(schema, validate);
    if (!validate(answer.body)) found.push(ajv.errorsText(validate.errors));
  }
  if (attribute && !answer.body.UserAttributes.some(({ Name, Value }) => Name === attribute.Name && Value === attribute.Value))
    found.push(attribute.Name + ' is not ' + attribute.Value);
  return found;
}

export async function run(exchanges, saved) {
  const found = [];
  for (const exchange of exchanges) {
    const answer = await post(exchange, saved);
    if (exchange.save) saved[exchange.save.name] = exchange.save.at.reduce((node, part) => node?.[part], answer.body);
    found.push(...differences(exchange, answer));
  }
  return found;
}
`;
}

/** The list with the headers of each request. */
export function withHeaders(list: List): object {
  const complete = (exchanges: List['before']): object[] =>
    exchanges.map((exchange) => ({ ...exchange, headers: headersOf(exchange) }));
  const { before, cases, after, schemas } = list;
  return {
    before: complete(before),
    cases: cases.map(({ name, exchanges }) => ({ name, exchanges: complete(exchanges) })),
    after: complete(after),
    schemas,
  };
}
