import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import { unpackObservation } from "../kernel/observation.ts";
import { DAY, isoDate } from "../market/calendar.ts";
import { ADAPTER_KINDS, type AdapterKind } from "./chain.ts";
import type { Courier } from "./courier.ts";
import { badInput } from "./journal.ts";
import type { Progress } from "./ports-progress.ts";
import { singleRun, type RunPorts } from "./single-run.ts";

/** A round that was brought. */
export interface BroughtRound {
  readonly round: number;
  /** Which adapter brought it. */
  readonly adapter: AdapterKind;
  /** What the oracle accepted. */
  readonly observation: Hex;
  /** What was seen here: reporters together, a feed and an oracle network may have seen something else. */
  readonly seen: Hex;
  /** Batches that were sealed then. */
  readonly seals: number;
  readonly block: number;
  readonly hash: Hex;
  readonly gasUsed: number;
}

const request = z.strictObject({
  /** Runs of before there was a choice are an account's. */
  adapter: z.enum(ADAPTER_KINDS).default("account"),
  observations: z
    .array(
      z
        .string()
        .regex(/^0x[0-9a-f]{64}$/)
        .transform((text) => text as Hex),
    )
    .min(1),
});

/** Observations to bring, oldest first, and by which adapter. */
export type RoundsRequest = Readonly<z.infer<typeof request>>;

/**
 * What a journalled run is to bring.
 * @throws FatalError `journal/bad-input` if the run is not one of this command.
 */
export function roundsRequest(input: Json): RoundsRequest {
  const parsed = request.safeParse(input);
  if (parsed.success) return parsed.data;
  throw badInput(input);
}

/**
 * Brings observations to the oracle through one adapter, oldest first, each a journalled step. `deliver` gets the rounds before the
 * run counts as finished.
 * @throws FatalError `round/not-newer` if the first is no newer than the newest round, `chain/no-oracle`, `chain/refused`,
 * `courier/...`.
 */
export async function bringRounds(
  observations: readonly Hex[],
  ports: RunPorts & {
    readonly courier: Courier;
    readonly progress: Progress;
    /** Called between two rounds. */
    readonly pause?: (() => Promise<void>) | undefined;
  },
  deliver: (rounds: readonly BroughtRound[]) => Promise<void>,
): Promise<void> {
  const { courier, progress, pause } = ports;
  const input: Json = {
    adapter: courier.kind,
    observations: [...observations],
  };
  await singleRun(ports, { kind: "rounds", input }, async (run) => {
    // A resumed run may have brought some of them already: its steps and the oracle itself know which.
    if (!run.resumed) await requireNewer(ports, observations[0]);
    const rounds: BroughtRound[] = [];
    for (const [i, observation] of observations.entries()) {
      if (i > 0) await pause?.();
      const name = `round-${i}`;
      rounds.push(
        await run.step(name, { observation }, async () => {
          const brought = await courier.bring(observation, {
            key: run.key(name),
          });
          const { round, hash, gasUsed, block } = brought;
          return {
            round: round.round,
            adapter: courier.kind,
            observation: round.observation,
            seen: observation,
            seals: round.seals,
            block,
            hash,
            gasUsed,
          };
        }),
      );
      progress.stage("rounds", i + 1, observations.length);
    }
    await deliver(rounds);
  });
}

/**
 * Makes sure that an observation is newer than the newest round, before anything is done for it.
 * @throws FatalError `round/not-newer`.
 */
export async function requireNewer(
  { chain }: Pick<RunPorts, "chain">,
  first: Hex | undefined,
): Promise<void> {
  const newest = (await chain.rounds()).at(-1);
  if (newest === undefined || first === undefined) return;
  const last = unpackObservation(newest.observation).time;
  const { time } = unpackObservation(first);
  if (time > last) return;
  throw new FatalError(
    "round/not-newer",
    `The observation is of \`${day(time)}\`, and round ${newest.round} is of ${day(last)} already; give newer market data.`,
  );
}

function day(seconds: number): string {
  return isoDate(Math.floor(seconds / DAY));
}
