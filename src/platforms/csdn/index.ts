import { type Element, isTag } from 'domhandler';
import { readCode } from '../../article/code.ts';
import { chinaTime, type Page, plainText, type Rewrite } from '../../article/index.ts';
import type { Identity } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, textOf } from '../html-platform.ts';
import { markers } from './markers.ts';

/** Blog articles of CSDN. */
export default htmlPlatform({
  name: 'csdn',
  hosts: ['blog.csdn.net', '.blog.csdn.net'],
  manners: { concurrency: 1, intervalMs: 2000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  statuses: {
    521: {
      says: { verdict: 'blocked', reason: 'js-challenge' },
      explicit: false,
      source: 'reports of crawlers: 521 with a script that sets a cookie',
    },
  },
  identify,
  find,
  rewrite,
  redirectors: [{ host: 'link.csdn.net', parameter: 'target' }],
  drop: [
    '.hide-article-box, .hljs-button, .pre-numbering, .signin, .toc, .blog-tags-box, .article-copyright',
    '#blogVoteBox, .more-toolbox, .first_card_box, .opt-box, .csdn-video-box iframe',
  ],
});

/** The article id alone identifies; the user's name in the path is kept because the address needs it. */
function identify(url: URL): Identity | null {
  const { hostname, pathname, searchParams } = url;
  const [, user, id] = /^(?:\/([\w.-]{1,64}))?\/article\/details\/(\d{3,12})\/?$/.exec(pathname) ?? [];
  const mobile = /^\/(?:[\w.-]{1,64}\/)?article\/details\/?$/.test(pathname) ? searchParams.get('id') : null;
  const key = id ?? (mobile !== null && /^\d{3,12}$/.test(mobile) ? mobile : undefined);
  if (key === undefined) return null;
  const owner = user ?? searchParams.get('username');
  const sub = /^(?:blog|(?:m|wap)\.blog)\.csdn\.net$/.test(hostname) ? null : hostname;
  if (sub !== null) return { platform: 'csdn', key, url: `https://${sub}/article/details/${key}` };
  const folder = owner !== null && owner !== undefined && /^[\w.-]{1,64}$/.test(owner) ? `${owner}/` : '';
  return { platform: 'csdn', key, url: `https://blog.csdn.net/${folder}article/details/${key}` };
}

function find(page: Page): Found | null {
  const at = bodyOf(page, ['#content_views', '#article_content', '.article_content', '#article_details .details']);
  const title = textOf(page, 'h1#articleContentId', 'h1.title-article', '.link_title', '.article_title h1');
  if (at === null || title === null) return null;
  const shown = page.$('.blog-postTime[data-time]').attr('data-time');
  const line = textOf(
    page,
    '.link_postdate',
    '.bar-content .time',
    '.article-bar-top .time',
    '.article-info-box .time',
  );
  const lock = /解锁(?:文章|全文)|关注博主即可阅读全文|开通会员|VIP专享/.exec(`${textOf(page, ...LOCKS)}`);
  return {
    ...at,
    title,
    author: textOf(page, '.follow-nickName', '#uid', '.profile-intro-name-boxTop a', '#blog_userface .user_name'),
    published: chinaTime(shown) ?? chinaTime(postTime(page)) ?? (/推荐|修改/.test(`${line}`) ? null : chinaTime(line)),
    partial: lock?.[0] ?? null,
    language: 'zh-CN',
  };
}

const LOCKS = ['.hide-article-box', '.vip-mask', '.column-mask', '.article-show-more'];

/** Publish time in the page's scripts; the visible line may name the last change or the last recommendation. */
function postTime(page: Page): string | null {
  for (const script of page.$('script:not([src])').toArray()) {
    const found = /(?:\bvar postTime\s*=|"pubDate"\s*:)\s*"([^"]{8,30})"/.exec(page.$(script).text())?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** Code of the editor of before 2016, formulas whose MathML lost its tags, cards of links. */
function rewrite(element: Element): Rewrite | undefined {
  const classes = ` ${element.attribs.class ?? ''} `;
  if (element.name === 'pre' && element.attribs.name === 'code') {
    return { kind: 'code', text: readCode(element).text, language: /^ ([a-z][\w+#-]*) /.exec(classes)?.[1] ?? null };
  }
  if (/ katex--(?:inline|display) /.test(classes)) return formula(element, classes.includes(' katex--display '));
  if (!classes.includes(' has-card ')) return undefined;
  const title = within(element, 'link-title');
  const url = element.attribs.href;
  return title === undefined || url === undefined
    ? undefined
    : { kind: 'link', text: plainText(title).trim(), url, block: true };
}

/** Where the tags are gone, the source of the formula is what stands last in its MathML, after an empty line. */
function formula(element: Element, display: boolean): Rewrite | undefined {
  const math = within(element, 'katex-mathml');
  if (math === undefined || math.children.some(isTag)) return undefined;
  const tex =
    plainText(math)
      .trim()
      .split(/\n\s*\n/)
      .at(-1)
      ?.trim() ?? '';
  return { kind: 'formula', tex, display };
}

/** The first element inside of that class. Iterative; formulas and cards are small. */
function within(element: Element, name: string): Element | undefined {
  const inner = element.children.filter(isTag);
  for (let at = 0; at < Math.min(inner.length, 200); at++) {
    const node = inner[at];
    if (` ${node?.attribs.class} `.includes(` ${name} `)) return node;
    inner.push(...(node?.children.filter(isTag) ?? []));
  }
  return undefined;
}
