import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostKey, hostMatches } from '../../src/links/index.ts';
import { runs } from '../property.ts';

describe('hostKey', () => {
  test.each([
    ['https://Example.com/a', 'example.com'],
    ['https://example.com:443/', 'example.com'],
    ['http://example.com:443/', 'example.com:443'],
    ['https://user@[::1]:8080/', '[::1]:8080'],
  ])('%s', (raw, key) => {
    expect(hostKey(new URL(raw))).toBe(key);
  });
});

describe('hostMatches', () => {
  test.each([
    ['mp.weixin.qq.com', 'mp.weixin.qq.com'],
    ['MP.weixin.QQ.com', 'mp.weixin.qq.com'],
    ['sohu.com', '.sohu.com'],
    ['gov.sohu.com', '.sohu.com'],
    ['a.b.sohu.com', '.sohu.com'],
    ['xn--fsqu00a.xn--0zwm56d', '.xn--0zwm56d'],
  ])('%s belongs to %s', (hostname, claim) => {
    expect(hostMatches(hostname, claim)).toBe(true);
  });

  test.each([
    ['evilsohu.com', '.sohu.com'],
    ['sohu.com.evil.cn', '.sohu.com'],
    ['mp.weixin.qq.com.evil.cn', 'mp.weixin.qq.com'],
    ['xmp.weixin.qq.com', 'mp.weixin.qq.com'],
    ['a.mp.weixin.qq.com', 'mp.weixin.qq.com'],
    ['mp.weixin.qq.com.', 'mp.weixin.qq.com'],
    ['www.sohu.com.', '.sohu.com'],
    ['.sohu.com', '.sohu.com'],
    ['a..sohu.com', '.sohu.com'],
    ['evil.cn/.sohu.com', '.sohu.com'],
    ['evil.cn#.sohu.com', '.sohu.com'],
    ['mp.weixin.qq.com@evil.sohu.com', '.sohu.com'],
    ['www.sohu.com:80', '.sohu.com'],
    ['', '.sohu.com'],
    ['com', '.'],
    ['', ''],
  ])('%j does not belong to %j', (hostname, claim) => {
    expect(hostMatches(hostname, claim)).toBe(false);
  });

  test.each([
    'https://mp.weixin.qq.com@evil.cn/',
    'https://mp.weixin.qq.com:pass@evil.cn/',
    'https://evil.cn/mp.weixin.qq.com',
    'https://evil.cn?mp.weixin.qq.com',
    'https://evil.cn\\@mp.weixin.qq.com/',
    'https://mp.weixin.qq.com%2eevil.cn/',
    'https://mp。weixin。qq。com。evil.cn/',
  ])('the host of %s is not the one it pretends', (raw) => {
    expect(hostMatches(new URL(raw).hostname, 'mp.weixin.qq.com')).toBe(false);
  });

  test('a domain holds exactly what is below it', () => {
    fc.assert(
      fc.property(fc.domain(), fc.stringMatching(/^[a-z0-9]{1,5}$/), (domain, prefix) => {
        expect(hostMatches(`${prefix}.${domain}`, `.${domain}`)).toBe(true);
        expect(hostMatches(`${prefix}${domain}`, `.${domain}`)).toBe(false);
        expect(hostMatches(`${domain}.${prefix}`, `.${domain}`)).toBe(false);
      }),
      runs(100),
    );
  });
});
