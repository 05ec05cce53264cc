import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { Json } from "../kernel/json.ts";
import type { MinedTransaction, ParameterChange } from "./chain.ts";
import { badInput } from "./journal.ts";
import { singleRun, type RunPorts } from "./single-run.ts";

const hex = (bytes: number): z.ZodType<Hex> =>
  z.custom<Hex>(
    (value) =>
      typeof value === "string" &&
      new RegExp(`^0x[0-9a-f]{${2 * bytes}}$`).test(value),
  );
/** Which numbers it takes is the chain's to say. */
const count = z.int().min(0);
const royalty = z.strictObject({ receiver: hex(20), bps: count });

/** One for each parameter that there is. */
const CHANGES: {
  readonly [Name in ParameterChange["name"]]: z.ZodType<
    Extract<ParameterChange, { name: Name }>
  >;
} = {
  royalty: z.strictObject({ name: z.literal("royalty"), royalty }),
  "royalty-offer": z.strictObject({
    name: z.literal("royalty-offer"),
    royalty,
    offered: z.boolean(),
  }),
  "works-per-day": z.strictObject({
    name: z.literal("works-per-day"),
    limit: count,
  }),
  validator: z.strictObject({
    name: z.literal("validator"),
    validator: hex(20),
  }),
  forge: z.strictObject({
    name: z.literal("forge"),
    terms: z.strictObject({
      recipe: hex(32),
      conditions: hex(32),
      parents: count,
    }),
  }),
  paused: z.strictObject({ name: z.literal("paused"), paused: z.boolean() }),
  oracle: z.strictObject({ name: z.literal("oracle"), oracle: hex(20) }),
  "contract-uri": z.strictObject({
    name: z.literal("contract-uri"),
    uri: z.string(),
  }),
  adapters: z.strictObject({
    name: z.literal("adapters"),
    active: hex(20),
    fallback: hex(20),
  }),
  reporters: z.strictObject({
    name: z.literal("reporters"),
    adapter: hex(20),
    quorum: count,
    set: z.array(hex(20)),
  }),
};
const changeSchema = z.union(Object.values(CHANGES));

/**
 * The change of a journalled run.
 * @throws FatalError `journal/bad-input` if the run is not one of this command.
 */
export function parameterChange(input: Json): ParameterChange {
  const { success, data } = changeSchema.safeParse(input);
  if (success) return data;
  throw badInput(input);
}

/**
 * Moves a parameter as a journalled run: a command that died while its transaction was under way finds it again, and the same change
 * made again later, after another one, is a new transaction.
 * @throws FatalError `chain/refused` if no configured account holds the job.
 */
export async function setParameter(
  change: ParameterChange,
  ports: RunPorts,
): Promise<Pick<MinedTransaction, "hash" | "gasUsed">> {
  const input = change as unknown as Json;
  return singleRun(ports, { kind: "parameters", input }, (run) =>
    run.step("set", input, async () => {
      const key = run.key("set");
      const { hash, gasUsed } = await ports.chain.setParameter(change, { key });
      return { hash, gasUsed };
    }),
  );
}
