import { describe, expect, it } from 'vitest';
import { checkLocal, type LocalFiles } from '../../src/crawl/local.ts';

const TREE = new Map<string, readonly string[] | null>([
  ['.', null],
  ['README.md', ['install', '安装']],
  ['docs/a.md', ['one']],
  ['docs/b c.md', []],
  ['docs/picture.png', null],
]);
const files: LocalFiles = {
  exists: async (path) => TREE.has(path),
  anchors: async (path) => {
    const anchors = TREE.get(path);
    return anchors ? new Set(anchors) : null;
  },
};

async function judged(path: string, fragment: string | null = null, from = 'docs/a.md') {
  const url = path;
  const link = { id: 'local/x', url, platform: 'local', key: path, occurrences: [] };
  const { judgement, observation } = await checkLocal({ link, from, path, fragment }, 'r', '2026', files);
  expect(observation).toMatchObject({ id: 'local/x', run: 'r', at: '2026', failure: null, sighting: null });
  return `${judgement.reason} ${judgement.marker} by ${judgement.rule}, at ${observation.finalUrl}`;
}

describe('a link to a file of the repository', () => {
  it.each([
    ['beside', './picture.png', 'ok docs/picture.png by local/file, at docs/picture.png'],
    ['above', '../README.md', 'ok README.md by local/file, at README.md'],
    ['from the root', '/README.md', 'ok README.md by local/file, at README.md'],
    ['the root itself', '..', 'ok . by local/file, at .'],
    ['with a coded space', 'b%20c.md', 'ok docs/b c.md by local/file, at docs/b c.md'],
    ['with a broken code', 'b%2', 'file-missing docs/b%2 by local/no-file, at docs/b%2'],
    ['that is missing', 'none.md', 'file-missing docs/none.md by local/no-file, at docs/none.md'],
    ['outside of the repository', '../../etc/passwd', 'file-missing ../../etc/passwd by local/no-file, at null'],
    ['outside by a code', '%2e%2e/%2e%2e/x', 'file-missing %2e%2e/%2e%2e/x by local/no-file, at null'],
    ['itself', '', 'ok docs/a.md by local/file, at docs/a.md'],
  ])('%s', async (_, path, expected) => {
    expect(await judged(path)).toBe(expected);
  });

  it.each([
    ['', 'one', 'ok docs/a.md by local/file, at docs/a.md'],
    ['', 'ONE', 'ok docs/a.md by local/file, at docs/a.md'],
    ['', 'two', 'file-missing #two by local/no-heading, at docs/a.md'],
    ['', 'top', 'ok docs/a.md by local/file, at docs/a.md'],
    ['', '', 'ok docs/a.md by local/file, at docs/a.md'],
    ['../README.md', '%E5%AE%89%E8%A3%85', 'ok README.md by local/file, at README.md'],
    ['picture.png', 'L10', 'ok docs/picture.png by local/file, at docs/picture.png'],
  ])('%s#%s', async (path, fragment, expected) => {
    expect(await judged(path, fragment)).toBe(expected);
  });
});
