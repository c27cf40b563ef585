/** The flags of a command as parsed: `true`, a text, or a list of texts where one may be given several times. */
export type Flags = Record<string, string | boolean | (string | boolean)[] | undefined>;

export function text(flag: Flags[string]): string | undefined {
  return typeof flag === 'string' ? flag : undefined;
}

export function texts(flag: Flags[string], otherwise: string[] = []): string[] {
  return Array.isArray(flag) ? flag.map(String) : otherwise;
}
