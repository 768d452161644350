import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const POST = 'https://juejin.cn/post/7000000000000000001';
const OLD = 'https://juejin.cn/post/5d9f0000e51d4578414ca4ff';

export const cases: PlatformCases = {
  platform: 'juejin',
  same: [
    {
      key: '7000000000000000001',
      url: POST,
      spellings: [
        POST,
        'https://juejin.im/post/7000000000000000001?utm_source=x#heading-0',
        'https://m.juejin.cn/post/7000000000000000001/',
      ],
    },
    { key: '5d9f0000e51d4578414ca4ff', url: OLD, spellings: ['https://juejin.im/post/5d9f0000e51d4578414ca4ff'] },
  ],
  different: [POST, OLD, 'https://juejin.cn/pin/7000000000000000001'],
  refused: ['https://juejin.cn/', 'https://juejin.cn/user/1', 'https://juejin.cn/tag/Vue.js'],
  visits: [
    {
      name: 'post',
      url: POST,
      answers: [{ body: bytes('juejin', 'post.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'post',
    },
    {
      name: 'an old number, redirected for good',
      url: OLD,
      answers: [{ body: bytes('juejin', 'post.html'), finalUrl: POST, hops: [{ url: OLD, status: 301 }] }],
      verdict: 'moved',
      reason: 'permanent-redirect',
      golden: 'post',
    },
    {
      name: 'not found',
      url: POST,
      answers: [{ body: page('404 - 掘金', '<div id="juejin"></div>') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'juejin/challenge',
      matches: { body: '<script>window._$jsvmprt=function(){}</script>' },
      not: [{ body: page('x', '<p>_$jsvmprt</p>') }],
    },
    {
      rule: 'juejin/not-found',
      matches: { body: page('找不到页面 - 掘金', '') },
      not: [{ body: page('404 页面的十种写法 - 掘金', '') }],
    },
    {
      rule: 'juejin/lost',
      matches: { body: page('', '<div class="not-found"><p>页面不存在</p></div>') },
      not: [{ body: page('', '<div class="markdown-body"><p>页面不存在</p></div>') }],
    },
    clientOnly('juejin'),
  ],
};
