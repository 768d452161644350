import type { Marker } from '../platform.ts';

/** The only places where WeChat says what became of an article. */
const BOX = '.weui-msg, .weui_msg, .mesg-block, .global_error_msg, .page_msg, .msg_page, .text_area';
const SAMPLES = 'saved answers of mp.weixin.qq.com';
const LISTS = 'marker lists of public WeChat exporters';

type Text = Pick<Marker, 'rule' | 'situation' | 'match' | 'says' | 'explicit'> & { source?: string; seen?: string };

function inBox({ source = LISTS, seen = '2026-09', ...rest }: Text): Marker {
  return { where: 'text', selector: BOX, source, seen, ...rest };
}

const VERIFY = { verdict: 'blocked', reason: 'verification-wall' } as const;
const REMOVED = { verdict: 'gone', reason: 'removed-by-platform' } as const;

/** Machine signs of the walls; none of them can stand in an article. */
const walls: readonly Marker[] = [
  {
    rule: 'wechat/captcha-address',
    situation: 'Redirected to the captcha',
    where: 'final-url',
    match: /^https?:\/\/mp\.weixin\.qq\.com\/mp\/wappoc_appmsgcaptcha/,
    says: VERIFY,
    explicit: false,
    source: 'measured in public code, 2026-08',
    seen: '2026-09',
  },
  {
    rule: 'wechat/captcha-page',
    situation: 'Captcha shell without any visible text',
    where: 'html',
    selector: 'script:not([src])',
    match: /\bPAGE_MID\s*=\s*(['"])mmbizwap:secitptpage\/(?:template\/)?verify\.html\1/,
    says: VERIFY,
    explicit: false,
    source: 'capture of a first request from a data centre',
    seen: '2026-09',
  },
  {
    rule: 'wechat/captcha-style',
    situation: 'Captcha shell, known by its style sheet',
    where: 'html',
    selector: 'head link[rel="stylesheet"]',
    match: /secitptpage\/verify/,
    says: VERIFY,
    explicit: false,
    source: 'capture of a first request from a data centre',
    seen: '2026-09',
  },
  {
    rule: 'wechat/captcha-data',
    situation: 'Captcha shell, known by the token it carries',
    where: 'html',
    selector: 'script:not([src])',
    match: /\bcgiData\s*=\s*\{[^}]{0,2000}\bpoc_token\b/,
    says: VERIFY,
    explicit: false,
    source: 'capture of a first request from a data centre',
    seen: '2026-09',
  },
  {
    rule: 'wechat/login-address',
    situation: 'Redirected to a login page',
    where: 'final-url',
    match: /^https?:\/\/open\.weixin\.qq\.com\/connect\/oauth2\//,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'public documentation of WeChat OAuth',
    seen: '2026-01',
  },
];

const gone: readonly Marker[] = [
  inBox({
    rule: 'wechat/deleted-by-author',
    situation: 'Deleted by the author',
    match:
      /内容已被(?:发布者|发送人|作者|群发)?删除|內容已被(?:發佈者|發布者|作者)?刪除|content has been deleted by the author/i,
    says: { verdict: 'gone', reason: 'deleted-by-author' },
    explicit: true,
    source: SAMPLES,
  }),
  inBox({
    rule: 'wechat/violation',
    situation: 'Removed for a violation',
    match:
      /内容因违规(?:已被?删除|无法查看)|内容因?涉嫌违反|此内容违反|內容因違規無法查看|unable to view this content because it violates/i,
    says: REMOVED,
    explicit: true,
    source: SAMPLES,
  }),
  inBox({
    rule: 'wechat/complaint',
    situation: 'Removed after a complaint (infringement, impersonation, false information)',
    match: /内容被(?:投诉且经审核|多人投诉)|涉嫌侵权[，,]?无法查看|涉嫌冒名侵权|確認存在不實信息/,
    says: REMOVED,
    explicit: true,
  }),
  inBox({
    rule: 'wechat/stopped',
    situation: 'The page was closed after complaints',
    match: /已停止访问该网页/,
    says: REMOVED,
    explicit: true,
  }),
  inBox({
    rule: 'wechat/send-failed',
    situation: 'Sending failed, cannot be viewed',
    match: /此内容发送失败无法查看/,
    says: REMOVED,
    explicit: true,
  }),
  inBox({
    rule: 'wechat/account-blocked',
    situation: 'The account was blocked',
    match: /(?:[帐账]号|公众号)已?被?(?:屏蔽|封禁|冻结)/,
    says: { verdict: 'gone', reason: 'account-removed' },
    explicit: true,
  }),
  inBox({
    rule: 'wechat/account-cancelled',
    situation: 'The account was cancelled by its owner',
    match: /[帐账]号已(?:自主|(?:被)?系统)?(?:注销|回收)/,
    says: { verdict: 'gone', reason: 'account-removed' },
    explicit: true,
  }),
  inBox({
    rule: 'wechat/link-expired',
    situation: 'Temporary link has expired',
    match: /链接已(?:过期|失效)|鏈接已(?:過期|失效)|link (?:has )?expired/i,
    says: { verdict: 'gone', reason: 'expired' },
    explicit: true,
    source: SAMPLES,
  }),
];

const other: readonly Marker[] = [
  inBox({
    rule: 'wechat/account-migrated',
    situation: 'The account moved to another one',
    match: /(?:公众号|[帐账]号)已迁移|[帐账]号(?:处于|已申请)(?:公众号)?[帐账]号迁移/,
    says: { verdict: 'moved', reason: 'account-migrated' },
    explicit: false,
  }),
  inBox({
    rule: 'wechat/withheld',
    situation: 'Not viewable for the time being',
    match: /内容暂时无法查看|内容暂不可查看|内容审核中/,
    says: { verdict: 'blocked', reason: 'withheld' },
    explicit: false,
    source: SAMPLES,
  }),
  inBox({
    rule: 'wechat/private',
    situation: "Hidden by the author's privacy settings",
    match: /根据作者隐私设置/,
    says: { verdict: 'blocked', reason: 'withheld' },
    explicit: false,
  }),
  inBox({
    rule: 'wechat/verify-text',
    situation: 'Captcha in words',
    match: /环境异常|環境異常|完成验证后即可继续访问|去验证/,
    says: VERIFY,
    explicit: false,
  }),
  inBox({
    rule: 'wechat/too-often',
    situation: 'Too many visits',
    match: /访问过于频繁|操作过于频繁|操作频繁，请稍后/,
    says: { verdict: 'blocked', reason: 'rate-limited' },
    explicit: false,
  }),
  inBox({
    rule: 'wechat/client-only',
    situation: 'Opens in the WeChat client only',
    match: /请在(?:手机)?微信(?:客户端)?中?(?:打开|查看)|请使用微信扫描/,
    says: { verdict: 'blocked', reason: 'client-only' },
    explicit: false,
  }),
  inBox({
    rule: 'wechat/system-error',
    situation: 'System error, try again later',
    match: /系统出错|系统错误|系统繁忙/,
    says: { verdict: 'unreachable', reason: 'server-error' },
    explicit: false,
  }),
  inBox({
    rule: 'wechat/bad-link',
    situation: 'The address is not a valid one',
    match: /参数错误|參數錯誤|链接错误|parameter error/i,
    says: { verdict: 'unclear', reason: 'bad-link' },
    explicit: false,
  }),
];

/** Signs of mp.weixin.qq.com, the strongest first. All answers but the captcha redirect come with status 200. */
export const markers: readonly Marker[] = [...walls, ...gone, ...other];
