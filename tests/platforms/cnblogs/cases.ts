import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const POST = 'https://www.cnblogs.com/smithy/p/12345678';

export const cases: PlatformCases = {
  platform: 'cnblogs',
  same: [
    {
      key: 'p-12345678',
      url: POST,
      spellings: [
        POST,
        'http://www.cnblogs.com/smithy/p/12345678.html?utm_source=x#top',
        'https://smithy.cnblogs.com/p/12345678.html',
        'https://www.cnblogs.com/smithy/archive/2020/03/04/12345678.html',
      ],
    },
    {
      key: 'smithy-new-springs',
      url: 'https://www.cnblogs.com/smithy/p/new-springs.html',
      spellings: ['https://www.cnblogs.com/Smithy/p/New-Springs.html'],
    },
  ],
  different: [POST, 'https://www.cnblogs.com/smithy/p/12345679', 'https://www.cnblogs.com/smithy/p/new-springs.html'],
  refused: [
    'https://www.cnblogs.com/',
    'https://www.cnblogs.com/smithy',
    'https://news.cnblogs.com/n/700000/',
    'https://q.cnblogs.com/q/100000/',
  ],
  visits: [
    {
      name: 'post',
      url: POST,
      answers: [{ body: bytes('cnblogs', 'post.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'post',
    },
    {
      name: 'not found',
      url: POST,
      answers: [{ status: 404, body: page('404_页面不存在 - 博客园', '') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    {
      name: 'login',
      url: POST,
      answers: [{ body: page('用户登录', ''), finalUrl: 'https://account.cnblogs.com/signin?returnUrl=x' }],
      verdict: 'blocked',
      reason: 'login-wall',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'cnblogs/login',
      matches: { body: '', finalUrl: 'https://account.cnblogs.com/signin?returnUrl=x' },
      not: [{ body: '', finalUrl: 'https://www.cnblogs.com/account/p/1.html' }],
    },
    {
      rule: 'cnblogs/password',
      matches: { body: page('', '<form><input type="password" name="Password"></form>') },
      not: [{ body: page('', '<form><input type="text" name="Password"></form><p>type="password"</p>') }],
    },
    {
      rule: 'cnblogs/not-found',
      matches: { body: page('404_页面不存在 - 博客园', '') },
      not: [{ body: page('怎样做一个404页面 - 老铁匠 - 博客园', '') }],
    },
    clientOnly('cnblogs'),
  ],
};
