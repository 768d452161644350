import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const A = 'https://www.sohu.com/a/661234567_120001';
const OLD = 'https://business.sohu.com/20040809/n221000000.shtml';
const source = Buffer.from(bytes('sohu', 'a-2023.html')).toString('utf8');
const notice = (text: string): string => page('提示', `<div class="box"><p>${text}</p></div>`);

export const cases: PlatformCases = {
  platform: 'sohu',
  same: [
    {
      key: 'a-661234567',
      url: A,
      spellings: [
        A,
        'http://gov.sohu.com/a/661234567_120001',
        'https://m.sohu.com/a/661234567_120001/?pvid=000115_3w_a&spm=smwp.content',
        'https://business.sohu.com/a/661234567_120001?scm=1002.0&_trans_=000019_wzwza',
        'https://www.sohu.com/a/661234567',
        'https://it.sohu.com/a/661234567_999999#comment',
      ],
    },
    {
      key: 'na-475000001',
      url: 'https://www.sohu.com/na/475000001',
      spellings: ['http://www.sohu.com/na/475000001?x=1'],
    },
    { key: 'n-221000000', url: OLD, spellings: [OLD, 'https://m.sohu.com/n/221000000/?v=3'] },
  ],
  different: [A, 'https://www.sohu.com/a/661234568_120001', 'https://www.sohu.com/na/661234567', OLD],
  refused: [
    'https://www.sohu.com/',
    'https://tv.sohu.com/v/MjAyMw==.html',
    'https://mp.sohu.com/profile?xpt=1',
    'https://xsohu.com/a/661234567_120001',
  ],
  visits: [
    {
      name: 'account article with hidden pictures',
      url: A,
      answers: [{ body: bytes('sohu', 'a-2023.html') }],
      verdict: 'alive',
      reason: 'ok',
      rule: 'sohu/article',
      golden: 'a-2023',
    },
    {
      name: 'channel page of 2004 in GB2312',
      url: OLD,
      answers: [{ body: bytes('sohu', 'channel-2004-gb2312.html'), headers: { 'content-type': 'text/html' } }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'channel-2004',
    },
    {
      name: 'for subscribers',
      url: A,
      answers: [{ body: source.replace('displayMode: "0"', 'displayMode: "3"') }],
      verdict: 'alive',
      reason: 'partial',
      golden: 'subscribers',
    },
    {
      name: 'removed',
      url: A,
      answers: [{ body: page('404 Not Found', '<p>404,您访问的页面已经不存在!</p>') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    {
      name: 'the front page of the mobile site',
      url: A,
      answers: [{ body: page('手机搜狐网', '<a href="/">首页</a>') }],
      verdict: 'gone',
      reason: 'redirected-home',
      golden: null,
    },
    {
      name: 'an article of another number',
      url: 'https://www.sohu.com/a/555555555_120001',
      answers: [{ body: source }],
      verdict: 'unclear',
      reason: 'unrecognised-page',
      golden: 'a-2023',
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'sohu/page-gone',
      matches: { body: notice('404,您访问的页面已经不存在!') },
      not: [{ body: source }, { body: notice('他说您访问的页面不见了，大家都笑了') }],
    },
    {
      rule: 'sohu/title-404',
      matches: { body: page('404 Not Found', '') },
      not: [{ body: page('404 Not Found 的由来_搜狐', '') }],
    },
    {
      rule: 'sohu/front-page',
      matches: { body: page('搜狐新闻-时间线', '') },
      not: [{ body: page('手机搜狐网二十年', '') }],
    },
    clientOnly('sohu'),
  ],
};
