import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];

/** A fresh folder that is taken away after the file's tests. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'linkark-archive-'));
  folders.push(folder);
  return join(folder, 'archive');
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
