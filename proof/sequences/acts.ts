import fc from 'fast-check';
import { long, type Changes, type PoolPlan } from './user-model.ts';

/** One thing that somebody does; users by their number, of however many there are. */
export type Act = { who: number } & (
  | { act: 'update'; by: 'user' | 'admin'; token: TokenChoice; attributes: Changes }
  | { act: 'delete'; by: 'user' | 'admin'; token: TokenChoice; names: readonly string[] }
  | { act: 'ask'; token: TokenChoice; attribute: string }
  | { act: 'verify'; token: TokenChoice; attribute: string; code: CodeChoice }
  | { act: 'sign in'; as: string }
  | { act: 'sign out'; by: 'user' | 'admin' }
  | { act: 'refresh' }
  | { act: 'disable' }
  | { act: 'enable' }
  | { act: 'wait'; minutes: number }
  | { act: 'function'; throws: boolean }
);

/** One that is got anew where it is dead, as an SDK does for who may sign in; or the first that the user ever had. */
type TokenChoice = 'live' | 'oldest';
/** Which of the codes that were sent: the last one for this address, an earlier one, another contact's, another user's. */
export type CodeChoice = 'newest' | 'older' | 'other contact' | 'other user' | 'nonsense';

export interface Sequence {
  plan: PoolPlan;
  people: readonly Start[];
  acts: readonly Act[];
}

/** What a user is created with. */
export interface Start {
  email: boolean;
  phone: boolean;
  verified: boolean;
  custom: boolean;
}

export const OWN_NAME = 'own name';
/** The attribute that the last code was for. */
export const SENT = 'as sent';

const emails = ['new@x.example', 'u0@x.example', 'u1@x.example', 'New@x.example', 'u2@x.example', 'U0@x.example'];
const phones = ['+15550100009', '+15550100000', '+15550100001', '+15550100002'];
/** Few, so that users want the same. */
const wanted = { email: emails.slice(0, 3), phone: phones.slice(0, 2) };
const values: Readonly<Record<string, readonly (string | null)[]>> = {
  email: [...emails, '', 'nonsense', long, null],
  phone_number: [...phones, '', '5550100000', null],
  email_verified: ['true', 'false'],
  phone_number_verified: ['true', 'false'],
  'custom:team': ['red', 'ten letters', '', 'ab', 'x'.repeat(21)],
  'custom:age': ['0', '150', '', '151', '-1', 'old'],
  'custom:badge': ['b1', ''],
  family_name: ['Li', 'Ng', ''],
  nickname: ['Al', ' ', '', long],
  preferred_username: ['ann', 'bob', 'Ann', ''],
  sub: ['someone', ''],
  team: ['red'],
  'custom:unknown': ['x', ''],
  ['n'.repeat(33)]: ['x'],
};
const names = Object.keys(values);
const common = ['email', 'email', 'phone_number', 'custom:team', 'preferred_username', 'family_name', 'nickname'];

const attribute = fc
  .constantFrom(...common, ...common, ...names)
  .chain((name) => fc.constantFrom(...(values[name] ?? [])).map((value) => [name, value] as const));
/** An address with its flag, as an administrator writes both. */
const verifiedAddress = fc
  .constantFrom(
    ...wanted.email.map((value) => ['email', value]),
    ...wanted.phone.map((value) => ['phone_number', value]),
  )
  .map(([name = '', value = '']): Changes => [
    [name, value],
    [`${name}_verified`, 'true'],
  ]);
const list = fc.array(attribute, { minLength: 1, maxLength: 3 });
const address = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...wanted.email).map((value): Changes => [['email', value]]) },
  { weight: 1, arbitrary: fc.constantFrom(...wanted.phone).map((value): Changes => [['phone_number', value]]) },
);

const who = fc.constantFrom(0, 0, 1, 2);
const token = fc.constantFrom<TokenChoice[]>('live', 'live', 'live', 'live', 'live', 'oldest');
const contact = fc.constantFrom(
  'email',
  'email',
  'email',
  'email',
  'email',
  'phone_number',
  'phone_number',
  'nickname',
);
const code = fc.constantFrom<CodeChoice[]>(
  ...(['newest', 'newest', 'newest', 'newest'] as const),
  ...(['older', 'other contact', 'other user', 'nonsense'] as const),
);
const sent = fc.constant(SENT);
const act = <Name extends Act['act']>(name: Name): fc.Arbitrary<Name> => fc.constant(name);
const [user, admin] = [fc.constant('user' as const), fc.constant('admin' as const)];
const by = fc.oneof(user, admin);
const deleted = fc.array(fc.constantFrom(...common, ...names), { maxLength: 2 });
const strangeName = fc.constantFrom(...emails, ...phones, 'ann', 'Ann', 'bob');

const acts: Readonly<Record<number, readonly fc.Arbitrary<Act>[]>> = {
  1: [
    fc.record({ act: act('sign in'), who, as: fc.constant(OWN_NAME) }),
    fc.record({ act: act('sign in'), who, as: strangeName }),
    fc.record({ act: act('sign out'), who, by }),
    fc.oneof(fc.record({ act: act('refresh'), who }), fc.record({ act: act('disable'), who })),
    fc.record({ act: act('function'), who, throws: fc.boolean() }),
    fc.record({ act: act('wait'), who, minutes: fc.constantFrom(11, 61, 25 * 60, 25 * 60) }),
  ],
  2: [
    fc.record({ act: act('delete'), who, by, token, names: deleted }),
    fc.record({ act: act('update'), who, by: admin, token, attributes: fc.oneof(list, address, verifiedAddress) }),
    fc.record({ act: act('enable'), who }),
  ],
  5: [
    fc.record({ act: act('update'), who, by: user, token, attributes: list }),
    fc.record({ act: act('update'), who, by: user, token, attributes: address }),
    fc.record({ act: act('ask'), who, token, attribute: contact }),
  ],
  6: [fc.record({ act: act('verify'), who, token, attribute: fc.oneof(contact, sent, sent, sent, sent), code })],
};
const anAct = fc.oneof(
  ...Object.entries(acts).flatMap(([weight, some]) => some.map((arbitrary) => ({ weight: Number(weight), arbitrary }))),
);

/** Never drawn without: only a shortest failure lacks what it does not need. */
const droppable = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 1e9 });

/** Somebody wants an address and proves it, perhaps too late: by chance alone the three rarely meet. */
const aProof = fc
  .record({ who, attributes: address, between: fc.constantFrom('ask' as const, 'ask' as const, 'wait' as const) })
  .chain(({ who, attributes, between }) => {
    const attribute = attributes[0]?.[0] ?? '';
    const story: Act[] = [
      { act: 'update', who, by: 'user', token: 'live', attributes },
      between === 'ask' ? { act: 'ask', who, token: 'live', attribute } : { act: 'wait', who, minutes: 25 * 60 },
      { act: 'verify', who, token: 'live', attribute: SENT, code: 'newest' },
    ];
    return fc.tuple(...story.map((one) => droppable(fc.constant(one))));
  });

const plan: fc.Arbitrary<PoolPlan> = fc
  .record({
    auto: fc.subarray(['email', 'phone_number'] as const),
    early: fc.subarray(['email', 'phone_number'] as const),
    names: fc.constantFrom<Pick<PoolPlan, 'name' | 'alias'>[]>(
      ...[{}, { name: 'email' as const }, { name: 'phone_number' as const }],
      ...[{ alias: 'email' as const }, { alias: 'email' as const }, { alias: 'phone_number' as const }],
      ...[{ alias: 'preferred_username' as const }],
    ),
    anyCase: fc.boolean(),
    sms: fc.boolean(),
    asks: fc.boolean(),
    required: fc.boolean(),
    write: fc.option(
      fc.subarray([
        'email',
        'phone_number',
        'custom:team',
        'custom:age',
        'custom:badge',
        'nickname',
        'preferred_username',
      ]),
      { nil: undefined, freq: 1 },
    ),
    read: fc.option(fc.subarray(['email', 'email_verified', 'phone_number', 'custom:team', 'nickname']), {
      nil: undefined,
      freq: 2,
    }),
  })
  .map(({ names: { name, alias }, auto, early, sms, ...rest }) => ({
    ...rest,
    name,
    alias,
    auto,
    early: early.filter((one) => auto.includes(one)),
    sms: sms || auto.includes('phone_number'),
  }));

const often = fc.constantFrom(true, true, true, false);
const start = fc.record({ email: often, phone: often, verified: fc.boolean(), custom: fc.boolean() });

/** A pool, one to three users of it, and five to twenty-five acts. */
export const sequences: fc.Arbitrary<Sequence> = fc.record({
  plan,
  people: fc.array(start, { minLength: 1, maxLength: 3, size: 'max' }),
  acts: fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.tuple(droppable(anAct)) }, { weight: 1, arbitrary: aProof }), {
      minLength: 5,
      maxLength: 25,
      size: 'max',
    })
    .map((some) =>
      some
        .flat()
        .filter((one) => one !== undefined)
        .slice(0, 25),
    ),
});
