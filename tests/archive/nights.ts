import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Archive, openArchive } from '../../src/archive/index.ts';
import type { Capture, Link } from '../../src/types.ts';
import { article, keepInput, link, png, record, status } from './samples.ts';

/** What one link answers in one night of the simulated web. */
export interface Answer {
  link: Pick<Link, 'id' | 'url' | 'platform'>;
  /** `article` is the good page; `poor` a stump of it; `empty` a tombstone that looks like a page; `wall` nothing. */
  kind: 'article' | 'poor' | 'empty' | 'wall';
  text: string;
  picture: Uint8Array;
}

/** A small generator of numbers below `n`, the same for the same seed everywhere. */
export function numbers(seed: number): (n: number) => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** All nights of a web of `links` links: edits, picture changes, stumps, tombstones and walls, by seed. */
export function simulate(seed: number, nights: number, links: number): Answer[][] {
  const random = numbers(seed);
  const now = Array.from({ length: links }, (_, index) => ({ edition: 0, picture: index }));
  return Array.from({ length: nights }, () =>
    now.map((state, index) => {
      const dice = random(20);
      if (dice === 0) state.edition++;
      if (dice === 1) state.picture += 100;
      const kind = dice === 2 ? 'poor' : dice === 3 ? 'empty' : dice === 4 ? 'wall' : 'article';
      const text = `第${index}座桥，第${state.edition}次修过。`.repeat(20 + index);
      return {
        link: link(`bridge-${index}`),
        kind,
        text,
        picture: png(5, 5 + (state.picture % 90), state.picture % 251),
      };
    }),
  );
}

function nightId(night: number): string {
  return `${new Date(Date.UTC(2026, 0, 1 + night, 2)).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** Runs one night, or goes on with it; returns the ids that were asked for. */
export async function runNight(
  dir: string,
  night: number,
  answers: readonly Answer[],
  fresh = false,
): Promise<string[]> {
  const archive = await openArchive(dir, { software: 'linkark/test', wait: true });
  try {
    const run = await archive.beginRun({ id: nightId(night), startedAt: timeOf(night, 0) }, { fresh });
    const asked: string[] = [];
    const visits = answers.map(async (answer, index) => {
      if (run.done.has(answer.link.id)) return;
      asked.push(answer.link.id);
      await visit(archive, answer, timeOf(night, index));
    });
    const failed = (await Promise.allSettled(visits)).find((settled) => settled.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await archive.finishRun({
      status: await statusOf(archive, night, answers),
      files: new Map([['README.md', '# 桥\n']]),
    });
    return asked;
  } finally {
    await archive.close();
  }
}

function timeOf(night: number, index: number): string {
  return new Date(Date.UTC(2026, 0, 1 + night, 2, 0, index)).toISOString();
}

async function visit(archive: Archive, answer: Answer, at: string): Promise<void> {
  const { id, url } = answer.link;
  if (answer.kind === 'wall') return archive.settle(id);
  const image = `${url}/p.png?sign=${at}`;
  const text = answer.kind === 'article' ? answer.text : answer.kind === 'poor' ? answer.text.slice(0, 30) : '';
  const good = answer.kind === 'article';
  const page = article({
    text,
    html: good ? `<p>${text}</p><img src="${image}">` : `<p>${text}</p>`,
    markdown: good ? `${text}\n\n![](${image})` : text,
    pictures: good ? [{ url: image, alt: '', asset: null }] : [],
  });
  const pictures = good ? new Map([[image, { bytes: answer.picture, contentType: 'image/png' }]]) : new Map();
  const kept = await archive.keep(answer.link, page, keepInput(at, { pictures, captures: [captureOf(url, at, text)] }));
  // Not `changed`: after a stop between the two the page is kept already, but its record is not.
  const before = await archive.records.get(id);
  const news = kept.ref !== null && JSON.stringify(before?.snapshot) !== JSON.stringify(kept.ref);
  await archive.settle(id, news ? { record: record(id, { snapshot: kept.ref, contentHash: kept.contentHash }) } : {});
}

function captureOf(url: string, at: string, text: string): Capture {
  return {
    url,
    at,
    request: { method: 'GET', target: new URL(url).pathname, headers: [], body: null },
    response: {
      httpVersion: '1.1',
      status: 200,
      statusText: 'OK',
      headers: [['Content-Type', 'text/html']],
      body: Buffer.from(text),
      truncated: null,
    },
    ip: null,
  };
}

async function statusOf(
  archive: Archive,
  night: number,
  answers: readonly Answer[],
): Promise<ReturnType<typeof status>> {
  const links = await Promise.all(
    answers.map(async ({ link: { id, url, platform } }) => ({
      ...{ id, url, platform, occurrences: [], verdict: 'alive' as const, reason: 'ok' as const, evidence: null },
      ...{
        health: 'healthy' as const,
        since: null,
        checkedAt: null,
        lastAlive: null,
        failures: 0,
        title: null,
        author: null,
      },
      ...{ published: null, snapshot: (await archive.records.get(id))?.snapshot ?? null, suggestion: null },
    })),
  );
  const whole = status(nightId(night), links);
  whole.run.counts.alive = links.length;
  return whole;
}

/** Every file below a folder with its bytes as Latin-1. */
export function readTree(dir: string): Map<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(dir.length + 1), readFileSync(path, 'latin1')]));
}
