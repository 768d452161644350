import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const NOTE = 'https://www.jianshu.com/p/0a1b2c3d4e5f';

export const cases: PlatformCases = {
  platform: 'jianshu',
  same: [
    {
      key: '0a1b2c3d4e5f',
      url: NOTE,
      spellings: [
        NOTE,
        'http://jianshu.com/p/0a1b2c3d4e5f?utm_campaign=haruki#comments',
        'https://m.jianshu.com/p/0A1B2C3D4E5F',
      ],
    },
  ],
  different: [NOTE, 'https://www.jianshu.com/p/0a1b2c3d4e5e'],
  refused: [
    'https://www.jianshu.com/',
    'https://www.jianshu.com/u/0a1b2c3d4e5f',
    'https://www.jianshu.com/c/0a1b2c3d4e5f',
  ],
  visits: [
    {
      name: 'note',
      url: NOTE,
      answers: [{ body: bytes('jianshu', 'note.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'note',
    },
    {
      name: 'not found',
      url: NOTE,
      answers: [{ status: 404, body: page('404', '') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    {
      name: 'forbidden',
      url: NOTE,
      answers: [{ status: 403, body: '' }],
      verdict: 'blocked',
      reason: 'forbidden',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'jianshu/not-found',
      matches: { body: page('', '<div class="error-block"><p>您要找的页面不存在</p></div>') },
      not: [{ body: page('', '<article><p>您要找的页面不存在</p></article>') }],
    },
    {
      rule: 'jianshu/locked',
      matches: { body: page('', '<div class="error"><p>该文章已被锁定</p></div>') },
      not: [{ body: page('', '<article><p>该文章已被锁定</p></article>') }],
    },
    {
      rule: 'jianshu/sign-in',
      matches: { body: '', finalUrl: 'https://www.jianshu.com/sign_in?x=1' },
      not: [{ body: '', finalUrl: 'https://www.jianshu.com/p/0a1b2c3d4e5f?from=sign_in' }],
    },
    clientOnly('jianshu'),
  ],
};
