import type { Element } from 'domhandler';
import { readCode } from '../../article/code.ts';
import { chinaTime, type Page, type Rewrite, readMetadata } from '../../article/index.ts';
import type { Identity } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, textOf } from '../html-platform.ts';
import type { Marker } from '../platform.ts';

const markers: readonly Marker[] = [
  {
    rule: 'cnblogs/login',
    situation: 'the login page in place of the post',
    where: 'final-url',
    match: /^https?:\/\/account\.cnblogs\.com\/signin/i,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'address of the login service of cnblogs.com',
    seen: '2025-06',
  },
  {
    rule: 'cnblogs/password',
    situation: 'a post that asks for a password',
    where: 'html',
    selector: 'form input[type="password"]',
    match: /name="(?:Password|txtPassword|PostPassword)"/i,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'not verified on a kept page; form of protected posts',
    seen: '2025-01',
  },
  {
    rule: 'cnblogs/not-found',
    situation: 'error page of the site',
    where: 'title',
    match: /^404(?:_页面不存在|\s?-\s?博客园|[\s_-]*页面未找到)?/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'not verified on a kept page; error page of cnblogs.com',
    seen: '2025-01',
  },
];

/** Blog posts of cnblogs.com (博客园). */
export default htmlPlatform({
  name: 'cnblogs',
  hosts: ['cnblogs.com', '.cnblogs.com'],
  manners: { concurrency: 1, intervalMs: 1000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  renames: true,
  identify,
  find,
  drop: [
    '.cnblogs_code_toolbar, .cnblogs_code_copy, .cnblogs_code_collapse, .code_img_closed, .code_img_opened',
    '#MySignature, #blog_post_info_block, .code-copy-btn',
  ],
  rewrite,
});

/** The number of a post is unique on the site; posts with a name of their own (`/p/my-post.html`) need their blog. */
function identify(url: URL): Identity | null {
  const sub = /^([\w-]+)\.cnblogs\.com$/i.exec(url.hostname)?.[1] ?? 'www';
  if (sub !== 'www' && sub !== 'm' && /^\/(?:n|q|k|s|ing|u)\//.test(url.pathname)) return null;
  const [, blog, form, name, suffix = ''] = POST.exec(url.pathname) ?? [];
  const owner = blog ?? (sub === 'www' || sub === 'm' ? undefined : sub);
  if (owner === undefined || form === undefined || name === undefined) return null;
  const key = /^\d+$/.test(name) ? `p-${name}` : `${owner.toLowerCase()}-${name.toLowerCase()}`;
  return { platform: 'cnblogs', key, url: `https://www.cnblogs.com/${owner}/${form}/${name}${suffix}` };
}

const POST = /^(?:\/([\w.-]{1,64}))?\/(p|articles|archive\/\d{4}\/\d{1,2}\/\d{1,2})\/([\w-]{1,200})(\.html?)?\/?$/;

function find(page: Page): Found | null {
  const at = bodyOf(page, ['#cnblogs_post_body', '.blogpost-body', '.postBody']);
  const title = textOf(page, '#cb_post_title_url', 'h1.postTitle', '.postTitle', '.postTitle2', '.entrylistPosttitle');
  if (at === null || title === null) return null;
  return {
    ...at,
    title,
    author:
      textOf(
        page,
        '.postDesc a[href*="cnblogs.com/"]:not([href*="EditPosts"])',
        '.postDesc a',
        '.postFoot a',
        '.postfoot a',
      ) ?? readMetadata(page).author,
    published: chinaTime(textOf(page, '#post-date')) ?? chinaTime(textOf(page, '.postDesc', '.postFoot', '.postfoot')),
    language: 'zh-CN',
  };
}

/** The site's own code boxes number their lines inside the code: 1, 2, 3 before each line, and nothing else tells it. */
function rewrite(element: Element): Rewrite | undefined {
  if (element.name !== 'pre') return undefined;
  const { text, language } = readCode(element);
  const lines = text.split('\n');
  const numbered =
    lines.length > 1 && lines.every((line, at) => Number(/^\s*(\d+)(?=\s|$)/.exec(line)?.[1]) === at + 1);
  return numbered
    ? { kind: 'code', text: lines.map((line) => line.replace(/^\s*\d+ ?/, '')).join('\n'), language }
    : undefined;
}
