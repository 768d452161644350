import type { Identity } from '../../types.ts';

/** First parts of a path that are the site's own pages and no account. */
const OWN = new Set(
  (
    'about account apps blog codespaces collections contact copilot customer-stories dashboard discussions enterprise ' +
    'events explore features issues login logout marketplace mobile new notifications orgs organizations pricing ' +
    'pulls readme search security sessions settings site sponsors stars team topics trending users watching'
  ).split(' '),
);
const NAME = /^[A-Za-z0-9](?:[\w.-]{0,99})$/;

/**
 * The repository, file, folder, issue, discussion, release or wiki page that an address of github.com means. Accounts
 * and repositories do not tell case apart, paths do; an issue and a pull request count the same numbers.
 */
export function identifyGithub(url: URL): Identity | null {
  if (!/^(?:www\.)?github\.com$/.test(url.hostname)) return null;
  const [owner, name, kind, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (owner === undefined || name === undefined || OWN.has(owner.toLowerCase())) return null;
  const repository = name.replace(/\.git$/, '');
  if (!NAME.test(owner) || !NAME.test(repository)) return null;
  const key = `${owner}/${repository}`.toLowerCase();
  const base = `https://github.com/${owner}/${repository}`;
  if (kind === undefined) return of(key, base);
  return byNumber(key, base, kind, rest) ?? byPath(key, base, kind, rest);
}

function byNumber(key: string, base: string, kind: string, rest: readonly string[]): Identity | null {
  const number = rest.length === 1 && /^\d{1,9}$/.test(rest[0] ?? '') ? rest[0] : undefined;
  if (number === undefined) return null;
  if (kind === 'issues' || kind === 'pull') return of(`${key}#${number}`, `${base}/${kind}/${number}`);
  return kind === 'discussions' ? of(`${key}/discussions/${number}`, `${base}/discussions/${number}`) : null;
}

function byPath(key: string, base: string, kind: string, rest: readonly string[]): Identity | null {
  const path = rest.join('/');
  const known =
    ((kind === 'blob' || kind === 'tree') && rest.length > 0) ||
    (kind === 'wiki' && rest.length < 2) ||
    (kind === 'commit' && /^[0-9a-f]{7,64}$/.test(path)) ||
    (kind === 'releases' && (rest.length === 0 || (rest[0] === 'tag' && rest.length === 2)));
  const tail = path === '' ? kind : `${kind}/${path}`;
  return known ? of(`${key}/${tail}`, `${base}/${tail}`) : null;
}

function of(key: string, url: string): Identity {
  return { platform: 'github', key, url };
}
