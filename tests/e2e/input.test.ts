import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainPage } from '../world/pages/blogs.ts';
import { gbk } from '../world/pages/gbk.ts';
import { startWorld, type World } from '../world/world.ts';
import { BRISK, listOf, type Scene, setScene } from './scene.ts';

let world: World;
let scene: Scene;
const good = 'https://fine.example/page';
beforeAll(async () => {
  world = await startWorld();
  world.on(good, plainPage('一页', '这一页什么毛病也没有，只是为了在清单里作伴，所以写了不长不短的一句话。'));
});
afterAll(() => world.close());
beforeEach(() => {
  scene = setScene(world);
});
afterEach(() => scene.remove());

const check = (...operands: string[]) => scene.run(['check', ...operands, ...BRISK]);
const words = (run: { stdout: string; stderr: string }): string => run.stdout + run.stderr;

describe('bad input is named and the rest is checked all the same', () => {
  test('a source that is missing', async () => {
    scene.write('good.md', listOf([good]));
    const run = await check('good.md', 'missing.md');
    expect(run.code).toBe(3);
    expect(words(run)).toContain('missing.md');
    expect(scene.link(good).verdict).toBe('alive');
  });

  test('a source that is not UTF-8', async () => {
    scene.write('good.md', listOf([good]));
    scene.write(
      'old.md',
      Buffer.concat([Buffer.from('first line\n'), gbk('[链接](https://a.example/) 不是统一码\n'), Buffer.of(0xff)]),
    );
    const run = await check('good.md', 'old.md');
    expect(run.code).toBe(3);
    expect(words(run)).toMatch(/old\.md/);
    expect(words(run)).toMatch(/UTF-8/i);
    expect(scene.link(good).verdict).toBe('alive');
  });

  test('a folder without lists', async () => {
    scene.write('lists/picture.png', 'no list');
    const run = await check('lists');
    expect(run.code).toBe(3);
    expect(words(run)).toContain('lists');
    expect(scene.files().size).toBe(0);
  });

  test('a malformed address, with file and line', async () => {
    scene.write('bad.md', `# Bad\n\n[broken](https://exa mple.com:99999/x)\n[worse](http://[::1)\n\n[good](${good})\n`);
    const run = await check('bad.md');
    expect(words(run)).toMatch(/bad\.md:4/);
    expect(scene.link(good).verdict).toBe('alive');
    expect([0, 3]).toContain(run.code);
  });

  test('javascript: and mailto: are skipped and not asked', async () => {
    scene.write('odd.md', `[a](javascript:alert(1)) [b](mailto:someone@fine.example) [c](${good})\n`);
    const run = await check('odd.md');
    expect(run.code).toBe(0);
    expect(scene.status().run.counts.alive).toBe(1);
    expect(
      scene
        .status()
        .links.filter(({ verdict }) => verdict !== 'alive')
        .every(({ verdict, reason }) => verdict === 'skipped' && reason === 'unsupported-scheme'),
    ).toBe(true);
  });

  test('a line of 100 KB', async () => {
    const long = `${'一行很长的字 '.repeat(6000)}[end](${good}) ${'('.repeat(20_000)}${'['.repeat(20_000)}`;
    scene.write('long.md', `# Long\n\n${long}\n`);
    const run = await check('long.md');
    expect(run.code).toBe(0);
    expect(scene.link(good).occurrences[0]).toMatchObject({ file: 'long.md', line: 3 });
  });

  test('an unknown flag and a bad value', async () => {
    scene.write('good.md', listOf([good]));
    const run = await scene.run(['check', 'good.md', '--no-such-flag']);
    expect([run.code, run.stderr]).toEqual([3, expect.stringContaining('--no-such-flag')]);
    expect((await scene.run(['check', 'good.md', '--timeout', 'soon'])).code).toBe(3);
    expect(scene.files().size).toBe(0);
  });
});
