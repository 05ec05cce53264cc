import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { Json } from "../kernel/json.ts";
import type { MinedTransaction, Once } from "./chain.ts";
import { badInput } from "./journal.ts";
import type { Governance } from "./ports-governance.ts";
import { isInterrupted, singleRun, type RunPorts } from "./single-run.ts";

/** Name of these runs in the journal. */
export const DAO = "dao";

const hex = (bytes?: number): z.ZodType<Hex> =>
  z.custom<Hex>(
    (value) =>
      typeof value === "string" &&
      /^0x([0-9a-f]{2})*$/.test(value) &&
      (bytes === undefined || value.length === 2 + 2 * bytes),
  );
const account = hex(20);
const digits = z.string().regex(/^\d+$/);
const tokens = z.array(digits).min(1);

const actSchema = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("wrap"), holder: account, tokens }),
  z.strictObject({ act: z.literal("unwrap"), holder: account, tokens }),
  z.strictObject({
    act: z.literal("delegate"),
    holder: account,
    to: account,
  }),
  z.strictObject({
    act: z.literal("propose"),
    proposer: account,
    calls: z.array(
      z.strictObject({ target: account, value: digits, data: hex() }),
    ),
    description: z.string(),
  }),
  z.strictObject({
    act: z.literal("vote"),
    voter: account,
    id: digits,
    support: z.enum(["against", "for", "abstain"]),
    reason: z.string(),
  }),
  z.strictObject({ act: z.literal("queue"), id: digits }),
  z.strictObject({ act: z.literal("execute"), id: digits }),
  z.strictObject({ act: z.literal("cancel"), id: digits, account }),
  z.strictObject({ act: z.literal("freeze") }),
]);

/** What somebody does in the DAO. */
export type DaoAct = z.infer<typeof actSchema>;

/** Its transaction, and of a proposal the id that it got. */
export interface SentDaoAct extends Pick<
  MinedTransaction,
  "hash" | "block" | "gasUsed"
> {
  /** Null but for `propose`. */
  readonly id: string | null;
}

export interface DaoRunPorts extends RunPorts {
  readonly governance: Governance;
}

/**
 * The act of a journalled run.
 * @throws FatalError `journal/bad-input` if the run is not one.
 */
export function daoAct(input: Json): DaoAct {
  const { success, data } = actSchema.safeParse(input);
  if (success) return data;
  throw badInput(input);
}

/**
 * Does it as a journalled run: a command that died while its transaction was under way finds it again. `deliver` gets the transaction
 * before the run counts as finished.
 * @throws FatalError `chain/refused`, `chain/no-key` if it is not this network's accounts' to do.
 */
export async function performDaoAct(
  act: DaoAct,
  ports: DaoRunPorts,
  deliver: (sent: SentDaoAct) => Promise<void> = async () => {},
): Promise<SentDaoAct> {
  const input: Json = { ...act };
  return singleRun(ports, { kind: DAO, input }, async (run) => {
    const sent = await run.step(act.act, input, async () => {
      const once = { key: run.key(act.act) };
      const { hash, block, gasUsed, ...more } = await send(act, ports, once);
      const id = "id" in more ? more.id : null;
      return { hash, block, gasUsed, id };
    });
    await deliver(sent);
    return sent;
  });
}

/** Whether a command for this very act died on the way: what it is checked for first need not hold any more. */
export function isHalfDoneDaoAct(
  act: DaoAct,
  ports: RunPorts,
): Promise<boolean> {
  return isInterrupted(ports, { kind: DAO, input: { ...act } });
}

/** The act of an interrupted command that does this to these works, whoever held them; undefined if there is none. */
export async function interruptedWrapping(
  verb: "wrap" | "unwrap",
  tokens: readonly string[],
  { chain, journal }: RunPorts,
): Promise<DaoAct | undefined> {
  const { id } = await chain.instance();
  return (await journal.openRuns(id))
    .filter(({ kind }) => kind === DAO)
    .map(({ input }) => daoAct(input))
    .find(
      (act) => act.act === verb && act.tokens.join(",") === tokens.join(","),
    );
}

async function send(
  act: DaoAct,
  { governance }: DaoRunPorts,
  once: Once,
): Promise<MinedTransaction & { readonly id?: string }> {
  switch (act.act) {
    case "wrap":
      return governance.wrap(act, once);
    case "unwrap":
      return governance.unwrap(act, once);
    case "delegate":
      return governance.delegate(act, once);
    case "propose": {
      const calls = act.calls.map(({ value, ...call }) => ({
        ...call,
        value: BigInt(value),
      }));
      return governance.propose({ ...act, calls }, once);
    }
    case "vote":
      return governance.vote(act, once);
    case "queue":
      return governance.queue(act.id, once);
    case "execute":
      return governance.execute(act.id, once);
    case "cancel":
      return governance.cancel(act, once);
    case "freeze":
      return governance.freeze(once);
  }
}
