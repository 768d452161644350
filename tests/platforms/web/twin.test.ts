import { describe, expect, test } from 'vitest';
import { twinOf } from '../../../src/platforms/web/index.ts';
import { page } from '../answers.ts';
import { pageOf } from '../cases.ts';

const links = Array.from({ length: 9 }, (_, at) => `<a href="/boat-${at}">Boat ${at}</a> `).join('');

function seen(body: string): string {
  const { twin, markers } = twinOf(pageOf({ body }, 'https://site.example/a/7'));
  return [twin, ...markers.map(({ rule }) => rule)].join(' ');
}

describe('a page that is sent for made-up addresses too', () => {
  test.each([
    ['an error page in English', page('Harbour', '<p>We could not find it. It may have been removed.</p>')],
    ['an error page in Chinese', page('港口', '<p>你要的东西已经不存在</p>')],
    ["the site's own front page", page('Harbour', `<h1>Harbour</h1>${links}`)],
    ['a domain for sale', page('site.example', '<p>This domain is for sale</p>')],
  ])('says that nothing is there: %s', (_, body) => {
    expect(seen(body)).toBe('sibling');
  });

  test.each([
    ['a wall', page('Hold on', '<p>Verifying your browser</p>'), 'everywhere web/all-verified'],
    ['a login', page('港口', '<p>请先登录</p>'), 'everywhere web/all-login'],
    ['a limit', page('港口', '<p>操作过于频繁</p>'), 'everywhere web/all-limited'],
    ['a block', page('港口', '<p>该网站未按规定备案，暂时无法打开</p>'), 'everywhere web/all-refused'],
    ['a failure', page('x', "<p>SQLSTATE: table boats doesn't exist</p>"), 'everywhere web/all-failing'],
    [
      'an empty frame',
      page('x', `<div id="app"></div>${links}<script src="a.js"></script>`),
      'everywhere web/empty-shell',
    ],
    [
      'an application',
      page('x', `<div id="app"><p>${'Boats and tides. '.repeat(9)}</p>${links}</div><script src="a.js"></script>`),
      'everywhere',
    ],
    ['words of its own', page('Harbour', '<p>The boats come in at three.</p>'), 'everywhere'],
    ['a number of registration', page('港口', '<p>京ICP备00000000号</p>'), 'everywhere'],
  ])('says no such thing: %s', (_, body, says) => {
    expect(seen(body)).toBe(says);
  });
});
