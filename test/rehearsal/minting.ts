import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import type { Running } from "./process.ts";
import { until } from "./process.ts";
import type { World } from "./steps.ts";

/** A batch that was minted. */
export interface Minted {
  readonly batch: number;
  readonly seed: string;
  /** CID of its directory. */
  readonly root: string;
  readonly car: string;
  readonly tokens: readonly { readonly tokenId: string }[];
  readonly transactions: readonly {
    readonly kind: string;
    readonly hash: string;
    readonly gasUsed: number;
  }[];
  readonly verified: number;
}

/** Size of the works: what is rehearsed is the way, not the painting. */
export const SIZE = 64;

/** A minting under way, and the boundaries that it has passed. */
export interface Minting extends Running {
  points(): Promise<readonly string[]>;
  /** Waits until it has passed a boundary whose label matches. */
  passed(label: RegExp): Promise<void>;
}

/** The arguments of a batch; the same arguments go on with the same run. */
export function batchArguments(count: number, out: string): string[] {
  const options = { count, size: SIZE, workers: 2, out };
  return [
    "mint-batch",
    ...Object.entries(options).flatMap(([name, value]) => [
      `--${name}`,
      `${value}`,
    ]),
  ];
}

/** Starts minting, as the operator does. */
export function startMinting(
  { home }: World,
  count: number,
  name: string,
  env: NodeJS.ProcessEnv = {},
): Minting {
  const file = home.path(`${name}.points`);
  const running = home.start(
    [...batchArguments(count, home.path(name)), "--json"],
    { keys: ["operator"], env: { LOOP_POINTS: file, ...env } },
  );
  const points = async (): Promise<readonly string[]> =>
    existsSync(file) ? (await readFile(file, "utf8")).split("\n") : [];
  return {
    ...running,
    points,
    async passed(label) {
      await until(`${name} to pass ${label}`, 60, async () => {
        if ((await points()).some((passed) => label.test(passed))) return true;
        if (running.isOver())
          throw new Error(`${name} ended early:\n${running.said()}`);
        return false;
      });
    },
  };
}

/** The report of a minting that must succeed. */
export async function finishMinting(minting: Minting): Promise<Minted> {
  const { code, stdout, stderr } = await minting.ended;
  if (code !== 0)
    throw new Error(`mint-batch ended with ${code}:\n${stderr}\n${stdout}`);
  return JSON.parse(stdout) as Minted;
}

/** Mints a batch, doing something to the world at a boundary of it; the process stands still meanwhile. */
export async function mintThrough(
  world: World,
  name: string,
  label: RegExp,
  disturb: () => Promise<void>,
): Promise<{ readonly minted: Minted; readonly points: readonly string[] }> {
  const minting = startMinting(world, 2, name);
  await minting.passed(label);
  minting.signal("SIGSTOP");
  try {
    await disturb();
  } finally {
    minting.signal("SIGCONT");
  }
  return {
    minted: await finishMinting(minting),
    points: await minting.points(),
  };
}
