import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Scene, setScene } from '../e2e/scene.ts';
import { runInProcess } from './in-process.ts';

let scene: Scene;
beforeEach(() => {
  scene = setScene(null);
});
afterEach(() => scene.remove());

test.each([
  ['no folder', [], 'there is no archive here'],
  ['the folder of a fresh clone', ['README.md'], 'it holds nothing yet; linkark check makes one'],
])('%s is no archive, which is not a fault in one', async (_, files, words) => {
  for (const name of files) scene.write(`archive/${name}`, '# nothing yet\n');
  expect(await runInProcess(['verify'], scene.folder)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(words),
  });
});

test('an archive that lost its manifest has a fault', async () => {
  scene.write('archive/README.md', '# links\n');
  scene.write('archive/status.json', '{}\n');
  const { code, stdout } = await runInProcess(['verify'], scene.folder);
  expect(code).toBe(2);
  expect(stdout).toContain('manifest.json');
});
