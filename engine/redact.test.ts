import { expect, test } from 'vitest';
import { createRedactor, hideHeaders, hideMembers } from './redact.ts';

const TOKEN = 'eyJraWQiOiJrIn0.eyJzdWIiOiI3In0.c2lnbmF0dXJl';

test('a known value is labelled wherever it stands', () => {
  const redactor = createRedactor();
  redactor.hide('opaque-access-token', 'AccessToken of user');
  const cleaned = redactor.clean({
    text: 'token opaque-access-token is bad: opaque-access-token',
    list: [['x', 'opaque-access-token']],
    'a opaque-access-token name': 7,
    nothing: null,
    none: undefined,
  });
  expect(cleaned).toEqual({
    text: 'token <AccessToken of user> is bad: <AccessToken of user>',
    list: [['x', '<AccessToken of user>']],
    'a <AccessToken of user> name': 7,
    nothing: null,
    none: undefined,
  });
});

test('a value that JSON escapes is found in JSON text too', () => {
  const redactor = createRedactor();
  redactor.hide('pass"word\\with é', 'Password');
  const body = JSON.stringify({ Password: 'pass"word\\with é' });
  expect(redactor.clean({ body, plain: 'pass"word\\with é' })).toEqual({
    body: '{"Password":"<Password>"}',
    plain: '<Password>',
  });
});

test.each([
  ['123456', '<Code>'],
  ['your code is 123456.', 'your code is <Code>.'],
  ['{"Code":"123456"}', '{"Code":"<Code>"}'],
  ['user-123456', 'user-123456'],
  ['1234567', '1234567'],
  ['9123456', '9123456'],
])('a short value is replaced as a whole word only: %s', (text, clean) => {
  const redactor = createRedactor();
  redactor.hide('123456', 'Code');
  expect(redactor.clean(text)).toBe(clean);
});

test('values too short to be told from ordinary text stay', () => {
  const redactor = createRedactor();
  redactor.hide('abc', 'Code');
  redactor.hide('', 'Code');
  redactor.hide(undefined, 'Code');
  redactor.hide(123456, 'Code');
  expect(redactor.clean('abc 123456')).toBe('abc 123456');
  redactor.hide('abcd', 'Code');
  expect(redactor.clean('abc abcd')).toBe('abc <Code>');
});

test('from twelve characters on a value is replaced also within a word', () => {
  const redactor = createRedactor();
  redactor.hide('elevenchars', 'eleven');
  redactor.hide('twelve-chars', 'twelve');
  expect(redactor.clean('xelevenchars elevenchars xtwelve-charsx')).toBe('xelevenchars <eleven> x<twelve>x');
});

test('the longer of two values that overlap is replaced first, and the first label stays', () => {
  const redactor = createRedactor();
  redactor.hide('secret-one-two', 'short');
  redactor.hide('secret-one-two-three', 'long');
  redactor.hide('secret-one-two', 'later');
  expect(redactor.clean('secret-one-two-three secret-one-two')).toBe('<long> <short>');
});

test('labels with signs that mean something to replace() stay as they are', () => {
  const redactor = createRedactor();
  redactor.hide('secret-value-$&', 'a $& b');
  redactor.hide('12.45', "c $' d");
  expect(redactor.clean('x secret-value-$& y 12.45 z 12345')).toBe("x <a $& b> y <c $' d> z 12345");
});

test('a token that nobody named is replaced by its form', () => {
  expect(createRedactor().clean({ text: `bad ${TOKEN}!`, cut: TOKEN.slice(0, 25) })).toEqual({
    text: 'bad <token>!',
    cut: '<token>',
  });
});

test('secret headers lose their value, as pairs and as members, in any case', () => {
  const headers = { Authorization: 'AWS4 x', authorization: 'AWS4 y', accept: '*/*' };
  const pairs = [
    ['Set-Cookie', 'a=b'],
    ['Date', 'today'],
    ['Authorization', 'a', 'b'],
  ];
  expect(createRedactor().clean({ headers, pairs })).toEqual({
    headers: { Authorization: '<Authorization>', authorization: '<authorization>', accept: '*/*' },
    pairs: [
      ['Set-Cookie', '<Set-Cookie>'],
      ['Date', 'today'],
      ['Authorization', 'a', 'b'],
    ],
  });
});

test('what the run knows is hidden in every case, and what one case knows in that one', () => {
  const session = createRedactor();
  const [one, other] = [createRedactor(session), createRedactor(session)];
  one.hide('password-of-one', 'Password');
  session.hide('client-secret-of-all', 'ClientSecret');
  const text = 'password-of-one client-secret-of-all';
  expect(one.clean(text)).toBe('<Password> <ClientSecret>');
  expect(other.clean(text)).toBe('password-of-one <ClientSecret>');
});

test('the value given is left as it was', () => {
  const redactor = createRedactor();
  redactor.hide('client-secret-of-all', 'ClientSecret');
  const value = { list: ['client-secret-of-all'] };
  redactor.clean(value);
  expect(value).toEqual({ list: ['client-secret-of-all'] });
});

test.each([
  ['AccessToken', 'AccessToken'],
  ['IdToken', 'IdToken'],
  ['RefreshToken', 'RefreshToken'],
  ['REFRESH_TOKEN', 'RefreshToken'],
  ['Token', 'Token'],
  ['Password', 'Password'],
  ['TemporaryPassword', 'Password'],
  ['PASSWORD', 'Password'],
  ['NEW_PASSWORD', 'Password'],
  ['PreviousPassword', 'Password'],
  ['ProposedPassword', 'Password'],
  ['ClientSecret', 'ClientSecret'],
  ['SecretHash', 'SecretHash'],
  ['SECRET_HASH', 'SecretHash'],
  ['Session', 'Session'],
  ['Code', 'Code'],
  ['ConfirmationCode', 'Code'],
  ['UserCode', 'Code'],
  ['SecretCode', 'Code'],
])('the member %s is a secret however deep it stands', (member, label) => {
  const redactor = createRedactor();
  hideMembers({ list: [{ [member]: 'a-value-of-its-own' }], UserName: 'somebody-else' }, redactor, 'user');
  expect(redactor.clean('a-value-of-its-own somebody-else')).toBe(`<${label} of user> somebody-else`);
});

test('of members that are no text, numbers alone are hidden', () => {
  const redactor = createRedactor();
  hideMembers({ Token: { Password: 'inner-password' }, Code: 123456, constructor: 'somebody' }, redactor);
  hideMembers(null, redactor);
  hideMembers('text', redactor);
  expect(redactor.clean('inner-password 123456 somebody')).toBe('<Password> <Code> somebody');
});

test('units that bear the names of tokens are none', () => {
  const redactor = createRedactor();
  hideMembers({ TokenValidityUnits: { AccessToken: 'hours' }, AccessToken: 'opaque' }, redactor);
  expect(redactor.clean('hours opaque')).toBe('hours <AccessToken>');
});

test.each([
  ['eyJabcde.abcde', '<token>'],
  ['eyJabcd.abcde', 'eyJabcd.abcde'],
  ['eyJabcde.abcd', 'eyJabcde.abcd'],
  ['eyJabcde.abcde.x.y-z', '<token>'],
  ['xeyJabcde.abcde', 'xeyJabcde.abcde'],
])('the form of a token: %s', (text, clean) => {
  expect(createRedactor().clean(text)).toBe(clean);
});

test('secret headers are hidden wherever a target echoes them, and the signature in them', () => {
  const redactor = createRedactor();
  const authorization = 'AWS4-HMAC-SHA256 Credential=me, SignedHeaders=host, Signature=0123456789abcdef';
  hideHeaders(
    { Authorization: authorization, Cookie: 'a=b-c-d', accept: 'everything', 'X-Amz-Security-Token': 'session-token' },
    redactor,
  );
  expect(redactor.clean([authorization, 'it was 0123456789abcdef', 'a=b-c-d', 'session-token', 'everything'])).toEqual([
    '<Authorization>',
    'it was <Signature>',
    '<Cookie>',
    '<X-Amz-Security-Token>',
    'everything',
  ]);
});

test('of one answer fifty secrets are hidden, as many as none has', () => {
  const redactor = createRedactor();
  hideMembers(
    Array.from({ length: 1e5 }, (_, nth) => ({ AccessToken: `${nth}`.padStart(20, 'x') })),
    redactor,
  );
  expect(redactor.known().secrets.length).toBe(50);
});
