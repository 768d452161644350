import { type AnyNode, type Element, isTag, type ParentNode } from 'domhandler';
import { chinaTime, type Page } from '../../article/index.ts';
import { bodyOf, type Found, metaOf, textOf } from '../html-platform.ts';
import { visibleText } from '../sight.ts';

/** One generation of article pages: where its body, its headline and its line of time and source stand. */
interface Layout {
  readonly body: readonly string[];
  /** A body that holds this is another generation's. */
  readonly not?: string;
  readonly title: readonly string[];
  readonly byline: readonly string[];
  readonly author: readonly string[];
  readonly account?: readonly string[];
}

/** Seen on pages of 2021–2026, columns of 2015, 2015–2020, 2019 (open platform), mobile. */
const LAYOUTS: readonly Layout[] = [
  {
    body: ['.post_main .post_body', '#content > .post_body'],
    not: '#endText',
    title: ['h1.post_title', '.post_main h1'],
    byline: ['.post_info'],
    author: ['.post_info > a[href*="/dy/media/"]', '.post_info > a#ne_article_source'],
  },
  // Before the next: a column's text may hold an `#endText` with nothing but the notice of its rights.
  {
    body: ['.entext'],
    title: ['.con1_ltle', '.details h2'],
    byline: ['.con1_date'],
    author: ['.con1_author'],
    account: ['.con_1 > h2 span'],
  },
  {
    body: ['#endText', '.post_text'],
    title: ['.post_content_main > h1', 'h1#h1title', 'h1.ep-h1', '#epContentLeft h1', 'h1.post_title', 'h1'],
    byline: ['.post_time_source', '.ep-time-soure', '.ep-time-source', '.ep-info', '.endContent .info', '.post_info'],
    author: ['#ne_article_source'],
  },
  {
    body: ['.article_box > #content', '.article_wrap #content', '.article_wrap .content'],
    title: ['.article_title h2', '.article_title h1'],
    byline: ['.article_title .time', '.article_title .share_box'],
    author: ['.article_title p.time span:last-of-type', '.colum_info h4'],
  },
  {
    body: ['.post_body'],
    title: ['h1.post_title', 'h1'],
    byline: ['.post_info', '.post_time_source'],
    author: ['.post_info > a[href*="/dy/media/"]', '#ne_article_source'],
  },
  {
    body: ['.article-body', 'article .content', '.article .content .page', '#article-content'],
    title: ['.article-header h1', 'article h1', 'h1.title', 'h1'],
    byline: ['.article-header .info', '.article .head .info', '.info .time', '.time'],
    author: ['.article-header .s-author', '.article .head .source', '.info .source', '.source'],
  },
];

/** Tables of 2004/05: the text stands in a cell or span of a style class, the line of time and source in a cell above. */
const OLD_BODIES = ['span.grayb', 'td.f14', '.f14', 'td.p1', '#content', '#article', '.text', '.content'];
const OLD_BYLINES = ['#subjection', 'td.graysl', '.graysl', 'td.hui', '.info', 'td'];
const OLD_LEAST = 100;

/** The article of a 163.com page, whatever its year; null where none of the known containers holds any. */
export function findNetease(page: Page): Found | null {
  for (const layout of LAYOUTS) {
    const at = bodyOf(page, layout.body);
    if (at === null || (layout.not !== undefined && holds(at.body, page.$(layout.not).get(0)))) continue;
    const title = textOf(page, ...layout.title) ?? plainTitle(page);
    if (title === null) continue;
    const byline = textOf(page, ...layout.byline);
    return {
      ...at,
      title,
      author: sourceOf(textOf(page, ...layout.author)) ?? sourceOf(afterSource(byline)),
      account: layout.account === undefined ? null : textOf(page, ...layout.account),
      published: publishedOn(page, byline),
      language: 'zh-CN',
    };
  }
  return findOld(page);
}

/** Does the element stand somewhere above the node? */
function holds(element: Element, node: AnyNode | undefined): boolean {
  let above: ParentNode | null = node?.parent ?? null;
  while (above !== null && above !== element) above = above.parent;
  return above !== null;
}

function publishedOn(page: Page, byline: string | null): string | null {
  const exact = [
    page.$('html[data-publishtime]').attr('data-publishtime'),
    page.$('[data-ptime]').attr('data-ptime'),
    metaOf(page, 'article:published_time'),
    byline,
  ];
  for (const text of exact) {
    const time = chinaTime(text);
    if (time !== null) return time;
  }
  return null;
}

/** What stands behind 来源: in a line such as `2024-05-06 07:08:09 来源: NAME(PLACE) 举报`. */
function afterSource(byline: string | null): string | null {
  return /来源\s*[:：]\s*(\S.*)$/.exec(byline ?? '')?.[1] ?? null;
}

/** A source's name without what follows it on the line: the place of its network, the report button, a bracketed town. */
function sourceOf(text: string | null): string | null {
  const name = (text ?? '')
    .replace(
      /(?:\s*(?:举报|作者[:：]|责任编辑[:：]|编辑[:：])|\s+(?:跟贴|评论|参与|手机看|分享|进入|字号|网友)).*$/,
      '',
    )
    .replace(/[(（][^()（）]{1,8}[)）]$/, '')
    .replace(/^来源\s*[:：]\s*/, '')
    .trim();
  return name === '' || name.length > 40 || /^网易(?:订阅|号)?$/.test(name) ? null : name;
}

/** The title of the window without the site's name and the tags behind it: `TITLE|tag|tag_网易订阅`. */
function plainTitle(page: Page): string | null {
  const text = (metaOf(page, 'og:title') ?? page.$('title').first().text()).replace(/\s+/g, ' ').trim();
  const title = text
    .replace(/[_-](?:网易[^_|]{0,12}|手机网易网|[^_|]{1,8}频道)$/, '')
    .replace(/(?:\|[^|]{1,20})+$/, '')
    .trim();
  return title === '' || /^(?:网易|手机网易网|网易新闻)$/.test(title) ? null : title;
}

function findOld(page: Page): Found | null {
  const at = longest(page, OLD_BODIES);
  const title = at === null ? null : (textOf(page, 'h1', 'td.title', '.title', 'td.f20') ?? plainTitle(page));
  if (at === null || title === null) return null;
  const byline = oldByline(page);
  if (byline === null) return null;
  return {
    ...at,
    title,
    author: reporterOf(page, at) ?? sourceOf(afterSource(byline)),
    published: chinaTime(byline),
    language: 'zh-CN',
  };
}

function longest(page: Page, selectors: readonly string[]): ReturnType<typeof bodyOf> {
  for (const proof of selectors) {
    let best: ReturnType<typeof bodyOf> = null;
    let most = OLD_LEAST - 1;
    let outer: Element | undefined;
    for (const body of page.$(proof).toArray()) {
      // What stands inside the one before is not longer than that.
      if (!isTag(body) || (outer !== undefined && holds(outer, body))) continue;
      outer = body;
      const length = page.$(body).text().length;
      if (length <= most) continue;
      most = length;
      best = { proof, body };
    }
    if (best !== null) return best;
  }
  return null;
}

/** The shortest line with a time of day and the word 来源; an old page has it in a cell of its own. */
function oldByline(page: Page): string | null {
  for (const selector of OLD_BYLINES) {
    for (const element of page.$(selector).toArray().slice(0, 2000)) {
      const text = visibleText([element], 400);
      if (text.length < 120 && /来源/.test(text) && chinaTime(text)?.includes('T')) return text;
    }
  }
  return null;
}

/** `（NAME PLACE报道）` at the very end of a newspaper's text. */
function reporterOf(page: Page, at: { body: Found['body'] }): string | null {
  const end = page.$(at.body).text().trim().slice(-40);
  return /[(（](?:本报记者|记者)?\s*([\u4e00-\u9fff]{2,4})\s[\u4e00-\u9fff]{2,8}报道\s*[)）]$/.exec(end)?.[1] ?? null;
}
