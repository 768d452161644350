import type { Marker } from '../platform.ts';

/** What CSDN says instead of an article. */
export const markers: readonly Marker[] = [
  {
    rule: 'csdn/acw-challenge',
    situation: 'a script that has to compute a cookie first',
    where: 'html',
    selector: 'script:not([src])',
    match: /\bvar\s+arg1\s*=\s*['"][0-9A-Fa-f]{20,}['"]/,
    says: { verdict: 'blocked', reason: 'js-challenge' },
    explicit: false,
    source: 'ds19991999/csdn-spider#2',
    seen: '2025-08',
  },
  {
    rule: 'csdn/login',
    situation: 'the login page in place of the article',
    where: 'final-url',
    match: /^https?:\/\/passport\.csdn\.net\//,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: "address of CSDN's login service",
    seen: '2025-08',
  },
  {
    rule: 'csdn/waf',
    situation: "the firewall's slider",
    where: 'html',
    selector: 'script, #nocaptcha, #WAF_NC_WRAPPER',
    match: /\bid="(?:nocaptcha|WAF_NC_WRAPPER)"|\/captcha-frontend\/aliyunCaptcha/i,
    says: { verdict: 'blocked', reason: 'verification-wall' },
    explicit: false,
    source: 'Alibaba Cloud WAF, slider page',
    seen: '2025-08',
  },
  {
    rule: 'csdn/not-found',
    situation: 'error page of the blog',
    where: 'text',
    selector: '.main_404, .new_404, .not-found, .error_404, .err_404, .error-box, .container_404, h1, h2, h3',
    match:
      /^(?:404\s*)?(?:抱歉[,，!！]?\s?)?(?:您|你)?(?:访问的)?(?:页面|文章|博文)(?:不存在|找不到|未找到|不见了|已被?删除|找不回来)(?:了|啦)?[。.!！~]*$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'not verified on a kept page; words of CSDN error pages',
    seen: '2025-01',
  },
];
