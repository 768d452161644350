import type { Page } from '../../article/index.ts';
import type { Sighting } from '../../types.ts';
import type { Marker, Says } from '../platform.ts';
import { matchMarkers, titleOf, visibleText } from '../sight.ts';
import { emptyShell, hasRoot } from './gates.ts';
import { parkedSignals } from './parked.ts';
import { saysAbsent } from './signals.ts';

/**
 * What a page says that is sent for every address of its host, as error pages, front pages, walls and failures are.
 * The words are sought in the whole page, so they count only here, where two answers show that it is no article.
 */
function words(rule: string, situation: string, match: RegExp, says: Says): Marker {
  return {
    rule: `web/${rule}`,
    situation: `${situation}, on the same page as for a made-up address`,
    where: 'text',
    selector: 'body',
    match,
    says,
    explicit: false,
    source: 'words of the page and a made-up address that is answered alike',
    seen: '2026-11',
  };
}

const broken = words(
  'all-failing',
  'the site fails',
  /database connection|SQLSTATE|\bfatal error\b|internal server error|service (?:is )?(?:temporarily )?unavailable|bad gateway|(?:under|scheduled|for) maintenance|(?:系统|网站|站点|服务器?)(?:正在)?(?:维护|升级|繁忙|错误)/i,
  { verdict: 'unreachable', reason: 'server-error' },
);

const verify = words(
  'all-verified',
  'the site asks for a verification',
  /captcha|verify (?:that )?you|not a (?:ro)?bot|(?:are you|you are) (?:a )?human|unusual traffic|security (?:check|verification)|(?:checking|verifying) your browser|验证码|(?:安全|人机|访问|滑动)验证|完成(?:下方)?验证|环境异常|before you continue/i,
  { verdict: 'blocked', reason: 'verification-wall' },
);

/** The strongest first; the first that is found decides. */
export const twinWords: readonly Marker[] = [
  broken,
  verify,
  words('all-limited', 'too many visits', /too many requests|rate.?limit|(?:访问|操作|请求)(?:过于|太)?频繁/i, {
    verdict: 'blocked',
    reason: 'rate-limited',
  }),
  words(
    'all-login',
    'the site asks for a login',
    /请(?:您)?(?:先)?登[录陆]|登[录陆]后|没有权限|(?:log|sign) ?in to (?:continue|view|access|see)|(?:need|have|required) to (?:be )?(?:log|sign)(?:ged)? ?in/i,
    { verdict: 'blocked', reason: 'login-wall' },
  ),
  words(
    'all-refused',
    'the visitor or the site is held back',
    /(?:access|page|site|request) (?:is |was |has been )?(?:denied|blocked|rejected|restricted)|\bforbidden\b|拦截|阻断|拒绝访问|禁止访问|未.{0,30}备案|备案不符|宽带.{0,10}欠费|account suspended|wi-?fi/i,
    { verdict: 'blocked', reason: 'forbidden' },
  ),
];

/** A wall has less text than this; words in a longer page may be about anything. */
const WALL = 800;
/** A site's own page has at least so many links; a wall has fewer. */
const LINKS = 5;

/** What it means that a made-up address was answered with this page too. */
export function twinOf(page: Page): Pick<Sighting, 'twin' | 'markers'> {
  const nothing: Pick<Sighting, 'twin' | 'markers'> = { twin: 'everywhere', markers: [] };
  const shell = emptyShell(page);
  if (shell !== null) return { ...nothing, markers: [{ rule: 'web/empty-shell', literal: shell }] };
  const text = `${titleOf(page)}\n${visibleText(page.$('body').toArray())}`;
  const short = text.length <= WALL;
  const failing = short ? matchMarkers([broken], page) : [];
  if (failing.length > 0) return { ...nothing, markers: failing };
  if (saysAbsent(text.slice(0, WALL)) || parkedSignals(page).length > 0) return { twin: 'sibling', markers: [] };
  const found = short ? matchMarkers(twinWords, page).slice(0, 1) : [];
  if (found.length > 0) return { ...nothing, markers: found };
  // A frame that scripts fill is sent for every address of a living application.
  return !hasRoot(page) && ownLinks(page) >= LINKS ? { twin: 'sibling', markers: [] } : nothing;
}

/** Does a page that several links of its host share have the words of a wall? Pages of a site may be alike for other reasons. */
export function speaksLikeWall(page: Page): boolean {
  const text = visibleText(page.$('body').toArray());
  return text.length <= WALL && matchMarkers(twinWords, page).length > 0;
}

/** Different addresses of the page's own host that it links to. */
function ownLinks(page: Page): number {
  const host = URL.canParse(page.url) ? new URL(page.url).host : '';
  const found = new Set<string>();
  for (const { attribs } of page.$('a[href]').toArray().slice(0, 200)) {
    const href = attribs.href ?? '';
    if (URL.canParse(href, page.url)) {
      const url = new URL(href, page.url);
      if (url.host === host) found.add(url.pathname + url.search);
    }
  }
  return found.size;
}
