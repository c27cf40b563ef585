/** What is read of an HTTP request to Cognito. */
export interface Request {
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

/** What a request asks for: which operation, on which pool, of which user. Members that it does not say are absent. */
export interface Asked {
  operation?: string;
  pool?: string;
  /** One text for one user, however the request names them. */
  user?: string;
}

export function askedBy({ headers, body }: Request): Asked {
  const [, target = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target') ?? [];
  const operation = target.split('.')[1];
  const input = members(body);
  const claims = members(payload(text(input['AccessToken'])));
  const pool = text(input['UserPoolId']) ?? text(claims['iss'])?.split('/').at(-1);
  const name =
    text(input['Username']) ?? text(claims['username']) ?? text(members(input['AuthParameters'])['USERNAME']);
  const home = pool ?? text(input['ClientId']);
  return {
    ...(operation && { operation }),
    ...(pool !== undefined && { pool }),
    ...(name !== undefined && { user: `${home}/${name}` }),
  };
}

/** The members of an object, of its JSON, or none. */
function members(value: unknown): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function payload(token = ''): string | undefined {
  const [, part] = token.split('.');
  return part === undefined ? undefined : Buffer.from(part, 'base64url').toString('utf8');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
