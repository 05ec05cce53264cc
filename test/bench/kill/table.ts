import type { Trial } from "./trial.ts";

/** One row of the table: all trials of one kind. */
export interface Row {
  readonly name: string;
  readonly trials: number;
  /** Runs that a kill struck before they had shown their result. */
  readonly kills: number;
  /** Trials whose next run finished. */
  readonly finished: number;
  readonly lost: number;
  readonly doubled: number;
  /** Of the runs after a kill, seconds. */
  readonly p95: number;
}

/** Adds the trials up as they come. */
export async function count(
  name: string,
  trials: AsyncIterable<Trial>,
  tell: (trial: Trial) => void,
): Promise<Row> {
  const all: Trial[] = [];
  for await (const trial of trials) {
    tell(trial);
    all.push(trial);
  }
  const sum = (of: (trial: Trial) => number): number =>
    all.reduce((total, trial) => total + of(trial), 0);
  const seconds = all.map((trial) => trial.seconds).sort((a, b) => a - b);
  return {
    name,
    trials: all.length,
    kills: sum(({ kills }) => kills),
    finished: sum(({ finished }) => Number(finished)),
    lost: sum(({ verdict }) => verdict.lost),
    doubled: sum(({ verdict }) => verdict.doubled),
    p95: seconds[Math.ceil(0.95 * seconds.length) - 1] ?? 0,
  };
}

/** Whether nothing was lost or double and every next run finished. A row of no kills proves nothing. */
export function passes(row: Row): boolean {
  const harmless = row.lost === 0 && row.doubled === 0;
  return harmless && row.finished === row.trials && row.kills > 0;
}

/** The table, the control last. */
export function table(rows: readonly Row[], inVain: number): string {
  const lines = [
    [
      "",
      "trials",
      "kills",
      "finished by the next run",
      "lost",
      "double",
      "p95 next run",
    ],
    ...rows.map((row) => [
      row.name,
      `${row.trials}`,
      `${row.kills}`,
      `${row.finished}`,
      `${row.lost}`,
      `${row.doubled}`,
      `${row.p95.toFixed(1)} s`,
    ]),
  ];
  const widths = lines[0]?.map((_, i) =>
    Math.max(...lines.map((line) => line[i]?.length ?? 0)),
  );
  const drawn = lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths?.[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `\n${drawn.join("\n")}\ntransactions mined and reverted: ${inVain}\n`;
}
