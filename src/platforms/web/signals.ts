import { type Page, readCanonical } from '../../article/index.ts';
import { metaOf } from '../html-platform.ts';
import { countChars, shortText, titleOf, visibleText } from '../sight.ts';

/** One sign that a good answer is an error page. A strong one is meant for machines, a weak one could be an article's. */
export interface Signal {
  literal: string;
  strong: boolean;
  /** Does the page call itself an error page, in its title, headline or markup? Then lack of text is a second sign. */
  named: boolean;
}

/** A whole title or headline, never a part of a sentence, so that articles about such pages do not match. */
export const ERROR_PHRASES: readonly RegExp[] = [
  /^(?:http\s*)?(?:error\s*)?404(?:\s*error)?$/i,
  /^(?:(?:http\s*)?(?:error\s*)?404\W{0,4})?(?:(?:the|this|that|requested)\s+){0,2}(?:page|file|document|content|article|post|story|url|resource|site|video|item|product|listing|question|topic|thread|user|object)\s+(?:(?:was|is|could|can)\s*(?:not|n['’]?t)\s+(?:be\s+)?(?:found|available)|cannot be found|not\s+(?:found|available)|does\s?n['’o]t?\s*(?:no)?t?\s*exist|no longer (?:exists|available)|is no longer available|has been (?:removed|deleted|taken down)(?: by (?:the |its )?(?:author|owner|user|publisher|administrator|moderators?))?|unavailable|missing)[.!]?$/i,
  /^(?:http\s*)?(?:error\s*)?404\W{0,4}not found[.!]?$/i,
  /^not found[.!]?$/i,
  /^(?:oops|sorry|whoops|uh[- ]oh)\b.{0,20}\b(?:page|content|article)\b.{0,30}\b(?:not found|can(?:no|['’])t be found|does(?: not|n['’]t) exist|is gone|gone missing|no longer)\b.{0,20}$/i,
  /^(?:(?:sorry|oops)[,!]?\s)?we (?:can['’]t|could(?: not|n['’]t)) (?:seem to )?find (?:that|this|the|what).{0,40}$/i,
  /^404\W{1,4}that['’]s an error\.?$/i,
  /^(?:http\s*)?(?:status\s*)?(?:error\s*)?404(?:\s*error)?\W{0,4}(?:page |object |file or directory )?not found\W{0,3}1{0,2}$/i,
  /^not found \(404\)$/i,
  /^(?:http )?410 gone$/i,
  /^(?:no such page|video unavailable)[.!]?$/i,
  /^the requested (?:url|page|resource)(?: \S{1,80})? was not found(?: on this server)?[.!]?$/i,
  /^the resource you are looking for (?:has|might have) been removed.{0,80}$/i,
  /^(?:it )?(?:(?:looks|seems) like )?(?:nothing was found(?: at this location)?|you['’]ve hit a dead link)[.!]?$/i,
  /^the link you followed (?:has expired|may be broken).{0,60}$/i,
  /^(?:(?:お探しの|ご指定の)?ページ(?:が|は)見つかりません(?:でした)?。?|(?:요청하신 )?페이지를 찾을 수 없습니다\.?|(?:404\W{0,4})?(?:seite nicht gefunden|page (?:introuvable|non trouvée)|página (?:no encontrada|não encontrada)|pagina (?:non trovata|niet gevonden)|страница не найдена)[.!]?)$/i,
  /^贴吧404$/,
  /^(?:(?:sorry|oops|whoops)[,.!]?\s)?(?:this|the|that) (?:page|content|article|post|link) (?:you(?:['’]re| are| were)? (?:looking for|requested|tried).{0,30}|isn['’]t available|is not available|may have been (?:removed|deleted)|has (?:expired|been (?:removed|deleted)))[.!]?.{0,40}$/i,
  /^(?:错误|出错了?)?\s*404\s*(?:错误|页面|错误页面?)?$/,
  /^(?:404\W{0,4})?(?:(?:抱歉|对不起|很抱歉|非常抱歉|出错了?|提示|啊哦|哎呀|糟糕)[，,。！!：:\s]{0,3})?(?:您|你)?(?:所|要|想)?(?:访问|查看|浏览|请求|查找|找)?的?(?:该|此|当前|这个|指定的?)?(?:页面|网页|内容|文章|帖子?|贴子?|主题|信息|文件|资源|新闻|链接|地址|商品|作品|记录|视频|稿件|微博|笔记|图片|问题|回答|课程|活动|专题|动态|资讯|博文|日志)(?:(?:可能)?(?:已经?)?被?(?:作者|发布者|用户|楼主|管理员|系统)?(?:不存在|不见|删除|移除|下架|下线|失效|过期|丢失|走丢|跑丢|随风而逝)|未找到|没有?找到|找不到|无法(?:找到|访问|打开))(?:了|啦)?(?:[，,]?或者?(?:已经?)?被?(?:删除|移除|下架|下线|失效|过期|不存在))?(?:或(?:者)?正在被?审核)?(?:了|啦)?[。.!！~～…]*$/,
  /^(?:404\W{0,4})?(?:未找到|找不到)(?:该|您(?:要|所)?(?:访问|查找)的?|相关|指定的?)?(?:页面|网页|内容|文章|文件|资源)[。.!！]*$/,
  /^(?:页面|网页)(?:走丢了|跑丢了|去火星了|飞走了|迷路了)[。.!！~～]*$/,
];

/** Every one of the phrases has one of these in it: what has none need not be tried on each of them. */
const TELLING =
  /404|410|found|find|available|exist|removed|deleted|taken down|missing|gone|no longer|no such|dead link|followed|requested|looking for|tried|expired|見つかり|찾을|gefunden|introuvable|trouvée|encontrada|trovata|gevonden|найдена|不存在|不见|删除|移除|下架|下线|失效|过期|丢|随风|找|无法|火星|飞走|迷路/i;

/** Words for "there is nothing here", anywhere in a text: alone they prove nothing. */
const ABSENT =
  /\b404\b|not (?:be )?found|n['’]t (?:be found|find)|does(?: not|n['’]t) exist|no longer (?:available|exists?|here)|(?:been|was) (?:removed|deleted|taken down)|nothing (?:was |is )?(?:found|here)|isn['’]t available|不存在|找不到|未找到|没有?找到|已(?:经)?被?(?:\S{0,4})(?:删除|移除|下架|下线)|走丢|跑丢|不见了|已(?:经)?失效|已过期|已到期|随风而逝|不在(?:这|此)/i;

/** Does a text say somewhere that what was asked for is not there? */
export function saysAbsent(text: string): boolean {
  return ABSENT.test(text);
}

/** Do the title, a headline or a paragraph of a page say that something is not there? Lists and links are left out. */
export function hintsAtAbsence(page: Page): boolean {
  const lines = page.$('h1, h2, h3, p, [role="alert"], #messagetext').toArray().slice(0, 40);
  const own = lines.filter((element) => page.$(element).closest('nav, footer, aside, a, li').length === 0);
  return saysAbsent(titleOf(page)) || own.some((element) => saysAbsent(visibleText([element]).slice(0, 300)));
}

/** Titles that only error pages and notices have. */
const NOTICE_TITLE =
  /^(?:oops|whoops|sorry|(?:系统|温馨|信息)?提示(?:信息|页面?)?|信息提示|出错(?:了|啦)|错误(?:页面?|提示)|(?:很|非常)?抱歉|对不起)[!！.。…~]*$/i;

const ERROR_PATH =
  /\/(?:404|error-?404|404error|notfound|not-found|not_found|page-?not-?found|pagenotfound|error|err|nopage|lost)(?:\/|\.(?:html?|shtml|php|aspx?|jsp))?$/i;
/** Classes and ids of the body of an error page. */
export const ERROR_CLASS =
  /(?:^|\s)(?:error-?404|page-?404|is-404|not-?found-?page|template-404|http-404|page-not-found)(?:\s|$)/i;
const FILE = /\.(?:pdf|zip|gz|docx?|xlsx?|pptx?|epub|mp[34]|jpe?g|png|gif|webp|csv|txt)$/i;

/** Longest title or headline that is looked at, in characters. */
const LONGEST = 160;

/** Is this title or headline, as a whole, the name of an error page? Parts between bars and dashes are looked at alone. */
export function isErrorPhrase(text: string): boolean {
  const whole = text.replace(/\s+/g, ' ').trim();
  if (whole === '' || whole.length > LONGEST || !TELLING.test(whole)) return false;
  return ERROR_PHRASES.some((phrase) => phrase.test(whole));
}

/** The title of a window: it may name the site before or behind a bar, a dash or a dot. */
export function isErrorTitle(title: string): boolean {
  if (title.length > LONGEST) return false;
  if (isErrorPhrase(title)) return true;
  const parts = title.split(/\s*[|｜_·•»«]\s*|\s+[-–—:]\s+|\s*[—]\s*/);
  return parts.length < 5 && (isErrorPhrase(parts[0] ?? '') || isErrorPhrase(parts.at(-1) ?? ''));
}

/** Is the title, or its part before or behind a bar, that of a notice? */
function isNoticeTitle(title: string): boolean {
  const parts = title.split(/\s*[|｜_·•]\s*|\s+[-–—]\s+/);
  return title.length <= LONGEST && (NOTICE_TITLE.test(parts[0] ?? '') || NOTICE_TITLE.test(parts.at(-1) ?? ''));
}

/** Signs of an error page on a page that was sent as a good one, strongest first. `asked` is the address of the link. */
export function errorSignals(page: Page, asked: string): Signal[] {
  const found: Signal[] = [];
  const strong = (literal: string): void => void found.push({ literal, strong: true, named: true });
  const weak = (literal: string, named: boolean): void => void found.push({ literal, strong: false, named });
  if (metaOf(page, 'prerender-status-code') === '404') strong('meta prerender-status-code 404');
  const shape = `${page.$('html').attr('class') ?? ''} ${page.$('body').attr('class') ?? ''} ${page.$('body').attr('id') ?? ''}`;
  const errorClass = ERROR_CLASS.exec(shape.slice(0, 2000))?.[0];
  if (errorClass !== undefined) strong(`body class ${errorClass.trim()}`);
  if (pointsAtError(page.url, asked)) strong(`address ${new URL(page.url).pathname}`);
  const canonical = readCanonical(page);
  if (canonical !== null && pointsAtError(canonical, asked)) strong(`canonical ${canonical}`);
  const title = titleOf(page);
  if (isErrorTitle(title)) weak(`title "${title}"`, true);
  else if (isNoticeTitle(title)) weak(`title "${title}"`, false);
  const headline = errorLine(page, HEADLINES) ?? onlyLine(page);
  if (headline !== null) weak(`headline "${headline}"`, true);
  const box = headline === null ? (errorLine(page, BOXES) ?? (found.length > 0 ? errorLine(page, LINES) : null)) : null;
  if (box !== null) weak(`notice "${box}"`, false);
  if (isFileAddress(asked) && page.json === undefined) weak('a file was asked for and a page came', false);
  return found;
}

/** Is this the address of an error page, where the one asked for is not? */
export function pointsAtError(address: string, asked: string): boolean {
  return ERROR_PATH.test(pathOf(address)) && !ERROR_PATH.test(pathOf(asked));
}

/** Does the address name a file that is no page? */
export function isFileAddress(address: string): boolean {
  return FILE.test(pathOf(address));
}

function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : '';
}

const HEADLINES = 'h1, h2, h3';
/** Boxes for errors; many pages keep one hidden by a style sheet, so alone they say little. */
const BOXES = '[class*="error" i], [class*="not-found" i], [class*="404"], [id*="error" i]';

/** Short lines of any kind; they count beside another sign only. */
const LINES = 'p, li, td, div:not(:has(div, p)), #messagetext';

function errorLine(page: Page, selector: string): string | null {
  for (const element of page.$(selector).toArray().slice(0, 60)) {
    const text = visibleText([element]);
    if (isErrorPhrase(text)) return text;
  }
  return null;
}

/** The one line of a page that has hardly any. */
function onlyLine(page: Page): string | null {
  const text = shortText(page);
  return text !== null && countChars(text) <= 60 && isErrorPhrase(text) ? text : null;
}
