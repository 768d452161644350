import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const ARTICLE = 'https://baijiahao.baidu.com/s?id=1646000000000000001';

export const cases: PlatformCases = {
  platform: 'baijiahao',
  same: [
    {
      key: '1646000000000000001',
      url: ARTICLE,
      spellings: [
        ARTICLE,
        'http://baijiahao.baidu.com/s?id=1646000000000000001&wfr=spider&for=pc#x',
        'https://baijiahao.baidu.com/builder/preview/s?id=1646000000000000001',
        'https://baijiahao.baidu.com/s?wfr=spider&id=1646000000000000001',
      ],
    },
  ],
  different: [ARTICLE, 'https://baijiahao.baidu.com/s?id=1646000000000000002'],
  refused: [
    'https://baijiahao.baidu.com/',
    'https://baijiahao.baidu.com/u?app_id=1',
    'https://www.baidu.com/s?id=1646000000000000001',
  ],
  visits: [
    {
      name: 'article of 2019',
      url: ARTICLE,
      answers: [{ body: bytes('baijiahao', 'article-2019.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'article-2019',
    },
    {
      name: 'article with hashed class names',
      url: ARTICLE,
      answers: [
        {
          body: page(
            '井绳',
            '<div data-testid="article"><p>井绳每年换一次，旧的拿去捆稻草。</p></div><p data-testid="author-name">水井笔记</p><span data-testid="updatetime">2023-04-05 06:07</span>',
          ),
        },
      ],
      verdict: 'alive',
      reason: 'ok',
      golden: 'article-2023',
    },
    {
      name: 'verification',
      url: ARTICLE,
      answers: [
        { body: page('百度安全验证', ''), finalUrl: 'https://wappass.baidu.com/static/captcha/tuxing.html?ak=1' },
      ],
      verdict: 'blocked',
      reason: 'verification-wall',
      golden: null,
    },
    {
      name: 'gone',
      url: ARTICLE,
      answers: [{ body: page('百家号', '<p>抱歉，你找的页面不见啦</p>') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'baijiahao/wappass',
      matches: { body: '', finalUrl: 'https://wappass.baidu.com/static/captcha/tuxing.html' },
      not: [{ body: '', finalUrl: 'https://baijiahao.baidu.com/s?id=1&u=https://wappass.baidu.com/' }],
    },
    {
      rule: 'baijiahao/verification',
      matches: { body: page('百度安全验证', '') },
      not: [{ body: page('百度安全验证怎么过', '') }],
    },
    {
      rule: 'baijiahao/not-found',
      matches: { body: page('', '<p>抱歉，你找的页面不见啦</p>') },
      not: [{ body: page('', '<p>他看到“抱歉，你找的页面不见啦”就笑了</p>') }],
    },
    {
      rule: 'baijiahao/deleted',
      matches: { body: page('', '<p>该文章已被删除</p>') },
      not: [{ body: page('', '<p>听说该文章已被删除，我又写了一遍</p>') }],
    },
    clientOnly('baijiahao'),
  ],
};
