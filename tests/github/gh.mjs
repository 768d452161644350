#!/usr/bin/env node
// Stands in for GitHub's own command: keeps issues in a file and writes down how it was called.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.STAND_IN_GH;
const file = join(folder, 'issues.json');
const issues = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const args = process.argv.slice(2);
appendFileSync(join(folder, 'calls.ndjson'), `${JSON.stringify(args)}\n`);

const fail = (words) => {
  console.error(`gh: ${words}`);
  process.exit(1);
};
const flag = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const body = () => {
  const text = readFileSync(flag('--body-file'), 'utf8');
  if ([...text].length > 65_536) fail('body is too long (maximum is 65536 characters)');
  return text;
};
const numbered = () => issues.find(({ number }) => String(number) === args[2]) ?? fail(`no issue ${args[2]}`);

if (!process.env.GH_TOKEN || !process.env.GH_REPO) fail('GH_TOKEN and GH_REPO are not set');
if (args[0] !== 'issue') fail(`no such command here: ${args.join(' ')}`);
if (existsSync(join(folder, 'issues-off'))) fail('the repository has disabled issues');
switch (args[1]) {
  case 'list': {
    const fields = flag('--json').split(',');
    const open = issues.filter(({ state }) => state === flag('--state'));
    const shown = open.map((issue) => Object.fromEntries(fields.map((field) => [field, issue[field]])));
    console.log(JSON.stringify(shown.slice(0, Number(flag('--limit') ?? 30))));
    break;
  }
  case 'create': {
    const author = { is_bot: true, login: 'app/github-actions' };
    issues.push({
      number: issues.length + 1,
      title: flag('--title'),
      body: body(),
      author,
      state: 'open',
      comments: [],
    });
    break;
  }
  case 'edit':
    numbered().body = body();
    break;
  case 'close':
    numbered().comments.push(flag('--comment'));
    numbered().state = 'closed';
    break;
  default:
    fail(`no such command here: ${args.join(' ')}`);
}
writeFileSync(file, JSON.stringify(issues));
