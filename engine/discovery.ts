import { randomBytes } from 'node:crypto';
import type { JsonObject } from './case.ts';
import { brief, isAccepted, isObject, type Answer } from './answer.ts';
import { short } from './bounded.ts';
import { createCaller, type Caller } from './caller.ts';
import { NoAnswer } from './exchange.ts';
import { takesForged } from './forgery.ts';
import { addressOf, learn, LIFE, type Known } from './life.ts';
import { claimsOf } from './pattern.ts';
import { refusal } from './prepare.ts';
import { createRedactor } from './redact.ts';
import type { Inference } from './result.ts';
import type { Session } from './session.ts';

/** What a target can do, as far as calls tell that touch nothing but what they make. */
export interface Discovery {
  /** Operations that the target has. */
  served: string[];
  /** Those that it answers as an operation that nobody has. */
  missing: string[];
  /** Whether it takes tokens that it did not issue. */
  forgedTokens: boolean;
  /** The code that it always takes, where another one is refused. */
  fixedCode?: string;
  inferences: Inference[];
}

/** What an inference is of that says which names users may have. */
export const USER_NAMES = 'user names';

/** Codes that emulators take for fixed ones, as far as was seen. */
const FIXED = ['123456', '000000', '111111', '999999', '424242', '123123'];

/** Leads a user of its own through a whole life. Rejects with what ends that: silence for good, or throttling. */
export async function discover(session: Session): Promise<Discovery> {
  const redactor = createRedactor(session.redactor);
  const known: Known = {
    id: `${session.id}-discovery`,
    Username: `user-${session.unique()}`,
    Password: `Pw-${randomBytes(12).toString('base64url')}-9z`,
    client: session.suite.client,
    UserPoolId: '',
    ClientId: '',
    AccessToken: '',
    RefreshToken: '',
  };
  const life: Life = { served: [], missing: new Map(), keyIsKnown: session.target.signingKey !== undefined };
  const caller = createCaller(session.target, redactor);
  for (const [operation, input] of LIFE) {
    await live(operation, input, known, life, caller, session).catch(async (error: unknown) => {
      // One answer that is lost says nothing: the cases that need it will.
      if (!(error instanceof NoAnswer) || !(await session.support.answers())) throw error;
      life.served.push(operation);
    });
  }
  return {
    served: life.served,
    missing: [...life.missing.keys()],
    forgedTokens: life.forged === true,
    ...(life.fixedCode !== undefined && { fixedCode: life.fixedCode }),
    inferences: [
      ...short(redactor.clean([operations(life), ...names(life), ...forged(life)])),
      // No secret: whoever asks is told the same.
      ...fixed(life),
    ],
  };
}

interface Life {
  served: string[];
  /** With the answer in a few words. */
  missing: Map<string, string>;
  /** Where a user by a plain name was refused: how, and what became of one by an address. */
  byName?: { plain: string; address: Answer };
  /** Whether a token was taken that the target did not issue; undefined where none could be made. */
  forged?: boolean;
  keyIsKnown: boolean;
  fixedCode?: string;
}

async function live(
  operation: string,
  input: (known: Known) => JsonObject,
  known: Known,
  life: Life,
  caller: Caller,
  session: Session,
): Promise<void> {
  const signed = session.suite.operations[operation]?.signed ?? true;
  const ask = (): Promise<Answer> => caller.call(operation, input(known), { role: 'fixture', signed });
  let answer = await ask();
  if (await session.support.lacks(operation, answer)) return void life.missing.set(operation, brief(answer));
  if (operation === 'AdminCreateUser' && !isAccepted(answer)) {
    known.Username = addressOf(known);
    const plain = refusal(operation, answer);
    answer = await ask();
    life.byName = { plain, address: answer };
  }
  if (isAccepted(answer)) learn(known, answer.body);
  if (operation === 'GetUser' && isAccepted(answer) && isObject(claimsOf(known.AccessToken))) {
    const key = (await session.ownKey(known.UserPoolId)) ?? (await session.foreignKey());
    life.forged = await takesForged(known.AccessToken, key, { session, caller });
  }
  if (operation === 'VerifyUserAttribute' && !isAccepted(answer)) {
    for (const Code of FIXED) {
      if (life.fixedCode !== undefined) break;
      const tried = await caller.call(operation, { ...input(known), Code }, { role: 'fixture', signed });
      if (isAccepted(tried)) life.fixedCode = Code;
    }
  }
  if (operation === 'DeleteUserPool' && !isAccepted(answer) && known.UserPoolId !== '') {
    session.notes.add(`pool ${known.UserPoolId} could not be deleted`);
  }
  life.served.push(operation);
}

function operations({ served, missing }: Life): Inference {
  const all = served.length + missing.size;
  const said = [...new Set(missing.values())].join(', ');
  return {
    what: 'operations',
    inferred: missing.size === 0 ? `all ${all}` : `${served.length} of ${all}`,
    from:
      missing.size === 0
        ? 'none answers as an operation that nobody has'
        : `these answer as an operation that nobody has (${said}): ${[...missing.keys()].join(', ')}`,
  };
}

function names({ byName }: Life): Inference[] {
  if (!byName) return [];
  const { plain, address } = byName;
  const inferred = isAccepted(address) ? 'only e-mail addresses, in a pool that asked for no such thing' : 'none';
  return [{ what: USER_NAMES, inferred, from: `${plain}; with an e-mail address: ${brief(address)}` }];
}

function forged({ forged: taken, keyIsKnown }: Life): Inference[] {
  if (taken === undefined) return [];
  const signed = keyIsKnown ? 'the key that the target shows' : 'a key of ours';
  const inferred = taken ? `taken${keyIsKnown ? '' : ', whoever signed them'}` : 'refused';
  const from = `GetUser answers ${taken ? 'its user' : 'a refusal'} to a token signed with ${signed}`;
  return [{ what: 'forged tokens', inferred, from }];
}

function fixed({ fixedCode }: Life): Inference[] {
  if (fixedCode === undefined) return [];
  const from = `VerifyUserAttribute takes ${fixedCode}, and refused another code before`;
  return [{ what: 'codes', inferred: `always ${fixedCode}`, from }];
}
