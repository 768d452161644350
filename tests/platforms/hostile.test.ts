import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { platformNamed, platforms } from '../../src/platforms/index.ts';
import { type PlatformCases, pageOf } from './cases.ts';
import { block, chunk, ID, id, PAGE, words } from './notion/pages.ts';
import { articlePage } from './wechat/pages.ts';
import { dataPage } from './zhihu/pages.ts';

const DEEP = 100_000;
const nest = (tag: string): string => `${`<${tag}>`.repeat(DEEP)}中${`</${tag}>`.repeat(DEEP)}`;

const WECHAT = 'https://mp.weixin.qq.com/s/Ab-c_D0123456789efghij';
const COLUMN = 'https://zhuanlan.zhihu.com/p/1';
const fields = { title: 't', account: 'a', content: nest('section'), epoch: 1767225600, kind: 0, link: WECHAT };
const article = (content: string): unknown => ({ articles: { 1: { id: '1', title: 't', content } } });

/** A ring: a block inside itself, two synced blocks that show each other. */
const RING = chunk([
  block(PAGE, 'page', { ...words(['t']), content: [PAGE, id(1), id(2)] }),
  block(id(1), 'transclusion_reference', { format: { transclusion_reference_pointer: { id: id(2) } } }),
  block(id(2), 'transclusion_container', { content: [id(1), id(3)] }),
  block(id(3), 'text', words(['end'])),
]);
const LADDER = chunk([
  block(PAGE, 'page', { ...words(['t']), content: [id(1)] }),
  ...Array.from({ length: 3000 }, (_, at) => block(id(at + 1), 'toggle', { ...words(['x']), content: [id(at + 2)] })),
]);

describe('pages made to break a reader are read to the end', () => {
  it.each([
    ['wechat', 'nested 100 000 deep', WECHAT, articlePage(fields, `<div id="js_content">${nest('section')}</div>`)],
    ['wechat', 'an error box nested 100 000 deep', WECHAT, `<div class="weui-msg">${nest('div')}</div>`],
    ['wechat', 'one attribute of 5 MB', WECHAT, `<div id="js_content" style="${'a:b;'.repeat(1_250_000)}">x</div>`],
    ['wechat', 'scripts that only begin', WECHAT, '<script>window.cgiDataNew = {'.repeat(20_000)],
    ['wechat', 'variables without end', WECHAT, `<script>${'var ct = "" || '.repeat(100_000)}</script>`],
    ['zhihu', 'content nested 100 000 deep', COLUMN, dataPage(article(nest('blockquote')))],
    [
      'zhihu',
      'a tree nested 100 000 deep',
      COLUMN,
      `<meta itemprop="url" content="${COLUMN}"><div class="Post-RichText">${nest('b')}</div>`,
    ],
    ['zhihu', 'noscripts that never end', COLUMN, dataPage(article('<noscript>'.repeat(50_000)))],
    ['notion', 'a ring of blocks', `https://www.notion.so/${ID}`, RING],
    ['notion', 'toggles 3 000 deep', `https://www.notion.so/${ID}`, LADDER],
    [
      'notion',
      'null bytes and no page',
      `https://www.notion.so/${ID}`,
      '{"recordMap":{"block":{"\\u0000":null,"x":{"value":{"value":3}}}}}',
    ],
  ])('%s: %s', (name, _, url, body) => {
    const platform = platformNamed(name);
    const identity = platform.identify(new URL(url));
    if (identity === null) throw new Error(url);
    const visit = { identity, exchanges: [], pages: [pageOf({ body }, url)] };
    const sighting = platform.sight(visit);
    expect(sighting.chars).toBeGreaterThanOrEqual(0);
    expect(platform.read(visit)?.html ?? '').not.toMatch(/<script|javascript:/i);
  });
});

const NAMES = 'content time title info author name article text post_body post_info article-meta f14 graysl source';
/** Too much of one thing, in the names that readers look for. */
const CROWDS: readonly (readonly [string, string])[] = [
  ['paragraphs never closed', '<p>x'.repeat(4000)],
  ['links never closed', '<a href="/x">x'.repeat(4000)],
  ['raised figures', 'x<sup>2</sup>'.repeat(4000)],
  ['containers in containers', `<div id="content" class="${NAMES}">`.repeat(400) + '<p>x</p>'.repeat(2000)],
  ['empty containers in containers', `<div class="${NAMES}">`.repeat(400) + ' '.repeat(20_000)],
  ['scripts that begin', '<script>var a = "" || </script>'.repeat(5000)],
];

const WITH_CASES = platforms
  .map(({ name }) => name)
  .filter((name) => existsSync(new URL(`./${name}/cases.ts`, import.meta.url)));

describe.each(WITH_CASES)('%s reads on behind', async (name) => {
  const { cases }: { cases: PlatformCases } = await import(new URL(`./${name}/cases.ts`, import.meta.url).href);
  const platform = platformNamed(name);
  const bodies = cases.visits.flatMap(({ url, golden, answers }) => {
    const body = answers.at(-1)?.body;
    const html = typeof body === 'string' ? body : body === undefined ? '' : new TextDecoder().decode(body);
    return golden === null || /^\s*(?:[[{]|$)/.test(html) ? [] : [{ url, html }];
  });

  it.each(CROWDS)('%s', (_, crowd) => {
    for (const { url, html } of bodies.slice(0, 1)) {
      const identity = platform.identify(new URL(url));
      if (identity === null) throw new Error(url);
      const text = html.replace(/<body[^>]*>|^/, (tag) => tag + crowd);
      const visit = { identity, exchanges: [], pages: [pageOf({ body: text }, url)] };
      expect(platform.sight(visit).chars).toBeGreaterThanOrEqual(0);
      const article = platform.read(visit);
      expect(article?.html ?? '').not.toMatch(/<script|javascript:/i);
      expect((article?.html ?? '').split('<').length).toBeLessThan(200_000);
    }
  });
});
