import { invalidParameter, notAuthorized, userNotFound } from './errors.ts';
import { parameter, type Parameters } from './parameters.ts';
import { base64, hex, isSafe, joined, number, openExchange, proofOf, sha256, text } from './srp.ts';
import { challengeEnd, type Client, type Pool, type State, type User } from './state.ts';
import { searchUser } from './users.ts';

/** The challenge that USER_SRP_AUTH begins with. It has no session: the client hands its SECRET_BLOCK back. */
export async function challengePassword(state: State, client: Client, parameters: Parameters) {
  const { pool } = client;
  const name = parameter(parameters, 'USERNAME');
  const A = readA(parameter(parameters, 'SRP_A'));
  const user = searchByName(pool, name);
  if (!user && client.settings.PreventUserExistenceErrors !== 'ENABLED') throw userNotFound();
  const seed = await sha256(text(`${pool.id} ${user?.sub ?? name}`));
  const salt = number(seed.slice(0, 16));
  const userId = user?.username ?? uuid(seed);
  const password = user?.password ?? crypto.randomUUID();
  const exchange = await openExchange(A, salt, `${nameOf(pool)}${userId}:`, password);
  const SECRET_BLOCK = base64(crypto.getRandomValues(new Uint8Array(1024)));
  state.srpChallenges.set(SECRET_BLOCK, { client, user, userId, exchange, expires: challengeEnd(state) });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: salt.toString(16),
      SECRET_BLOCK,
      SRP_B: exchange.B.toString(16),
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  };
}

/** Whose password the client has proved to know. A challenge can be answered once. */
export async function verifyPassword(state: State, client: Client, responses: Parameters): Promise<User> {
  const name = parameter(responses, 'USERNAME');
  const block = parameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = parameter(responses, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = parameter(responses, 'TIMESTAMP');
  const challenge = state.srpChallenges.get(block);
  state.srpChallenges.delete(block);
  if (!challenge || challenge.client !== client || state.now() >= challenge.expires) throw incorrect();
  const { user, userId, exchange } = challenge;
  const secret = Uint8Array.from(atob(block), (letter) => letter.charCodeAt(0));
  const message = joined(text(nameOf(client.pool) + userId), secret, text(timestamp));
  const isProved = signature === (await proofOf(exchange, message)) && isCanonical(timestamp);
  if (!user || searchUser(client.pool, name) !== user || !isProved) throw incorrect();
  return user;
}

const incorrect = () => notAuthorized('Incorrect username or password.');

/** A `sub` that is not the user name finds its user elsewhere, but not here. */
function searchByName(pool: Pool, name: string): User | undefined {
  const user = searchUser(pool, name);
  return user?.sub === name && user.username !== name ? undefined : user;
}

/** What stands in the identity for the pool: its id after the region. */
const nameOf = ({ id }: Pool) => id.slice(id.indexOf('_') + 1);

function readA(digits: string): bigint {
  const A = /^[0-9a-f]+$/i.test(digits) ? BigInt(`0x${digits}`) : 0n;
  if (!isSafe(A)) throw invalidParameter('Invalid SRP_A');
  return A;
}

/** `Mon Nov 2 09:05:00 UTC 2026`: Cognito writes the time anew before it compares. */
function isCanonical(timestamp: string): boolean {
  const [weekday, day, month, year, time] = new Date(timestamp).toUTCString().replace(',', '').split(' ');
  return timestamp === `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

/** The user id of a user who does not exist is the same each time. */
const uuid = (seed: Uint8Array) => hex(seed.slice(16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
