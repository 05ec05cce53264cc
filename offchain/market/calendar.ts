/** Seconds in a day; unix time knows no leap seconds. */
export const DAY = 86_400;

/** The last second that is read as a date, 2199-12-31T23:59:59Z: later ones are slips of the unit. */
const LAST_SECOND = daysFromCivil(2200, 1, 1) * DAY - 1;

const DATE =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Days from 1970-01-01 to a date of the proleptic Gregorian calendar, negative before. Years start in March, so that
 * the leap day is the last one (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
export function daysFromCivil(
  year: number,
  month: number,
  day: number,
): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear =
    Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date, as `YYYY-MM-DD`, of a day counted from 1970-01-01; the inverse of {@link daysFromCivil}. */
export function isoDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/**
 * Unix seconds of a written time, from 1970 to 2199, or undefined. Read are `YYYY-MM-DD` and `YYYY/MM/DD`, alone or with
 * a time and zone (UTC where none is named), and unix seconds (9 or 10 digits) or milliseconds (12 or 13). Dates that
 * could mean two days, such as `01/02/2020`, are not guessed at.
 */
export function parseTime(text: string): number | undefined {
  const seconds = parseUnix(text) ?? parseDate(text);
  return seconds !== undefined && seconds >= 0 && seconds <= LAST_SECOND
    ? seconds
    : undefined;
}

function parseUnix(text: string): number | undefined {
  if (/^\d{9,10}$/.test(text)) return Number(text);
  if (/^\d{12,13}$/.test(text)) return Math.floor(Number(text) / 1000);
  return undefined;
}

function parseDate(text: string): number | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = [1, 3, 4, 5, 6, 7].map(
    (group) => Number(match[group] ?? 0),
  ) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const local =
    daysFromCivil(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
  const offset = zoneOffset(match[8]);
  return offset === undefined ? undefined : local - offset;
}

/** Seconds east of UTC; undefined where no place on Earth is. */
function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || /^(z|utc)$/i.test(zone)) return 0;
  const digits = zone.replace(":", "");
  const [hours, minutes] = [
    Number(digits.slice(1, 3)),
    Number(digits.slice(3)),
  ];
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function daysIn(year: number, month: number): number {
  const next =
    month === 12
      ? daysFromCivil(year + 1, 1, 1)
      : daysFromCivil(year, month + 1, 1);
  return next - daysFromCivil(year, month, 1);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
