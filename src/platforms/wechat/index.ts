import type { Platform } from '../platform.ts';
import { NOTHING_SEEN } from '../sight.ts';
import { markers } from './markers.ts';

const wechat: Platform = {
  name: 'wechat',
  hosts: ['mp.weixin.qq.com'],
  manners: { concurrency: 1, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  identify(url) {
    const token = /^\/s\/([\w~-]+)\/?$/.exec(url.pathname)?.[1]?.replaceAll('~', '_');
    return token === undefined
      ? null
      : { platform: 'wechat', key: `s-${token}`, url: `https://mp.weixin.qq.com/s/${token}` };
  },
  ask(identity, answered) {
    return answered.length > 0 ? null : { url: identity.url, method: 'GET', headers: {}, body: null, via: 'http' };
  },
  sight() {
    return NOTHING_SEEN;
  },
  read() {
    return null;
  },
};

export default wechat;
