/**
 * Dates as pages write them, to ISO 8601: with offset where the moment is known, a plain date (`2020-03-14`) where
 * only the day is. Relative times (3小时前, yesterday) are null: they are not facts without the moment of viewing.
 */

/** What is known about times that carry no zone of their own. */
export interface DateContext {
  /** Offset such as `+08:00`; null: a time without a zone is cut to its day. */
  zone: string | null;
  /** How the place writes `3/4/2020`; absent or null: such a date is null where it can be read both ways. */
  order?: DayOrder | null;
}

/** Does the day or the month stand first where both are numbers and the year stands last? */
export type DayOrder = 'day-first' | 'month-first';

interface Parts {
  year: number;
  month: number;
  day: number;
  time: string | null;
  offset: string | null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = /(\d{1,2})\s*[:：时點点]\s*(\d{2})(?:\s*[:：分]\s*(\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?m\b)?/i;
/** Zones lie between -12:00 and +14:00; more than that is no zone. */
const OFFSET = /^[^\dA-Za-z+-]*(?:(?:UTC|GMT)?\s*([+-])(0\d|1[0-4]):?([0-5]\d)(?!\d)|(Z|UTC|GMT)\b)/;
const NUMERIC =
  /(?<!\d)((?:19|20)\d{2})\s*([-/.年]|\s-\s)\s*(\d{1,2})\s*(?:[-/.月]|\s-\s)\s*(\d{1,2})(?!\d)\s*[日号號]?/;
const COMPACT = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?(\d{2})(\d{2})(\d{2}))?(?!\d)/;
const MONTH = `(${MONTHS.join('|')})[a-z]{0,6}`;
const MONTH_FIRST = new RegExp(`\\b${MONTH}\\.?\\s+(\\d{1,2})\\s?(?:st|nd|rd|th)?\\s*,?\\s+((?:19|20)\\d{2})\\b`, 'i');
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})\\s?(?:st|nd|rd|th)?[\\s-]+${MONTH}\\.?,?[\\s-]+((?:19|20)\\d{2})\\b`, 'i');
const DAY_MONTH_NUMBERS = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d{2})(?!\d)/;
const CHINESE = /([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日/;

/**
 * The first date in a short text, or null. Epoch seconds (10 digits) and milliseconds (13 digits) are understood where
 * they are the whole text. Impossible dates (30 February) are null.
 */
export function parseDate(text: string | null | undefined, context: DateContext = { zone: null }): string | null {
  if (text === null || text === undefined) return null;
  const value = text.length > 400 ? text.slice(0, 400).trim() : text.trim();
  if (/^\d{10}(?:\d{3})?$/.test(value)) return epochTime(Number(value), context.zone ?? 'Z');
  const parts =
    numericDate(value) ??
    wordyDate(value) ??
    chineseNumerals(value) ??
    compactDate(value) ??
    dayMonthNumbers(value, context.order ?? null);
  return parts === null ? null : format(parts, context.zone);
}

/**
 * A time of a Chinese platform: epoch seconds or milliseconds, or a local time without a zone; as ISO 8601 with +08:00.
 * A day without a time stays a plain date.
 */
export function chinaTime(value: number | string | null | undefined): string | null {
  if (typeof value === 'number') return epochTime(value, '+08:00');
  return parseDate(value, { zone: '+08:00' });
}

/** Epoch seconds or milliseconds (told apart by size) as ISO 8601 in the given zone (`Z` or `+08:00`); null outside 1990–2100. */
export function epochTime(value: number, zone: string): string | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  const ms = value < 1e11 ? value * 1000 : value;
  if (ms < 631_152_000_000 || ms > 4_102_444_800_000) return null;
  const offset = zone === 'Z' ? 0 : offsetMinutes(zone);
  const iso = new Date(Math.floor(ms / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19);
  return iso + zone;
}

function offsetMinutes(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

function numericDate(text: string): Parts | null {
  const match = NUMERIC.exec(text);
  if (match === null) return null;
  return withTime(Number(match[1]), Number(match[3]), Number(match[4]), text, match);
}

function wordyDate(text: string): Parts | null {
  const first = MONTH_FIRST.exec(text);
  if (first !== null) return withTime(Number(first[3]), monthNumber(first[1]), Number(first[2]), text, first);
  const second = DAY_FIRST.exec(text);
  if (second === null) return null;
  return withTime(Number(second[3]), monthNumber(second[2]), Number(second[1]), text, second);
}

function compactDate(text: string): Parts | null {
  const match = COMPACT.exec(text);
  if (match === null) return null;
  const parts = withTime(Number(match[1]), Number(match[2]), Number(match[3]), text, match);
  if (match[4] !== undefined) parts.time = clock(Number(match[4]), Number(match[5]), Number(match[6]));
  return parts;
}

/**
 * The order that dates such as `14/03/2020` among some short texts show: the one that every unambiguous date has; null
 * where there is none, or they contradict one another.
 */
export function dayOrder(texts: Iterable<string>): DayOrder | null {
  let order: DayOrder | null = null;
  for (const text of texts) {
    const match = DAY_MONTH_NUMBERS.exec(text);
    const [first, second] = [Number(match?.[1] ?? 0), Number(match?.[3] ?? 0)];
    if (first > 31 || second > 31 || first > 12 === second > 12) continue;
    const found = first > 12 ? 'day-first' : 'month-first';
    if (order !== null && order !== found) return null;
    order = found;
  }
  return order;
}

/** `14/03/2020` and `3/14/2020` where one of the numbers can only be the day; an ambiguous pair only in a known order. */
function dayMonthNumbers(text: string, order: DayOrder | null): Parts | null {
  const match = DAY_MONTH_NUMBERS.exec(text);
  if (match === null) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  if (first > 12 && second <= 12) return withTime(Number(match[4]), second, first, text, match);
  if (second > 12 && first <= 12) return withTime(Number(match[4]), first, second, text, match);
  if (first !== second && order === null) return null;
  const [month, day] = order === 'day-first' ? [second, first] : [first, second];
  return withTime(Number(match[4]), month, day, text, match);
}

function chineseNumerals(text: string): Parts | null {
  const match = CHINESE.exec(text);
  if (match === null) return null;
  const [, year = '', month = '', day = ''] = match;
  return withTime(Number([...year].map(digit).join('')), tens(month), tens(day), text, match);
}

/** The value of one Chinese digit; 0 for the other spellings of `〇` and for none. */
function digit(char: string): number {
  return Math.max(0, '〇一二三四五六七八九'.indexOf(char));
}

function tens(numeral: string): number {
  const [before = '', after] = numeral.split('十');
  if (after === undefined) return digit(before);
  return (digit(before) || 1) * 10 + digit(after);
}

function monthNumber(name: string | undefined): number {
  return MONTHS.indexOf(String(name).toLowerCase()) + 1;
}

/** Looks for a clock time and a zone close to the date that was found. */
function withTime(year: number, month: number, day: number, text: string, match: RegExpExecArray): Parts {
  const end = match.index + match[0].length;
  const after = text.slice(end, end + 40);
  const found = CLOCK.exec(after);
  const near = found !== null && found.index <= 14 ? found : null;
  if (near === null) return { year, month, day, time: timeBefore(text, match), offset: null };
  let hour = Number(near[1]);
  if (near[4] !== undefined) hour = (hour % 12) + (near[4].toLowerCase().startsWith('p') ? 12 : 0);
  else if (/下午|晚上/.test(after.slice(0, near.index)) && hour < 12) hour += 12;
  const zone = OFFSET.exec(after.slice(near.index + near[0].length));
  const offset = zone === null ? null : zone[4] !== undefined ? 'Z' : `${zone[1]}${zone[2]}:${zone[3]}`;
  return { year, month, day, time: clock(hour, Number(near[2]), Number(near[3] ?? 0)), offset };
}

/** `10:15, 14 March 2020`: a time directly before the date. */
function timeBefore(text: string, match: RegExpExecArray): string | null {
  const before = text.slice(Math.max(0, match.index - 24), match.index);
  const found = /(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?[\s,]*(?:[A-Za-z]{3,9},?\s*)?$/i.exec(before);
  if (found === null) return null;
  let hour = Number(found[1]);
  if (found[4] !== undefined) hour = (hour % 12) + (found[4].toLowerCase() === 'pm' ? 12 : 0);
  return clock(hour, Number(found[2]), Number(found[3] ?? 0));
}

function clock(hour: number, minute: number, second: number): string | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

function format(parts: Parts, zone: string | null): string | null {
  const { year, month, day } = parts;
  const check = new Date(Date.UTC(year, month - 1, day));
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day || year < 1990 || year > 2100) return null;
  const date = `${year}-${two(month)}-${two(day)}`;
  const offset = parts.offset ?? zone;
  return parts.time === null || offset === null ? date : `${date}T${parts.time}${offset}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
