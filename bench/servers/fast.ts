import { createServer } from 'node:http';

/** A target that does the least: it keeps users in a map, checks nothing, and answers at once or after so many milliseconds. */
const latency = Number(process.env['LATENCY_MS'] ?? 0);

type Attributes = Map<string, string>;
interface Input {
  Username: string;
  AccessToken?: string;
  UserAttributes?: { Name: string; Value: string }[];
  AuthParameters?: { USERNAME: string };
}

const users = new Map<string, Attributes>();
let next = 0;
const header = part({ kid: 'bench', alg: 'RS256' });
const signature = 'x'.repeat(342);

function part(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

function shown(attributes: Attributes): object[] {
  return [...attributes].map(([Name, Value]) => ({ Name, Value }));
}

function token(username: string, token_use: string): string {
  const claims = { sub: users.get(username)?.get('sub'), token_use, username, scope: 'aws.cognito.signin.user.admin' };
  return `${header}.${part(claims)}.${signature}`;
}

const about = { Enabled: true, UserCreateDate: 1_795_000_000.5, UserLastModifiedDate: 1_795_000_000.5 };

const operations: Record<string, (input: Input) => object | undefined> = {
  CreateUserPool: () => ({ UserPool: { Id: `us-east-1_bench${(next += 1)}`, Name: 'bench' } }),
  DescribeUserPool: () => ({ UserPool: { Id: 'us-east-1_bench', Name: 'bench' } }),
  CreateUserPoolClient: () => ({ UserPoolClient: { ClientId: `benchclient${(next += 1)}`, ClientName: 'bench' } }),
  DeleteUserPool: () => ({}),
  AdminCreateUser: ({ Username, UserAttributes = [] }) => {
    const id = String((next += 1)).padStart(12, '0');
    const attributes = new Map([['sub', `00000000-0000-4000-8000-${id}`]]);
    for (const { Name, Value } of UserAttributes) attributes.set(Name, Value);
    users.set(Username, attributes);
    return { User: { Username, Attributes: shown(attributes), ...about, UserStatus: 'FORCE_CHANGE_PASSWORD' } };
  },
  AdminSetUserPassword: () => ({}),
  InitiateAuth: ({ AuthParameters }) =>
    AuthParameters && {
      ChallengeParameters: {},
      AuthenticationResult: {
        AccessToken: token(AuthParameters.USERNAME, 'access'),
        IdToken: token(AuthParameters.USERNAME, 'id'),
        RefreshToken: 'y'.repeat(1000),
        ExpiresIn: 3600,
        TokenType: 'Bearer',
      },
    },
  AdminGetUser: ({ Username }) => {
    const attributes = users.get(Username);
    return attributes && { Username, UserAttributes: shown(attributes), ...about, UserStatus: 'CONFIRMED' };
  },
  UpdateUserAttributes: ({ AccessToken = '', UserAttributes = [] }) => {
    const claims = JSON.parse(Buffer.from(AccessToken.split('.')[1] ?? '', 'base64url').toString() || '{}') as {
      username?: string;
    };
    const attributes = users.get(claims.username ?? '');
    for (const { Name, Value } of UserAttributes) attributes?.set(Name, Value);
    return attributes && {};
  },
};

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const operation = operations[name];
    const answer = operation?.(JSON.parse(Buffer.concat(chunks).toString() || '{}') as Input);
    const error = operation ? 'NotAuthorizedException' : 'UnknownOperationException';
    const text = JSON.stringify(answer ?? { __type: error, message: 'No.' });
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'content-length': Buffer.byteLength(text) };
    const respond = (): void => void response.writeHead(answer ? 200 : 400, headers).end(text);
    if (latency > 0) setTimeout(respond, latency);
    else respond();
  });
}).listen(0, '127.0.0.1');
