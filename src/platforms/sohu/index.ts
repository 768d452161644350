import type { Element } from 'domhandler';
import type { Page } from '../../article/index.ts';
import { htmlPlatform, namedKey } from '../html-platform.ts';
import { identifySohu } from './identify.ts';
import { findSohu, scriptWith } from './layouts.ts';
import { markers } from './markers.ts';
import { listedPictures, revealPicture } from './pictures.ts';

/** sohu.com: articles of accounts (`/a/…`) on all its sub-domains, and its channel pages back to 2003. */
export default htmlPlatform({
  name: 'sohu',
  hosts: ['.sohu.com'],
  manners: { concurrency: 2, intervalMs: 1000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  identify: identifySohu,
  keyOf,
  find: findSohu,
  drop: [
    // Between 2004 and 2006 a search for the article's words stood below its text.
    'form[name="sogouform"]',
    '#backsohucom, [data-role="editor-name"], [data-role="original-title"], .lookall-box, .hidden-content-btn',
    '.original-title, .editShare, .editer, .muLink, .statement, #articleTransfer, transfer, .article-tag, .bottom-relate-wrap, #article-like, .abroad-share-box',
  ],
  pictureUrl,
});

function keyOf(page: Page): string | null {
  const named = namedKey(page, identifySohu);
  if (named !== null) return named;
  const id = page.$('body[data-newsid]').attr('data-newsid');
  return id !== undefined && /^\d{4,12}$/.test(id) ? `a-${id}` : null;
}

const ADDRESS = /^(?:https?:)?\/\//;

/** Pictures stand hidden in `data-src`; where the key has changed, the page's list names them in the same order. */
function pictureUrl(page: Page): (img: Element) => string | null | undefined {
  let listed: string[] | undefined;
  let nth = 0;
  return (img) => {
    const hidden = img.attribs['data-src'];
    if (hidden === undefined || ADDRESS.test(hidden)) return undefined;
    listed ??= listedPictures(scriptWith(page, 'imgsList'));
    const address = revealPicture(hidden) ?? listed[nth] ?? img.attribs.src;
    nth++;
    return ADDRESS.test(`${address}`) ? `https:${address?.replace(/^https?:/, '')}` : null;
  };
}
