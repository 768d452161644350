import { bytes, clientOnly, page } from '../answers.ts';
import type { PlatformCases } from '../cases.ts';
import { variants } from './variants.ts';

const ABS = 'https://arxiv.org/abs/2401.00001';
const OLD = 'https://arxiv.org/abs/math/0309136';

export const cases: PlatformCases = {
  platform: 'arxiv',
  same: [
    {
      key: '2401.00001',
      url: ABS,
      spellings: [
        ABS,
        'http://arxiv.org/pdf/2401.00001.pdf',
        'https://arxiv.org/pdf/2401.00001',
        'https://export.arxiv.org/abs/2401.00001?context=cs',
        'https://www.arxiv.org/html/2401.00001#S1',
      ],
    },
    {
      key: '2401.00001v2',
      url: 'https://arxiv.org/abs/2401.00001v2',
      spellings: ['https://arxiv.org/pdf/2401.00001v2.pdf'],
    },
    { key: 'math/0309136', url: OLD, spellings: [OLD, 'http://arxiv.org/pdf/math/0309136.pdf'] },
    { key: 'math.GT/0309136v1', spellings: ['https://arxiv.org/abs/math.GT/0309136v1'] },
  ],
  different: [
    ABS,
    'https://arxiv.org/abs/2401.00001v1',
    'https://arxiv.org/abs/2401.00001v2',
    'https://arxiv.org/abs/2401.00002',
    OLD,
  ],
  refused: [
    'https://arxiv.org/',
    'https://arxiv.org/list/cs.CL/recent',
    'https://info.arxiv.org/help/robots.html',
    'https://arxiv.org/a/x_1',
  ],
  visits: [
    {
      name: 'abstract',
      url: `${ABS}v2`,
      answers: [{ body: bytes('arxiv', 'abs.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'abs',
    },
    {
      name: 'another paper',
      url: OLD,
      answers: [{ body: bytes('arxiv', 'abs.html') }],
      verdict: 'unclear',
      reason: 'unrecognised-page',
      golden: 'other',
    },
    {
      name: 'not found',
      url: ABS,
      answers: [{ status: 404, body: page('x', '') }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
    ...variants,
  ],
  markers: [
    {
      rule: 'arxiv/no-such-identifier',
      matches: { body: page('', '<div id="content"><h1>Article identifier \'2499.99999\' not recognized</h1></div>') },
      not: [{ body: page('', '<div id="content"><p>An article not found in print may be found here</p></div>') }],
    },
    {
      rule: 'arxiv/denied',
      matches: { body: page('Access Denied', '') },
      not: [{ body: page('[2401.00001] Access Denied: a Study', '') }],
    },
    clientOnly('arxiv'),
  ],
};
