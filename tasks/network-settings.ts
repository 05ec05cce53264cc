import { readFile } from "node:fs/promises";
import { join } from "node:path";

import JSON5 from "json5";
import { z } from "zod";

import { FatalError } from "../offchain/kernel/errors.ts";

/** How deep a block must lie before something rests on it: so many blocks below the newest, or what the chain itself calls final. */
export type Settle = number | "finalized";

/** What this project decides for a network beside the parameters of the contracts. */
export interface NetworkSettings {
  readonly settle: Settle;
  /** Where every archive must be held before anything is sealed, see offchain/adapters/pin-targets.ts. */
  readonly pins: readonly string[];
}

const file = z.object({
  Network: z
    .strictObject({
      settle: z
        .union([z.literal("finalized"), z.int().min(1).max(1_000)])
        .default(3),
      pins: z.array(z.string()).default([]),
    })
    .default({ settle: 3, pins: [] }),
});

/**
 * The `Network` section of `ignition/parameters/<network>.json5`; without such a file three blocks and no place.
 * @throws FatalError `options/bad-network-settings`, naming the field.
 */
export async function networkSettings(
  root: string,
  network: string,
): Promise<NetworkSettings> {
  const path = join(root, "ignition/parameters", `${network}.json5`);
  const text = await readFile(path, "utf8").catch(() => "{}");
  let value: unknown;
  try {
    value = JSON5.parse(text);
  } catch (cause) {
    throw bad(path, (cause as Error).message, cause);
  }
  const parsed = file.safeParse(value);
  if (parsed.success) return parsed.data.Network;
  const [issue] = parsed.error.issues;
  throw bad(
    path,
    `\`${issue?.path.join(".") ?? ""}\`: ${issue?.message ?? ""}`,
    parsed.error,
  );
}

function bad(path: string, problem: string, cause: unknown): FatalError {
  return new FatalError(
    "options/bad-network-settings",
    `\`${path}\` cannot be read (${problem}); correct it.`,
    { cause },
  );
}
