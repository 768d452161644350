import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postToGetUrl, WARCParser } from 'warcio';
import { surtKey } from '../../src/archive/export/cdxj.ts';
import { postAddress } from '../../src/archive/export/post.ts';
import { exportWacz, withoutSecrets } from '../../src/archive/index.ts';
import { readWarc } from '../../src/archive/warc/read.ts';
import { encodeUri } from '../../src/archive/warc/record.ts';
import { runs } from '../property.ts';
import { capture, runNight, TEXT, twoNights } from './evidence.ts';
import { freshFolder } from './folder.ts';

const ONE = 'warc/2026/20261123T020000Z.warc.gz';
const TWO = 'warc/2026/20261124T020000Z.warc.gz';

async function readAll(
  path: string,
): Promise<{ type: string; uri: string; fields: Map<string, string>; block: string; length: number }[]> {
  const all = [];
  for await (const { fields, block, length } of readWarc(path)) {
    all.push({
      type: fields.get('warc-type') ?? '',
      uri: fields.get('warc-target-uri') ?? '',
      fields,
      block: Buffer.from(block).toString('utf8'),
      length,
    });
  }
  return all;
}

describe('WARC', () => {
  test('holds one gzip member a record, each readable by warcio with the right digests', async () => {
    const dir = freshFolder();
    await twoNights(dir);
    const ours = await readAll(join(dir, ONE));
    expect(ours.reduce((sum, entry) => sum + entry.length, 0)).toBe(readFileSync(join(dir, ONE)).length);
    const theirs: string[] = [];
    for await (const entry of new WARCParser(createReadStream(join(dir, ONE)))) {
      const payload = await entry.readFully(false);
      theirs.push(`${entry.warcType} ${entry.warcTargetURI ?? ''}`);
      const digest = entry.warcPayloadDigest;
      if (digest && (entry.warcType === 'response' || entry.warcType === 'resource')) {
        expect(digest).toBe(`sha256:${createHash('sha256').update(payload).digest('hex')}`);
      }
    }
    expect(theirs).toEqual(ours.map((entry) => `${entry.type} ${entry.uri}`));
  });

  test('writes the same bytes whatever order the answers came in', async () => {
    const [one, two] = [freshFolder(), freshFolder()];
    await twoNights(one);
    await twoNights(two);
    expect(readFileSync(join(one, ONE)).equals(readFileSync(join(two, ONE)))).toBe(true);
    expect(readFileSync(join(one, TWO)).equals(readFileSync(join(two, TWO)))).toBe(true);
  });

  test('keeps no secret and says so in warcinfo', async () => {
    const dir = freshFolder();
    await twoNights(dir);
    const text = (await readAll(join(dir, ONE))).map((entry) => [...entry.fields].join('\n') + entry.block).join('\n');
    expect(text).not.toContain('geheim');
    expect(text).toMatch(/^description: Left out .*cookie/m);
  });

  test('renames the transfer coding that was taken off and keeps the content coding that was not', async () => {
    const dir = freshFolder();
    await twoNights(dir);
    const entries = await readAll(join(dir, ONE));
    const chinese = entries.find((entry) => entry.type === 'response' && entry.uri.includes('%E4%B8%AD'));
    expect(chinese?.block).toMatch(/Content-Encoding: gzip\r\nX-Orig-Content-Length: 9\r\nContent-Length: \d\d+\r\n/);
    const plain = entries.find((entry) => entry.type === 'response' && entry.uri === 'https://n.example/p');
    expect(plain?.block).toMatch(/X-Orig-Transfer-Encoding: chunked\r\nContent-Length: \d+\r\n\r\n/);
  });

  test('points to a payload that is stored already, in this run or an earlier one, and to the page of a 304', async () => {
    const dir = freshFolder();
    await twoNights(dir);
    const revisits = [...(await readAll(join(dir, ONE))), ...(await readAll(join(dir, TWO)))].filter(
      (entry) => entry.type === 'revisit',
    );
    expect(
      revisits.map((entry) => [
        entry.uri,
        entry.fields.get('warc-profile')?.split('/').at(-1),
        entry.fields.get('warc-refers-to-date'),
      ]),
    ).toEqual([
      ['https://img.example/shared.png', 'identical-payload-digest', '2026-11-23T02:00:02.000Z'],
      ['https://img.example/shared.png', 'identical-payload-digest', '2026-11-23T02:00:02.000Z'],
      ['https://n.example/p', 'server-not-modified', '2026-11-23T02:00:05.000Z'],
    ]);
  });

  test('is not written in a run that kept nothing', async () => {
    const dir = freshFolder();
    await twoNights(dir);
    await runNight(dir, {
      id: '20261125T020000Z',
      pages: [
        {
          name: 's-aBc',
          platform: 'wechat',
          url: 'https://mp.weixin.qq.com/s/aBc',
          text: `${TEXT}乙`,
          captures: [capture('https://mp.weixin.qq.com/s/aBc', '2026-11-25T02:00:01.000Z')],
        },
      ],
    });
    expect(readdirSync(join(dir, 'warc/2026'))).toEqual(['20261123T020000Z.warc.gz', '20261124T020000Z.warc.gz']);
  });
});

describe('addresses', () => {
  test.each([
    ['https://例子.example/中 文?a=é#x', 'https://xn--fsqu00a.example/%E4%B8%AD%20%E6%96%87?a=%C3%A9'],
    ['https://a.example/100%|x', 'https://a.example/100%25%7Cx'],
  ])('%s is written %s', (address, written) => expect(encodeUri(address)).toBe(written));

  test.each([
    ['https://mp.weixin.qq.com/s/A?key=1&a=2&uin=3&pass_ticket=4&exportkey=5', 'https://mp.weixin.qq.com/s/A?a=2'],
    ['https://docs.example/sheet?key=1&access_token=2#x', 'https://docs.example/sheet?key=1#x'],
    ['https://me:secret@a.example/?q=1', 'https://a.example/?q=1'],
    ['https://a.example/@x?q=a@b', 'https://a.example/@x?q=a@b'],
    ['https://me:sec@ret@a.example/', 'https://a.example/'],
    ['//me:secret@a.example/', '//a.example/'],
    ['https:///me:secret@a.example/', 'https:///a.example/'],
    ['https://a.example/#access_token=1&state=2', 'https://a.example/#state=2'],
    ['https://a.example/#/done?x=1&access_token=1', 'https://a.example/#/done?x=1'],
  ])('%s without secrets is %s', (address, bare) => expect(withoutSecrets(address)).toBe(bare));

  test('keys keep the case of the path', () => {
    expect(surtKey('https://mp.weixin.qq.com/s/AbC')).toBe('com,qq,weixin,mp)/s/AbC');
    expect(surtKey('https://mp.weixin.qq.com/s/aBc')).not.toBe(surtKey('https://mp.weixin.qq.com/s/AbC'));
  });
});

describe('an answer to a POST', () => {
  const at = (type: string, body: string | Uint8Array): string =>
    postAddress('https://n.example/api', 'POST', type, typeof body === 'string' ? Buffer.from(body) : body);
  const asked = 'https://n.example/api?__wb_method=POST&';

  test.each([
    [
      'application/json; charset=utf-8',
      '{"a":{"b":[1,"x y",null,true,""]},"桥":"&"}',
      'b=1&b.2_=x+y&b.3_=null&b.4_=true&%E6%A1%A5=%26',
    ],
    ['application/json', '{"a":[1,2],"a.2_":3}', 'a=1&a.2_=2&a.2_.2_=3'],
    ['application/json', '"no object"', '=no+object'],
    ['application/json', 'no JSON', ''],
    ['text/plain', '{"q":"{1}"}', 'q={1}'],
    ['application/x-www-form-urlencoded', 'a=1&b=%E6%A1%A5', 'a=1&b=%E6%A1%A5'],
    ['application/octet-stream', 'abc?', '__wb_post_data=YWJjPw=='],
  ])('of %s %s is where players look for it', (type, body, query) => expect(at(type, body)).toBe(asked + query));

  test('with a query of its own keeps that', () => {
    expect(postAddress('https://n.example/api?v=1', 'PUT', 'text/plain', Buffer.from('{"a":1}'))).toBe(
      'https://n.example/api?v=1&__wb_method=PUT&a=1',
    );
  });

  test('is where the peer would put it, whatever was sent', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'small' }), fc.constantFrom('application/json', 'text/plain'), (body, type) => {
        // The peer counts names in a plain object, which has these already.
        fc.pre(!Object.getOwnPropertyNames(Object.prototype).some((name) => body.includes(`"${name}"`)));
        const request = {
          method: 'POST',
          headers: new Headers({ 'content-type': type }),
          postData: body,
          url: 'https://n.example/api',
        };
        postToGetUrl(request);
        expect(at(type, body)).toBe(new URL(request.url).href);
      }),
      runs(200),
    );
  });
});

describe('WACZ', () => {
  const checker = new URL('../../../shared/tools/wacz-check.py', import.meta.url).pathname;

  test.skipIf(!existsSync(checker))('passes the independent checker (needs ../shared)', async () => {
    const dir = freshFolder();
    await twoNights(dir);
    const target = join(dir, '..', 'archive.wacz');
    expect(await exportWacz(dir, target, { software: 'linkark/test', title: 'T' })).toMatchObject({
      pages: 5,
      files: 2,
    });
    expect(execFileSync('python3', [checker, target], { encoding: 'utf8' })).toContain('OK');
  });

  test('lists every kept version with its text, and is the same bytes twice', async () => {
    const dir = freshFolder();
    await twoNights(dir);
    const [one, two] = [join(dir, '..', 'one.wacz'), join(dir, '..', 'two.wacz')];
    await exportWacz(dir, one, { software: 'linkark/test', title: 'T' });
    await exportWacz(dir, two, { software: 'linkark/test', title: 'T' });
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
    expect(readFileSync(one).includes('丙又改了')).toBe(true);
  });

  test('is null where there is no WARC', async () => {
    expect(await exportWacz(freshFolder(), join(freshFolder(), 'x.wacz'), { software: 's', title: 'T' })).toBeNull();
  });
});

const keep = process.env.KEEP_WACZ;
test.skipIf(keep === undefined)('leaves a WACZ for a look by hand (KEEP_WACZ=file)', async () => {
  const dir = freshFolder();
  await twoNights(dir);
  expect(await exportWacz(dir, keep ?? '', { software: 'linkark/test', title: 'T' })).not.toBeNull();
});

test('gunzip of a whole file gives whole records', async () => {
  const dir = freshFolder();
  await twoNights(dir);
  expect(
    gunzipSync(readFileSync(join(dir, ONE)))
      .toString('latin1')
      .match(/^WARC\/1\.1\r$/gm)?.length,
  ).toBe((await readAll(join(dir, ONE))).length);
});
