import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { freshFolder } from './folder.ts';
import { numbers, readTree, runNight, simulate } from './nights.ts';

/** Runs a night in a child and kills it after a while; true where it was killed before it ended. */
function killedNight(dir: string, seed: number, night: number, links: number, afterMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        new URL('./night-child.ts', import.meta.url).pathname,
        dir,
        String(seed),
        String(night),
        String(links),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs));
    child.on('exit', (code) => resolve(code !== 0));
  });
}

async function verified(dir: string): Promise<void> {
  const archive = await openArchive(dir, { readOnly: true });
  expect(await archive.verify()).toEqual([]);
  await archive.close();
}

describe('50 simulated nights', () => {
  test('keep every version that ever stood, and nothing else', async () => {
    const nights = simulate(11, 50, 4);
    const dir = freshFolder();
    const stood = new Map<string, string[]>();
    let before = new Map<string, string>();
    for (const [night, answers] of nights.entries()) {
      await runNight(dir, night, answers);
      let news = 0;
      for (const answer of answers) {
        const versions = stood.get(answer.link.id) ?? [];
        const content = `${answer.text} ${Buffer.from(answer.picture).toString('latin1')}`;
        if (answer.kind !== 'article' || versions.at(-1) === content) continue;
        // A page whose first answer was a stump has no better one yet.
        stood.set(answer.link.id, [...versions, content]);
        news++;
      }
      await verified(dir);
      const after = readTree(dir);
      const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
      if (news === 0 && night > 0 && answers.every((answer) => answer.kind !== 'poor')) {
        expect(changed.sort()).toEqual(['status.json', 'status.md']);
      }
      before = after;
    }
    const archive = await openArchive(dir, { readOnly: true });
    for (const [id, contents] of stood) {
      const names: (string | undefined)[] = [...(await archive.versions(id)), undefined];
      const kept = [];
      for (const name of names) {
        const page = await archive.readPage(id, name);
        const asset = page?.pictures[0]?.asset;
        if (asset == null) continue;
        kept.push(`${page?.text} ${Buffer.from((await archive.readBytes(asset)) ?? []).toString('latin1')}`);
      }
      expect(kept, id).toEqual(contents);
    }
    await archive.close();
  }, 60_000);
});

describe('kill -9', () => {
  test('at any moment loses nothing: the archive ends up the same bytes as if nothing had happened', async () => {
    const seed = 5;
    const links = 25;
    const nights = simulate(seed, 4, links);
    const random = numbers(99);
    const [hurt, whole] = [freshFolder(), freshFolder()];
    let kills = 0;
    for (const [night, answers] of nights.entries()) {
      await runNight(whole, night, answers);
      for (let attempt = 0; attempt < 2; attempt++) {
        if (!(await killedNight(hurt, seed, night, links, random(120)))) continue;
        kills++;
        await verified(hurt);
      }
      const peek = await openArchive(hurt);
      const done = peek.run?.done ?? new Set();
      const finished = peek.run === null;
      await peek.close();
      await verified(hurt);
      const asked = await runNight(hurt, night, answers);
      if (!finished) expect(asked.filter((id) => done.has(id))).toEqual([]);
    }
    expect(kills).toBeGreaterThan(2);
    await verified(hurt);
    const [mended, untouched] = [readTree(hurt), readTree(whole)];
    expect([...mended.keys()]).toEqual([...untouched.keys()]);
    expect([...mended].filter(([path, bytes]) => untouched.get(path) !== bytes).map(([path]) => path)).toEqual([]);
  }, 120_000);
});
