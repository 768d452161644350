import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const REPOSITORY = 'https://github.com/tidepool/almanac';
const ISSUE = 'https://github.com/tidepool/almanac/issues/7';
const BLOB = 'https://github.com/tidepool/almanac/blob/main/notes.txt';

export const cases: PlatformCases = {
  platform: 'github',
  same: [
    {
      key: 'tidepool/almanac',
      url: REPOSITORY,
      spellings: [
        REPOSITORY,
        'http://www.github.com/tidepool/almanac/',
        'https://github.com/tidepool/almanac.git',
        'https://github.com/TidePool/Almanac?tab=readme-ov-file#usage',
      ],
    },
    {
      key: 'tidepool/almanac#7',
      url: ISSUE,
      spellings: [
        ISSUE,
        'https://github.com/tidepool/almanac/pull/7',
        'https://github.com/tidepool/almanac/issues/7#issuecomment-1',
      ],
    },
    {
      key: 'tidepool/almanac/blob/main/notes.txt',
      url: BLOB,
      spellings: [BLOB, 'https://github.com/tidepool/almanac/blob/main/notes.txt?raw=true#L3'],
    },
  ],
  different: [
    REPOSITORY,
    ISSUE,
    BLOB,
    'https://github.com/tidepool/almanac/blob/main/Notes.txt',
    'https://github.com/tidepool/almanac/tree/main/docs',
    'https://github.com/tidepool/almanac/issues/8',
    'https://github.com/tidepool/almanac/discussions/7',
    'https://github.com/tidepool/almanac/releases',
    'https://github.com/tidepool/almanac/releases/tag/v2.1.0',
    'https://github.com/tidepool/almanac/commit/0123456789abcdef',
    'https://github.com/tidepool/almanac/wiki',
    'https://github.com/tidepool/almanac/wiki/Reading-a-gauge',
  ],
  refused: [
    'https://github.com/',
    'https://github.com/tidepool',
    'https://github.com/features/actions',
    'https://github.com/orgs/tidepool',
    'https://gist.github.com/tidepool/0123456789abcdef',
    'https://docs.github.com/en/rest',
    'https://github.com/tide pool/almanac',
    'https://github.com/tidepool/almanac/actions/7',
    'https://github.com/tidepool/almanac/actions/runs/1',
    'https://github.com/tidepool/almanac/releases/download/v1/a.zip',
    'https://github.com/tidepool/almanac/wiki/a/b',
  ],
  visits: [
    {
      name: 'repository',
      url: REPOSITORY,
      answers: [{ body: bytes('github', 'readme.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'readme',
    },
    {
      name: 'file',
      url: BLOB,
      answers: [{ body: bytes('github', 'blob.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'blob',
    },
    {
      name: 'issue',
      url: ISSUE,
      answers: [{ body: bytes('github', 'issue.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'issue',
    },
    {
      name: 'renamed repository',
      url: 'https://github.com/tidepool/tables',
      answers: [
        {
          body: bytes('github', 'readme.html'),
          finalUrl: REPOSITORY,
          hops: [{ url: 'https://github.com/tidepool/tables', status: 301 }],
        },
      ],
      verdict: 'moved',
      reason: 'permanent-redirect',
      golden: 'readme',
    },
    {
      name: 'not found',
      url: REPOSITORY,
      answers: [{ status: 404, body: page('Page not found · GitHub', '<p>x</p>') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    {
      name: 'rate limit',
      url: REPOSITORY,
      answers: [{ status: 429, body: page('Rate limit · GitHub', '') }],
      verdict: 'blocked',
      reason: 'rate-limited',
      golden: null,
    },
    {
      name: 'taken down',
      url: REPOSITORY,
      answers: [{ status: 451, body: '' }],
      verdict: 'gone',
      reason: 'removed-by-platform',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'github/login',
      matches: { body: '', finalUrl: 'https://github.com/login?return_to=x' },
      not: [{ body: '', finalUrl: 'https://github.com/login-tools/kit' }],
    },
    {
      rule: 'github/not-found',
      matches: { body: page('Page not found · GitHub', '') },
      not: [{ body: page('GitHub - a/b: Page not found · GitHub pages', '') }],
    },
    {
      rule: 'github/rate-limit',
      matches: { body: page('Rate limit · GitHub', '') },
      not: [{ body: page('GitHub - a/b: Rate limit · GitHub', '') }],
    },
    {
      rule: 'github/blocked-repository',
      matches: { body: page('Repository unavailable due to DMCA takedown', '') },
      not: [{ body: page('Issue: Repository unavailable', '') }],
    },
    clientOnly('github'),
  ],
};
