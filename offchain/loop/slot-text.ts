import { SLOT_UNITS, type SlotName } from "../kernel/slots.ts";
import { DAY, isoDate } from "../market/calendar.ts";

const MINUTE = 60;
const HOUR = 3_600;
const LAST_MOMENT = 253_402_300_799;
/** Seconds of the units of a duration, longest first. */
const UNITS = [
  ["d", DAY],
  ["h", HOUR],
  ["min", MINUTE],
  ["s", 1],
] as const;

const BPS_DECIMALS = 2;
const GWEI_DECIMALS = 9;
/** Of what comes after a number, where that is no percentage. */
const FACTOR_DECIMALS = 4;

/** A slot's whole number as a person writes it: `7.5 %`, `3 works`, `0.05 ETH`, `1 d`. */
export function slotText(slot: SlotName, value: number): string {
  switch (SLOT_UNITS[slot]) {
    case "bps":
      return percentText(value);
    case "gwei":
      return `${fixed(value, GWEI_DECIMALS)} ETH`;
    case "seconds":
      return durationText(value);
    default:
      return `${value} ${value === 1 ? "work" : "works"}`;
  }
}

/**
 * The inverse of {@link slotText}, with or without spaces; undefined for anything else. Shares also as `550bps`, and the two that are no
 * money as a factor (`0.55`); an amount also in gwei. Nothing is rounded: a number with more digits than the slot holds is none.
 */
export function readSlot(slot: SlotName, text: string): number | undefined {
  const [, number = "", unit = ""] =
    /^(\d{1,15}(?:\.\d{1,15})?) *([a-z%]*)$/i.exec(text.trim()) ?? [];
  const kind = unit.toLowerCase();
  switch (SLOT_UNITS[slot]) {
    case "bps":
      if (kind === "%") return scaled(number, BPS_DECIMALS);
      if (kind === "bps") return scaled(number, 0);
      return kind === "" && slot !== "royalty"
        ? scaled(number, FACTOR_DECIMALS)
        : undefined;
    case "gwei":
      if (kind === "gwei") return scaled(number, 0);
      return kind === "eth" || kind === "pol"
        ? scaled(number, GWEI_DECIMALS)
        : undefined;
    case "seconds":
      return readDuration(text);
    default:
      return ["", "work", "works"].includes(kind)
        ? scaled(number, 0)
        : undefined;
  }
}

/** Hundredths of a percent as percent: 750 is `7.5 %`. */
export function percentText(bps: number): string {
  return `${fixed(bps, BPS_DECIMALS)} %`;
}

/** Seconds as `1 d 2 h`. */
export function durationText(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}

/** The inverse of {@link durationText}, with or without spaces; undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const [, d, h, min, s] =
    /^(?:(\d{1,9}) *d)? *(?:(\d{1,9}) *h)? *(?:(\d{1,9}) *(?:min|m))? *(?:(\d{1,9}) *s)?$/i.exec(
      text.trim(),
    ) ?? [];
  const counts = [d, h, min, s];
  if (counts.every((count) => count === undefined)) return undefined;
  return UNITS.reduce(
    (sum, [, size], i) => sum + Number(counts[i] ?? 0) * size,
    0,
  );
}

/** Unix seconds as `2027-02-21 13:05 UTC`, with seconds where there are some; the number itself behind the year 9999, which is no moment that somebody meant. */
export function momentText(time: number): string {
  if (time > LAST_MOMENT) return `${time}`;
  const of = (size: number, count: number): string =>
    `${Math.floor(time / size) % count}`.padStart(2, "0");
  const seconds = time % MINUTE === 0 ? "" : `:${of(1, MINUTE)}`;
  return `${isoDate(Math.floor(time / DAY))} ${of(HOUR, 24)}:${of(MINUTE, 60)}${seconds} UTC`;
}

/** A whole number of 10^-decimals as text, without zeros that say nothing. */
function fixed(value: number, decimals: number): string {
  const digits = `${value}`.padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return `${digits.slice(0, -decimals)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The inverse of {@link fixed}; undefined where digits would be lost. */
function scaled(number: string, decimals: number): number | undefined {
  const [whole = "", fraction = ""] = number.split(".");
  const kept = fraction.replace(/0+$/, "");
  if (whole === "" || kept.length > decimals) return undefined;
  const value = Number(`${whole}${kept.padEnd(decimals, "0")}`);
  return Number.isSafeInteger(value) ? value : undefined;
}
