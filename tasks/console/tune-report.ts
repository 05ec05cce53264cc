import { relative } from "node:path";

import type { TuneReport } from "../../offchain/loop/tune.ts";
import { table } from "./table.ts";

/** The command that comes next. */
export function nextCommand({ recipe }: TuneReport): string {
  return `npx hardhat mint-batch --recipe ${here(recipe)} --network localhost`;
}

/** The one JSON document of `tune --json`. */
export function tuneDocument(report: TuneReport) {
  const { history, ...result } = report.result;
  const last = history.at(-1);
  return {
    ...report,
    result,
    loss: last === undefined ? null : last.loss / 1e6,
    validation:
      last === undefined || last.validation === null
        ? null
        : last.validation / 1_000,
    next: nextCommand(report),
  };
}

/** The same for a person at a terminal. */
export function tuneLines(report: TuneReport, out: string): string[] {
  const { result, seconds, donors, pictures, check } = report;
  const last = result.history.at(-1);
  const validation = last?.validation ?? null;
  const near =
    validation === null ? "" : `, ${(validation / 1_000).toFixed(1)} dB`;
  return [
    `${report.name}: tuned on ${pictures} pictures${donors < pictures ? `, of which ${donors} are held` : ""}, rank ${report.rank}, a grid of ${report.grid} cells`,
    `Learned  ${result.steps} steps${result.early ? " (then nothing more was gained)" : ""}${near}${report.from === undefined ? ", by an earlier command" : ` in ${seconds.learn.toFixed(0)} s`}`,
    `Adapter  ${report.adapterBytes} bytes, ${report.precision}`,
    ...(check === undefined
      ? []
      : [
          "",
          `Likeness of ${check.works} new works (${check.tried} candidates, ${seconds.calibrate.toFixed(0)} s):`,
          ...table(
            ["distance from the dataset", "value", "95 % interval"],
            [
              ["new works", ...interval(check.distance)],
              ["between halves of the dataset", ...interval(check.halves)],
            ],
          ),
          `Nearest to a learned picture: ${check.nearestWhole.toFixed(2)} whole, ${check.nearestPart.toFixed(2)} in part (1 is usual within the dataset)`,
          ...(check.alike
            ? []
            : [
                "Note: these works are further from the dataset than its halves from each other; look at them before you mint.",
              ]),
          "",
        ]),
    `Dataset  ${report.dataset}`,
    `Files    ${here(out)}/loss.svg, ${here(out)}/previews/`,
    `Recipe   ${report.id} in ${here(report.recipe)}`,
    `Next     ${nextCommand(report)}`,
  ];
}

function interval({
  value,
  low,
  high,
}: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}): [string, string] {
  return [value.toFixed(3), `${low.toFixed(3)} to ${high.toFixed(3)}`];
}

function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
