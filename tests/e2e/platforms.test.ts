import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../world/answers.ts';
import { limits, oneCard, whyNot } from '../world/demo-stories.ts';
import * as blogs from '../world/pages/blogs.ts';
import * as netease from '../world/pages/netease.ts';
import { notionApi, notionShell } from '../world/pages/notion.ts';
import * as sohu from '../world/pages/sohu.ts';
import { wechatArticle } from '../world/pages/wechat.ts';
import * as walls from '../world/pages/wechat-walls.ts';
import * as zhihu from '../world/pages/zhihu.ts';
import { pictureHost } from '../world/pictures.ts';
import { startWorld, type World } from '../world/world.ts';
import { BRISK, type Scene, setScene } from './scene.ts';

const story = { ...oneCard, pictures: [] };
const quoting = {
  ...story,
  paragraphs: [
    '该内容已被发布者删除，这是常见的一句提示，本文讨论它为什么会出现，以及看到它的时候应该做什么。',
    '此内容因违规无法查看、环境异常、参数错误、链接已过期，也都是这样的提示，引用它们不等于说的就是自己。',
  ],
};
const wechat = (token: string): string => `https://mp.weixin.qq.com/s/${token.padEnd(22, '0')}`;
const id = { biz: 'MzA5MDAwMDAwMQ==', mid: '2', idx: '1', sn: 'b'.repeat(32), token: 'quotes'.padEnd(22, '0') };
const moved = 'https://mp.weixin.qq.com/s?__biz=MzA5MDAwMDAwMQ==&mid=1&idx=1&sn=aa';
const NEWS_2019 = 'https://money.163.com/19/0907/13/EOFOC8MJ00258105.html';
const NEWS_2015 = 'http://news.163.com/15/0101/00/AEV0000000014AEE.html';

const ROWS: [what: string, url: string, answer: Answer, expected: string][] = [
  ['WeChat: deleted, in English', wechat('english'), walls.wechatDeletedInEnglish(), 'gone/deleted-by-author'],
  ['WeChat: infringement', wechat('infringes'), walls.wechatInfringement(), 'gone/removed-by-platform'],
  ['WeChat: account closed', wechat('closed'), walls.wechatAccountClosed(), 'gone/account-removed'],
  ['WeChat: account banned', wechat('banned'), walls.wechatAccountBanned(), 'gone/account-removed'],
  ['WeChat: names nothing', wechat('nothing'), walls.wechatParamError(), 'unclear/bad-link'],
  ['WeChat: expired', wechat('expired'), walls.wechatLinkExpired(), 'gone/expired'],
  ['WeChat: account migrated', wechat('migrated'), walls.wechatMigrated(moved), 'moved/account-migrated'],
  ['WeChat: older wall', wechat('verify'), walls.wechatVerifyText(), 'blocked/verification-wall'],
  ['WeChat: too often', wechat('often'), walls.wechatTooOften(), 'blocked/rate-limited'],
  ['WeChat: withheld', wechat('withheld'), walls.wechatWithheld(), 'blocked/withheld'],
  ['WeChat: quotes the markers', wechat('quotes'), wechatArticle(quoting, id), 'alive/ok'],
  [
    'Zhihu: paid',
    'https://zhuanlan.zhihu.com/p/111',
    zhihu.zhihuArticle('111', story, { paid: true }),
    'alive/partial',
  ],
  ['Zhihu: API says wall', 'https://zhuanlan.zhihu.com/p/112', zhihu.zhihuApiError(40362), 'blocked/verification-wall'],
  ['Zhihu: API says gone', 'https://zhuanlan.zhihu.com/p/113', zhihu.zhihuApiError(4041), 'gone/not-found'],
  [
    'Zhihu: question',
    'https://www.zhihu.com/question/77',
    zhihu.zhihuQuestion('77', '桥断了应该由谁来修？', [{ id: '5', story: whyNot }]),
    'alive/ok',
  ],
  [
    '163: removed, 200',
    'https://www.163.com/dy/article/AAAAAAAA0511D05M.html',
    netease.neteaseRemoved(200),
    'gone/not-found',
  ],
  ['163: 2019', NEWS_2019, netease.netease2019(NEWS_2019, story), 'alive/ok'],
  ['163: 2015, GB2312', NEWS_2015, netease.netease2015(NEWS_2015, story), 'alive/ok'],
  ['163: 2004, GBK unsaid', 'http://biz.163.com/50114/7/1A2RNJP100020QFA.html', netease.netease2004(story), 'alive/ok'],
  ['Sohu: removed, 200', 'https://www.sohu.com/a/600000001_1', sohu.sohuRemoved(200), 'gone/not-found'],
  ['Sohu: sent home', 'https://www.sohu.com/a/600000002_1', sohu.sohuToHome(), 'gone/redirected-home'],
  [
    'CSDN',
    'https://blog.csdn.net/bridge/article/details/138000001',
    blogs.csdnPost('bridge', '138000001', story),
    'alive/ok',
  ],
  [
    'CSDN: challenge',
    'https://blog.csdn.net/bridge/article/details/138000002',
    blogs.csdnChallenge(),
    'blocked/js-challenge',
  ],
  ['cnblogs', 'https://www.cnblogs.com/bridge/p/18000003', blogs.cnblogsPost('bridge', '18000003', story), 'alive/ok'],
  ['Juejin', 'https://juejin.cn/post/7000000000000000001', blogs.juejinPost('7000000000000000001', story), 'alive/ok'],
  [
    'Toutiao: challenge',
    'https://www.toutiao.com/article/7000000000000000002/',
    blogs.toutiaoChallenge(),
    'blocked/js-challenge',
  ],
  ['GitHub', 'https://github.com/bridge/tools', blogs.githubRepository('bridge/tools', story), 'alive/ok'],
  ['arXiv', 'https://arxiv.org/abs/2405.05966', blogs.arxivAbstract('2405.05966', story), 'alive/ok'],
  [
    'Notion: private',
    'https://space.notion.site/aaaaaaaaaaaa4aaa8aaaaaaaaaaaaaaa',
    notionShell(''),
    'blocked/login-wall',
  ],
  [
    'Notion: records of 2026',
    'https://space.notion.site/T-bbbbbbbbbbbb4bbb8bbbbbbbbbbbbbbb',
    notionShell(''),
    'alive/ok',
  ],
];

/** Of an article that only the written host has; the canonical one says in so many words that it has none. */
const CHANNEL = 'https://gov.sohu.com/a/600000003_1';

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await startWorld();
  const api = notionApi([{ id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb', story: limits, nested: true }]);
  for (const host of ['app.notion.com', 'www.notion.so', 'space.notion.site']) {
    world.on(`https://${host}/api/v3/*`, api);
    world.on(`https://${host}/image/*`, pictureHost);
  }
  world.on('images.unsplash.com', pictureHost);
  world.on('https://www.sohu.com/', sohu.sohuHome());
  world.on(CHANNEL, sohu.sohuArticle('600000003', '1', story));
  world.on('https://www.sohu.com/a/600000003_1', sohu.sohuRemoved(404));
  for (const [, url, answer] of ROWS) {
    world.on(url, answer);
    world.on(url.replace(/^http:/, 'https:'), answer);
  }
  scene = setScene(world);
  scene.write('list.md', [...ROWS.map(([, url]) => url), CHANNEL].map((url) => `- <${url}>`).join('\n'));
  await scene.run(['check', 'list.md', ...BRISK]);
});
afterAll(async () => {
  scene.remove();
  await world.close();
});

const found = (url: string) =>
  scene.status().links.find(({ occurrences }) => occurrences.some(({ raw }) => raw === url));

test.each(ROWS.map(([what, url, , expected]) => [what, expected, url] as const))('%s: %s', (_what, expected, url) => {
  const link = found(url);
  expect(`${link?.verdict}/${link?.reason}`).toBe(expected);
  expect(link?.snapshot === null).toBe(!expected.startsWith('alive'));
});

test('what another host than the written one says of a page is not the last word', () => {
  const link = found(CHANNEL);
  expect([link?.verdict, link?.reason, link?.evidence?.finalUrl]).toEqual(['alive', 'ok', CHANNEL]);
  expect(link?.snapshot).not.toBe(null);
});

test.each([
  ['163: 2019', story.account],
  ['163: 2015, GB2312', story.account],
  ['163: 2004, GBK unsaid', story.account],
  ['CSDN', story.author],
  ['cnblogs', story.author],
  ['Juejin', story.author],
])('%s: title, author and date', (what, author) => {
  const link = found(ROWS.find(([name]) => name === what)?.[1] ?? '');
  expect([link?.title, link?.author]).toEqual([story.title, author]);
  expect(Math.abs(Date.parse(link?.published ?? '') - Date.parse(story.published))).toBeLessThan(60_000);
});
