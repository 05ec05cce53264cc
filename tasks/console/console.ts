import { isLoopError } from "../../offchain/kernel/errors.ts";
import type { Progress } from "../../offchain/loop/ports-progress.ts";
import { hardhatRefusal } from "./hardhat-errors.ts";

/** How a task talks: results to stdout, everything else to stderr. */
export interface Console extends Progress {
  /** The result, as one JSON document with `--json`, else as lines. */
  result(document: unknown, lines: () => readonly string[]): void;
  /** Ends the progress line, so that what follows starts on its own. */
  settle(): void;
}

const BAR_WIDTH = 28;

/** Progress as a bar that is redrawn on a terminal, and as one line for each finished stage elsewhere. */
export function createConsole({ json }: { readonly json: boolean }): Console {
  const { stderr } = process;
  let drawn = "";
  let drawnAt = 0;

  const settle = (): void => {
    if (drawn !== "") stderr.write("\n");
    drawn = "";
  };
  return {
    settle,
    stage(name, done, total) {
      if (stderr.isTTY) {
        if (done < total && drawn === name && performance.now() - drawnAt < 80)
          return;
        if (drawn !== "" && drawn !== name) stderr.write("\n");
        const filled = Math.floor((BAR_WIDTH * done) / total);
        const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
        stderr.write(`\r${name.padEnd(20)} ${bar} ${done}/${total}`);
        [drawn, drawnAt] = [name, performance.now()];
        if (done === total) settle();
      } else if (done === total) stderr.write(`${name}: ${done} of ${total}\n`);
    },
    note(sentence) {
      settle();
      stderr.write(`${sentence}\n`);
    },
    result(document, lines) {
      settle();
      process.stdout.write(
        json ? `${JSON.stringify(document)}\n` : `${lines().join("\n")}\n`,
      );
    },
  };
}

/**
 * Runs a task's work and turns whatever it throws into one sentence on stderr and exit code 1 (130 after Ctrl-C).
 * `stops` may end the work itself at a signal, by answering true; then what the work does decides the exit code.
 * Errors that are not ours are faults of this program: their stack is shown only when LOOP_DEBUG is set.
 */
export async function guarded(
  work: () => Promise<void>,
  stops: () => boolean = () => false,
): Promise<void> {
  const onSignal = (): void => {
    if (stops()) return;
    process.stderr.write(
      "\nInterrupted; nothing is half-done. On a chain that stays, the same command goes on from here.\n",
    );
    process.exit(130);
  };
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`\n${explain(error)}\n`);
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}

function explain(thrown: unknown): string {
  const error = hardhatRefusal(thrown) ?? thrown;
  if (isLoopError(error)) return `Error ${error.code}: ${error.message}`;
  const { message, stack } =
    error instanceof Error ? error : new Error(String(error));
  // What Hardhat refuses by itself has a number of its own, and says what to do.
  const [, number, refusal] = /^(HHE\d+): (.+)/.exec(message) ?? [];
  if (number !== undefined)
    return `Error hardhat/${number.toLowerCase()}: ${refusal}`;
  if (process.env["LOOP_DEBUG"] !== undefined) return stack ?? message;
  return `Error loop/unexpected: ${message.split("\n")[0]} (set LOOP_DEBUG=1 to see where).`;
}
