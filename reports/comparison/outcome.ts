import type { StepRecord } from '../../engine/result.ts';

export type Response = NonNullable<StepRecord['response']>;

/** `200`, `400 InvalidParameterException`, `413 text/html`. */
export function outcomeOf(response: Response | undefined): string {
  if (!response) return 'no answer';
  const { status } = response;
  const name = errorOf(response) ?? (isJson(response) ? undefined : typeOf(response) || undefined);
  return name === undefined ? String(status) : `${status} ${name}`;
}

/** The type of a refusal by its body or its header, as the AWS SDKs read it. */
export function errorOf(response: Response): string | undefined {
  if (response.status < 300) return undefined;
  const type = /"__type"\s*:\s*"([^"]*)"/.exec(response.body)?.[1] ?? header(response, 'x-amzn-errortype');
  return type?.split(/[,:]/)[0]?.replace(/^.*#/, '').trim() || undefined;
}

/** The media type without its parameters. */
export function typeOf(response: Response): string {
  return (header(response, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function isJson(response: Response): boolean {
  try {
    JSON.parse(response.body);
    return true;
  } catch {
    return false;
  }
}

function header({ headers }: Response, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}
