/**
 * Labels that a document may define, from their normal form to a spelling of it. Found by their look alone, so it holds
 * every label that is defined and perhaps some that are not (in a code block).
 */
export type Labels = ReadonlyMap<string, string>;

const LABEL = /\[((?:[^[\]\\]|\\[^\n\r]){1,999})\]/g;

/** CommonMark's matching of labels: case folded, every run of white space one space. */
export function normalLabel(label: string): string {
  return label
    .replace(/[\t\n\r ]+/g, ' ')
    .trim()
    .toLowerCase()
    .toUpperCase();
}

export function labelsIn(body: string): Labels {
  const labels = new Map<string, string>();
  for (const match of body.matchAll(LABEL)) {
    if (body.charAt(match.index + match[0].length) !== ':') continue;
    const normal = normalLabel(match[1] ?? '');
    if (normal !== '' && !labels.has(normal)) labels.set(normal, (match[1] ?? '').replace(/[\t\n\r ]+/g, ' ').trim());
  }
  return labels;
}

/** The labels that a part of the document names, of those that may be defined somewhere. */
export function labelsUsed(text: string, labels: Labels): Set<string> {
  const used = new Set<string>();
  if (labels.size === 0) return used;
  for (const match of text.matchAll(LABEL)) {
    const normal = normalLabel(match[1] ?? '');
    if (labels.has(normal)) used.add(normal);
  }
  return used;
}

/** Lines put before a part of the document so that labels defined elsewhere are known in it. */
export function stubsFor(used: ReadonlySet<string>, labels: Labels): string {
  if (used.size === 0) return '';
  const notes: string[] = [];
  const links: string[] = [];
  for (const normal of used) {
    const label = labels.get(normal) ?? normal;
    if (label.startsWith('^')) notes.push(`[${label}]: x\n\n`);
    else links.push(`[${label}]: <#>\n`);
  }
  return `${notes.join('')}${links.join('')}\n***\n\n`;
}
