import type { Responder } from './answers.ts';
import * as stories from './demo-stories.ts';
import { unavailable } from './faults.ts';
import { neteaseArticle } from './pages/netease.ts';
import { type NotionPage, notionApi, notionShell } from './pages/notion.ts';
import { sohuArticle, sohuHome } from './pages/sohu.ts';
import type { Story } from './pages/story.ts';
import {
  toWechatCaptcha,
  type WechatIdentity,
  wechatAlbum,
  wechatArticle,
  wechatCaptcha,
  wechatOldArticle,
  wechatRepost,
  wechatText,
} from './pages/wechat.ts';
import { wechatDeleted, wechatViolation } from './pages/wechat-walls.ts';
import { zhihuAnswer, zhihuArticle, zhihuChallenge, zhihuNotFound } from './pages/zhihu.ts';
import { pictureHost, wechatPictureHost } from './pictures.ts';
import type { World } from './world.ts';

/** What one link of the user's list is given in the stand-in web, and so what linkark must say of it. */
export interface DemoLink {
  /** The address by which `status.json` shows it. */
  url: string;
  verdict: string;
  reason: string;
  /** In a few plain words, what the visitor meets there. */
  what: string;
  /** What must be kept, or null where there is nothing to keep. */
  story: Story | null;
  /** What answers at `url`. */
  responder: Responder;
}

const wechat = (token: string, mid: string): WechatIdentity => ({
  biz: 'MzA5MDAwMDAwMQ==',
  mid,
  idx: '1',
  sn: mid.padStart(32, '0').replace(/^0/, 'e'),
  token,
});
const short = (token: string): string => `https://mp.weixin.qq.com/s/${token}`;

const LONG_CAPTCHA: WechatIdentity = {
  biz: 'MzA3MzI4MjgzMw==',
  mid: '2650869214',
  idx: '1',
  sn: 'e8dab20eab64f3f92d42b2e3fd8e2a2b',
};
const LONG_ARTICLE: WechatIdentity = {
  biz: 'MzU5ODY2MTk3Nw==',
  mid: '2247489981',
  idx: '1',
  sn: '5b7b9e49f6bdc925eae584b6ab7d9229',
};
const LONG_VIOLATION: WechatIdentity = {
  biz: 'MzU5ODY2MTk3Nw==',
  mid: '2247490043',
  idx: '1',
  sn: 'd749ed78b417256a5768b67af0e27bc0',
};
const long = (id: WechatIdentity): string =>
  `https://mp.weixin.qq.com/s?__biz=${id.biz}&mid=${id.mid}&idx=${id.idx}&sn=${id.sn}`;

const NOTION: NotionPage = {
  id: 'e1cd16d1-fae8-4f87-aedd-f872c838e07c',
  story: stories.limits,
  perChunk: 2,
  hiddenChildren: ['附注：写于一个下雨的星期天。'],
};

const kept = (url: string, what: string, story: Story, responder: Responder): DemoLink => ({
  url,
  verdict: 'alive',
  reason: 'ok',
  what,
  story,
  responder,
});
const lost = (url: string, verdict: string, reason: string, what: string, responder: Responder): DemoLink => ({
  url,
  verdict,
  reason,
  what,
  story: null,
  responder,
});

const other = (id: string, story: Story): { id: string; story: Story } => ({ id, story });

/** The 18 links of the user's list in the order of the list. */
export const demoLinks: readonly DemoLink[] = [
  kept(
    'https://zhuanlan.zhihu.com/p/597586623',
    'a Zhihu column with formulas and a footnote',
    stories.roadToAgi,
    zhihuArticle('597586623', stories.roadToAgi, {
      formulas: ['L(N)=aN^{-b}', '\\sum_{i=1}^{n} p_i \\log p_i < 0'],
      footnote: { text: '见综述', url: 'https://arxiv.org/abs/2303.18223' },
      card: { text: '一篇延伸阅读', url: 'https://example.com/read?a=1&b=2' },
    }),
  ),
  kept(
    short('8FOojNMnCe1D3q0TOgE_EQ'),
    'a WeChat article of the present layout',
    stories.oneCard,
    wechatArticle(stories.oneCard, wechat('8FOojNMnCe1D3q0TOgE_EQ', '2650870001')),
  ),
  kept(
    short('FrqpybryiJ-ikO4ZVeISIg'),
    'a WeChat article of the layout before 2025',
    stories.feedbackPictures,
    wechatOldArticle(stories.feedbackPictures, wechat('FrqpybryiJ-ikO4ZVeISIg', '2650870002')),
  ),
  lost(
    short('VM2SzNyZF2bZDQ7tYvZFkA'),
    'gone',
    'deleted-by-author',
    'WeChat says that the author deleted it',
    wechatDeleted(),
  ),
  kept(
    short('gQ6SCJXmcF86o5TH3mW7Sg'),
    'a WeChat album of pictures',
    stories.misunderstandings,
    wechatAlbum(stories.misunderstandings, wechat('gQ6SCJXmcF86o5TH3mW7Sg', '2650870003')),
  ),
  lost(
    long(LONG_CAPTCHA),
    'blocked',
    'verification-wall',
    'a long WeChat link that is sent to the captcha',
    toWechatCaptcha,
  ),
  kept(
    short('wxYdUMBDFc7InBi83OBy-A'),
    'a WeChat repost, whose text is only in the page data',
    stories.generation,
    wechatRepost(stories.generation, wechat('wxYdUMBDFc7InBi83OBy-A', '2650870004'), {
      url: short('originalOriginal000000'),
      account: '另一个账号',
    }),
  ),
  kept(
    short('VoOEw2-cJ-klGMrl7MJeQQ'),
    'a WeChat text without pictures',
    stories.collection,
    wechatText(stories.collection, wechat('VoOEw2-cJ-klGMrl7MJeQQ', '2650870005')),
  ),
  lost(
    'https://zhuanlan.zhihu.com/p/589621442',
    'blocked',
    'js-challenge',
    'a Zhihu column behind the script challenge, 403',
    zhihuChallenge(),
  ),
  kept(
    'https://www.zhihu.com/question/572106826/answer/2808336053',
    'a Zhihu answer among others',
    stories.whyNot,
    zhihuAnswer('572106826', other('2808336053', stories.whyNot), [other('2790000001', stories.whyNotOther)]),
  ),
  kept(
    'https://www.163.com/dy/article/HPCSSTSN0511D05M.html',
    'a NetEase subscription article',
    stories.origins,
    neteaseArticle('HPCSSTSN0511D05M', stories.origins),
  ),
  kept(
    long(LONG_ARTICLE),
    'a long WeChat link that happens to be let through',
    stories.evolution,
    wechatArticle(stories.evolution, LONG_ARTICLE),
  ),
  lost(long(LONG_VIOLATION), 'gone', 'removed-by-platform', 'WeChat took it down for a violation', wechatViolation()),
  kept(
    'https://www.zhihu.com/question/434846017/answer/2822621158',
    'a second Zhihu answer',
    stories.biggerModels,
    zhihuAnswer('434846017', other('2822621158', stories.biggerModels), [
      other('1660000001', stories.biggerModelsOther),
    ]),
  ),
  kept(
    'https://www.sohu.com/a/648882950_129720',
    'a Sohu article with encrypted picture addresses',
    stories.chineseVersion,
    sohuArticle('648882950', '129720', stories.chineseVersion),
  ),
  kept(
    'https://yaofu.notion.site/e1cd16d1fae84f87aeddf872c838e07c',
    'a Notion page: an empty shell, its text only by the public API',
    stories.limits,
    notionShell(NOTION.id),
  ),
  lost('https://zhuanlan.zhihu.com/p/614987279', 'gone', 'not-found', 'Zhihu answers 404', zhihuNotFound()),
  kept(
    'https://zhuanlan.zhihu.com/p/606930232',
    'a Zhihu column that answers 503 once before it comes',
    stories.computing,
    unavailable(1, zhihuArticle('606930232', stories.computing, { formulas: ['C \\approx 6ND'] })),
  ),
];

/** Puts the user's list into a stand-in web: all 18 links, their pictures, and what those pages lean on. */
export function furnishDemoWeb(world: World): void {
  for (const { url, responder } of demoLinks) world.on(url, responder);
  // Long links may be asked for with what they were copied with.
  for (const id of [LONG_CAPTCHA, LONG_ARTICLE, LONG_VIOLATION]) {
    const link = demoLinks.find((one) => one.url === long(id));
    if (link !== undefined) world.on(`${long(id)}&*`, link.responder);
  }
  const sohu = demoLinks.find((one) => one.url.includes('sohu.com'));
  if (sohu !== undefined) world.on('https://gov.sohu.com/a/648882950_129720', sohu.responder);
  world.on('https://www.sohu.com/', sohuHome());
  world.on('https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha*', wechatCaptcha);
  for (const host of ['app.notion.com', 'www.notion.so', 'yaofu.notion.site']) {
    world.on(`https://${host}/api/v3/*`, notionApi([NOTION]));
    world.on(`https://${host}/image/*`, pictureHost);
  }
  world.on('mmbiz.qpic.cn', wechatPictureHost);
  for (const host of ['*.zhimg.com', '*.ws.126.net', '*.itc.cn', 'images.unsplash.com']) world.on(host, pictureHost);
}
