import type { Case, Given, Json, JsonObject } from '../../engine/case.ts';
import { referencesIn } from '../../engine/values.ts';
import { fill, membersRead, put, type Names } from './names.ts';
import { awsCommand } from './requests.ts';
import { nameFor, variable } from './shell.ts';

/** What the AWS CLI shows of a user beside its attributes. */
const OF_SIGN_IN = ['AccessToken', 'IdToken', 'RefreshToken'];

/** What the suite's fixtures are made of. */
export interface Fixtures {
  pools: Readonly<Record<string, JsonObject>>;
  client: JsonObject;
}

/** The commands that make the state in which a case begins; its names are known afterwards. */
export function stateCommands(test: Case, given: Given, fixtures: Fixtures, names: Names): string[] {
  const settings = fill(fixtures.pools[given.pool] ?? {}, names);
  const wanted: Record<string, Record<string, string>> = { ...(given.user && { user: given.user }), ...given.users };
  const named = settings['UsernameAttributes'];
  const addresses = Array.isArray(named) ? named.map(String) : [];
  put(names.scope, 'pool.UserPoolId', variable('POOL_ID'));
  const clients = Object.entries({ client: given.client ?? {}, ...given.clients }).map(([name, overrides]) =>
    clientCommand(name, fill(overrides, names), fixtures, names),
  );
  const users = Object.entries(wanted).flatMap(([name, attributes]) =>
    userCommands(test, name, attributes, addresses, names),
  );
  // Who never signs in needs none.
  const bare = !given.client && membersRead(test, 'client').length === 0 && !users.join('').includes('$CLIENT_ID');
  return [
    `POOL_ID=$(${awsCommand('CreateUserPool', { PoolName: 'by-hand', ...settings }, true, 'UserPool.Id')})`,
    // An id of the target's own may look like a flag, or like a file to read: it is never a word by itself.
    `forget() { ${awsCommand('DeleteUserPool', { UserPoolId: variable('POOL_ID') }, true)} || true; }`,
    'trap forget EXIT',
    `trap 'exit 130' INT TERM`,
    ...clients.slice(bare ? 1 : 0),
    ...users,
  ];
}

function clientCommand(name: string, overrides: JsonObject, { client }: Fixtures, { scope }: Names): string {
  const made = name === 'client' ? 'CLIENT_ID' : nameFor(name, 'ClientId');
  put(scope, `${name}.ClientId`, variable(made));
  const input = { UserPoolId: variable('POOL_ID'), ClientName: 'by-hand', ...client, ...overrides };
  return `${made}=$(${awsCommand('CreateUserPoolClient', input, true, 'UserPoolClient.ClientId')})`;
}

function userCommands(
  test: Case,
  name: string,
  attributes: Record<string, string>,
  addresses: readonly string[],
  names: Names,
): string[] {
  const { scope } = names;
  const asked = fill(attributes, names);
  const UserPoolId = variable('POOL_ID');
  const login = addresses.map((attribute) => asked[attribute]).find(Boolean) ?? `${name}-${variable('UNIQUE')}`;
  const Password = `Pw-${variable('UNIQUE')}-9z`;
  const Username = variable(nameFor(name, 'name'));
  scope[name] = { ...asked, Username, Password };
  const UserAttributes = Object.entries(asked).map(([Name, Value]) => ({ Name, Value }));
  const create = { UserPoolId, Username: login, MessageAction: 'SUPPRESS', UserAttributes };
  const read = membersRead(test, name);
  const forged = JSON.stringify(test.steps).includes('"$token"') && owners(test.steps).includes(name);
  const tokens = OF_SIGN_IN.filter((token) => read.includes(token) || (forged && token === 'AccessToken'));
  const shown = read.filter(
    (member) => !OF_SIGN_IN.includes(member) && !Object.hasOwn(scope[name] as JsonObject, member),
  );
  return [
    `${nameFor(name, 'name')}=$(${awsCommand('AdminCreateUser', create, true, 'User.Username')})`,
    awsCommand('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true }, true),
    ...(tokens.length > 0 ? [signIn(name, tokens, { USERNAME: login, PASSWORD: Password }, names)] : []),
    ...shown.map((attribute) => {
      put(scope, `${name}.${attribute}`, variable(nameFor(name, attribute)));
      const query = `UserAttributes[?Name=='${attribute}'].Value`;
      return `${nameFor(name, attribute)}=$(${awsCommand('AdminGetUser', { UserPoolId, Username }, true, query)})`;
    }),
  ];
}

function signIn(name: string, tokens: readonly string[], AuthParameters: JsonObject, { scope }: Names): string {
  for (const token of tokens) put(scope, `${name}.${token}`, variable(nameFor(name, token)));
  const input = { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: variable('CLIENT_ID'), AuthParameters };
  const command = (query: string): string => awsCommand('InitiateAuth', input, false, `AuthenticationResult.${query}`);
  return readCommand(
    tokens.map((token) => [nameFor(name, token), token]),
    command,
  );
}

/** Variables for members of one answer: a single one is assigned, several are read from a line. */
export function readCommand(
  members: readonly [variable: string, path: string][],
  command: (query: string) => string,
): string {
  const paths = members.map(([made, path]): [string, string] => [made, path.replaceAll(/\.(\d+)/g, '[$1]')]);
  const [first] = paths;
  if (first && members.length === 1) return `${first[0]}=$(${command(first[1])})`;
  const variables = paths.map(([made]) => made).join(' ');
  const query = `[${paths.map(([, path]) => path).join(',')}]`;
  return `read -r ${variables} <<ANSWER\n$(${command(query)})\nANSWER`;
}

/** Whose tokens the case makes others from. */
function owners(steps: Json | Case['steps']): string[] {
  return [...JSON.stringify(steps).matchAll(/\{"\$token":"[^"]*"(?:,"of":"(\w+)")?/g)].map(([, of = 'user']) => of);
}

/** Values of the target that pools are made with, as nobody checks them; a target's own ones win. */
export function targetValues(pool: JsonObject, own: Readonly<Record<string, string>>): JsonObject {
  const named = referencesIn(pool).flatMap((path) => (path.startsWith('target.') ? [path.slice(7)] : []));
  return { ...Object.fromEntries(named.map((name) => [name, DUMMIES[name] ?? `your-${name}`])), ...own };
}

const DUMMIES: Readonly<Record<string, string>> = {
  smsRoleArn: 'arn:aws:iam::123456789012:role/sms',
  customMessageArn: 'arn:aws:lambda:us-east-1:123456789012:function:CustomMessage',
};
