import { type DateContext, parseDate } from '../dates.ts';

/** Answers that name nobody. */
const NOBODY =
  /^(?:admin(?:istrator)?|root|user|guest|editor|editors|staff|unknown|anonymous|null|undefined|none|n\/a|author|webmaster|by|written by|posted by|see full bio|(?:view )?(?:full )?profile|follow(?:ing)?|biography|管理员|站长|小编|编辑|佚名|匿名|无名|未知|不详|网络|网络整理|互联网|网友|本站|原创|转载|整理|来源|综合|系统|发布者|作者|暂无|用户|游客|楼主|层主|沙发|博主|著者|执笔|see all|会员|匿名用户|只看该作者|只看楼主|显示全部楼层|电梯直达|倒序浏览|阅读模式|关注|已关注|原文|登录|注册|[a-z]{0,3}[_-]?\d{3,}|.*(?:wikimedia|维基媒体|discuz|comsenz|wordpress|phpwind|dedecms|phpcms|empirecms).*)$/i;

/** Surnames by which a bare Chinese name is told from an institution or a word; the common ones, covering nearly all bearers. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭潘蔣葉蘇魏呂盧鍾譚陸範賈鄒龍賀顧龔邵萬錢嚴齊喬龐顏莊聶歐關蘭單陽';
const COMPOUND =
  '欧阳|太史|上官|司马|东方|独孤|南宫|夏侯|诸葛|尉迟|公孙|慕容|长孙|宇文|司徒|司空|令狐|皇甫|端木|歐陽|司馬|諸葛';
/** Four characters are a word more often than a name, unless the surname itself has two. */
const PERSON = new RegExp(`^(?:[${SURNAMES}][\\u4e00-\\u9fff]{1,2}|(?:${COMPOUND})[\\u4e00-\\u9fff]{1,2})$`);
const LATIN_PERSON = /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}$/u;
const NOT_A_PERSON =
  /(?:网|报|社|台|刊|局|部|委|厅|院|校|公司|中心|频道|客户端|日报|晚报|新闻|报道|记者|编辑|来源|完|图|摄|文|视频|资料|发布|转载|责编)$/;

const CJK_NAME = '[\\u4e00-\\u9fff·•]{2,4}';
const LABELLED =
  /(?:^|[\s|｜/【（(\]】）)>·•]|[^\s]{0,12}网)(?:作\s*者|文章作者|撰\s*文|撰稿人?|撰写|执笔人?|署名|发帖人|发帖者|楼\s*主|博\s*主|原作者|图文|作\s*者[/／]来源|發佈者|發布者|发布人|发布者|发文机关|发文单位|发布机构)\s*[:：|｜丨]\s*(.{1,60})/;
const POSTED =
  /^(\S{2,20})\s*(?:发表于|发布于|發表於|發佈於)\s*[:：]?\s*(?:19|20)\d{2}|(?:^|[\s\]】])由\s*([^\s:：，。的]{1,16}?)\s*(?:张贴|張貼|[发發][表布][于於在])|(?:^|\s)posted by:?\s+([^|@\t]{2,40}?)(?:\s+(?:on|at|in)\s|[|@\t]|$)/i;
const WRITTEN = /(?:^|[【（(\s])(?:图?文|文字)\s*[/／|｜丨:：]\s*(.{2,40})/;
const NOT_A_NAME = '(?!本报|本刊|本网|报道|综合|摄|文|图|通讯员|实习|记者|编辑|北京|上海|广州|[^\\s]{2,8}报道)';
const REPORTER = new RegExp(
  `(?:首席|资深|见习|实习|特约|特派|全媒体|融媒体)*(?:[记記]者|通[讯訊]员|实习生)(?:\\s*[/／]\\s*(?:通讯员|摄影))?[\\s:：|]+(${NOT_A_NAME}${CJK_NAME}(?:[\\s、，,]+${NOT_A_NAME}${CJK_NAME}(?![\\u4e00-\\u9fff])){0,5})(?![\\u4e00-\\u9fff])`,
  'g',
);
const WHOLE_LINE =
  /^[\u4e00-\u9fff]{0,8}(?:首席|资深|见习|实习|特约|特派)?(?:记者|通讯员|实习生)[\s:：|]*([\u4e00-\u9fff·]{2,4}(?:[\s、，,]+[\u4e00-\u9fff·]{2,4}){0,5})$/;
/** One of these words stands in every such line. */
const REPORTING = /[记記]者|通[讯訊]员|实习生/;
/** A reporter in brackets, where no space need stand before the name. */
const BRACKETED = /[（(【][^（()）【】]{0,14}记者\s*[:：]?\s*([^（()）【】]{2,30})[）)】]/;
const EDITOR = /(?:^|\s)[【[（(]?编\s?辑\s*[:：]\s*(.{2,20})/;
const ENGLISH =
  /^(?:[Ww]ritten\s+)?(?:[Bb]y|BY|Par|Von|Por):?\s+((?:[A-Z][\p{L}.'’-]*|de|van|von|der|la|and|&|,)(?:[ ,]+(?:[A-Z][\p{L}.'’-]*|de|van|von|der|la|and|&)){1,7})/u;
/** Where a name ends within a line. */
const NAME_END =
  /\s{2,}|：|:(?!\/\/)|[|｜丨，。；;()（）【】[\]<>《》\t]|来源|來源|发布|發佈|发表|编辑|编译|责任|责编|时间|日期|点击|阅读|浏览|评论|访问|统计|加入|字号|字体|更新|摄影|校对|审核|微信|公众号|出处|栏目|分类|转载|\d{2,4}[-年/.]|\s(?:size|class|font)=/i;

/** The trade that English papers put behind a name: `Jane Doe, Staff Writer`. */
const TRADE =
  /,\s+(?:[\p{L}.&'’ -]{1,40}\s)?(?:staff|writer|editor|reporter|correspondent|contributor|columnist)\s*$/iu;

/** `By Jane Doe, December 12`: where the date begins. */
const MONTH_BEHIND =
  /\s*,\s*(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September|October|November|December)\.?$/;

/** A name without labels and what follows it, or null where it names nobody. */
export function tidyName(raw: string | null | undefined): string | null {
  let name = (raw ?? '').replace(/[\s\0\u00a0\u3000]+/g, ' ').trim();
  name = name
    .replace(/^(?:作\s*者|文|撰文|记者|本报记者|by|author|written by)\s*[:：/|]?\s+/i, '')
    .replace(/^作者[:：]\s*/, '');
  // Names of two characters are padded to the width of three.
  name = name.replace(/^([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?![\u4e00-\u9fff])/, '$1$2');
  name = name.replace(/^原创\s*(?=\S{2})/, '');
  name = name
    .replace(/^by\s+/i, '')
    .replace(/^(?:view all |more )?(?:posts|stories|articles) (?:by|from) /i, '')
    .replace(/^.{0,20}(?:作者|记者|评论员|撰稿人?|编译)\s+/, '');
  const end = NAME_END.exec(name);
  if (end !== null) name = name.slice(0, end.index);
  name = name.slice(0, 200).replace(TRADE, '').replace(MONTH_BEHIND, '');
  name = name.replace(/^[\s:：/|,，、·@+-]+|[\s:：/|,，、-]+$/g, '').trim();
  if (name === '' || name.length > 80 || NOBODY.test(name)) return null;
  if (/^https?:|www\.|\.(?:com|cn|net|org)\b|^\d+$|=/.test(name)) return null;
  return name;
}

/** The name of a person in Latin letters that a line consists of, or null. */
export function latinPerson(line: string): string | null {
  return LATIN_PERSON.test(line) && line.includes(' ') ? tidyName(line) : null;
}

/** The author that one visible line names, or null. A tab in the line is the border of an element. */
export function authorInLine(line: string): string | null {
  const labelled = LABELLED.exec(line)?.[1] ?? WRITTEN.exec(line)?.[1] ?? posted(line);
  if (labelled !== undefined) return leadingNames(labelled);
  const cell = /(?:^|\t)(?:作\s*者|撰\s*文|文)\t([^\t]{2,12})(?:\t|$)/.exec(line)?.[1];
  if (cell !== undefined && isPerson(cell)) return cell;
  const english = ENGLISH.exec(englishParts(line))?.[1];
  return english === undefined ? null : tidyName(english.replace(/\s+(?:and|&)$/, ''));
}

/** The name at the start of a text, and the further parts as long as they are names too. */
function leadingNames(text: string): string | null {
  const [first, ...rest] = text.split('\t').filter((part) => part.trim() !== '');
  const name = tidyName(first);
  if (name === null) return null;
  const names = [name];
  for (const part of rest) {
    const bare = part.replace(/^[\s、，,和与及&;；/]+|[\s、，,;；]+$/g, '');
    if (bare === '') continue;
    if (!isPerson(bare) && !LATIN_PERSON.test(bare)) break;
    names.push(bare);
  }
  return names.join(' ');
}

/** `By`, the names and what joins them as one text, whatever elements they stand in. */
function englishParts(line: string): string {
  const [first = '', ...rest] = line.split('\t');
  let text = first;
  for (const part of rest) {
    if (!/(?:^|\s)(?:by:?|par|von|por|and|&)$|,$/i.test(text) && !/^(?:and\b|&|,)/.test(part)) break;
    text += ` ${part}`;
  }
  return text;
}

function posted(line: string): string | undefined {
  const match = POSTED.exec(line);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** The reporters that a line of the article names: （记者 某某）, 某报记者 某某 某地报道. */
export function reporterInLine(line: string): string | null {
  if (!REPORTING.test(line)) return null;
  const bracketed = BRACKETED.exec(line)?.[1]
    ?.replace(/(?:摄影?|报道|文\/?图?|通讯员|编辑).*$/, '')
    .trim();
  if (bracketed !== undefined && /^[\u4e00-\u9fff·\s、，,]{2,24}$/.test(bracketed))
    return bracketed.replace(/[\s、，,]+/g, ' ');
  const names = [...line.matchAll(REPORTER)].map((match) => (match[1] ?? '').replace(/[\s、，,]+/g, ' ').trim());
  return names.length === 0 ? wholeLineReporter(line) : names.join(' ');
}

/** A line that says nothing else (本报记者林小舟 陈一帆): the names are told from words by their surnames. */
function wholeLineReporter(line: string): string | null {
  const match = line.length > 40 ? null : WHOLE_LINE.exec(line.trim());
  const names = (match?.[1] ?? '').split(/[\s、，,]+/).filter((name) => name !== '');
  return names.length > 0 && names.every(isPerson) ? names.join(' ') : null;
}

/**
 * The people whose bare names stand in brackets at the end of a text (某某 某某), or (某某 某地报道), or before their paper
 * (某某/某报), or behind 来源, or on a line of its own; told from other words by their surnames.
 */
export function peopleInLine(line: string): string | null {
  const closing = /[（(]\s*([^（()）]{2,30}?)\s*[）)]\s*$/
    .exec(line)?.[1]
    ?.replace(/[\s、，,]*[^\s、，,]{0,6}报道$/, '');
  const credited = /^([\u4e00-\u9fff·]{2,4})\s*[/／]\s*[\u4e00-\u9fff]{2,10}(?:报|网|社|刊|周刊|新闻)$/.exec(line)?.[1];
  const source = /(?:^|\s)来源\s*[:：]\s*([\u4e00-\u9fff]{2,3})\s*$/.exec(line)?.[1];
  const alone = line.length <= 4 ? line : undefined;
  for (const text of [closing, credited, source, alone]) {
    const names = (text ?? '').split(/[\s、，,]+/).filter((name) => name !== '');
    if (names.length > 0 && names.length <= 5 && names.every(isPerson)) return names.join(' ');
  }
  return null;
}

function isPerson(name: string): boolean {
  return PERSON.test(name) && !NOT_A_PERSON.test(name);
}

/**
 * The editor that a line at the foot names (编辑：某某). Where a piece names nobody else, its editor is the person
 * that answers for it; the responsible editor (责任编辑) only passed it and never counts.
 */
export function editorInLine(line: string): string | null {
  const found = EDITOR.exec(line)?.[1];
  return found === undefined ? null : tidyName(found);
}

/** What sites put behind their own name. */
const CHANNEL =
  /^(?:网|新闻|新闻网|新闻中心|中心|资讯|订阅|首页|官网|财经|体育|娱乐|科技|汽车|房产|教育|旅游|军事|健康|文化|频道|新闻频道|网站|门户网站|政府网|人民政府|人民政府网|博客|论坛|社区|com|cn|comcn|net|org)$/;

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
    if (other === '' || plain === '') return false;
    if (plain.length >= 3 && plain.endsWith('网') && other.includes(plain)) return true;
    return (
      plain === other || plain === `${other}网` || (other.startsWith(plain) && CHANNEL.test(other.slice(plain.length)))
    );
  });
}

/** Numbers that only look like dates, and the clock of the page itself. */
const NO_DATE =
  /备案|备\s*\d{5}|许可证|ICP|©|copyright|版权所有|编号|电话|ISBN|ISSN|QQ|今天是|今天：|现在是|当前时间|您好|欢迎/i;
/** What stands before the date of publication. */
export const DATE_LABEL = /(?:发布|发表|發佈|發表|刊登|时间|日期|時間|posted|published|pub(?:lish)? ?date)/i;

/** How good the date in a visible line is as the time of publication, or null where it holds none. */
export function dateInLine(raw: string, context: DateContext): { date: string; worth: number } | null {
  // Calendar sheets put the year, the month and the day into elements of their own.
  const line = raw
    .replace(/^((?:19|20)\d{2})\t(\d{2})(?:\t?[-/.]\t?|\t)(\d{2})(?=\t|$)/, '$1-$2-$3')
    .replace(/\t/g, ' ');
  if (NO_DATE.test(line)) return null;
  const label = DATE_LABEL.exec(line);
  const from = label === null ? 0 : label.index;
  const date = parseDate(line.slice(from), context) ?? (from > 0 ? parseDate(line, context) : null);
  if (date === null) return null;
  const clock = date.length > 10 || /\d{1,2}:\d{2}/.test(line) ? 2 : 0;
  const updated = /更新|修改|updated|modified/i.test(line) && label === null ? -1 : 0;
  const lonely = line.length < 60 ? 1 : 0;
  // A weekday without a clock time is how a site's head shows today's date.
  const today = clock === 0 && label === null && /星期|礼拜|周[一二三四五六日]/.test(line) ? -2 : 0;
  return { date, worth: 1 + clock + updated + lonely + today + (label === null ? 0 : 2) };
}

/** Month and day (`MM-DD`) of a labelled date without a year (发布时间：09-30 22:46), or null. */
export function dayInLine(line: string): string | null {
  const match =
    /(?:发布|发表|發佈|發表)(?:时间|日期|於|于)?\s*[:：]?\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d{3}|\s*[-/.]\s*\d)/.exec(
      line,
    );
  return match === null
    ? null
    : `${(match[1] ?? '').padStart(2, '0')}-${(match[2] ?? '').slice(0, 2).padStart(2, '0')}`;
}
