import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BRISK, type Scene, setScene } from '../e2e/scene.ts';
import { runnerCommands } from '../github/workflow.ts';
import { HOSTILE } from '../report/scene.ts';
import { html, text } from '../world/answers.ts';
import type { CliRun } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';

const FORMATS = ['compact', 'detailed', 'json', 'junit', 'markdown', 'sarif', 'github'] as const;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const words = HOSTILE.map((one) => one.replace(/[\ud800-\udfff\0]/g, ''));
const at = (kind: string, index: number): string => `https://hostile.example/${kind}/${index}`;
const entities = (one: string): string => one.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

let world: World;
let scene: Scene;
let run: CliRun;
beforeAll(async () => {
  world = await startWorld();
  scene = setScene(world);
  const list: string[] = ['# List ::error::x ##[error]y <script>alert(1)</script>', ''];
  words.forEach((one, index) => {
    const flat = one.replace(/[\r\n]+/g, ' ').replace(/[\\[\]`<>]/g, '\\$&');
    list.push(
      `- [${flat}](${at('gone', index)})`,
      `- [page ${index}](${at('page', index)}#${encodeURIComponent(one)})`,
      '',
      `> ${flat}`,
      '',
    );
    world.on(at('gone', index), text('Gone', 410));
    const article = `<p>${`${entities(one)} is what this page says of itself, and it goes on for a while. `.repeat(30)}</p>`;
    world.on(
      at('page', index),
      html(
        `<html><head><title>${entities(one)}</title></head><body><article><h1>${entities(one)}</h1>${article}</article></body></html>`,
      ),
    );
  });
  list.push(
    '[spaces](https://exa mple/ ::error::x)',
    '<a href="javascript:##[error]x">##[group]</a>',
    '[m](mailto:::error::x)',
  );
  scene.write('sources/list.md', `${list.join('\n')}\n`);
  scene.write('sources/::add-mask::x.csv', `title,url\n"##[add-mask]all",${at('gone', 0)}\n`);
  const files = FORMATS.flatMap((format) => ['--format', `${format}=out/${format}`]);
  run = await scene.run(['check', ...BRISK, '--verbose', '--format', 'detailed', '--format', 'compact', ...files]);
});
afterAll(async () => {
  scene.remove();
  await world.close();
});
const file = (name: string): string => readFileSync(join(scene.folder, name), 'utf8');

describe('a list and pages made to break what is shown of them', () => {
  test('the run itself ends as it should', () => {
    expect(run.code, run.stderr).toBe(2);
    expect(scene.status().run.counts).toMatchObject({ gone: words.length, alive: words.length });
  });

  test('neither its lines nor its progress hold a control character or a command', () => {
    expect(CONTROL.exec(run.stdout + run.stderr)).toBeNull();
    expect(runnerCommands(run.stdout + run.stderr)).toEqual([]);
  });

  test.each(FORMATS)('the report %s', (format) => {
    const made = file(`out/${format}`);
    expect(CONTROL.exec(made)).toBeNull();
    const commands = runnerCommands(made);
    if (format === 'github') {
      expect(commands.length).toBeGreaterThan(0);
      expect(commands.filter((line) => !/^::(error|warning|notice) (file=sources\/|title=linkark)/.test(line))).toEqual(
        [],
      );
    } else expect(commands).toEqual([]);
    if (format === 'junit') expect(XMLValidator.validate(made)).toBe(true);
    if (format === 'json' || format === 'sarif') expect(() => JSON.parse(made) as unknown).not.toThrow();
  });

  test.each(['README.md', 'status.md', 'feed.xml'])('the page %s', (name) => {
    const made = file(`archive/${name}`);
    expect(CONTROL.exec(made)).toBeNull();
    expect(made.replace(/\\.|`[^`\n]*`/g, '')).not.toMatch(/<(script|img)\b/i);
    if (name === 'feed.xml') expect(XMLValidator.validate(made)).toBe(true);
  });

  test('the reader and the kept pages run nothing', () => {
    expect(file('archive/index.html')).not.toMatch(/<script>|<img[^>]*onerror/);
    for (const { snapshot } of scene.status().links) {
      if (snapshot === null) continue;
      expect(file(`archive/${snapshot.path.replace(/md$/, 'html')}`)).not.toMatch(/<script|<img[^>]*onerror/i);
    }
  });

  test.each([['show', at('page', 1)], ['search', 'page says of itself'], ['fix'], ['report', '--format', 'detailed']])(
    'the command %s',
    async (...args) => {
      const { code, stdout, stderr } = await scene.run(args);
      expect(code, stderr).not.toBe(1);
      expect(code === 3, stderr).toBe(false);
      expect((stdout + stderr).length).toBeGreaterThan(0);
      expect(CONTROL.exec(stdout + stderr)).toBeNull();
      expect(runnerCommands(stdout + stderr), stdout + stderr).toEqual([]);
    },
  );

  test('report leaves an archive that verifies', async () => {
    const before = scene.files();
    const result = await scene.run(['report', '--format', 'json=out/again.json']);
    expect(result.code).toBe(2);
    expect(scene.files()).toEqual(before);
    expect((await scene.run(['verify'])).code).toBe(0);
    expect((JSON.parse(file('out/again.json')) as { run: unknown }).run).toEqual(scene.status().run);
  });
});
