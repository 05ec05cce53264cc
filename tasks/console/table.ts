import type { PinReceipt } from "../../offchain/loop/pin-archive.ts";

/** Rows as aligned columns under a header, two spaces apart; no line ends in spaces. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const widths = header.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    line(header),
    line(widths.map((width) => "─".repeat(width))),
    ...rows.map(line),
  ];
}

/** The head and the tail of a CID: enough to compare by eye. */
export function shortCid(cid: string): string {
  return `${cid.slice(0, 10)}…${cid.slice(-6)}`;
}

/** Who holds something, for a person at a terminal. */
export function heldLines(pins: readonly PinReceipt[]): string[] {
  return pins.map(
    ({ target, blocks }) =>
      `Held    ${target}: ${blocks} blocks read back and hashed`,
  );
}
