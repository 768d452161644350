import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import sohu from '../../../src/platforms/sohu/index.ts';
import { listedPictures, revealPicture } from '../../../src/platforms/sohu/pictures.ts';
import { fixture, judged, page, read, visitOf, word } from '../page-visit.ts';
import { testAddresses, testGolden, testMarkers } from '../tables.ts';

const A = 'https://www.sohu.com/a/661234567_120001';
const source = Buffer.from(fixture('sohu', 'a-2023.html')).toString('utf8');
const shellOf = (notice: string): string => page('提示', `<div class="box"><p>${notice}</p></div>`);

describe('addresses', () => {
  testAddresses(
    sohu,
    [
      {
        key: 'a-661234567',
        url: A,
        spellings: [
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
      {
        key: 'n-221000000',
        url: 'https://business.sohu.com/20040809/n221000000.shtml',
        spellings: ['http://business.sohu.com/20040809/n221000000.shtml', 'https://m.sohu.com/n/221000000/?v=3'],
      },
    ],
    [
      'https://www.sohu.com/',
      'https://tv.sohu.com/v/MjAyMw==.html',
      'https://www.sohu.com.example.org/a/661234567_120001',
      'https://xsohu.com/a/661234567_120001',
      'https://mp.sohu.com/profile?xpt=1',
    ],
  );
});

describe('layouts', () => {
  testGolden(sohu, 'a-2023', 'a-2023.html', A);
  testGolden(sohu, 'channel-2004', 'channel-2004-gb2312.html', 'http://business.sohu.com/20040809/n221000000.shtml');

  test('a page of another news id is not the article', () => {
    expect(sohu.sight(visitOf(sohu, 'https://www.sohu.com/a/555555555_120001', { body: source })).identity).toBe(
      'other',
    );
  });

  test.each(['1', '2', '3', '4'])('displayMode %s is the article, cut short', (mode) => {
    const body = source.replace('displayMode: "0"', `displayMode: "${mode}"`);
    expect(judged(sohu, visitOf(sohu, A, { body }))).toMatchObject({ verdict: 'alive', reason: 'partial' });
    expect(read(sohu, A, { body })?.partial).toBe(true);
  });

  test('a channel page of 2012 has its fields in microdata', () => {
    const body = page(
      '桥下的钟-搜狐新闻',
      '<h1 itemprop="headline">桥下的钟</h1><div class="time" id="pubtime_baidu">2012年03月04日05:06</div><span id="media_span" itemprop="publisher"><span itemprop="name">河岸报</span></span><div itemprop="articleBody" id="contentText"><p>钟每晚慢一分钟，守钟人说那是给过桥的人留的。</p></div>',
    );
    const article = read(sohu, 'http://news.sohu.com/20120304/n336600000.shtml', { body });
    expect(article).toMatchObject({ title: '桥下的钟', author: '河岸报', published: '2012-03-04T05:06:00+08:00' });
  });
});

describe('hidden pictures', () => {
  const hide = (address: string): string => {
    const cipher = createCipheriv('aes-128-ecb', 'www.sohu.com6666', null);
    return cipher.update(address, 'utf8', 'base64') + cipher.final('base64');
  };

  test('what Sohu hides is revealed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\/\/q\d\.itc\.cn\/[a-z0-9/]{1,60}\.jpe?g$/), (address) => {
        expect(revealPicture(hide(address))).toBe(address);
      }),
      { numRuns: 50 },
    );
  });

  test('anything else is not revealed and not an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ minLength: 24, maxLength: 96 })), (text) => {
        const address = revealPicture(text);
        expect(address === null || /^(?:https?:)?\/\//.test(address)).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(revealPicture(hide('javascript:alert(1)'))).toBeNull();
  });

  test('the list of pictures is a script literal, with commas where JSON has none', () => {
    expect(listedPictures('x = { imgsList: [ { "url": "//a/1.jpg", }, { url: \'//a/2.jpg\', } ], y: 1 }')).toEqual([
      '//a/1.jpg',
      '//a/2.jpg',
    ]);
    expect(listedPictures('imgsList: [')).toEqual([]);
  });
});

describe('markers', () => {
  testMarkers(sohu, [
    {
      rule: 'sohu/page-gone',
      url: A,
      match: { body: shellOf('404,您访问的页面已经不存在!') },
      lookAlike: { body: source },
    },
    {
      rule: 'sohu/page-gone',
      url: A,
      match: { body: shellOf('您访问的页面不见了') },
      lookAlike: { body: shellOf('他说您访问的页面不见了，大家都笑了') },
    },
    {
      rule: 'sohu/title-404',
      url: A,
      match: { body: page('404 Not Found', '<hr><center>nginx</center>') },
      lookAlike: { body: page('404 Not Found 的由来_搜狐', '<p>一段历史</p>') },
    },
    {
      rule: 'sohu/front-page',
      url: A,
      match: { body: page('手机搜狐网', '<a href="/">首页</a>') },
      lookAlike: { body: page('手机搜狐网二十年', '<a href="/">首页</a>') },
    },
    {
      rule: 'sohu/client-only',
      url: A,
      match: { body: page('文章', '<div id="root"></div><script src="/a.js"></script>') },
      lookAlike: { body: source },
    },
  ]);

  test('words in a script are no marker', () => {
    const body = page('x', '<div id="box"></div><script>var t = "<p>您访问的页面不见了</p>";</script>');
    expect(word(sohu, A, { body })).toBe('unclear empty-page sohu/empty');
  });
});
