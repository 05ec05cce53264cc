import type { Diagnosis } from "../../offchain/loop/doctor.ts";
import type { Mending } from "../../offchain/loop/doctor-repair.ts";
import { shortCid, table } from "./table.ts";

/** What the doctor found, as one document. */
export interface DoctorDocument extends Omit<Diagnosis, "examined"> {
  readonly network: string;
  readonly chainId: number;
  readonly collection: string;
  readonly healthy: boolean;
  /** What was put back, or could not be, before this was looked at. */
  readonly repaired: readonly Mending[];
}

/** Findings that are shown; a document has them all. */
const SHOWN = 40;

/** The same for people. */
export function doctorLines(document: DoctorDocument): string[] {
  const { network, places, archives, tokens, findings, repaired } = document;
  const rows = archives.map(({ name, root, at }) => [
    name,
    ...places.map((place) => at[place] ?? "-"),
    shortCid(root),
  ]);
  const told = findings
    .slice(0, SHOWN)
    .flatMap(({ kind, subject, target, why, remedy }) => [
      `  ${kind}: ${subject}${target === null ? "" : ` at ${target}`}`,
      `    ${why}`,
      `    ${remedy}`,
    ]);
  const more = findings.length - SHOWN;
  return [
    ...(rows.length === 0
      ? [`Nothing is published on ${network} yet.`]
      : table(["", ...places, "root"], rows)),
    "",
    `${tokens.found} of ${tokens.followed} works are where the chain says, with their metadata and pictures.`,
    ...repaired.map(({ name, target, from, why }) =>
      from === null
        ? `Not mended: ${name} at ${target} (${why})`
        : `Mended: ${name} at ${target}, ${from === "chain" ? "made again from the chain" : `from ${from}`}`,
    ),
    ...(findings.length === 0
      ? ["All agree."]
      : [`${findings.length} findings:`, ...told]),
    ...(more > 0 ? [`  and ${more} more; --json lists all.`] : []),
  ];
}
