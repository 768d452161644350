import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import netease from '../../../src/platforms/netease/index.ts';
import { runs } from '../../property.ts';
import { page } from '../answers.ts';
import { fixture, read, word } from '../page-visit.ts';

const DY = 'https://www.163.com/dy/article/ABCDEFGH0511TEST.html';
const NEWS = 'https://www.163.com/news/article/ABCDEFGH00018990.html';
const articleWith = (text: string): string =>
  Buffer.from(fixture('netease', 'dy-2023.html')).toString('utf8').replace('那是雾天的记号', text);

describe('addresses', () => {
  test('a canonical address is its own canonical address, whatever the id, host and channel', () => {
    const id = fc.stringMatching(/^[0-9A-Z]{16}$/);
    const host = fc.constantFrom('www', 'm', '3g', 'c.m', 'dy', 'news', 'money', 'tech');
    const folder = fc.constantFrom(
      'dy/article',
      'news/article',
      'money/article',
      'news/a',
      '19/0907/13',
      'v2/article/detail',
    );
    fc.assert(
      fc.property(id, host, folder, (docid, sub, path) => {
        const first = netease.identify(new URL(`https://${sub}.163.com/${path}/${docid}.html?f=x#y`));
        expect(first?.key).toBe(docid);
        expect(netease.identify(new URL(first?.url ?? ''))).toEqual(first);
      }),
      runs(100),
    );
  });
});

describe('layouts', () => {
  test('the open platform of 2019 has its full time beside the text', () => {
    const body = page(
      '雨伞借还处_网易订阅',
      '<div id="contain" data-docid="ABCDEFGH0511TEST" data-ptime="2019-05-06 07:08:09"><div class="article_wrap"><div class="article_title"><h2>雨伞借还处</h2><p class="time"><span>2019-05-06</span> <span class="point">·</span> <span>街角日报</span></p></div><div class="article_box"><div class="content" id="content"><p>借一把伞，要留下一句关于天气的话。</p></div></div></div></div>',
    );
    const article = read(netease, DY, { body });
    expect(article).toMatchObject({ title: '雨伞借还处', author: '街角日报', published: '2019-05-06T07:08:09+08:00' });
  });

  test('a column of 2015 names column and author apart', () => {
    const body = page(
      '夜航船_网易财经',
      '<div class="con_1"><h2><span>夜航</span></h2><div class="details"><h2 class="con1_ltle">夜航船</h2><span class="con1_author">掌灯人</span><span class="con1_date">2015-06-07 08:09:10</span></div><div class="entext"><p>船过三道桥，灯要灭两次，第三次才轮到月亮。</p></div></div>',
    );
    const article = read(netease, NEWS, { body });
    expect(article).toMatchObject({ author: '掌灯人', account: '夜航', published: '2015-06-07T08:09:10+08:00' });
  });

  test('without a time anywhere there is no date', () => {
    const body = articleWith('x')
      .replaceAll(/data-publishtime="[^"]*"|data-ptime="[^"]*"|<meta property="article:published_time"[^>]*>/g, '')
      .replace('2023-02-03 09:08:07　来源', '来源');
    expect(read(netease, DY, { body })?.published).toBeNull();
  });

  test('a layout nobody knows is read by general rules where the address is right', () => {
    const lines = [
      '水退得慢的年份，鱼会多停几天',
      '岸上的人也就多等几天',
      '修网的手艺传给了邻村',
      '第一条船总在雾里出发',
    ];
    const paragraphs = Array.from(
      { length: 12 },
      (_, at) =>
        `<p>第${at + 1}年，${lines.slice(at % 4).join('；')}；${lines.slice(0, at % 4).join('，')}。这一年的记录写在第${at + 7}页，旁边画着一条鱼。</p>`,
    );
    const body = page('等水退_网易', `<div class="q"><h1>等水退</h1><div class="z">${paragraphs.join('')}</div></div>`);
    expect(word(netease, DY, { body })).toBe('alive ok netease/article');
    expect(read(netease, DY, { body })?.text).toContain('水退得慢');
  });
});
