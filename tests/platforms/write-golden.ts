/**
 * Writes golden files that are missing, by hand only: `npx tsx tests/platforms/write-golden.ts <platform> [--all]`.
 * With --all existing ones are written again. Read every file that this writes before committing it.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { goldenText, type PlatformCases, run } from './cases.ts';

const [name, flag] = process.argv.slice(2);
if (name === undefined) throw new Error('name a platform');
const module: { cases: PlatformCases } = await import(`./${name}/cases.ts`);
for (const visit of module.cases.visits) {
  if (visit.golden === null) continue;
  const file = new URL(`./${name}/golden/${visit.golden}.md`, import.meta.url);
  if (existsSync(file) && flag !== '--all') continue;
  const { article } = run(name, visit);
  if (article === null) throw new Error(`${visit.name}: no article`);
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, goldenText(article));
  console.log(`wrote ${visit.golden}.md`);
}
