/** Decimals kept of every price and volume: as many as ether has, so that wei survive. */
export const DECIMALS = 18;

/** One whole unit in fixed point. */
export const ONE = 10n ** 18n;

/** Nothing traded is dearer or larger: 10^24 units. A guard against slipped columns, and against huge integers. */
export const LARGEST = ONE * ONE * 1_000_000n;

const NUMBER = /^([+-]?)(\d{0,60})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * A decimal text (`12`, `0.5`, `.5`, `1.2e-7`) as a fixed-point integer with {@link DECIMALS} decimals, without floats.
 * Digits beyond the eighteenth are cut off. Undefined if the text is no number: `NaN`, `1,234`, `0x1`, the empty text.
 */
export function parseDecimal(text: string): bigint | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const digits = BigInt(whole + fraction);
  const shift = DECIMALS - fraction.length + Number(exponent);
  const value =
    shift >= 0 ? digits * powerOfTen(shift) : digits / powerOfTen(-shift);
  return sign === "-" ? -value : value;
}

function powerOfTen(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}
