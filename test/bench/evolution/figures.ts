/** How far two pictures are apart: the root mean square over all bytes, 1 is black to white. */
export function rms(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = (a[i]! - b[i]!) / 255;
    sum += d * d;
  }
  return Math.sqrt(sum / a.length);
}

/** Rows under their headings, columns aligned. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const all = [head, ...rows];
  const widths = head.map((_, c) =>
    Math.max(...all.map((row) => (row[c] ?? "").length)),
  );
  return all
    .map((row) =>
      row
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
