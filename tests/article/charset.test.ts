import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src/article/index.ts';
import { runs } from '../property.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** 中文 in GBK. */
const GBK = [0xd6, 0xd0, 0xce, 0xc4];
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : part)));

describe('decodeBytes', () => {
  it.each([
    ['header', bytes(GBK), 'text/html; charset=gb2312', '中文', 'gb18030'],
    ['meta', bytes('<meta charset="gbk">', GBK), 'text/html', '<meta charset="gbk">中文', 'gb18030'],
    ['neither: GBK bytes', bytes('<p>', GBK), null, '<p>中文', 'gb18030'],
    ['neither: UTF-8 bytes', utf8('中文'), null, '中文', 'utf-8'],
    ['byte order mark over header', bytes([0xef, 0xbb, 0xbf], '中文'), 'text/html; charset=gbk', '中文', 'utf-8'],
    ['UTF-16 with mark', Uint8Array.from([0xff, 0xfe, 0x2d, 0x4e]), null, '中', 'utf-16le'],
    ['misspelt utf8', utf8('中文'), 'text/html; charset=utf8', '中文', 'utf-8'],
    [
      'declared gb2312, bytes UTF-8',
      bytes('<meta charset=gb2312>', '中文'),
      null,
      '<meta charset=gb2312>中文',
      'utf-8',
    ],
    ['declared utf-8, bytes GBK', bytes(GBK), 'text/html; charset=utf-8', '中文', 'gb18030'],
    ['unknown label', utf8('中文'), 'text/html; charset=nonsense', '中文', 'utf-8'],
    ['big5 by declaration', Uint8Array.from([0xa4, 0xa4]), 'text/html; charset=big5', '中', 'big5'],
    ['shift_jis by declaration', Uint8Array.from([0x93, 0xfa]), 'text/html; charset=Shift_JIS', '日', 'shift_jis'],
    ['UTF-16 with mark, the high byte first', Uint8Array.from([0xfe, 0xff, 0x4e, 0x2d]), null, '中', 'utf-16be'],
    [
      'XML declaration',
      bytes("<?xml version='1.0' encoding='gbk'?><p>", GBK),
      null,
      "<?xml version='1.0' encoding='gbk'?><p>中文",
      'gb18030',
    ],
    [
      'meta that can not be true',
      bytes('<meta charset="utf-16"><p>', '中文'),
      'text/html',
      '<meta charset="utf-16"><p>中文',
      'utf-8',
    ],
    ['a name of GBK that only standards know', bytes(GBK), 'text/html; charset=csgb2312', '中文', 'gb18030'],
    ['UTF-8 cut within a character', bytes('<p>中<p>文', [0xe4, 0xb8]), null, '<p>中<p>文\ufffd', 'utf-8'],
    ['GBK cut within a character', bytes(GBK, GBK, [0xd6]), 'text/html; charset=gbk', '中文中文\ufffd', 'gb18030'],
    ['no bytes', bytes(), null, '', 'utf-8'],
    ['euc-kr by declaration', Uint8Array.from([0xc7, 0xd1]), 'text/html; charset=euc-kr', '한', 'euc-kr'],
  ])('%s', (_, body, contentType, text, charset) => {
    expect(decodeBytes(body, contentType)).toEqual({ text, charset });
  });

  it('finds a meta declaration far down and passes over a script that names another', () => {
    const body = bytes(`<script charset="big5">${'x'.repeat(5000)}</script><meta charset="gbk">`, GBK);
    expect(decodeBytes(body, null).text.endsWith('中文')).toBe(true);
  });

  it('takes the script charset for no declaration', () => {
    expect(decodeBytes(bytes('<script charset="utf-8" src=x></script>', GBK), null).charset).toBe('gb18030');
  });

  it('reads every UTF-8 text back, whatever is declared', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('gb2312', 'utf-8', 'big5'),
        (text, label) => {
          fc.pre(!text.startsWith('\uFEFF') && /[\u0800-\uffff]/.test(text));
          expect(decodeBytes(utf8(text), `text/html; charset=${label}`).text).toBe(text);
        },
      ),
      runs(100),
    );
  });

  it('never fails on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.option(fc.string()), (body, type) => {
        expect(typeof decodeBytes(body, type).text).toBe('string');
      }),
      runs(200),
    );
  });
});
