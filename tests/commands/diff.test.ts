import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import type { LinkStatus } from '../../src/types.ts';
import { article, keepInput, link as page } from '../archive/samples.ts';
import { type Scene, setScene } from '../e2e/scene.ts';
import { link, statusOf } from '../report/scene.ts';
import { runInProcess } from './in-process.ts';

const OLDEST = '20261001T020000Z';
const OLDER = '20261002T020000Z';
const BEFORE = '河水在桥下慢慢地走，'.repeat(6);
const AFTER = '磨坊的门总是开着的，'.repeat(6);
const LONG = `${BEFORE}老人把帽子戴正，${AFTER}`;

const THERE = page('river');
const LOST = page('lost');
const ONCE = page('once');

let scene: Scene;
beforeAll(async () => {
  scene = setScene(null);
  const archive = await openArchive(scene.archive, { software: 'test' });
  const keep = (to: typeof THERE, day: number, text: string) =>
    archive.keep(to, article({ title: `第${day}天\u202e`, text }), keepInput(`2026-10-0${day}T02:00:00.000Z`));
  await keep(THERE, 1, `${LONG}\n第一行。\n`);
  await keep(THERE, 2, `${LONG}\n第一行。\n第二行\u001b[2J。\n`);
  const { ref: snapshot } = await keep(THERE, 3, `${LONG.replace('帽子', '草帽')}\n第一行。\n第二行\u001b[2J。\n`);
  await keep(ONCE, 1, LONG);
  const kept = (id: string): LinkStatus => link({ id, title: id, snapshot });
  const links = [kept(THERE.id), kept(ONCE.id), link({ id: LOST.id, title: LOST.id, snapshot: null })];
  await archive.finishRun({ status: statusOf(links), files: [], replace: [] });
  await archive.close();
});
afterAll(() => scene.remove());

const diff = (args: readonly string[], given = {}) => runInProcess(['diff', ...args], scene.folder, given);

describe('diff', () => {
  test('sets the last two versions beside each other where none is named', async () => {
    const { code, stdout } = await diff([THERE.id, '--lang', 'en']);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([`--- ${OLDER}  第2天`, '+++ latest  第3天']);
    expect(stdout).toMatch(/\d+ characters added, \d+ removed\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  test('a new line stands by itself, what did not change is cut to its ends', async () => {
    const { stdout } = await diff([THERE.id, OLDEST, OLDER, '--lang', 'zh']);
    expect(stdout.split('\n').slice(2)).toEqual([
      `  ${LONG.slice(0, 40)} … ${`${LONG} 第一行。`.slice(-40)}`,
      '+ 第二行 [2J。',
      '增加 9 字，删去 0 字',
      '',
    ]);
  });

  test('a change within a line is marked in its place: by brackets, or by colour where there is some', async () => {
    const { stdout } = await diff([THERE.id, OLDER, 'latest']);
    const changed = stdout.split('\n').find((line) => line.startsWith('~')) ?? '';
    expect(changed).toBe(`~ …${`${BEFORE}老人把`.slice(-40)}[-帽子-]{+草帽+}${`戴正，${AFTER}`.slice(0, 40)}…`);
    const { stdout: coloured } = await diff([THERE.id, OLDER], { color: true });
    expect(coloured).toContain('\u001b[32m');
    expect(coloured).not.toContain('{+');
  });

  test('what was taken away, seen from the other side', async () => {
    const { stdout } = await diff([THERE.id, OLDER, OLDEST, '--lang', 'en']);
    expect(stdout).toContain('\n- 第二行');
    expect(stdout).toContain('0 characters added, 9 removed');
    const { stdout: coloured } = await diff([THERE.id, OLDER, OLDEST], { color: true });
    expect(coloured).toContain('\u001b[31m- 第二行');
  });

  test('a version and itself', async () => {
    const { code, stdout } = await diff([THERE.id, OLDER, OLDER, '--lang', 'zh']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[2]).toBe('两个版本的文字相同');
  });

  test.each([
    [[THERE.id, 'yesterday'], `no version yesterday; there are ${OLDEST}, ${OLDER}, latest`],
    [[THERE.id, OLDER, '\u001b[2J'], 'no version [2J; there are'],
    [[ONCE.id], 'only one version is kept, so there is nothing to compare'],
    [[LOST.id], 'no copy of it is kept'],
  ])('%j is a mistake in words', async (args, words) => {
    const { code, stderr } = await diff(args);
    expect(stderr).toContain(words);
    expect(code).toBe(3);
  });
});
