import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** How a program ended and what it said. */
export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs in a process group of its own. */
export interface Running {
  readonly ended: Promise<Ending>;
  /** What it said on stderr so far. */
  said(): string;
  isOver(): boolean;
  /** To the whole group. */
  signal(name: NodeJS.Signals): void;
}

const alive = new Set<Running>();

/** Ends whatever was started and still runs. */
export async function endAll(): Promise<void> {
  const left = [...alive];
  for (const running of left) running.signal("SIGKILL");
  await Promise.all(left.map(({ ended }) => ended));
}

/** Starts one. */
export function spawnGroup(
  [program, ...args]: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Running {
  const child = spawn(String(program), args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk: Buffer) => (said[name] += chunk.toString()));
  let over = false;
  const ended = once(child, "close").then(([code]): Ending => {
    over = true;
    alive.delete(running);
    return { code: code as number | null, ...said };
  });
  const running: Running = {
    ended,
    said: () => said.stderr,
    isOver: () => over,
    signal(name) {
      try {
        process.kill(-Number(child.pid), name);
      } catch {
        // It has ended by itself.
      }
    },
  };
  alive.add(running);
  return running;
}

/** Looks again and again; an error after so many seconds. */
export async function until(
  what: string,
  seconds: number,
  look: () => Promise<boolean> | boolean,
): Promise<void> {
  for (let tries = 0; tries < 20 * seconds; tries++) {
    if (await look()) return;
    await sleep(50);
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`);
}
