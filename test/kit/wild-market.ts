/** Days of a market that rises by an eighth and falls back, as CSV: wild by any rule. */
export function wildMarket(days: number): string {
  const rows = Array.from({ length: days }, (_, day) => {
    const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString();
    const [open, close] = day % 2 === 0 ? [100, 112] : [112, 100];
    return `${date.slice(0, 10)},${open},115,95,${close},1000`;
  });
  return ["date,open,high,low,close,volume", ...rows, ""].join("\n");
}
