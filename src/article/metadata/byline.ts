import { parseDate } from '../dates.ts';

/** Answers that name nobody. */
const NOBODY =
  /^(?:admin(?:istrator)?|root|user|guest|editor|editors|staff|unknown|anonymous|null|undefined|none|n\/a|author|webmaster|管理员|站长|小编|编辑|佚名|匿名|无名|未知|不详|网络|网络整理|互联网|网友|本站|原创|转载|整理|来源|综合|系统|发布者|作者|暂无|用户|游客|.*(?:discuz|comsenz|wordpress|phpwind|dedecms|phpcms|empirecms).*)$/i;

const CJK_NAME = '[\\u4e00-\\u9fff·•]{2,4}';
const LABELLED =
  /(?:^|[\s|｜/【（(\]】）)>·•]|[^\s]{0,12}网)(?:作\s*者|文章作者|撰\s*文|撰稿|执笔人?|原作者|图文|作\s*者[/／]来源|發佈者|發布者|发布人|发布者|发文机关|发文单位|发布机构)\s*[:：]\s*(.{1,60})/;
const POSTED =
  /(?:^|[\s\]】])由\s*([^\s:：，。的]{1,16}?)\s*(?:张贴|張貼|[发發][表布][于於在])|(?:^|\s)posted by:?\s+([^|@]{2,40}?)(?:\s+(?:on|at|in)\s|[|@]|$)/i;
const WRITTEN = /(?:^|[【（(\s])文\s*[/／|｜:：]\s*(.{2,40})/;
const NOT_A_NAME = '(?!本报|本刊|本网|报道|综合|摄|文|图|通讯员|实习|记者|编辑|北京|上海|广州|[^\\s]{2,8}报道)';
const REPORTER = new RegExp(
  `(?:首席|资深|见习|实习|特约|特派|全媒体|融媒体)*(?:记者|通讯员|实习生)(?:\\s*[/／]\\s*(?:通讯员|摄影))?[\\s:：|]+(${NOT_A_NAME}${CJK_NAME}(?:[\\s、，,]+${NOT_A_NAME}${CJK_NAME}(?![\\u4e00-\\u9fff])){0,5})(?![\\u4e00-\\u9fff])`,
  'g',
);
/** A reporter in brackets, where no space need stand before the name. */
const BRACKETED = /[（(【][^（()）【】]{0,14}记者\s*[:：]?\s*([^（()）【】]{2,30})[）)】]/;
const EDITOR = /^(?:[\s【[（(]*)编\s?辑\s*[:：]\s*(.{2,20})/;
const ENGLISH =
  /^(?:written\s+)?by:?\s+((?:[A-Z][\p{L}.'’-]*|de|van|von|der|la|and|&|,)(?:[ ,]+(?:[A-Z][\p{L}.'’-]*|de|van|von|der|la|and|&)){1,7})/u;
/** Where a name ends within a line. */
const NAME_END =
  /\s{2,}|[|｜，。；;()（）【】[\]<>《》\t]|来源|來源|发布|發佈|发表|编辑|编译|责任|责编|时间|日期|点击|阅读|浏览|评论|字号|字体|更新|摄影|校对|审核|微信|公众号|出处|栏目|分类|转载|\d{2,4}[-年/.]|\s(?:size|class|font)=/i;

/** A name without labels and what follows it, or null where it names nobody. */
export function tidyName(raw: string | null | undefined): string | null {
  let name = (raw ?? '').replace(/[\s\0\u00a0\u3000]+/g, ' ').trim();
  name = name
    .replace(/^(?:作\s*者|文|撰文|记者|本报记者|by|author|written by)\s*[:：/|]?\s+/i, '')
    .replace(/^作者[:：]\s*/, '');
  name = name.replace(/^by\s+/i, '').replace(/^.{0,20}(?:作者|记者|评论员|撰稿人?|编译)\s+/, '');
  const end = NAME_END.exec(name);
  if (end !== null) name = name.slice(0, end.index);
  name = name.replace(/^[\s:：/|,，、·@-]+|[\s:：/|,，、-]+$/g, '').trim();
  if (name === '' || name.length > 80 || NOBODY.test(name)) return null;
  if (/^https?:|www\.|\.(?:com|cn|net|org)\b|^\d+$|=/.test(name)) return null;
  return name;
}

/** The author that one visible line names, or null. */
export function authorInLine(line: string): string | null {
  const labelled = LABELLED.exec(line)?.[1] ?? WRITTEN.exec(line)?.[1] ?? posted(line);
  if (labelled !== undefined) return tidyName(labelled);
  const english = ENGLISH.exec(line)?.[1];
  return english === undefined ? null : tidyName(english.replace(/\s+(?:and|&)$/, ''));
}

function posted(line: string): string | undefined {
  const match = POSTED.exec(line);
  return match?.[1] ?? match?.[2];
}

/** The reporters that a line of the article names: （记者 某某）, 某报记者 某某 某地报道. */
export function reporterInLine(line: string): string | null {
  const bracketed = BRACKETED.exec(line)?.[1]
    ?.replace(/(?:摄影?|报道|文\/?图?|通讯员|编辑).*$/, '')
    .trim();
  if (bracketed !== undefined && /^[\u4e00-\u9fff·\s、，,]{2,24}$/.test(bracketed))
    return bracketed.replace(/[\s、，,]+/g, ' ');
  const names = [...line.matchAll(REPORTER)].map((match) => (match[1] ?? '').replace(/[\s、，,]+/g, ' ').trim());
  return names.length === 0 ? null : names.join(' ');
}

/**
 * The editor that a line at the foot names (编辑：某某). Where a piece names nobody else, its editor is the person
 * that answers for it; the responsible editor (责任编辑) only passed it and never counts.
 */
export function editorInLine(line: string): string | null {
  const found = EDITOR.exec(line)?.[1];
  return found === undefined ? null : tidyName(found);
}

/** Is a declared author merely the site, its publisher, or an address? */
export function isSiteName(name: string, siteNames: readonly string[]): boolean {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return siteNames.some((site) => {
    const other = site
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '');
    return other !== '' && (plain === other || (other.length >= 2 && plain === `${other}网`));
  });
}

/** How good the date in a visible line is as the time of publication; 0: none in it. */
export function dateInLine(line: string, zone: string | null): { date: string; worth: number } | null {
  const label = /(?:发布|发表|發佈|發表|刊登|时间|日期|时间|posted|published|pub(?:lish)? ?date)/i.exec(line);
  const from = label === null ? 0 : label.index;
  const date = parseDate(line.slice(from), { zone }) ?? (from > 0 ? parseDate(line, { zone }) : null);
  if (date === null) return null;
  const clock = date.length > 10 || /\d{1,2}:\d{2}/.test(line) ? 2 : 0;
  const updated = /更新|修改|updated|modified/i.test(line) && label === null ? -1 : 0;
  const lonely = line.length < 60 ? 1 : 0;
  return { date, worth: 1 + clock + updated + lonely + (label === null ? 0 : 2) };
}
