import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { SaxesParser } from 'saxes';

/** Commands that a runner of GitHub Actions carries out: src/Runner.Worker/ActionCommandManager.cs of actions/runner. */
const COMMANDS =
  /^(internal-set-repo-path|set-env|set-output|save-state|add-path|add-mask|remove-matcher|add-matcher|warning|error|notice|debug|group|endgroup|echo|stop-commands)$/i;

/** Lines that a runner takes for commands, as TryParseV2 and TryParse of its ActionCommand.cs do. */
export function commandsIn(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => {
    const [, plain] = /^::(.*?)::/.exec(line.trimStart()) ?? [];
    const [, old] = /##\[([^\]]*)\]/.exec(line) ?? [];
    return [plain, old].some((info) => COMMANDS.test(info?.split(' ')[0] ?? ''));
  });
}

/** Characters that do something to a terminal or to the order of letters, colours of our own apart. */
export function controlsIn(text: string): string[] {
  const bare = text.replaceAll(/\u001b\[\d+m/g, '');
  return [...new Set(bare.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [])].filter((one) => one !== '\n');
}

const OUR_TAGS =
  /^<\/?(h[1-6]|p|ul|li|table|thead|tbody|tr|th|td|strong|code|pre|details|summary|br|em|del)\b( align="\w+")?( \/)?>$/;

/** What a page of GitHub would make of Markdown that is none of ours: elements, links, mentions. */
export function foreignIn(markdown: string): string[] {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const tags = html.match(/<[^>]*>/g) ?? [];
  // Mentions and numbers of issues are looked for in the text of the page, whatever it was written as.
  const outside = html.replaceAll(/<(pre|code)>[^]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ' ');
  const text = outside.replaceAll(/&#x?[\da-f]+;|&(lt|gt|quot|amp);/gi, '*');
  const linked = text.match(/@\w+|(#|\bGH-)\d+/g) ?? [];
  return [...tags.filter((tag) => !OUR_TAGS.test(tag)), ...linked];
}

/** Names of elements and attributes of a document in XML; throws for what is none. */
export function namesIn(xml: string): string[] {
  const names = new Set<string>();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => [name, ...Object.keys(attributes)].forEach((one) => names.add(one)));
  parser.on('comment', () => names.add('<!--'));
  parser.write(xml).close();
  return [...names].sort();
}
