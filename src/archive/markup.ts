/** Text made safe for HTML and XML, in elements and in quoted attributes. Characters that XML forbids, lone surrogates among them, are dropped. */
export function escapeMarkup(text: string): string {
  if (!CARE.test(text)) return text;
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** What has to be written otherwise, or looked at again: a surrogate may stand alone. */
const CARE = /[&<>"]|[^\t\n\r -\ud7ff\ue000-\ufffd]/;
