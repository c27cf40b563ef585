/** What scripts call, by name. A script holds those that it uses, and those that these use. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  need: `need() { command -v "$1" >/dev/null || { echo "$1 is not on the PATH: $2" >&2; exit 127; }; }`,
  heading: `heading() { printf '\\n== %s\\n' "$1"; }`,
  cognito: `cognito() { aws cognito-idp --endpoint-url "$ENDPOINT" --output text "$@"; }`,
  send: `# Sends these headers and no others, and shows the whole answer.
send() { curl -sS -i -g -H accept: -H user-agent: -H expect: "$@"; echo; }`,
  signed: `signed() { send --aws-sigv4 "aws:amz:$AWS_DEFAULT_REGION:cognito-idp" -u "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "$@"; }`,
  show: `show() {
  echo "Attributes of $1:"
  cognito admin-get-user --query 'UserAttributes[].[Name,Value]' \\
    --cli-input-json '{"UserPoolId":"'"$POOL_ID"'","Username":"'"$1"'"}' || true
}`,
  cognito_says: `cognito_says() { printf 'Cognito: %s\\n' "$@"; }`,
  repeat: `repeat() { printf "%$1s" '' | sed "s/ /$2/g"; }`,
  member: `# A member of an answer: member A.B
member() { node -e '
  const text = require("fs").readFileSync(0, "utf8").split("\\r\\n\\r\\n").pop();
  const value = process.argv[1].split(".").reduce((part, name) => part[name], JSON.parse(text));
  console.log(typeof value === "string" ? value : JSON.stringify(value));
' "$1"; }`,
  ask: `ask() { printf '%s: ' "$1" >&2; read -r ANSWER </dev/tty; printf %s "$ANSWER"; }`,
  forge: `# A token with other claims: forge kept|none|foreign|own TOKEN CLAIMS SECONDS-ADDED
forge() { SIGNING_KEY="\${SIGNING_KEY:-}" node -e '
  const { createPrivateKey, generateKeyPairSync, sign } = require("crypto");
  const [how, token, claims, added] = process.argv.slice(1);
  const read = (part) => JSON.parse(Buffer.from(part, "base64url"));
  const write = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const [header, payload, signature] = token.split(".");
  const changed = { ...read(payload), ...JSON.parse(claims) };
  for (const [claim, seconds] of Object.entries(JSON.parse(added))) changed[claim] += seconds;
  const known = how === "own" ? process.env.SIGNING_KEY : "";
  const key = () =>
    known === "" ? generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
    : createPrivateKey(known.startsWith("{") ? { key: JSON.parse(known), format: "jwk" } : known);
  const text = (how === "none" ? write({ ...read(header), alg: "none" }) : header) + "." + write(changed);
  const end = how === "none" ? "" : how === "kept" ? signature : sign("sha256", Buffer.from(text), key()).toString("base64url");
  console.log(text + "." + end);
' "$@"; }`,
};

/** How each is called. */
const CALLS = Object.keys(FUNCTIONS).map(
  (name) => [name, new RegExp(`(^\\s*|\\$\\(|\\| |\\{ )${name} `, 'm')] as const,
);

const calledBy = (text: string): string[] =>
  CALLS.filter(([name, call]) => text.includes(`${name} `) && call.test(text)).map(([name]) => name);

/** What each calls itself. */
const INNER = new Map(Object.entries(FUNCTIONS).map(([name, code]) => [name, calledBy(code)]));

/** The functions that a text calls, in the order of the table. */
export function functionsOf(text: string): string[] {
  const used = new Set(calledBy(text));
  // A set tells of what is added while it is walked.
  for (const name of used) for (const inner of INNER.get(name) ?? []) used.add(inner);
  return Object.entries(FUNCTIONS).flatMap(([name, code]) => (used.has(name) ? [code] : []));
}
