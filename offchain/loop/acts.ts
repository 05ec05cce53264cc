import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { Json } from "../kernel/json.ts";
import type { MinedTransaction } from "./chain.ts";
import { badInput } from "./journal.ts";
import { isInterrupted, singleRun, type RunPorts } from "./single-run.ts";

const token = z.string().regex(/^\d+$/);
const holder = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text as Hex);

const act = z.discriminatedUnion("kind", [
  /** Dials of a work turned one after the other, each 0..7 as in contracts/interfaces/IAttunement.sol. */
  z.strictObject({
    kind: z.literal("attune"),
    token,
    holder,
    acts: z.array(z.int().min(0).max(7)).min(1),
  }),
  /** A work pinned to an epoch, 0 being genesis; null lets it go. */
  z.strictObject({
    kind: z.literal("pin"),
    token,
    holder,
    epoch: z.int().min(0).nullable(),
  }),
  z.strictObject({ kind: z.literal("void-epoch"), epoch: z.int().min(1) }),
]);

/** What somebody does to his work, or the guardian to an epoch. */
export type Act = z.infer<typeof act>;

/** A transaction of an act. */
export type SentAct = Pick<MinedTransaction, "hash" | "gasUsed">;

/** Whether a journalled run of this kind is an {@link Act}. */
export function isAct(kind: string): kind is Act["kind"] {
  return ["attune", "pin", "void-epoch"].includes(kind);
}

/**
 * The act of a journalled run.
 * @throws FatalError `journal/bad-input` if the run is not one.
 */
export function actRequest(input: Json): Act {
  const parsed = act.safeParse(input);
  if (parsed.success) return parsed.data;
  throw badInput(input);
}

/** Whether a command for this very act died on the way: then it is performed without being checked again. */
export function isHalfDone(request: Act, ports: RunPorts): Promise<boolean> {
  return isInterrupted(ports, { kind: request.kind, input: { ...request } });
}

/**
 * Does it, each transaction a journalled step: a command that died while one was under way goes on when it is run again. `deliver`
 * gets the transactions before the run counts as finished.
 * @throws FatalError `chain/refused`, `chain/no-key` if it is not this network's accounts' to do.
 */
export async function perform(
  request: Act,
  ports: RunPorts,
  deliver: (sent: readonly SentAct[]) => Promise<void>,
): Promise<void> {
  const { chain } = ports;
  const input: Json = { ...request };
  await singleRun(ports, { kind: request.kind, input }, async (run) => {
    const step = (
      name: string,
      send: (once: { key: string }) => Promise<MinedTransaction>,
    ): Promise<SentAct> =>
      run.step(name, input, async () => {
        const { hash, gasUsed } = await send({ key: run.key(name) });
        return { hash, gasUsed };
      });
    const sent: SentAct[] = [];
    switch (request.kind) {
      case "attune":
        for (const [i, turn] of request.acts.entries())
          sent.push(
            await step(`attune-${i}`, (once) =>
              chain.attune({ ...request, act: turn }, once),
            ),
          );
        break;
      case "pin": {
        const epoch = request.epoch ?? undefined;
        sent.push(
          await step("pin", (once) => chain.pin({ ...request, epoch }, once)),
        );
        break;
      }
      case "void-epoch":
        sent.push(
          await step("void", (once) => chain.voidEpoch(request.epoch, once)),
        );
    }
    await deliver(sent);
  });
}
