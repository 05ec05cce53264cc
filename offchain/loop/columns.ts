/** The number of columns, up to eight, that leaves few places of a sheet empty and makes it wider than high. */
export function columnsFor(pictures: number): number {
  let best = { columns: 1, cost: Infinity };
  for (let columns = 1; columns <= 8; columns++) {
    const rows = Math.ceil(pictures / columns);
    const shape = columns / rows;
    const cost =
      (columns * rows - pictures) / pictures + Math.abs(shape - 1.35);
    if (cost < best.cost) best = { columns, cost };
  }
  return best.columns;
}
