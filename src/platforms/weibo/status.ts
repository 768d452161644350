import type { Page } from '../../article/index.ts';
import { jsonAt } from '../sight.ts';

/** The post's record in the mobile page's own state (`$render_data`), or in an answer of the API; null where there is none. */
export function statusIn(page: Page): unknown {
  const record = page.json === undefined ? jsonAt(renderData(page), 'status') : jsonAt(page.json, 'data');
  return typeof jsonAt(record, 'text') === 'string' ? record : null;
}

function renderData(page: Page): unknown {
  for (const script of page.$('script:not([src])').toArray()) {
    const source = page.$(script).text();
    const from = source.indexOf('$render_data = [');
    const to = source.indexOf('][0] || {}', from);
    if (from < 0 || to < 0) continue;
    try {
      return jsonAt(JSON.parse(source.slice(from + '$render_data = '.length, to + 1)), '0');
    } catch {
      return undefined;
    }
  }
  return undefined;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `Tue Feb 14 03:01:00 +0800 2023` as ISO 8601; null for anything else: Weibo's other times leave out the year. */
export function weiboTime(text: string | null): string | null {
  const found = /^\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (\d{4})$/.exec(`${text}`);
  const [, month, day, time, hours, minutes, year] = found ?? [];
  const at = MONTHS.indexOf(`${month}`) / 3 + 1;
  return at >= 1 && Number.isInteger(at)
    ? `${year}-${String(at).padStart(2, '0')}-${day}T${time}${hours}:${minutes}`
    : null;
}
