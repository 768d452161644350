import { createDecipheriv } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from './answers.ts';
import { ask } from './ask.ts';
import * as stories from './demo-stories.ts';
import { demoLinks, furnishDemoWeb } from './demo-web.ts';
import { gbk } from './pages/gbk.ts';
import { netease2004, netease2015 } from './pages/netease.ts';
import { sohuArticle } from './pages/sohu.ts';
import { wechatAlbum, wechatArticle, wechatOldArticle, wechatRepost, wechatText } from './pages/wechat.ts';
import * as walls from './pages/wechat-walls.ts';
import { zhihuAnswer, zhihuArticle } from './pages/zhihu.ts';
import { HOTLINK_NOTICE, picture, pictureAt } from './pictures.ts';
import { startWorld, type World } from './world.ts';

const story = stories.oneCard;
const id = {
  biz: 'MzA5MDAwMDAwMQ==',
  mid: '2650870001',
  idx: '1',
  sn: 'a'.repeat(32),
  token: 'abcdefghijklmnopqrstuv',
};
const source = (answer: Answer): string => Buffer.from(answer.body).toString();

/** Runs the page's own script for cgiDataNew, as a browser does. */
function cgiData(answer: Answer): Record<string, unknown> {
  const script = load(source(answer))('script')
    .toArray()
    .map((one) => load(one)('script').html() ?? '')
    .find((text) => text.includes('cgiDataNew'));
  const context = createContext({ window: {}, console });
  runInContext(script ?? '', context);
  return (context.window as { cgiDataNew: Record<string, unknown> }).cgiDataNew;
}

describe('WeChat pages keep the shape of the real ones', () => {
  const articles: [string, Answer][] = [
    ['article', wechatArticle(story, id)],
    ['old article', wechatOldArticle(story, id)],
    ['album', wechatAlbum(story, id)],
    ['text', wechatText(story, id)],
    ['repost', wechatRepost(story, id, { url: 'https://mp.weixin.qq.com/s/x', account: '别处' })],
  ];
  test.each(articles)('%s has #js_article and no error container', (_name, answer) => {
    const $ = load(source(answer));
    expect([$('#js_article').length, $('.weui-msg, .mesg-block').length]).toEqual([1, 0]);
  });

  const errors: [string, Answer][] = [
    ['deleted', walls.wechatDeleted()],
    ['deleted, English', walls.wechatDeletedInEnglish()],
    ['violation', walls.wechatViolation()],
    ['account closed', walls.wechatAccountClosed()],
    ['withheld', walls.wechatWithheld()],
    ['migrated', walls.wechatMigrated('https://mp.weixin.qq.com/s?__biz=a&mid=1')],
    ['verify', walls.wechatVerifyText()],
    ['param error', walls.wechatParamError()],
    ['expired', walls.wechatLinkExpired()],
  ];
  test.each(errors)('%s has an error container and no #js_article', (_name, answer) => {
    const $ = load(source(answer));
    expect([$('#js_article').length, $('.weui-msg, .mesg-block').length]).toEqual([0, 1]);
  });

  test('cgiDataNew runs as the script that it is and holds title, time and content', () => {
    const data = cgiData(wechatArticle({ ...story, title: `引号'与"与\\与<b>&` }, id));
    expect(data).toMatchObject({
      title: `引号'与"与\\与<b>&`,
      nick_name: story.account,
      mid: 2650870001,
      item_show_type: 0,
      ori_create_time: Date.parse(story.published) / 1000,
    });
    expect(load(String(data.content_noencode))('img[data-src]').length).toBe(story.pictures.length);
  });

  test('a repost has an empty #js_content and its text in the data', () => {
    const answer = wechatRepost(story, id, { url: 'https://mp.weixin.qq.com/s/x', account: '别处' });
    expect(load(source(answer))('#js_content').text()).toBe('');
    expect(String(cgiData(answer).content_noencode)).toContain(story.paragraphs[0]);
  });

  test('an album has its pictures in the data only', () => {
    const answer = wechatAlbum(story, id);
    const list = cgiData(answer).picture_page_info_list as { cdn_url: string }[];
    expect(list.map(({ cdn_url }) => cdn_url.replaceAll('&amp;', '&'))).toEqual(story.pictures);
    expect(load(source(answer))('#js_content').length).toBe(0);
  });
});

describe('other platforms', () => {
  const entities = (answer: Answer): Record<string, Record<string, { content: string }>> =>
    JSON.parse(load(source(answer))('#js-initialData').text()).initialState.entities;

  test('Zhihu: JSON and page differ in formulas and noscript twins', () => {
    const answer = zhihuArticle('123', stories.roadToAgi, { formulas: ['a<b', 'c'] });
    const content = load(entities(answer).articles?.['123']?.content ?? '');
    expect([content('img[eeimg]').length, content('noscript').length]).toEqual([2, stories.roadToAgi.pictures.length]);
    const $ = load(source(answer));
    expect($('.Post-RichText .ztext-math').first().attr('data-tex')).toBe('a<b');
    expect($('.Post-RichText noscript').length).toBe(0);
  });

  test('Zhihu: the wanted answer is not the first', () => {
    const answer = zhihuAnswer('9', { id: '2', story: stories.whyNot }, [{ id: '1', story: stories.whyNotOther }]);
    const names = load(source(answer))('.AnswerItem')
      .toArray()
      .map((item) => item.attribs.name);
    expect(names).toEqual(['1', '2']);
    expect(Object.keys(entities(answer).answers ?? {})).toEqual(['1', '2']);
  });

  test('Sohu: every hidden address opens with the known key', () => {
    const $ = load(source(sohuArticle('1', '2', stories.chineseVersion)));
    const found = $('#mp-editor img')
      .toArray()
      .map((image) => {
        const decipher = createDecipheriv('aes-128-ecb', 'www.sohu.com6666', null);
        return decipher.update(image.attribs['data-src'] ?? '', 'base64', 'utf8') + decipher.final('utf8');
      });
    expect(found).toEqual(stories.chineseVersion.pictures);
  });

  test('NetEase: old pages are GBK, declared or not', () => {
    for (const answer of [netease2004(story), netease2015('http://news.163.com/15/0101/00/A.html', story)]) {
      const page = new TextDecoder('gb18030').decode(answer.body);
      expect(page).toContain(story.paragraphs[0]);
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(answer.body)).toThrow();
    }
    expect(netease2004(story).headers).toEqual([['Content-Type', 'text/html']]);
  });

  test('GBK bytes are what a GBK decoder reads back', () => {
    const text = '汉字、标点：“引号”，ABC。龘';
    expect(new TextDecoder('gbk').decode(gbk(text))).toBe(text);
  });
});

describe('pictures', () => {
  test('are told apart by their address and are of the format that it names', () => {
    const [a, b] = ['https://x.example/a.png', 'https://x.example/b.png'].map((address) => pictureAt(address));
    expect(a?.equals(b ?? Buffer.alloc(0))).toBe(false);
    expect(picture('png', 's').subarray(1, 4).toString()).toBe('PNG');
    expect(picture('gif', 's').subarray(0, 6).toString()).toBe('GIF89a');
    expect(picture('jpeg', 's').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(picture('webp', 's').subarray(8, 16).toString()).toBe('WEBPVP8L');
  });
});

describe("the user's list", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    furnishDemoWeb(world);
  });
  afterAll(() => world.close());

  test('is 18 different addresses, and all of them answer', async () => {
    expect(new Set(demoLinks.map(({ url }) => url)).size).toBe(18);
    const statuses = await Promise.all(demoLinks.map(async ({ url }) => (await ask(world, url)).status));
    expect(
      statuses.filter((status) => status === 404 || status === 403 || status === 302 || status === 503),
    ).toHaveLength(4);
  });

  test('a long link leads to the captcha shell that names it', async () => {
    const link = demoLinks.find(({ reason }) => reason === 'verification-wall');
    const first = await ask(world, `${link?.url}&chksm=84e4&scene=126`);
    expect(first.status).toBe(302);
    const wall = await ask(world, String(first.headers.location));
    expect(wall.body.toString()).toContain(`target_url : "${link?.url}&chksm=84e4&scene=126"`);
  });

  test("WeChat's pictures go to nobody who comes from another site", async () => {
    const [address = ''] = stories.oneCard.pictures;
    const own = await ask(world, address);
    const foreign = await ask(world, address, { headers: { referer: 'https://blog.example/' } });
    expect(own.body.equals(pictureAt(address))).toBe(true);
    expect(foreign.body.equals(Buffer.from(HOTLINK_NOTICE))).toBe(true);
  });

  test('Notion pages through its chunks and hands out a hidden block only by name', async () => {
    const api = (method: string, body: object) =>
      ask(world, `https://app.notion.com/api/v3/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'test' },
        body: JSON.stringify(body),
      }).then((got) => JSON.parse(got.body.toString()));
    const pageId = 'e1cd16d1-fae8-4f87-aedd-f872c838e07c';
    expect(await api('getPublicPageData', { type: 'block-space', name: 'page', blockId: pageId })).toMatchObject({
      publicAccessRole: 'reader',
    });
    const blocks: Record<string, { value: { type: string; content?: string[] } }> = {};
    let cursor: object[] = [];
    let asked = 0;
    do {
      const chunk = await api('loadPageChunk', { pageId, limit: 100, chunkNumber: asked, cursor: { stack: cursor } });
      Object.assign(blocks, chunk.recordMap.block);
      cursor = chunk.cursor.stack;
      asked += 1;
    } while (cursor.length > 0 && asked < 20);
    expect(asked).toBeGreaterThan(2);
    expect(blocks[pageId]?.value.content?.every((child) => child in blocks)).toBe(true);
    const toggle = Object.values(blocks).find(({ value }) => value.type === 'toggle');
    const [child = ''] = toggle?.value.content ?? [];
    expect(child in blocks).toBe(false);
    const synced = await api('syncRecordValuesMain', {
      requests: [{ pointer: { table: 'block', id: child }, version: -1 }],
    });
    expect(synced.recordMap.block[child].value.properties.title[0][0]).toContain('附注');
  });
});
