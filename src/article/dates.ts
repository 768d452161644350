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

/** Names of the months in English and in what Europe's larger languages write else; three letters or more of one suffice. */
const MONTHS: readonly (readonly string[])[] = [
  'january januari jänner enero gennaio januar janvier janeiro января stycznia ocak',
  'february februari fevrier février fevereiro febrero febbraio февраля lutego şubat',
  'march marts marzo märz maerz mrz mars março maart mrt марта marca maret mart',
  'april aprile abril avril апреля kwietnia nisan',
  'may mayo mai maio maja maggio mei maj мая mayıs',
  'june junio juin junho giugno июня czerwca haziran',
  'july julio juillet julho luglio июля lipca temmuz',
  'august augusti août aout agosto agustus augustus августа sierpnia ağustos',
  'september septiembre septembre settembre setembro setiembre сентября września eylül',
  'october octubre octobre oktober ottobre outubro октября października ekim',
  'november noviembre novembre novembro ноября listopada kasım',
  'december diciembre dicembre dezember dezembro décembre decembre desember декабря grudnia aralık',
].map((names) => names.split(' '));
const CLOCK = /(\d{1,2})\s*[:：时時點点h]\s*(\d{2})(?:\s*[:：分]\s*(\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?m\b)?/i;
/** Zones lie between -12:00 and +14:00; more than that is no zone. */
const OFFSET = /^[^\dA-Za-z+-]*(?:(?:UTC|GMT)?\s*([+-])(0\d|1[0-4]):?([0-5]\d)(?!\d)|(Z|UTC|GMT)\b)/;
const NUMERIC =
  /(?<!\d)((?:19|20)\d{2})\s*([-/.年년]|\s-\s)\s*(\d{1,2})\s*(?:[-/.月월]|\s-\s)\s*(\d{1,2})(?!\d)\s*[日号號일]?/;
const COMPACT = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?(\d{2})(\d{2})(\d{2}))?(?!\d)/;
// Spelt out, letter by letter: classes of all letters of Unicode take longer to prepare than a page to read.
const LETTER = '[a-zà-öø-ÿğışśźńа-я]';
const STARTS = [...new Set(MONTHS.flat().map((name) => name.slice(0, 3)))].join('|');
const NAME = `((?:${STARTS})${LETTER}{0,9})`;
const YEAR = '((?:19|20)\\d{2})(?!\\d)';
const MONTH_FIRST = new RegExp(`(?<!${LETTER})${NAME}\\.?\\s+(\\d{1,2})\\s?(?:st|nd|rd|th)?\\s*,?\\s+${YEAR}`, 'gi');
const DAY_FIRST = new RegExp(
  `(?<!\\d)(\\d{1,2})\\s?(?:st|nd|rd|th|er|\\.|º)?[\\s-]+(?:of |de |d['’])?${NAME}\\.?,?[\\s-]+(?:de |del )?${YEAR}`,
  'gi',
);
const DAY_MONTH_NUMBERS = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d{2})(?!\d)/;
const CHINESE = /([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]/;
/** A month that is all a text names: 2003-05, 2003年5月, 1998年3月号, May 2018. */
const MONTH = /^((?:19|20)\d{2})\s*(?:[-/.]\s*(0?[1-9]|1[0-2])|年\s*(\d{1,2})\s*月(?:[号號刊版份]|上旬|中旬|下旬)?)$/;
const MONTH_NAMED = new RegExp(`^${NAME}\\.?,? ${YEAR}$`, 'i');

/**
 * The first date in a short text, or null. Epoch seconds (10 digits) and milliseconds (13 digits) are understood where
 * they are the whole text. Impossible dates (30 February) are null.
 */
export function parseDate(text: string | null | undefined, context: DateContext = { zone: null }): string | null {
  if (text === null || text === undefined) return null;
  const value = halfWidth(text.slice(0, 400).trim());
  if (/^\d{10}(?:\d{3})?$/.test(value)) return epochTime(Number(value), context.zone ?? 'Z');
  const parts =
    numericDate(value) ??
    wordyDate(value) ??
    chineseNumerals(value) ??
    compactDate(value) ??
    dayMonthNumbers(value, context.order ?? null);
  return parts === null ? null : format(parts, context.zone);
}

/** `2003-05`: the month that a short text consists of (2003年5月, May 2003), or null. For what names no day at all. */
export function parseMonth(text: string | null | undefined): string | null {
  const value = halfWidth((text ?? '').slice(0, 60).trim());
  const named = MONTH_NAMED.exec(value);
  const match = MONTH.exec(value);
  const year = Number(match?.[1] ?? named?.[2] ?? 0);
  const month = named === null ? Number(match?.[2] ?? match?.[3] ?? 0) : monthNumber(named[1]);
  return month < 1 || month > 12 || year < 1990 ? null : `${year}-${two(month)}`;
}

/** Digits of full width as those of ASCII. */
function halfWidth(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
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

/** The first month that is named with a day before or behind it. */
function wordyDate(text: string): Parts | null {
  if (!/(?:19|20)\d{2}/.test(text)) return null;
  for (const match of text.matchAll(MONTH_FIRST)) {
    const month = monthNumber(match[1]);
    if (month > 0) return withTime(Number(match[3]), month, Number(match[2]), text, match);
  }
  for (const match of text.matchAll(DAY_FIRST)) {
    const month = monthNumber(match[2]);
    if (month > 0) return withTime(Number(match[3]), month, Number(match[1]), text, match);
  }
  return null;
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

/**
 * `14/03/2020` and `3/14/2020` where one of the numbers can only be the day; an ambiguous pair only in a known order.
 * Between points the day stands first everywhere; before AM or PM the month does, as servers set to American habits write.
 */
function dayMonthNumbers(text: string, order: DayOrder | null): Parts | null {
  const match = DAY_MONTH_NUMBERS.exec(text);
  if (match === null) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  if (first > 12 && second <= 12) return withTime(Number(match[4]), second, first, text, match);
  if (second > 12 && first <= 12) return withTime(Number(match[4]), first, second, text, match);
  const american = /^\s*\d{1,2}:\d{2}(?::\d{2})?\s*[AP]M\b/i.test(text.slice(match.index + match[0].length));
  const known = order ?? (match[2] === '.' ? 'day-first' : american ? 'month-first' : null);
  if (first !== second && known === null) return null;
  const [month, day] = known === 'day-first' ? [second, first] : [first, second];
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

/** 1 to 12, or 0 where the word is no name of a month nor the beginning of one: `mars`, but not `marsh`. */
function monthNumber(word: string | undefined): number {
  const name = String(word).toLowerCase();
  return MONTHS.findIndex((names) => names.some((full) => full.startsWith(name))) + 1;
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
