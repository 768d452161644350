import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../world/run-cli.ts';

/** Text of a file of the project. */
export const text = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every Markdown file that a person reads here, by its path from the root. */
export function documents(): string[] {
  const folders = ['.', 'docs', 'docs/decisions', 'tests/world', '.github', '.github/ISSUE_TEMPLATE', 'bench'];
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name)),
    )
    .sort();
}

/** The commands of all fenced `sh` blocks, one by one, without their remarks. */
export function shellCommands(markdown: string): string[] {
  return [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap((block) => (block[1] ?? '').split('\n'))
    .map((line) => line.replace(/(?:^|\s+)#.*$/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => line.split(/\s*&&\s*/));
}

/** Code spans of a document, fenced blocks left out. */
export function codeSpans(markdown: string): string[] {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1$/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map((span) => span[1] ?? '');
}

/** The words of a command line as a shell would part them; only what the documents use: blanks and single quotes. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|[^\s']+/g)].map((word) => word[1] ?? word[0]);
}
