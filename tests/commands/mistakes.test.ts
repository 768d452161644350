import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Scene, setScene } from '../e2e/scene.ts';
import { link, statusOf } from '../report/scene.ts';
import { runInProcess } from './in-process.ts';

let scene: Scene;
beforeEach(() => {
  scene = setScene(null);
  scene.write('list.md', '[top](#top)\n\n# Top\n');
});
afterEach(() => scene.remove());

const run = (args: readonly string[], env: Record<string, string> = {}) => runInProcess(args, scene.folder, { env });
const store = (ids: string[]): void =>
  scene.write(
    'archive/status.json',
    JSON.stringify(statusOf(ids.map((id) => link({ id, title: `Title of ${id}`, url: `https://example.test/${id}` })))),
  );

describe('a mistake of the command line is a sentence and exit code 3', () => {
  test.each([
    [['check', 'list.md', '--cookies', 'none.txt'], '--cookies none.txt: there is no such file'],
    [['check', 'list.md', '--ca', 'none.pem'], '--ca none.pem: there is no such file'],
    [['check', 'list.md', '--ca', 'list.md'], 'linkark: '],
    [['show'], 'show: say which link'],
    [['diff'], 'diff: say which link'],
    [['diff', 'a', 'b', 'c', 'd'], 'diff: it takes a link and two versions at most, not "d" too'],
    [['search'], 'search: say what to search for'],
    [['search', '。', '!'], 'search: "。 !" holds no letter or digit'],
    [['export'], 'export: say what to write'],
    [['verify'], 'archive: there is no archive here'],
    [['read', 'kept'], 'read: it takes no "kept"; --archive DIR names the archive'],
    [['read', '--serve', '1', '2'], 'read: it takes no "2"'],
    [['check', '--files-from', 'none.txt'], '--files-from none.txt: there is no such file'],
    [['check', 'list.md', '--config', 'none.json'], 'none.json: there is no such configuration file'],
    [['enqueue', 'list.md'], 'enqueue: say which queue'],
    [['worker', '--queue', 'http://a.example'], "--queue: The queue's address is not that of a Redis. Write it as"],
    [['show', 'x'], 'archive: there is no archive here yet'],
    [['merge'], 'merge: say which folders the shards have left'],
    [['merge', 'archive'], 'merge: archive is the archive itself'],
    [['merge', 'one', 'two'], 'merge: none of these folders holds the result of a run'],
    [['read', '--serve', 'http'], '"http" is no port'],
    [['read', '--serve', '65536'], '"65536" is no port'],
  ])('%j', async (args, words) => {
    const { code, stderr, stdout } = await run(args);
    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  test('cookies of a host in the configuration that are not there', async () => {
    scene.write('linkark.config.json', JSON.stringify({ hosts: { 'one.example': { cookies: 'none.txt' } } }));
    expect(await run(['check', 'list.md'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('hosts.one.example.cookies: there is no file none.txt'),
    });
  });

  test('a proxy that is none', async () => {
    const { code, stderr } = await run(['check', 'list.md'], { HTTPS_PROXY: 'gopher://proxy.example' });
    expect(stderr).toContain('HTTPS_PROXY is not the address of an HTTP proxy');
    expect(code).toBe(3);
  });

  test('an archive without a finished run', async () => {
    scene.write('archive/README.md', '');
    expect(await run(['show', 'x'])).toMatchObject({ code: 3, stderr: expect.stringContaining('no status.json yet') });
    expect(await run(['verify'])).toMatchObject({ code: 3, stderr: expect.stringContaining('it holds nothing yet') });
  });

  test('a status.json that is damaged is not taken for one that was never written', async () => {
    scene.write('archive/status.json', '{"schema"');
    await expect(run(['search', 'x'])).rejects.toMatchObject({
      code: 'archive/damaged',
      message: expect.stringContaining('status.json: it is damaged'),
      mend: expect.stringContaining('linkark check, which writes it anew'),
    });
  });

  test('no links in a list is said, but not of lists that could not be read', async () => {
    scene.write('empty.md', 'nothing\n');
    expect(await run(['check', 'empty.md'])).toMatchObject({ code: 0, stderr: 'linkark: the sources name no links\n' });
    expect((await run(['check', 'none.md'])).stderr).toBe(
      'linkark: none.md: there is no such file or folder; check the name\n',
    );
  });

  test('it is told in the language of the system where no list is read, and of the list where one is', async () => {
    const env = { LANG: 'zh_CN.UTF-8' };
    expect((await run(['check', 'none.md'], env)).stderr).toBe('linkark: none.md: 没有这个文件或文件夹，请检查名字\n');
    scene.write('zh.md', '[写信](mailto:a@b.example)\n');
    expect((await run(['check', 'zh.md', '--dump'])).stderr).toContain('只检查 http 和 https');
    expect((await run(['check', 'zh.md', '--dump', '--lang', 'en'], env)).stderr).toContain('only http and https');
  });
});

describe('the link that is meant', () => {
  const IDS = ['web/bridge-1', 'web/bridge-2', 'web/harbour'];
  beforeEach(() => store(IDS));

  test.each(['web/harbour', 'https://example.test/web/harbour', 'harb', 'Title of web/h'])('%s', async (words) => {
    const { code, stdout } = await run(['show', words, '--lang', 'en']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^id +web\/harbour$/m);
  });

  test('is asked for where several are', async () => {
    const { code, stderr } = await run(['show', 'bridge']);
    expect(code).toBe(3);
    expect(stderr).toContain('"bridge" means 2 links; say which:\n  web/bridge-1  Title of web/bridge-1\n');
  });

  test('names five of more, whatever the case of the words', async () => {
    store(Array.from({ length: 6 }, (_, at) => `web/tower-${at}`));
    const { stderr } = await run(['show', 'TOWER']);
    expect(stderr).toContain('means 6 links');
    expect(stderr.split('\n').slice(-3)).toEqual(['  web/tower-4  Title of web/tower-4', '  …', '']);
  });

  test('is guessed where none is', async () => {
    expect((await run(['show', 'web/harbuor'])).stderr).toContain('did you mean web/harbour?');
    expect((await run(['show', 'nothing like it at all'])).stderr).toMatch(/no link of the archive is "[^"]+"\n$/);
  });
});

describe('read --serve', () => {
  let taken: Server;
  beforeEach(async () => {
    store(['web/a']);
    taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  });
  afterEach(async () => {
    await new Promise((done) => taken.close(done));
  });

  test('says that a port is taken', async () => {
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await run(['read', '--serve', String(port)])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`--serve: port ${port} is taken; name another one`),
    });
  });
});

test('an archive that keeps nothing yet is not exported', async () => {
  store(['web/a']);
  expect(await run(['export', '--epub', 'book.epub'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('book.epub: the archive keeps nothing yet that could be exported'),
  });
});
