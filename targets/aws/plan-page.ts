import { FIXED_PARTS, type FixedPart } from './fixed-parts.ts';
import type { Plan, PlannedCategory } from './plan.ts';

/** The plan for people; `width` columns are broken at. The policy comes last, to be copied. */
export function planPage(plan: Plan, width: number): string {
  const sections = [
    opening(plan),
    ...calls(plan),
    time(plan),
    cost(plan),
    fixedParts(plan),
    ...(plan.leftOut.length > 0 ? [leftOut(plan)] : []),
    ...(plan.tooManyAnHour.length > 0 ? [tooMany(plan)] : []),
    notCounted(plan),
    ['Not confirmed by any public source', ...plan.unconfirmed],
    [
      'The least IAM policy for whoever runs it',
      'What users send needs no permission. REGION, ACCOUNT and KEY_ID are for the owner of the account to put in.',
    ],
  ];
  const text = sections.map(([title = '', ...lines]) => [title, ...lines.flatMap((line) => indent(line, width))]);
  return [...text, [JSON.stringify(plan.policy, null, 2)]].map((lines) => lines.join('\n')).join('\n\n');
}

type Section = string[];

function opening({ cases, makes, calls: { total } }: Plan): Section {
  const { pools, clients, users } = makes;
  return [
    `${count(cases, 'case')} in a real account`,
    'No account was asked: the calls are those that the mock got of the same cases',
    `${count(pools, 'pool')}, ${count(clients, 'client')}, ${count(users, 'user')}, ${count(total, 'call')}`,
  ];
}

function calls({ calls: { categories, outsideQuotas } }: Plan): Section[] {
  const width = Math.max(...categories.map(({ name }) => name.length));
  const row = ({ name, calls: sent, perSecond, seconds, adjustable }: PlannedCategory): string =>
    [
      name.padEnd(width),
      number(sent).padStart(6),
      String(perSecond).padStart(6),
      String(seconds).padStart(8),
      adjustable ? ' yes' : ' no',
    ].join('  ');
  const head = ['category'.padEnd(width), ' calls', 'each s', 'takes, s', 'adjustable'].join('  ');
  const none =
    outsideQuotas > 0
      ? [`${count(outsideQuotas, 'request')} of no category: no operation, or not one of Cognito's`]
      : [];
  return categories.length === 0
    ? []
    : [['Calls by what Cognito limits together', head, ...categories.map(row), ...none]];
}

function time({ time: { quotaSeconds, expirySeconds }, calls: { categories } }: Plan): Section {
  const [slowest] = categories;
  const waits = expirySeconds > 0;
  const wait = `Tokens that have to expire are waited for: ${duration(expirySeconds)}, while all other cases are judged`;
  return [
    `Time: about ${duration(Math.max(quotaSeconds, expirySeconds))}${waits ? ', the longer of two that pass beside each other' : ''}`,
    `The quotas demand ${duration(quotaSeconds)}${slowest ? `, most of it ${slowest.name}` : ''}, whatever the connection`,
    ...(waits ? [wait] : []),
  ];
}

function cost({ cost: { usersARun, freeUsersAMonth, freeRunsAMonth, nightly } }: Plan): Section {
  const { users, usersUsd, keyUsd } = nightly;
  return [
    'Cost, in US dollars',
    `One run: ${count(usersARun, 'active user')}; the first ${number(freeUsersAMonth)} of a month are free: ${count(freeRunsAMonth, 'such run')} a month`,
    `Every night: ${count(users, 'active user')} a month, ${usersUsd.toFixed(2)} for those above`,
    ...(keyUsd > 0
      ? [`The fixed parts: ${keyUsd.toFixed(2)} a month for a KMS key, as long as they are deployed`]
      : []),
    'Prices differ by region and account; where these were read: --json',
  ];
}

function fixedParts({ needsFixedParts, withoutFixedParts, messages: { EMAIL, SMS } }: Plan): Section {
  const needs = Object.entries(needsFixedParts) as [FixedPart, string[]][];
  if (needs.length === 0) return ['No case needs the fixed parts'];
  return [
    'The fixed parts, a stack that is deployed once',
    `${number(withoutFixedParts)} of the cases need none; the others are skipped without them`,
    ...needs.map(([part, ids]) => `${number(ids.length).padStart(5)}  ${FIXED_PARTS[part]}`),
    `${count(EMAIL, 'e-mail')} and ${number(SMS)} SMS are caused, and none is sent. Which cases need what: --json`,
  ];
}

function leftOut({ leftOut: cases }: Plan): Section {
  const reasons = [...new Set(cases.map(({ reason }) => reason))];
  const idsOf = (wanted: string): string[] => cases.filter(({ reason }) => reason === wanted).map(({ id }) => id);
  return [
    `Left out: ${count(cases.length, 'case')}`,
    ...reasons.map((reason) => `${reason}: ${idsOf(reason).join(', ')}`),
  ];
}

function tooMany({ tooManyAnHour }: Plan): Section {
  return [
    'More than Cognito takes of one user in an hour',
    ...tooManyAnHour.map(({ id, operation, calls: sent, limit }) => `${id}: ${sent} ${operation}, of ${limit}`),
  ];
}

function notCounted({ notCounted: { repeating, cutShort } }: Plan): Section {
  return [
    'Not counted',
    'what is sent again after it was throttled, what finds leftovers of earlier runs, and what functions of the stack ask',
    ...(repeating.length > 0
      ? [`calls of ${count(repeating.length, 'case')} that are repeated until their effect is seen, beyond the first`]
      : []),
    ...(cutShort.length > 0
      ? [`what follows in ${count(cutShort.length, 'case')} that the mock does not pass: ${cutShort.join(', ')}`]
      : []),
  ];
}

/** Broken between words; later lines of one are set in further. */
export function indent(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = `  ${line}`;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= 4) break;
    lines.push(rest.slice(0, at));
    rest = `    ${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}

export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const parts = [
    ...(minutes > 0 ? [`${minutes} min`] : []),
    ...(seconds % 60 > 0 || minutes === 0 ? [`${seconds % 60} s`] : []),
  ];
  return parts.join(' ');
}

export function count(amount: number, what: string): string {
  return `${number(amount)} ${what}${amount === 1 ? '' : 's'}`;
}

export function number(amount: number): string {
  return amount.toLocaleString('en');
}
