import { buildArticle } from '../../article/index.ts';
import type { Article, Identity, Sighting } from '../../types.ts';
import type { Platform, Visit } from '../platform.ts';
import { askOnce, lastPage, matchMarkers, NOTHING_SEEN, sighting, sightNoArticle } from '../sight.ts';
import { askAlbum, isAlbum, readAlbum, sightAlbum } from './album.ts';
import { contentOf, pictureUrl, rewriteWechat } from './content.ts';
import { type Facts, factsOf } from './facts.ts';
import { identifyWechat, unwrapWechat } from './identity.ts';
import { markers } from './markers.ts';

/** Articles, shares and albums of WeChat official accounts. */
const wechat: Platform = {
  name: 'wechat',
  hosts: ['mp.weixin.qq.com'],
  // From one address about 26 visits a minute were borne; a burst brings the captcha for hours.
  manners: { concurrency: 1, intervalMs: 2500, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  unwrap: unwrapWechat,
  identify: identifyWechat,
  // Long links are sent to the captcha whoever asks, while short ones of the same host are shown.
  isWalledForm: ({ key }) => key.startsWith('a-'),
  ask: (identity, answered) => (isAlbum(identity) ? askAlbum(identity, answered) : askOnce(identity, answered)),
  sight: (visit) => (isAlbum(visit.identity) ? sightAlbum(visit) : sightArticle(visit)),
  read: (visit) => (isAlbum(visit.identity) ? readAlbum(visit) : readArticle(visit)),
};

function sightArticle(visit: Visit): Sighting {
  const page = lastPage(visit);
  if (page === null) return NOTHING_SEEN;
  const facts = factsOf(page);
  const content = contentOf(page, facts);
  const movedTo = facts.movedTo;
  if (content === null) return { ...sightNoArticle(markers, page), movedTo };
  return sighting(content.text, {
    proof: content.proof,
    identity: compare(visit.identity, facts),
    title: facts.title,
    markers: matchMarkers(markers, page),
    partial: facts.preview,
    movedTo,
  });
}

/**
 * Does the page name the article that was asked for? A short link is compared with the page's own short link, a long
 * one by account, message and position; where the page shows only the other form there is nothing to compare.
 */
function compare({ key }: Identity, facts: Facts): Sighting['identity'] {
  if (key.startsWith('s-') && facts.token !== null) return key === `s-${facts.token}` ? 'same' : 'other';
  if (key.startsWith('a-') && facts.ids !== null) {
    const { biz, mid, idx } = facts.ids;
    return key === `a-${biz.replace(/=+$/, '')}-${mid}-${idx}` ? 'same' : 'other';
  }
  return 'unknown';
}

function readArticle(visit: Visit): Article | null {
  const page = lastPage(visit);
  if (page === null) return null;
  const facts = factsOf(page);
  const content = contentOf(page, facts);
  if (content === null) return null;
  return buildArticle({
    content: content.nodes,
    baseUrl: visit.identity.url,
    title: facts.title,
    author: facts.author,
    account: facts.account,
    published: facts.published,
    updated: facts.updated,
    language: page.$('html').attr('lang') ?? null,
    partial: facts.preview !== null,
    original: facts.original,
    options: { backgrounds: true, pictureUrl, rewrite: rewriteWechat },
  });
}

export default wechat;
