import type { Element } from 'domhandler';
import type { Page } from '../../article/index.ts';
import { htmlPlatform, namedKey } from '../html-platform.ts';
import { identifyNetease } from './identify.ts';
import { findNetease } from './layouts.ts';
import { markers } from './markers.ts';

/** 163.com: the open platform (dy), the channels, and their pages back to 2004. */
export default htmlPlatform({
  name: 'netease',
  hosts: ['.163.com'],
  manners: { concurrency: 2, intervalMs: 1000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  identify: identifyNetease,
  keyOf,
  find: findNetease,
  drop: [
    '.ep-source, .ep-editor, .otitle, .related_article, .gg200x300, .gg300, .post_top, .post_topshare, .post_author',
    '.post_statement, .creative_statement, .post_btmshare, .nph_gallery_hd, .icon_share',
    // A box of the day's headlines within the text of 2015, between its two adverts.
    '.biaoqian, .biaoqian + div, table:has(+ .biaoqian)',
    '.at_item, .ad_hover_href, .post_end_ad, .post_recommends, .extra_ad, .js-tielink, .ep-share, .share_box',
  ],
  pictureUrl,
});

/** The page names itself by its canonical link, by `data-docid`, or, before 2010, by an address in its first tag. */
function keyOf(page: Page): string | null {
  const named = namedKey(page, identifyNetease);
  if (named !== null) return named;
  const docid = page.$('[data-docid]').first().attr('data-docid');
  return docid !== undefined && /^[0-9A-Z]{16}$/.test(docid) ? docid : null;
}

/** The open platform's own ornaments: end signs, channel icons, pictures of buttons. */
const ORNAMENT = /\/\/static\.ws\.126\.net\/|\/css13\/img\/end_|\/end_\w{1,20}\.(?:png|gif)|\/images\/[a-z]\.gif/;

function pictureUrl(): (img: Element) => string | null | undefined {
  return (img) => {
    const raw = img.attribs['data-src'] ?? img.attribs['data-original'] ?? img.attribs.src ?? '';
    return ORNAMENT.test(raw) ? null : resized(raw);
  };
}

/** The picture that the resizer `nimg.ws.126.net/?url=…` was asked for; undefined for any other address. */
function resized(raw: string): string | undefined {
  const base = 'https://www.163.com/';
  if (!URL.canParse(raw, base)) return undefined;
  const url = new URL(raw, base);
  const inner = /^n?img\d?\.ws\.126\.net$/.test(url.hostname) ? url.searchParams.get('url') : null;
  return inner !== null && /^https?:\/\//.test(inner) && URL.canParse(inner) ? new URL(inner).href : undefined;
}
