import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const ARTICLE = 'https://www.toutiao.com/article/7100000000000000001/';
const OLD = 'https://www.toutiao.com/a6700000000000000001/';

export const cases: PlatformCases = {
  platform: 'toutiao',
  same: [
    {
      key: '7100000000000000001',
      url: ARTICLE,
      spellings: [
        ARTICLE,
        'https://www.toutiao.com/article/7100000000000000001/?log_from=1_2&wid=3',
        'https://m.toutiao.com/i7100000000000000001/',
        'https://www.toutiao.com/group/7100000000000000001/',
        'http://toutiao.com/item/7100000000000000001/',
        'https://www.toutiao.com/a7100000000000000001',
      ],
    },
  ],
  different: [ARTICLE, OLD],
  refused: [
    'https://www.toutiao.com/',
    'https://www.toutiao.com/c/user/token/x/',
    'https://www.toutiao.com/search/?keyword=x',
  ],
  visits: [
    {
      name: 'article',
      url: ARTICLE,
      answers: [{ body: bytes('toutiao', 'article.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'article',
    },
    {
      name: 'article of 2019',
      url: OLD,
      answers: [{ body: bytes('toutiao', 'a-2019.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'a-2019',
    },
    {
      name: 'challenge',
      url: ARTICLE,
      answers: [{ body: '<html><body></body><script>window._$jsvmprt=1;window.__ac_nonce="x"</script></html>' }],
      verdict: 'blocked',
      reason: 'js-challenge',
      golden: null,
    },
    {
      name: 'deleted',
      url: ARTICLE,
      answers: [{ body: page('今日头条', '<div class="error-tips">内容已删除</div>') }],
      verdict: 'gone',
      reason: 'removed-by-platform',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'toutiao/challenge',
      matches: { body: '<script>var __ac_nonce = "1";</script>' },
      not: [{ body: page('x', '<p>__ac_nonce</p>') }],
    },
    {
      rule: 'toutiao/login',
      matches: { body: '', finalUrl: 'https://sso.toutiao.com/login/?x=1' },
      not: [{ body: '', finalUrl: 'https://www.toutiao.com/article/1/?next=sso.toutiao.com/' }],
    },
    { rule: 'toutiao/title-404', matches: { body: page('404错误页', '') }, not: [{ body: page('设计404错误页', '') }] },
    {
      rule: 'toutiao/deleted',
      matches: { body: page('', '<p class="error-tips">内容已删除</p>') },
      not: [{ body: page('', '<article><p>内容已删除</p></article>') }],
    },
    {
      rule: 'toutiao/not-found',
      matches: { body: page('', '<p class="error-tips">你访问的内容不存在</p>') },
      not: [{ body: page('', '<article><p>你访问的内容不存在</p></article>') }],
    },
    clientOnly('toutiao'),
  ],
};
