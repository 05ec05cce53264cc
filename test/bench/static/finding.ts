import { z } from "zod";

const element = z.object({
  type: z.string(),
  name: z.string(),
  source_mapping: z.object({ filename_relative: z.string() }),
  type_specific_fields: z
    .object({
      signature: z.string().optional(),
      parent: z.object({ name: z.string() }).optional(),
    })
    .optional(),
});

/** What Slither writes with `--json`, as far as it is read here. */
const report = z.object({
  success: z.literal(true),
  error: z.null(),
  results: z.object({
    detectors: z
      .array(
        z.object({
          check: z.string(),
          impact: z.string(),
          elements: z.array(element).min(1),
        }),
      )
      .optional(),
  }),
});

/** One thing that a detector has against the contracts. No line numbers: a finding stays the same when it only moves. */
export interface Finding {
  readonly detector: string;
  /** High, Medium, Low, Informational or Optimization. */
  readonly impact: string;
  readonly file: string;
  /** Contract and member, as `LoopCollection.seal(uint256,bytes32,bytes32)`. */
  readonly place: string;
  /** The statements it is about, as the analyser writes them. */
  readonly code: readonly string[];
}

/** Reads Slither's report. Throws if the analysis failed. */
export function readFindings(json: string): Finding[] {
  const { results } = report.parse(JSON.parse(json));
  return (results.detectors ?? []).map(({ check, impact, elements }) => {
    const [first] = elements;
    const fields = first?.type_specific_fields;
    const member = fields?.signature ?? first?.name ?? "";
    const parent = fields?.parent?.name;
    return {
      detector: check,
      impact,
      file: first?.source_mapping.filename_relative ?? "",
      place: parent === undefined ? member : `${parent}.${member}`,
      code: elements
        .filter(({ type }) => type === "node")
        .map(({ name }) => name)
        .sort(),
    };
  });
}

/** What makes two findings, or a finding and an answer, the same. */
export function keyOf({
  detector,
  place,
  code,
}: Pick<Finding, "detector" | "place" | "code">): string {
  return JSON.stringify([detector, place, ...code]);
}
