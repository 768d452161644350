import { gzipSync } from 'node:zlib';
import { openArchive } from '../../src/archive/index.ts';
import type { Capture } from '../../src/types.ts';
import { article, keepInput, link, png, record, status } from './samples.ts';

/** One request and its answer, by default a page of its own for every address and time. */
export function capture(
  url: string,
  at: string,
  parts: Partial<Capture['response']> = {},
  sent: string | null = null,
): Capture {
  return {
    url,
    at,
    request: {
      method: sent === null ? 'GET' : 'POST',
      target: new URL(url).pathname,
      headers: [
        ['Host', new URL(url).host],
        ['Cookie', 'login=geheim'],
        ['Authorization', 'Bearer geheim'],
        ['Accept', '*/*'],
        ...(sent === null ? [] : [['Content-Type', 'application/json'] as [string, string]]),
      ],
      body: sent === null ? null : Buffer.from(sent),
    },
    response: {
      httpVersion: '1.1',
      status: 200,
      statusText: 'OK',
      headers: [
        ['Content-Type', 'text/html; charset=utf-8'],
        ['Set-Cookie', 'login=geheim'],
        ['Transfer-Encoding', 'chunked'],
      ],
      body: Buffer.from(
        `<!doctype html><html><head><title>旧桥</title></head><body>${new URL(url).pathname} ${at} ${'河水'.repeat(400)}</body></html>`,
      ),
      truncated: null,
      ...parts,
    },
    ip: '192.0.2.7',
  };
}

interface Night {
  id: string;
  pages: { name: string; platform?: string; url?: string; text: string; captures: Capture[] }[];
}

/** Keeps the pages of a night in an archive. */
export async function runNight(dir: string, night: Night): Promise<void> {
  const archive = await openArchive(dir, { software: 'linkark/test' });
  await archive.beginRun({ id: night.id, startedAt: iso(night.id) });
  await Promise.all(
    night.pages.map(async ({ name, platform, url, text, captures }) => {
      const target = { ...link(name, platform), ...(url === undefined ? {} : { url }) };
      const kept = await archive.keep(
        target,
        article({ text, title: `旧桥 ${name}` }),
        keepInput(captures[0]?.at ?? iso(night.id), { captures }),
      );
      await archive.settle(target.id, { record: record(target.id, { snapshot: kept.ref }) });
    }),
  );
  await archive.finishRun({ status: status(night.id) });
  await archive.close();
}

function iso(id: string): string {
  return `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T${id.slice(9, 11)}:${id.slice(11, 13)}:${id.slice(13, 15)}.000Z`;
}

export const TEXT = '河边的旧桥已经很老了，春天水涨，秋天水落。'.repeat(20);

/**
 * Two nights with all that makes evidence hard: ids that differ by case, Chinese addresses, retries, POST, a content
 * coding, payloads that come again, a 304.
 */
export async function twoNights(dir: string): Promise<void> {
  const shared = {
    headers: [['Content-Type', 'image/png']] as [string, string][],
    body: Buffer.concat([png(40, 40, 7), Buffer.alloc(700)]),
  };
  await runNight(dir, {
    id: '20261123T020000Z',
    pages: [
      {
        name: 's-AbC',
        platform: 'wechat',
        url: 'https://mp.weixin.qq.com/s/AbC',
        text: TEXT,
        captures: [
          capture('https://mp.weixin.qq.com/s/AbC?pass_ticket=geheim', '2026-11-23T02:00:01.250Z'),
          capture('https://mp.weixin.qq.com/s/AbC', '2026-11-23T02:00:01.500Z', { status: 503, statusText: 'Busy' }),
          capture('https://mp.weixin.qq.com/s/AbC', '2026-11-23T02:00:01.900Z', {
            body: Buffer.from('<html><title>A</title>甲</html>'),
          }),
          capture('https://img.example/shared.png', '2026-11-23T02:00:02.000Z', shared),
        ],
      },
      {
        name: 's-aBc',
        platform: 'wechat',
        url: 'https://mp.weixin.qq.com/s/aBc',
        text: `${TEXT}乙`,
        captures: [
          capture('https://mp.weixin.qq.com/s/aBc', '2026-11-23T02:00:01.000Z', {
            body: Buffer.from('<html><title>B</title>乙</html>'),
          }),
          capture('https://img.example/shared.png', '2026-11-23T02:00:03.000Z', shared),
        ],
      },
      {
        name: 'cn',
        url: 'https://例子.example/中文/页?题=桥',
        text: `${TEXT}丙`,
        captures: [
          capture('https://例子.example/中文/页?题=桥', '2026-11-23T02:00:04.000Z', {
            headers: [
              ['Content-Type', 'text/html'],
              ['Content-Encoding', 'gzip'],
              ['Content-Length', '9'],
            ],
            body: gzipSync(Buffer.from('<html><title>丙</title>丙</html>')),
          }),
        ],
      },
      {
        name: 'api',
        url: 'https://n.example/p',
        text: `${TEXT}丁`,
        captures: [
          capture('https://n.example/p', '2026-11-23T02:00:05.000Z'),
          capture(
            'https://n.example/api',
            '2026-11-23T02:00:05.100Z',
            { body: Buffer.from('{"a":1}') },
            '{"page":1,"of":{"桥":["河","&"]}}',
          ),
          capture('https://n.example/api', '2026-11-23T02:00:05.200Z', { body: Buffer.from('{"a":2}') }, '{"page":2}'),
        ],
      },
    ],
  });
  await runNight(dir, {
    id: '20261124T020000Z',
    pages: [
      {
        name: 'cn',
        url: 'https://例子.example/中文/页?题=桥',
        text: `${TEXT}丙又改了`,
        captures: [
          capture('https://例子.example/中文/页?题=桥', '2026-11-24T02:00:04.000Z'),
          capture('https://img.example/shared.png', '2026-11-24T02:00:05.000Z', shared),
          capture('https://n.example/p', '2026-11-24T02:00:06.000Z', {
            status: 304,
            statusText: 'Not Modified',
            body: new Uint8Array(0),
            headers: [['ETag', '"1"']],
          }),
        ],
      },
    ],
  });
}
