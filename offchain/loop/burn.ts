import type { Hex } from "../kernel/bytes.ts";
import type { Json } from "../kernel/json.ts";
import type { Chain } from "./chain.ts";
import { badInput, type Journal } from "./journal.ts";
import type { Progress } from "./ports-progress.ts";

/** A work and who holds it. */
export interface Burning {
  readonly token: string;
  readonly holder: Hex;
}

/** A work that is no more. */
export interface Burned {
  readonly tokenId: string;
  readonly hash: Hex;
  readonly gasUsed: number;
}

/**
 * The works of a journalled burning.
 * @throws FatalError `journal/bad-input` if the run is not one of this command.
 */
export function burnRequest(input: Json): readonly Burning[] {
  const works = (input as { works?: unknown }).works;
  const good =
    Array.isArray(works) &&
    works.every(
      (work: Partial<Burning>) =>
        typeof work.token === "string" && typeof work.holder === "string",
    );
  if (good) return works as Burning[];
  throw badInput(input);
}

/**
 * Burns works one by one, each a journalled step: a run that died goes on when the same works are named again, those that it burned
 * already included. `deliver` gets the result before the run counts as finished.
 */
export async function burn(
  works: readonly Burning[],
  {
    chain,
    journal,
    progress,
  }: {
    readonly chain: Chain;
    readonly journal: Journal;
    readonly progress: Progress;
  },
  deliver: (burned: readonly Burned[]) => Promise<void>,
): Promise<void> {
  const { id: instance } = await chain.instance();
  const input = { works: works.map((work) => ({ ...work })) } as Json;
  const run = await journal.run({ instance, kind: "burn", input });
  try {
    const burned: Burned[] = [];
    for (const { token, holder } of works) {
      const key = `burn-${token}`;
      burned.push(
        await run.step(key, { token, holder }, async () => {
          const sent = { key: run.key(key) };
          const mined = await chain.burn({ holder, token }, sent);
          return { tokenId: token, hash: mined.hash, gasUsed: mined.gasUsed };
        }),
      );
      progress.stage("burn", burned.length, works.length);
    }
    await deliver(burned);
    await run.finish();
  } catch (error) {
    await run.release();
    throw error;
  }
}
