import { dirname, resolve } from 'node:path';
import { statPath, writeFileAtomic } from '../archive/disk.ts';
import { EXIT } from './exit.ts';
import { inLanguage, spokenLanguage } from './language.ts';
import type { Options } from './options.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** Writes what a repository needs to begin with; what is already there stays as it is. */
export async function init(options: Options, terminal: Terminal): Promise<number> {
  const language = spokenLanguage(options.language(), terminal.env);
  const say = (words: string) => terminal.out.write(`${inLanguage(words, language)}\n`);
  const there = async (path: string) => (await statPath(resolve(terminal.cwd, path))) !== null;
  // Whoever has lists of their own needs no example among them.
  const lists = (await there(LISTS)) ? `${LISTS}/` : EXAMPLE;
  for (const [path, content] of [[lists, LIST] as const, ...Object.entries(STARTING_FILES)]) {
    const kept = await there(path);
    if (!kept) await writeFileAtomic(resolve(terminal.cwd, path), content);
    say(kept ? `kept     ${path}` : `written  ${path}`);
  }
  say('');
  const top = await topOfRepository(terminal.cwd);
  if (top !== null && top !== terminal.cwd)
    say(`the workflow only runs from the top of the repository: move .github to ${top}`);
  say('Put your links into sources/, then run: npx linkark check');
  return EXIT.fine;
}

/** The folder, here or above, that git or a worktree of it begins in; null outside of a repository. */
async function topOfRepository(cwd: string): Promise<string | null> {
  for (let at = cwd; ; at = dirname(at)) {
    if ((await statPath(resolve(at, '.git'))) !== null) return at;
    if (at === dirname(at)) return null;
  }
}

const LISTS = 'sources';
const EXAMPLE = `${LISTS}/reading.md`;

const CONFIG = {
  $schema: `https://cdn.jsdelivr.net/npm/linkark@${VERSION}/linkark.config.schema.json`,
  sources: ['sources'],
  budget: { archive: '900MiB' },
};

const NIGHTLY = `# Visits every link of the lists, keeps what is new in archive/ and commits it.
name: linkark

on:
  schedule:
    - cron: '17 18 * * *'
  workflow_dispatch:

permissions: {}

concurrency:
  group: linkark-archive
  cancel-in-progress: false

jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: '22'
      - name: Check the links
        id: check
        run: |
          code=0
          npx --yes linkark@${VERSION} check --time-budget 90m --fail-on never --format compact --format "markdown=$RUNNER_TEMP/report.md" || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          # 3 is a source that could not be read: the rest was visited and is kept before the job fails.
          if [ "$code" -ne 3 ] || [ ! -f "$RUNNER_TEMP/report.md" ]; then exit "$code"; fi
      - name: Show the report
        if: always()
        run: if [ -f "$RUNNER_TEMP/report.md" ]; then cat "$RUNNER_TEMP/report.md" >> "$GITHUB_STEP_SUMMARY"; fi
      - name: Commit what changed
        env:
          GH_TOKEN: \${{ github.token }}
          BRANCH: \${{ github.ref_name }}
        run: |
          git config user.name 'github-actions[bot]'
          git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
          git add --all archive
          # A night that only moved the run's own time is no news and makes no commit.
          git diff --cached --quiet -I '^    "(id|startedAt|finishedAt)": "' -- archive && exit 0
          git commit --quiet -m "Archive of $(date -u +%F)"
          # Through the environment, so that the token stands in no command line and no file.
          export GIT_CONFIG_COUNT=1
          export GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader"
          GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GH_TOKEN" | base64 -w0)"
          export GIT_CONFIG_VALUE_0
          for attempt in 1 2 3 4 5; do
            git pull --quiet --rebase --autostash origin "$BRANCH" && git push --quiet origin "HEAD:refs/heads/$BRANCH" && exit 0
            git rebase --abort 2>/dev/null || true
            sleep "$((attempt * 3))"
          done
          exit 1
      - name: Fail where a source could not be read
        if: steps.check.outputs.code == '3'
        run: exit 3
`;

const LIST = `# 阅读清单 / Reading list

[一个链接 / a link](https://example.com/)

> 你的评语。 Your note.
`;

const STARTING_FILES: Readonly<Record<string, string>> = {
  'linkark.config.json': `${JSON.stringify(CONFIG, null, 2)}\n`,
  '.github/workflows/linkark.yml': NIGHTLY,
};
