import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const POST = 'https://m.weibo.cn/status/MsZ1a2b3c';
const LONG = 'https://weibo.com/ttarticle/p/show?id=2309404000000000000001';

export const cases: PlatformCases = {
  platform: 'weibo',
  same: [
    {
      key: 'MsZ1a2b3c',
      url: POST,
      spellings: [
        POST,
        'https://weibo.com/1234567890/MsZ1a2b3c?from=page_100505#comment',
        'https://m.weibo.cn/1234567890/MsZ1a2b3c',
        'https://passport.weibo.com/visitor/visitor?entry=miniblog&url=https%3A%2F%2Fweibo.com%2F1234567890%2FMsZ1a2b3c',
      ],
    },
    // 3501756485200075 is z0JH2lOMb in the public description of the mapping.
    {
      key: 'z0JH2lOMb',
      spellings: [
        'https://m.weibo.cn/detail/3501756485200075',
        'https://m.weibo.cn/status/3501756485200075',
        'https://weibo.com/1234567890/z0JH2lOMb',
      ],
    },
    {
      key: 'article-2309404000000000000001',
      url: LONG,
      spellings: [LONG, 'https://card.weibo.com/article/m/show/id/2309404000000000000001'],
    },
  ],
  different: [POST, 'https://m.weibo.cn/status/MsZ1a2b3C', LONG],
  refused: [
    'https://weibo.com/ttarticle/p/show?id=12',
    'https://weibo.com/ttarticle/p/show',
    'https://passport.weibo.com/visitor/visitor?entry=miniblog',
    'https://weibo.com/',
    'https://weibo.com/u/1234567890',
    'https://s.weibo.com/weibo?q=x',
  ],
  visits: [
    {
      name: 'post',
      url: POST,
      answers: [{ body: bytes('weibo', 'status.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'status',
    },
    {
      name: 'visitor system',
      url: POST,
      answers: [
        { body: page('Sina Visitor System', ''), finalUrl: 'https://passport.weibo.com/visitor/visitor?entry=sinawap' },
      ],
      verdict: 'blocked',
      reason: 'login-wall',
      golden: null,
    },
    {
      name: '432',
      url: POST,
      answers: [{ status: 432, body: '' }],
      verdict: 'blocked',
      reason: 'verification-wall',
      golden: null,
    },
    {
      name: 'removed',
      url: POST,
      answers: [{ body: page('微博', '<p class="h5-4con">微博不存在或暂无查看权限!</p>') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    {
      name: 'long article',
      url: LONG,
      answers: [
        {
          body: page(
            '长文',
            '<div class="main_editor"><div class="title">桥的十二个名字</div><div class="WB_editor_iframe_new"><p>每个名字都是一次改道留下的。</p></div></div>',
          ),
        },
      ],
      verdict: 'alive',
      reason: 'ok',
      golden: 'long',
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'weibo/visitor',
      matches: { body: '', finalUrl: 'https://passport.weibo.com/visitor/visitor?a=enter' },
      not: [{ body: '', finalUrl: 'https://weibo.com/1234567890/MsZ1a2b3c?u=passport.weibo.com' }],
    },
    {
      rule: 'weibo/visitor-page',
      matches: { body: page('Sina Visitor System', '') },
      not: [{ body: page('How Sina Visitor System works', '') }],
    },
    {
      rule: 'weibo/removed',
      matches: { body: page('', '<p class="h5-4con">微博不存在或暂无查看权限!</p>') },
      not: [{ body: page('', '<p>微博不存在或暂无查看权限!</p>') }],
    },
    {
      rule: 'weibo/article-removed',
      matches: { body: page('', '<div class="note_box">文章已被作者删除</div>') },
      not: [{ body: page('', '<p>文章已被作者删除</p>') }],
    },
    clientOnly('weibo'),
  ],
};
