import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { headersOf } from './headers.ts';
import type { Exchange, List } from './list.ts';

/** The floor: nothing but the requests of a list over kept connections, and ajv. Prints the cases that are wrong. */
const [, , file = '', endpoint = '', concurrency = '1'] = process.argv;
const list = JSON.parse(readFileSync(file, 'utf8')) as List;
const agent = new Agent({ keepAlive: true });
const ajv = new Ajv2020({ strict: false });
const schemas = new Map<string, ValidateFunction>();
const shared: Record<string, string> = {};
const wrong: string[] = [];

function post(exchange: Exchange, saved: Record<string, string>): Promise<{ status: number; body: unknown }> {
  const text = JSON.stringify(exchange.body).replace(/\{\{(\w+)\}\}/g, (_, name: string) => saved[name] ?? '');
  const headers = { ...headersOf(exchange), 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const outgoing = request(endpoint, { method: 'POST', agent, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, body: body === '' ? {} : JSON.parse(body) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

async function holds(exchange: Exchange, saved: Record<string, string>): Promise<boolean> {
  const { status, body } = await post(exchange, saved);
  const { save, schema, attribute } = exchange;
  if (save)
    saved[save.name] = String(save.at.reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], body));
  if (status !== exchange.status) return false;
  if (schema !== undefined && !validatorOf(schema)(body)) return false;
  const { UserAttributes = [] } = body as { UserAttributes?: { Name: string; Value: string }[] };
  return !attribute || UserAttributes.some(({ Name, Value }) => Name === attribute.Name && Value === attribute.Value);
}

function validatorOf(name: string): ValidateFunction {
  const validate = schemas.get(name) ?? ajv.compile(list.schemas[name] ?? false);
  schemas.set(name, validate);
  return validate;
}

async function work(): Promise<void> {
  for (let one = list.cases.shift(); one; one = list.cases.shift()) {
    const saved = { ...shared };
    const held = [];
    for (const exchange of one.exchanges) held.push(await holds(exchange, saved));
    if (held.includes(false)) wrong.push(one.name);
  }
}

for (const exchange of list.before) await holds(exchange, shared);
await Promise.all(Array.from({ length: Number(concurrency) }, work));
for (const exchange of list.after) await holds(exchange, shared);
console.log(JSON.stringify(wrong));
agent.destroy();
