import { parseAddress } from '../links/index.ts';
import type { Visit } from '../platforms/index.ts';
import type { Link, Problem } from '../types.ts';

/** Platforms whose pages use `#…` for places in the text; elsewhere it is a tracking mark or a route of the page's own. */
const WITH_PLACES: ReadonlySet<string> = new Set(['web', 'github', 'arxiv', 'cnblogs']);

/** What stands in place of a name: a route, a text directive, the top of the page. */
const NO_PLACE = /^(?:$|top$|[!/]|:~:)/i;

/**
 * The places (`#…`) that the list points at and a page that is there does not have. The page itself is not gone for
 * that, so this is something to mend in the list, not a verdict.
 */
export function missingPlaces(link: Link, { pages }: Visit): Problem[] {
  const page = pages.findLast((candidate) => candidate !== null);
  const isHtml = /html/i.test(page?.headers['content-type'] ?? 'text/html');
  if (!page || !WITH_PLACES.has(link.platform) || !isHtml) return [];
  const wanted = link.occurrences.flatMap((occurrence) => {
    const place = placeOf(occurrence.raw);
    return place === null ? [] : [{ occurrence, place }];
  });
  if (wanted.length === 0) return [];
  const names = new Set<string>();
  for (const element of page.$('[id], [name]').toArray()) {
    names.add(element.attribs.id ?? '');
    names.add(element.attribs.name ?? '');
  }
  return wanted
    .filter(({ place }) => !names.has(place) && !names.has(`user-content-${place}`))
    .map(({ occurrence: { file, line, column }, place }) => ({
      file,
      line,
      column,
      code: 'link/no-place',
      message: `the page ${link.url} is there, but has no place #${place}`,
    }));
}

function placeOf(raw: string): string | null {
  const address = parseAddress(raw);
  if (address.kind !== 'web') return null;
  const fragment = address.url.hash.slice(1);
  if (NO_PLACE.test(fragment)) return null;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
