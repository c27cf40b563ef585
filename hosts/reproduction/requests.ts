import type { JsonObject, RawRequest } from '../../engine/case.ts';
import { TARGET_PREFIX } from '../../engine/caller.ts';
import { option, word } from './shell.ts';

/** A command of the AWS CLI. Its input is one text, so that nothing in it is read as a file or a flag. */
export function awsCommand(operation: string, input: JsonObject, signed: boolean, query?: string): string {
  const name = operation.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
  const flags = [
    ...(signed ? [] : ['--no-sign-request']),
    ...(query === undefined ? [] : [`--query ${option(query)}`]),
  ];
  return `cognito ${[name, ...flags].join(' ')} \\\n  --cli-input-json ${word(JSON.stringify(input))}`;
}

export interface CallForm {
  signed: boolean;
  headers: Readonly<Record<string, string>>;
}

/** A call as the suite sends it. */
export function callCommand(operation: string, input: JsonObject, { signed, headers }: CallForm): string {
  const all = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET_PREFIX + operation, ...headers };
  const codings = Object.hasOwn(headers, 'accept-encoding') ? [] : ['--compressed'];
  const body = `--data-raw ${word(JSON.stringify(input))}`;
  return lines(signed ? 'signed' : 'send', ['"$ENDPOINT/"', ...codings], [...headerFlags(all), body]);
}

/** A request of which nothing but the length of its body is added. */
export function rawCommand({ method, path = '/', headers = {}, body }: RawRequest): string {
  const untyped = body !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const flags = [
    ...headerFlags(headers),
    ...(untyped ? ['-H content-type:'] : []),
    ...(body === undefined ? [] : [`--data-raw ${word(body)}`]),
  ];
  return lines('send', [`-X ${option(method)}`, `"$ENDPOINT"${option(path)}`], flags);
}

/** A header without a value is written with a semicolon. */
function headerFlags(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `-H ${word(value === '' ? `${name};` : `${name}: ${value}`)}`);
}

function lines(command: string, first: string[], others: string[]): string {
  return [[command, ...first].join(' '), ...others].join(' \\\n  ');
}
