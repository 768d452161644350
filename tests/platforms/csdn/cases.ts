import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const POST = 'https://blog.csdn.net/teatime/article/details/100200300';
const source = Buffer.from(bytes('csdn', 'post.html')).toString('utf8');

export const cases: PlatformCases = {
  platform: 'csdn',
  same: [
    {
      key: '100200300',
      url: POST,
      spellings: [
        POST,
        'http://blog.csdn.net/teatime/article/details/100200300?spm=1001.2101.3001&utm_medium=x#comments',
        'https://m.blog.csdn.net/teatime/article/details/100200300',
        'https://blog.csdn.net/article/details/100200300',
        'https://m.blog.csdn.net/article/details?id=100200300&username=teatime',
        'https://teatime.blog.csdn.net/article/details/100200300',
      ],
    },
  ],
  different: [POST, 'https://blog.csdn.net/teatime/article/details/100200301'],
  refused: ['https://blog.csdn.net/teatime', 'https://bbs.csdn.net/topics/100200300', 'https://www.csdn.net/'],
  visits: [
    {
      name: 'post',
      url: POST,
      answers: [{ body: bytes('csdn', 'post.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'post',
      article: { published: '2021-02-03T04:05:06+08:00' },
    },
    {
      name: 'post for members',
      url: POST,
      answers: [{ body: source.replace('阅读全文', '最低0.47元/天 解锁文章') }],
      verdict: 'alive',
      reason: 'partial',
      golden: 'members',
    },
    {
      name: 'script that computes a cookie',
      url: POST,
      answers: [{ body: "<html><script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</script></html>" }],
      verdict: 'blocked',
      reason: 'js-challenge',
      golden: null,
    },
    {
      name: '521',
      url: POST,
      answers: [{ status: 521, body: '<script>x</script>' }],
      verdict: 'blocked',
      reason: 'js-challenge',
      golden: null,
    },
    {
      name: 'not found',
      url: POST,
      answers: [{ status: 404, body: page('404', '<h1>404</h1>') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'csdn/acw-challenge',
      matches: { body: "<script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</script>" },
      not: [{ body: page('x', "<pre>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</pre>") }],
    },
    {
      rule: 'csdn/login',
      matches: { body: '', finalUrl: 'https://passport.csdn.net/login?code=public' },
      not: [{ body: '', finalUrl: 'https://blog.csdn.net/passport/article/details/1234' }],
    },
    {
      rule: 'csdn/waf',
      matches: { body: page('', '<div id="WAF_NC_WRAPPER"></div>') },
      not: [{ body: page('', '<p>WAF_NC_WRAPPER</p>') }],
    },
    {
      rule: 'csdn/not-found',
      matches: { body: page('', '<h2>抱歉，您访问的文章不存在</h2>') },
      not: [{ body: page('', '<h2>为什么文章不存在草稿里</h2>') }, { body: source }],
    },
    clientOnly('csdn'),
  ],
};
