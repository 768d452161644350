/** Header fields that carry a login or session; they are left out of every record. */
export const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'cookie',
  'cookie2',
  'set-cookie',
  'set-cookie2',
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authentication-info',
  'x-csrf-token',
  'x-xsrf-token',
  'x-api-key',
]);

/** Query parameters that hold a session or credential anywhere. */
const SECRET_PARAMETERS = new Set(
  'access_token refresh_token id_token auth_token session_token sessionid session_id jsessionid phpsessid sid_tt password passwd client_secret api_key apikey'.split(
    ' ',
  ),
);

/** WeChat's login and device parameters; `key` and `uin` mean other things elsewhere. */
const WECHAT_PARAMETERS = new Set('key uin pass_ticket exportkey wxtoken wx_header sessionid ticket'.split(' '));

/** What warcinfo says of it. */
export const SECRETS_NOTE = `Left out of requests and responses: ${[...SECRET_HEADERS].join(', ')}; from addresses: user names, passwords and session parameters.`;

/** An address without user name, password and session parameters, in its fragment too; everything else stays letter for letter. */
export function withoutSecrets(address: string): string {
  const bare = address.replace(/^((?:https?:)?[/\\]{2,}|https?:|[a-z][a-z0-9+.-]*:\/\/)[^/\\?#]*@/i, '$1');
  const wechat = /^https?:\/\/(?:[a-z0-9-]+\.)*(?:weixin|wechat|qq)\.(?:qq\.)?com[:/]/i.test(bare);
  const isSecret = (name: string): boolean => SECRET_PARAMETERS.has(name) || (wechat && WECHAT_PARAMETERS.has(name));
  const hash = bare.indexOf('#');
  const page = hash === -1 ? bare : bare.slice(0, hash);
  const fragment = hash === -1 ? '' : bare.slice(hash);
  return (
    withoutParameters(page, '?', isSecret) +
    withoutParameters(withoutParameters(fragment, '?', isSecret), '#', isSecret)
  );
}

/** The text without those `name=value` behind the first `sign` whose name is a secret's. */
function withoutParameters(text: string, sign: '?' | '#', isSecret: (name: string) => boolean): string {
  const start = text.indexOf(sign);
  if (start === -1) return text;
  const all = text.slice(start + 1).split('&');
  const kept = all.filter((part) => !isSecret((part.split('=', 1)[0] ?? '').toLowerCase()));
  if (kept.length === all.length) return text;
  return text.slice(0, start) + (kept.length === 0 ? '' : sign + kept.join('&'));
}
