import { call, type Json } from '../../mocks/call.test-data.ts';
import { OWN_NAME, SENT, type Act, type CodeChoice, type Sequence } from './acts.ts';
import { begin, DAY, same, sessionOf, type Game, type MakeMock } from './game.ts';
import {
  ask,
  contacts,
  fails,
  holds,
  isContact,
  isGood,
  isVerified,
  remove,
  signsIn,
  update,
  verify,
} from './user-model.ts';
import type { Move, Person, Sent } from './user-model.ts';

interface Sending {
  operation: string;
  input: Json;
  move: Move;
  /** Takes what was answered into the world. */
  then?: (answer: Record<string, unknown>) => void;
}

/** Plays a sequence on a mock and holds it against the model after every act. Gives what came of each; throws where they part. */
export async function play({ plan, people, acts }: Sequence, makeMock: MakeMock): Promise<string[]> {
  const game = await begin(plan, people, makeMock);
  const outcomes: string[] = [];
  for (const [index, act] of acts.entries()) {
    const person = game.world.people[act.who % people.length];
    if (!person) continue;
    try {
      outcomes.push(await step(game, person, act));
    } catch (error) {
      throw new Error(`act ${index + 1}, ${JSON.stringify(act)}: ${(error as Error).message}`, { cause: error });
    }
  }
  return outcomes;
}

async function step(game: Game, person: Person, act: Act): Promise<string> {
  if (act.act === 'wait') {
    game.world.now += act.minutes * 60_000;
    return 'wait';
  }
  if (act.act === 'function') {
    game.world.throwing = act.throws;
    return 'function';
  }
  if ('token' in act && act.token === 'live') await keepAlive(game, person);
  const sending = prepare(game, person, act);
  if (sending.move === 'undecided') return `${act.act}: undecided`;
  const { operation, input, move, then } = sending;
  const before = game.mock.messages.length;
  const answer = await call(game.mock, operation, input);
  const messages = game.mock.messages.slice(before);
  const type = answer['__type'];
  if ('refused' in move) {
    if (type === undefined) throw new Error(`${operation} is accepted although: ${move.refused}`);
    same('messages of what was refused', messages.length, 0);
  } else if (fails(game.world, move)) {
    same('type', type, 'UserLambdaValidationException');
    same('messages that were not worded', messages.length, 0);
  } else {
    if (type !== undefined) throw new Error(`${operation} is refused: ${String(type)} ${String(answer['message'])}`);
    same(
      'messages',
      messages.map(({ to, medium, username }) => `${medium} ${to} ${username}`).sort(),
      expected(person, move.sends),
    );
    for (const { attribute, code, to: value } of messages) {
      game.sent.push({ to: person, attribute, code });
      if (isContact(attribute))
        person.codes.push({ contact: attribute, value, text: code, expires: game.world.now + DAY, doubtful: false });
    }
    then?.(answer);
  }
  await observe(game, person);
  return `${act.act}: ${'refused' in move ? move.refused : fails(game.world, move) ? 'the function throws' : 'accepted'}`;
}

async function keepAlive(game: Game, person: Person): Promise<void> {
  const session = person.sessions.at(-1);
  if (!person.enabled || isGood(game.world, person, session?.tokens.at(-1)?.text ?? '')) return;
  const who = game.world.people.indexOf(person);
  await step(game, person, session?.ended === false ? { act: 'refresh', who } : { act: 'sign in', who, as: OWN_NAME });
}

const expected = ({ username }: Person, sends: readonly Sent[]): string[] =>
  sends.map(({ contact, to }) => `${contact === 'email' ? 'EMAIL' : 'SMS'} ${to} ${username}`).sort();

function prepare(game: Game, person: Person, act: Exclude<Act, { act: 'wait' | 'function' }>): Sending {
  const { world, UserPoolId, ClientId } = game;
  const admin = { UserPoolId, Username: person.username };
  const accepted: Move = { sends: [] };
  const session = person.sessions.at(-1);
  const AccessToken =
    ('token' in act && act.token === 'oldest' ? person.sessions[0]?.tokens[0] : session?.tokens.at(-1))?.text ?? '';
  /** Nothing is done for whose token is dead. */
  const bearing = (operation: string, input: Record<string, Json>, move: () => Move): Sending => ({
    operation,
    input: { AccessToken, ...input },
    move: isGood(world, person, AccessToken) ? move() : { refused: 'the token is dead' },
  });
  switch (act.act) {
    case 'update': {
      const UserAttributes = act.attributes.map(([Name, Value]) => (Value === null ? { Name } : { Name, Value }));
      const move = (): Move => update(world, person, act.by, act.attributes);
      if (act.by === 'user') return bearing('UpdateUserAttributes', { UserAttributes }, move);
      return { operation: 'AdminUpdateUserAttributes', input: { ...admin, UserAttributes }, move: move() };
    }
    case 'delete': {
      const UserAttributeNames = [...act.names];
      const move = (): Move => remove(world, person, act.by, act.names);
      if (act.by === 'user') return bearing('DeleteUserAttributes', { UserAttributeNames }, move);
      return { operation: 'AdminDeleteUserAttributes', input: { ...admin, UserAttributeNames }, move: move() };
    }
    case 'ask': {
      const AttributeName = act.attribute;
      return bearing('GetUserAttributeVerificationCode', { AttributeName }, () => ask(world, person, AttributeName));
    }
    case 'verify': {
      const last = game.sent.filter(({ to }) => to === person).at(-1)?.attribute ?? 'email';
      const AttributeName = act.attribute === SENT ? last : act.attribute;
      const Code = codeOf(game, person, AttributeName, act.code);
      return bearing('VerifyUserAttribute', { AttributeName, Code }, () => verify(world, person, AttributeName, Code));
    }
    case 'sign in': {
      const name =
        act.as === OWN_NAME ? ((world.plan.name && person.attributes.get(world.plan.name)) ?? person.username) : act.as;
      const isTheirs = signsIn(world, name) === person;
      return {
        operation: 'InitiateAuth',
        input: {
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId,
          AuthParameters: { USERNAME: name, PASSWORD: person.password },
        },
        move: isTheirs && person.enabled ? accepted : { refused: isTheirs ? 'disabled' : 'no name of theirs' },
        then: (answer) => person.sessions.push(sessionOf(answer, person, world.now)),
      };
    }
    case 'refresh': {
      const isEnded = session === undefined || session.ended || !person.enabled;
      return {
        operation: 'InitiateAuth',
        input: { AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId, AuthParameters: { REFRESH_TOKEN: session?.refresh ?? '' } },
        move: isEnded ? { refused: 'the session is over' } : accepted,
        then: (answer) => session?.tokens.push(...sessionOf(answer, person, world.now).tokens),
      };
    }
    case 'sign out': {
      const then = (): void => end(person);
      if (act.by === 'user') return { ...bearing('GlobalSignOut', {}, () => accepted), then };
      return { operation: 'AdminUserGlobalSignOut', input: admin, move: accepted, then };
    }
    case 'disable': {
      const then = (): void => {
        person.enabled = false;
        end(person);
      };
      return { operation: 'AdminDisableUser', input: admin, move: accepted, then };
    }
    case 'enable':
      return { operation: 'AdminEnableUser', input: admin, move: accepted, then: () => void (person.enabled = true) };
  }
}

function end({ sessions }: Person): void {
  for (const session of sessions) session.ended = true;
}

/** A code that was sent to somebody once, or nonsense where there is none of this kind. */
function codeOf({ sent }: Game, person: Person, attribute: string, choice: CodeChoice): string {
  const codes = (isTheirs: boolean, isSame: boolean): string[] =>
    sent.flatMap((one) =>
      (one.to === person) === isTheirs && (one.attribute === attribute) === isSame ? one.code : [],
    );
  const found: Record<CodeChoice, string | undefined> = {
    newest: codes(true, true).at(-1),
    older: codes(true, true).at(-2),
    'other contact': codes(true, false).at(-1),
    'other user': codes(false, true).at(-1),
    nonsense: undefined,
  };
  return found[choice] ?? 'nonsense';
}

/** Everybody is seen as the model has them, and what must hold whatever was done does. */
async function observe({ world, mock, UserPoolId }: Game, actor: Person): Promise<void> {
  const { plan, people } = world;
  for (const person of people) {
    const seen = await call(mock, 'AdminGetUser', { UserPoolId, Username: person.username });
    same(
      `attributes of ${person.username}`,
      shown(seen),
      told(person, () => true),
    );
  }
  const { alias } = plan;
  for (const contact of contacts.filter((one) => one === alias)) {
    const owners = people.filter((person) => isVerified(person, contact));
    for (const owner of owners) {
      const others = owners.filter(
        (other) => other !== owner && holds(plan, other, contact, owner.attributes.get(contact) ?? ''),
      );
      same(`others with the verified alias of ${owner.username}`, others.length, 0);
    }
  }
  const AccessToken = actor.sessions.at(-1)?.tokens.at(-1)?.text ?? '';
  const own = await call(mock, 'GetUser', { AccessToken });
  if (!isGood(world, actor, AccessToken)) same('GetUser with a dead token', typeof own['__type'], 'string');
  else
    same(
      `what ${actor.username} reads`,
      shown(own),
      told(actor, (name) => plan.read?.includes(name) ?? true),
    );
}

const told = ({ sub, attributes }: Person, isRead: (name: string) => boolean): string[] =>
  [`sub=${sub}`, ...[...attributes].filter(([name]) => isRead(name)).map(([name, value]) => `${name}=${value}`)].sort();

/** A flag that is false says no more than one that is not there. */
const shown = ({ UserAttributes = [] }: Record<string, unknown>): string[] =>
  (UserAttributes as { Name: string; Value: string }[])
    .map(({ Name, Value }) => `${Name}=${Value}`)
    .filter((text) => !text.endsWith('_verified=false'))
    .sort();
