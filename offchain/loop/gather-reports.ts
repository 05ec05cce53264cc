import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { ErrorCode } from "../kernel/errors.ts";
import {
  NEUTRAL_OBSERVATION,
  unpackObservation,
} from "../kernel/observation.ts";

const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`))
    .transform((text) => text.toLowerCase() as Hex);

/** A report as it is handed from one reporter to another: the whole file, nothing else in it. */
const reportSchema = z.strictObject({
  chainId: z.int().min(1),
  /** The contract that the signature is for. */
  adapter: hex(20),
  round: z.int().min(1),
  observation: hex(32),
  reporter: hex(20),
  r: hex(32),
  vs: hex(32),
});

/** One reporter's signed observation for one round (contracts/interfaces/ISignedReporters.sol). */
export type SignedReport = z.infer<typeof reportSchema>;

/** A report and where it came from; what could not be read says why. */
export type FiledReport =
  | { readonly name: string; readonly report: SignedReport }
  | { readonly name: string; readonly unreadable: string };

/** The longest file that is looked at, characters: a report has about 600. */
export const MAX_REPORT = 4_096;

/** Reads a report file; whatever is in it, the answer is a report or a reason. */
export function readReport(name: string, text: string): FiledReport {
  if (text.length > MAX_REPORT)
    return { name, unreadable: `is longer than ${MAX_REPORT} characters` };
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { name, unreadable: "is no JSON" };
  }
  const { success, data, error } = reportSchema.safeParse(given);
  if (success) return { name, report: data };
  const [issue] = error.issues;
  const field = issue?.path.join(".") ?? "";
  return {
    name,
    unreadable:
      field === "" ? "has not the fields of a report" : `has no good ${field}`,
  };
}

/** A report as a file. */
export function writeReport(report: SignedReport): string {
  return `${JSON.stringify(reportSchema.parse(report), undefined, 2)}\n`;
}

/** What is being gathered. */
export interface Gathering {
  readonly chainId: number;
  readonly adapter: Hex;
  /** The oracle's next round. */
  readonly round: number;
  /** Who may report, lower-case. */
  readonly reporters: readonly Hex[];
  readonly quorum: number;
  /** Whose signature it is; undefined if it is none. */
  readonly signerOf: (report: SignedReport) => Hex | undefined;
}

/** A report that does not count, and why. */
export interface DroppedReport {
  readonly name: string;
  readonly code: ErrorCode;
  /** One sentence. */
  readonly why: string;
}

/** What a pile of reports comes to. */
export interface Gathered {
  /** One for each reporter who sent a good one, ascending by reporter. */
  readonly reports: readonly SignedReport[];
  readonly dropped: readonly DroppedReport[];
  /** Reporters without a good one, in the order of the set. */
  readonly missing: readonly Hex[];
  /** Whether the quorum is there. */
  readonly enough: boolean;
}

/** Keeps the reports that the contract will take, the first of each reporter, and says about each other one why not. Pure. */
export function gatherReports(
  pile: readonly FiledReport[],
  gathering: Gathering,
): Gathered {
  const kept = new Map<Hex, SignedReport>();
  const dropped: DroppedReport[] = [];
  for (const filed of pile) {
    const fault = faultOf(filed, gathering, kept);
    if (fault !== undefined) dropped.push({ name: filed.name, ...fault });
    else if ("report" in filed) kept.set(filed.report.reporter, filed.report);
  }
  const { reporters, quorum } = gathering;
  return {
    reports: [...kept.values()].toSorted((a, b) =>
      a.reporter < b.reporter ? -1 : 1,
    ),
    dropped,
    missing: reporters.filter((reporter) => !kept.has(reporter)),
    enough: kept.size >= quorum,
  };
}

type Fault = Pick<DroppedReport, "code" | "why">;

function faultOf(
  filed: FiledReport,
  { chainId, adapter, round, reporters, signerOf }: Gathering,
  kept: ReadonlyMap<Hex, SignedReport>,
): Fault | undefined {
  const fault = (code: ErrorCode, what: string): Fault => ({
    code,
    why: `\`${filed.name}\` ${what}.`,
  });
  if (!("report" in filed))
    return fault("report/malformed", `${filed.unreadable}; ask for it again`);
  const { report } = filed;
  if (report.chainId !== chainId)
    return fault(
      "report/other-chain",
      `is for chain ${report.chainId}, and this is ${chainId}`,
    );
  if (report.adapter !== adapter)
    return fault(
      "report/other-adapter",
      `is for the reporters at ${report.adapter}, and these are at ${adapter}`,
    );
  if (report.round !== round)
    return fault(
      "report/other-round",
      `is for round ${report.round}, and the next one is ${round}`,
    );
  if (!isObservation(report.observation))
    return fault(
      "report/malformed",
      `holds ${report.observation}, which is no observation of a market`,
    );
  if (!reporters.includes(report.reporter))
    return fault(
      "report/unknown-reporter",
      `is of ${report.reporter}, who is no reporter`,
    );
  if (signerOf(report) !== report.reporter)
    return fault(
      "report/forged",
      `says that ${report.reporter} signed it, who did not`,
    );
  const other = kept.get(report.reporter);
  if (other === undefined) return undefined;
  const again = other.observation === report.observation;
  return fault(
    "report/duplicate",
    again
      ? `is a second one of ${report.reporter}`
      : `says something else than another one of ${report.reporter}, who signed both; the first counts`,
  );
}

/** Whether the oracle takes the word: an observation whose parameters are the neutral ones. */
function isObservation(word: Hex): boolean {
  try {
    const given = unpackObservation(word);
    return (
      ["guardThreshold", "oddsSensitivity", "sizeLog2", "generation"] as const
    ).every((field) => given[field] === NEUTRAL_OBSERVATION[field]);
  } catch {
    return false;
  }
}
