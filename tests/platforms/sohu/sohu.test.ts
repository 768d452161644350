import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import sohu from '../../../src/platforms/sohu/index.ts';
import { listedPictures, revealPicture } from '../../../src/platforms/sohu/pictures.ts';
import { runs } from '../../property.ts';
import { page } from '../answers.ts';
import { fixture, judged, read, visitOf, word } from '../page-visit.ts';

const A = 'https://www.sohu.com/a/661234567_120001';
const source = Buffer.from(fixture('sohu', 'a-2023.html')).toString('utf8');

describe('layouts', () => {
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
      runs(50),
    );
  });

  test('anything else is not revealed and not an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ minLength: 24, maxLength: 96 })), (text) => {
        const address = revealPicture(text);
        expect(address === null || /^(?:https?:)?\/\//.test(address)).toBe(true);
      }),
      runs(100),
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
  test('words in a script are no marker', () => {
    const body = page('x', '<div id="box"></div><script>var t = "<p>您访问的页面不见了</p>";</script>');
    expect(word(sohu, A, { body })).toBe('unclear empty-page sohu/empty');
  });
});
