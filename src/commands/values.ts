/** A value from the command line or the configuration: what it means, or what is wrong with it and what mends it. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

export function good<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function bad(message: string): { ok: false; message: string } {
  return { ok: false, message };
}

const DURATION_MS = new Map(Object.entries({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 }));
const SIZE_BYTES = new Map(Object.entries({ B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }));

/** A decimal number times its unit, rounded; null where it is none or the unit is unknown. */
function scale(text: string, units: ReadonlyMap<string, number>): number | null {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(text) ?? [];
  const factor = units.get(unit);
  return factor === undefined ? null : Math.round(Number(number) * factor);
}

/** `500ms`, `1s`, `2m`, `1h` in milliseconds. */
export function parseDuration(text: string): Parsed<number> {
  const scaled = scale(text.trim(), DURATION_MS);
  if (scaled !== null) return good(scaled);
  return text.trim() === '0' ? good(0) : bad(`"${text}" is no duration: write 500ms, 1s, 2m or 1h`);
}

/** `512KiB`, `32MiB` in bytes. */
export function parseSize(text: string): Parsed<number> {
  const scaled = scale(text.trim(), SIZE_BYTES);
  return scaled === null ? bad(`"${text}" is no size: write 512KiB, 32MiB or 1GiB`) : good(scaled);
}

/** A whole number, not below `least`. */
export function parseInteger(text: string, least: number): Parsed<number> {
  if (!/^\d{1,9}$/.test(text.trim()) || Number(text) < least) {
    return bad(`"${text}" is no whole number from ${least} up`);
  }
  return good(Number(text));
}

export function parseRegex(text: string): Parsed<RegExp> {
  try {
    return good(new RegExp(text, 'u'));
  } catch (error) {
    return bad(`"${text}" is no regular expression: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `RE REPLACEMENT`, split at the last white space, since a pattern may hold some. */
export function parseRemap(text: string): Parsed<{ pattern: RegExp; replacement: string }> {
  const at = text.trimEnd().search(/\s+\S+$/);
  if (at <= 0) return bad(`"${text}" is no remap: write 'PATTERN REPLACEMENT'`);
  const pattern = parseRegex(text.slice(0, at).trim());
  return pattern.ok ? good({ pattern: pattern.value, replacement: text.slice(at).trim() }) : pattern;
}

/** `Name: value`. */
export function parseHeader(text: string): Parsed<[string, string]> {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n]*)$/.exec(text) ?? [];
  return name !== undefined && value !== undefined
    ? good([name, value.trim()])
    : bad(`"${text.split(':')[0]}" is no header: write 'Name: value'`);
}

/** `I/N`, counted from 1. */
export function parseShard(text: string): Parsed<{ index: number; of: number }> {
  const found = /^(\d{1,4})\/(\d{1,4})$/.exec(text.trim());
  const [index, of] = [Number(found?.[1]), Number(found?.[2])];
  if (!found || index < 1 || index > of) return bad(`"${text}" is no shard: write 1/4 for the first of four`);
  return good({ index, of });
}

/** The nearest of the known words, for "did you mean"; null where none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length }, (_, index) => index + 1);
  let distance = b.length;
  for (let i = 0; i < a.length; i++) {
    let corner = i;
    distance = i + 1;
    row = row.map((above, j) => {
      const swap = corner + (a[i] === b[j] ? 0 : 1);
      corner = above;
      distance = Math.min(swap, above + 1, distance + 1);
      return distance;
    });
  }
  return distance;
}
