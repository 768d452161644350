import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { KeepInput } from '../../src/archive/index.ts';
import type { Article, Link, LinkRecord, Run, Status } from '../../src/types.ts';

/** A real PNG of one colour. */
export function png(width: number, height: number, grey: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1), grey);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function link(name: string, platform = 'web'): Pick<Link, 'id' | 'url' | 'platform'> {
  const hash = createHash('sha256').update(`${platform}/${name}`).digest('hex').slice(0, 8);
  return { id: `${platform}/${name}-${hash}`, url: `https://${platform}.example/${name}`, platform };
}

const SENTENCE = '河边的老人每天清晨都去看那座旧桥，桥下的水比从前慢了许多。';

export function article(parts: Partial<Article> = {}): Article {
  const text = parts.text ?? SENTENCE.repeat(12);
  return {
    title: '旧桥',
    author: '林某',
    account: null,
    published: '2026-03-01T08:00:00+08:00',
    updated: null,
    language: 'zh-CN',
    html: `<p>${text}</p>`,
    markdown: text,
    text,
    pictures: [],
    partial: false,
    original: null,
    ...parts,
  };
}

export function keepInput(capturedAt: string, parts: Partial<KeepInput> = {}): KeepInput {
  return {
    capturedAt,
    pictures: new Map(),
    source: { status: 200, finalUrl: 'https://web.example/', sha256: 'a'.repeat(64) },
    note: null,
    captures: [],
    linkText: null,
    ...parts,
  };
}

export function record(id: string, parts: Partial<LinkRecord> = {}): LinkRecord {
  return {
    id,
    url: `https://web.example/${id}`,
    platform: id.slice(0, id.indexOf('/')),
    observation: null,
    judgement: null,
    health: null,
    history: [],
    title: null,
    author: null,
    published: null,
    note: null,
    validators: null,
    snapshot: null,
    contentHash: null,
    suggestion: null,
    ...parts,
  };
}

function run(id: string, links = 0): Run {
  const at = `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T${id.slice(9, 11)}:${id.slice(11, 13)}:${id.slice(13, 15)}.000Z`;
  return {
    id,
    startedAt: at,
    finishedAt: at,
    complete: true,
    counts: { links, alive: 0, moved: 0, drifted: 0, gone: 0, blocked: 0, unclear: 0, unreachable: 0, skipped: 0 },
  };
}

export function status(id: string, links: Status['links'] = []): Status {
  return { schema: 'linkark/status@1', run: run(id, links.length), links };
}
