/** One way that a `require` or an `if` can go. */
export interface Branch {
  readonly line: number;
  /** Of a `require`, 0 refuses and 1 passes; of an `if`, 0 goes in and 1 past it. */
  readonly way: 0 | 1;
  readonly hits: number;
}

/** What one file's run left. */
export interface FileCoverage {
  readonly file: string;
  /** Times each line that holds code was run. */
  readonly lines: ReadonlyMap<number, number>;
  readonly branches: readonly Branch[];
}

/**
 * Reads a tracefile of forge's. Forge leaves out the way past an `if` that has no `else`; it is added here: the times that
 * the condition was looked at, less the times that it held.
 */
export function parseLcov(text: string): FileCoverage[] {
  return text
    .split("end_of_record")
    .map(parseRecord)
    .filter(({ file }) => file !== "");
}

function parseRecord(text: string): FileCoverage {
  const fields = text.split("\n").map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  const all = (key: string): string[][] =>
    fields
      .filter(([name]) => name === key)
      .map(([, value]) => value.split(","));

  const lines = new Map(
    all("DA").map(([line, hits]) => [Number(line), Number(hits)]),
  );
  const conditions = Map.groupBy(all("BRDA"), ([line, block]) =>
    [line, block].join(),
  );
  const branches = [...conditions.values()].flatMap((ways) => {
    const line = Number(ways[0]?.[0]);
    const hits = ways.map(([, , , count]) =>
      count === "-" ? 0 : Number(count),
    );
    const [into = 0, past = Math.max(0, (lines.get(line) ?? 0) - into)] = hits;
    return [
      { line, way: 0, hits: into },
      { line, way: 1, hits: past },
    ] as const;
  });
  return { file: all("SF")[0]?.[0] ?? "", lines, branches };
}
