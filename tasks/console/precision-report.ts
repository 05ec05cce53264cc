import type {
  PrecisionFigures,
  Spread,
} from "../../offchain/loop/measure-precision.ts";
import type { EnergySource, Machine } from "../../offchain/loop/ports-meter.ts";
import { table } from "./table.ts";

/** The one JSON document of `measure-precision --json`. */
export interface PrecisionDocument {
  readonly recipe: string;
  /** Whether the adapter as learned was at hand; else the recipe's own is the finest. */
  readonly learned: boolean;
  readonly works: number;
  readonly rounds: number;
  readonly size: number;
  readonly energy: EnergySource;
  readonly machine: Machine;
  readonly precisions: readonly PrecisionFigures[];
}

/** The document for a person at a terminal. */
export function precisionLines(document: PrecisionDocument): string[] {
  const { precisions, works, rounds, size, energy, machine } = document;
  const measured = precisions.some(({ joules }) => joules !== null);
  const compared = precisions.some(({ signal }) => signal !== null);
  const columns = [
    "precision",
    "bytes",
    "deflated",
    "load ms",
    "s a work",
    "CPU-s a work",
    ...(measured ? ["J a work"] : []),
    "works a CPU-s",
    "accepted",
    ...(compared ? ["dB to dataset"] : []),
    "dB to f32",
    "bytes that differ",
  ];
  return [
    ...table(
      columns,
      precisions.map((row) => [
        `${row.precision}${row.own ? " *" : ""}`,
        `${row.bytes}`,
        `${row.deflated}`,
        spread(row.load, 0),
        spread(row.seconds, 2),
        spread(row.cpuSeconds, 2),
        ...(measured
          ? [row.joules === null ? "-" : spread(row.joules, 1)]
          : []),
        spread(row.ratio, 2),
        `${row.accepted} of ${row.candidates}`,
        ...(compared ? [row.signal?.toFixed(2) ?? "-"] : []),
        row.likeness?.toFixed(1) ?? "same",
        `${(100 * row.differing).toFixed(2)} %`,
      ]),
    ),
    "",
    document.learned
      ? "* as the recipe is stored; all three are stored from the adapter as it was learned"
      : "* as the recipe is stored; what it has lost by that, a finer one cannot bring back",
    `Middle (least to most) of ${rounds} rounds of ${works} works of ${size} pixels, one thread, the same seeds for each; loading is counted apart`,
    `Energy   ${energy.source ?? `not measured: ${energy.reason}; CPU-seconds stand in its place`}`,
    `Machine  ${machine.cores} cores, ${machine.processor}, Node ${machine.node}, ${machine.platform} ${machine.arch}`,
  ];
}

function spread({ middle, low, high }: Spread, digits: number): string {
  const [m, l, h] = [middle, low, high].map((n) => n.toFixed(digits));
  return `${m} (${l} to ${h})`;
}
