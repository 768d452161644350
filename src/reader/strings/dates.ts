const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Year, month and day as written in an ISO 8601 time or plain date, day 0 where it names none; null where it begins with no date. */
function parts(iso: string): { year: number; month: number; day: number } | null {
  const found = /^(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?/.exec(iso);
  return found === null ? null : { year: Number(found[1]), month: Number(found[2]), day: Number(found[3] ?? 0) };
}

/** `2026年3月5日`. The day is the one written in the string: no time zone is applied, so it reads alike everywhere. */
export function dayZh(iso: string): string {
  const found = parts(iso);
  return found === null ? iso : `${monthZh(iso)}${found.day > 0 ? `${found.day}日` : ''}`;
}

/** `5 March 2026`. */
export function dayEn(iso: string): string {
  const found = parts(iso);
  return found === null ? iso : `${found.day > 0 ? `${found.day} ` : ''}${monthEn(iso)}`;
}

/** `2026年3月`. */
export function monthZh(iso: string): string {
  const found = parts(iso);
  return found === null ? iso : `${found.year}年${found.month}月`;
}

/** `March 2026`. */
export function monthEn(iso: string): string {
  const found = parts(iso);
  return found === null ? iso : `${MONTHS[found.month - 1]} ${found.year}`;
}
