/** One kept version: capture time in ISO 8601 and the page's path relative to the TimeMap. */
export interface Memento {
  captured: string;
  path: string;
}

export const TIMEMAP = 'timemap.link';

/**
 * A TimeMap (RFC 7089, application/link-format) as a static file beside the pages. Addresses of mementos are relative
 * to the file, so the archive may stand at any address. `mementos` are oldest first and at least one.
 */
export function renderTimemap(url: string, mementos: readonly Memento[]): string {
  const first = mementos[0];
  const last = mementos[mementos.length - 1];
  if (first === undefined || last === undefined) return '';
  const lines = [
    `<${encodeAddress(url)}>; rel="original"`,
    `<${TIMEMAP}>; rel="self"; type="application/link-format"; from="${httpDate(first.captured)}"; until="${httpDate(last.captured)}"`,
    ...mementos.map((memento) => {
      const place = [memento === first ? 'first' : '', memento === last ? 'last' : '', 'memento']
        .filter(Boolean)
        .join(' ');
      return `<${memento.path}>; rel="${place}"; datetime="${httpDate(memento.captured)}"`;
    }),
  ];
  return `${lines.join(',\n')}\n`;
}

function httpDate(iso: string): string {
  return new Date(iso).toUTCString();
}

/** An address as an URI by RFC 3986: percent-encoded, and without what would end the link early. */
function encodeAddress(url: string): string {
  try {
    return new URL(url).href.replace(/[<>"\s]/g, encodeURIComponent);
  } catch {
    return encodeURI(url).replace(/[<>"\s]/g, encodeURIComponent);
  }
}
