import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const DY = 'https://www.163.com/dy/article/ABCDEFGH0511TEST.html';
const NEWS = 'https://www.163.com/news/article/ABCDEFGH00018990.html';
const notice = (text: string): string => page('提示', `<div class="box"><p>${text}</p></div>`);
const quoted = (text: string): string =>
  page('墙上的字', `<div class="post_body"><p>墙上写着：${text}，写字的人早就搬走了。</p></div>`);

export const cases: PlatformCases = {
  platform: 'netease',
  same: [
    {
      key: 'ABCDEFGH0511TEST',
      url: DY,
      spellings: [
        DY,
        'http://www.163.com/dy/article/ABCDEFGH0511TEST.html?spss=adap_pc&referFrom=&f=post2020_dy_recommends#comment',
        'https://m.163.com/dy/article/ABCDEFGH0511TEST.html?isFromOtherWeb=true',
        'https://m.163.com/news/article/ABCDEFGH0511TEST.html',
        'https://c.m.163.com/news/a/ABCDEFGH0511TEST.html?clickfrom=w_lb_1_big',
        'https://3g.163.com/dy/article/ABCDEFGH0511TEST.html',
        'https://3g.163.com/touch/article.html?docid=ABCDEFGH0511TEST',
        'http://dy.163.com/v2/article/detail/ABCDEFGH0511TEST.html',
        'https://www.163.com/news/article/ABCDEFGH0511TEST.html',
      ],
    },
    {
      key: 'ABCDEFGH00018990',
      url: NEWS,
      spellings: [
        NEWS,
        'https://news.163.com/19/1011/12/ABCDEFGH00018990.html',
        'http://news.163.com/19/1011/12/ABCDEFGH00018990_all.html',
        'http://news.163.com/19/1011/12/ABCDEFGH00018990_2.html#p=1',
        'https://3g.163.com/news/article/ABCDEFGH00018990.html',
      ],
    },
    {
      key: '1ABCDEFG00020QFA',
      url: 'https://biz.163.com/50304/5/1ABCDEFG00020QFA.html',
      spellings: ['http://biz.163.com/50304/5/1ABCDEFG00020QFA.html'],
    },
  ],
  different: [DY, NEWS, 'https://www.163.com/dy/article/ABCDEFGH0511TESU.html'],
  refused: [
    'https://www.163.com/',
    'https://www.163.com/dy/media/T1500000000000.html',
    'https://comment.tie.163.com/ABCDEFGH0511TEST.html',
    'https://music.163.com/song?id=1',
    'https://example.org/?u=https://www.163.com/dy/article/ABCDEFGH0511TEST.html',
  ],
  visits: [
    {
      name: 'open platform since 2021',
      url: DY,
      answers: [{ body: bytes('netease', 'dy-2023.html') }],
      verdict: 'alive',
      reason: 'ok',
      rule: 'netease/article',
      golden: 'dy-2023',
    },
    {
      name: 'channel of 2019',
      url: NEWS,
      answers: [{ body: bytes('netease', 'news-2019.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'news-2019',
    },
    {
      name: 'channel of 2005, GBK without a charset',
      url: 'http://biz.163.com/50304/5/1ABCDEFG00020QFA.html',
      answers: [{ body: bytes('netease', 'biz-2005-nocharset.html'), headers: { 'content-type': 'text/html' } }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'biz-2005',
    },
    {
      name: 'an article that quotes the notice',
      url: DY,
      answers: [{ body: quoted('内容不存在或已被删除') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'quoting',
    },
    {
      name: 'removed',
      url: DY,
      answers: [{ body: page('网易-404', '<p>内容不存在或已被删除</p>') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    {
      name: 'redirected to the front page',
      url: DY,
      answers: [
        {
          body: page('网易', '<a href="/news">新闻</a>'),
          finalUrl: 'https://www.163.com/',
          hops: [{ url: DY, status: 302 }],
        },
      ],
      verdict: 'gone',
      reason: 'redirected-home',
      golden: null,
    },
    {
      name: 'turned away by network',
      url: DY,
      answers: [{ body: page('', ''), finalUrl: 'http://www.163.com/special/0077jt/error_isp.html' }],
      verdict: 'blocked',
      reason: 'forbidden',
      golden: null,
    },
    {
      name: 'another article under the address',
      url: 'https://www.163.com/dy/article/ZZZZZZZZ0511TEST.html',
      answers: [{ body: bytes('netease', 'dy-2023.html') }],
      verdict: 'unclear',
      reason: 'unrecognised-page',
      golden: 'dy-2023',
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'netease/error-isp',
      matches: { body: '', finalUrl: 'http://www.163.com/special/0077jt/error_isp.html' },
      not: [{ body: '', finalUrl: 'https://www.163.com/special/0077jt/tipoff.html' }],
    },
    {
      rule: 'netease/title-404',
      matches: { body: page('网易-404', '') },
      not: [{ body: page('网易-404是怎样设计的', '') }],
    },
    {
      rule: 'netease/removed',
      matches: { body: notice('内容不存在或已被删除') },
      not: [
        { body: quoted('内容不存在或已被删除') },
        { body: '<script>var t = "<p>内容不存在或已被删除</p>"</script>' },
      ],
    },
    {
      rule: 'netease/not-viewable',
      matches: { body: notice('该内容无法查看') },
      not: [{ body: quoted('该内容无法查看') }],
    },
    {
      rule: 'netease/page-lost',
      matches: { body: notice('404!页面找不到了') },
      not: [{ body: notice('404!页面找不到了，这句话是谁想出来的') }],
    },
    {
      rule: 'netease/front-page',
      matches: { body: page('手机网易网', '') },
      not: [{ body: page('网易的新园区', '') }],
    },
    clientOnly('netease'),
  ],
};
