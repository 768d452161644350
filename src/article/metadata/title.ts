import { sameTitle, squash } from '../squash.ts';

/** What stands between a title and the name of the site. */
const SEPARATOR = /\s*(?:_+|\s[-–—|·•:»«/]{1,3}\s|[|｜]|\s?[–—]{1,2}\s?|--+|-(?=[^-]{2,16}$)|<|>>|»)\s*/;
const SITE =
  /(?:网|網|频道|頻道|新闻|新聞|资讯|資訊|门户|报|報|日报|晚报|时报|博客|论坛|社区|中文|在线|官网|专栏|中心|传媒|首页|正文|平台|社|台|部落格|简书|知乎|百科|头条|财经|科技|体育|娱乐|读书|文库|版|刊|杂志|公司|部|委|局|厅|政府|\.(?:com|cn|net|org|io)|News|Blog|Times|Post|Daily|Online|Journal|Magazine|Network|Home|Wiki|Wikipedia|Forum)$/i;

/** What a site says to whoever comes, in place of a title. */
const GREETING = /^(?:谢谢|感谢|欢迎)(?:您|你|大家)?的?(?:访问|光临|来到|浏览|到访)|^welcome to\b/i;

/**
 * The title of an article from what a page offers: the heading that the document's title begins with, else the best of
 * the declared titles without the site's name behind it.
 * @param headings texts of headings and other large lines, in order of the page
 * @param main those of them that are headings of the first rank and no links
 */
export function chooseTitle(
  declared: readonly (string | null)[],
  documentTitle: string | null,
  headings: readonly string[],
  siteNames: readonly (string | null)[],
  main: readonly string[] = [],
): string | null {
  const sites = new Set(
    siteNames.flatMap((name) => (name === null ? [] : [squash(name)])).filter((name) => name !== ''),
  );
  const all = [...declared, documentTitle].flatMap((title) =>
    title === null || title.trim() === '' || GREETING.test(title.trim()) ? [] : [oneLine(title)],
  );
  for (const candidate of all) {
    const whole = squash(candidate);
    for (const heading of headings) {
      const line = squash(heading);
      if (line.length >= 5 && !sites.has(line) && whole.startsWith(line) && isBorder(candidate, line)) return heading;
    }
  }
  const document = all[all.length - 1];
  for (const heading of headings) {
    // `Column--title`: the name of the column or site stands first.
    const line = squash(heading);
    if (line.length >= 10 && document !== undefined && squash(document).endsWith(line) && !sites.has(line)) {
      const before = document.slice(0, Math.max(0, document.length - heading.length));
      if (/[-_|:：»>–—]\s*$/.test(before) && line.length > squash(before).length) return heading;
    }
  }
  const first = all[0];
  if (first === undefined) return headings.find((heading) => squash(heading).length >= 4) ?? null;
  const stripped = stripSite(first, sites);
  const shown = middlePart(main, all, sites) ?? retitled(main, all, squash(stripped), sites);
  if (shown !== null) return shown;
  const near = headings.find((heading) => sameTitle(squash(heading), squash(stripped)));
  return near !== undefined && squash(near).length >= squash(stripped).length ? near : stripped;
}

/** The heading of the first rank that is a part in the middle of a declared title: topic - title - column - site. */
function middlePart(main: readonly string[], declared: readonly string[], sites: ReadonlySet<string>): string | null {
  const parts = declared.flatMap((title) => splitTitle(title).slice(1, -1)).map(({ text }) => squash(text));
  return (
    main.find((heading) => {
      const line = squash(heading);
      return line.length >= 6 && !sites.has(line) && parts.includes(line);
    }) ?? null
  );
}

/**
 * The headline that readers see, where editors gave search engines and social networks other words for it: the heading
 * of the first rank that shares half of its words with a declared title.
 */
function retitled(
  main: readonly string[],
  declared: readonly string[],
  known: string,
  sites: ReadonlySet<string>,
): string | null {
  const others = declared.map(wordsOf);
  for (const heading of new Set(main)) {
    const line = squash(heading);
    // With the known title in it, it says something beside: a date, a column, a mark.
    if (line.length < 8 || sites.has(line) || (known.length >= 6 && line.includes(known))) continue;
    const words = wordsOf(heading);
    const shared = (other: ReadonlySet<string>): number => [...words].filter((word) => other.has(word)).length;
    if (others.some((other) => shared(other) >= 2 && 2 * shared(other) >= Math.min(words.size, other.size)))
      return heading;
  }
  return null;
}

/** Words of four letters and more in their first five, and pairs of Chinese characters. */
function wordsOf(title: string): ReadonlySet<string> {
  const words = title.toLowerCase().match(/[\p{sc=Latn}\p{sc=Cyrl}\d]{4,}/gu) ?? [];
  const runs = title.match(/\p{sc=Han}{2,}/gu) ?? [];
  return new Set([
    ...words.map((word) => word.slice(0, 5)),
    ...runs.flatMap((run) => [...run.slice(1)].map((char, at) => run[at] + char)),
  ]);
}

/** Does the heading end where a separator or the title's end stands, so that it is not just the first words of it? */
function isBorder(title: string, line: string): boolean {
  let seen = 0;
  for (let at = 0; at < title.length; at++) {
    if (seen >= line.length) {
      const rest = title.slice(at).trim();
      return rest === '' || /^[\s\p{P}\p{S}]/u.test(rest);
    }
    seen += squash(title[at] ?? '').length;
  }
  return true;
}

/** The title without ` - Site`, `_频道_站名`, ` | Site`. */
function stripSite(title: string, sites: ReadonlySet<string>): string {
  const parts = splitTitle(title);
  let keep = parts.length;
  while (keep > 1) {
    const last = parts[keep - 1];
    if (last === undefined) break;
    const name = squash(last.text);
    const rest = squash(
      parts
        .slice(0, keep)
        .map((part) => part.text)
        .slice(0, -1)
        .join(''),
    );
    const isSite =
      sites.has(name) || [...sites].some((site) => site.length >= 3 && (name === site || name.startsWith(site)));
    const short = name.length <= 16 && rest.length >= 6;
    const certain =
      last.separator.includes('_') ||
      SITE.test(last.text) ||
      (/^\s[|–—-]\s$/.test(last.separator) && looksLikeName(last.text, rest, name));
    if (rest.length < 2 || !(isSite || (short && certain))) break;
    keep--;
  }
  // A lead such as "Site: title" where the site's name stands first.
  const first = parts[0];
  const drop = keep > 1 && first !== undefined && sites.has(squash(first.text)) ? 1 : 0;
  const kept = parts.slice(drop, keep);
  return (
    kept
      .map((part, at) => (at === 0 ? '' : part.separator) + part.text)
      .join('')
      .trim() || title
  );
}

/** A Latin part that begins in lower case, or is longer than what stands before it, is a subtitle. */
function looksLikeName(text: string, rest: string, name: string): boolean {
  return !/^[a-z]/.test(text) && (!/^[A-Z]/.test(text) || rest.length > name.length);
}

function splitTitle(title: string): { text: string; separator: string }[] {
  const parts: { text: string; separator: string }[] = [];
  let rest = title;
  let separator = '';
  for (let steps = 0; steps < 12; steps++) {
    const match = SEPARATOR.exec(rest);
    if (match === null || match.index === 0) break;
    parts.push({ text: rest.slice(0, match.index), separator });
    separator = match[0];
    rest = rest.slice(match.index + match[0].length);
  }
  parts.push({ text: rest, separator });
  return parts;
}

/** On one line, without the name of the program that made the page. */
function oneLine(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/\s+[-_|–—]\s+Powered by\s.*$/i, '')
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, 400);
}
