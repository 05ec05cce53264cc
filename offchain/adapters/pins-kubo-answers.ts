import { z } from "zod";

import { FatalError, type LoopError } from "../kernel/errors.ts";
import { badAnswer, excerpt, parseAnswer, type Shown } from "./http-errors.ts";

const imported = z.union([
  z.object({
    Root: z.object({
      Cid: z.object({ "/": z.string() }),
      PinErrorMsg: z.string().nullish(),
    }),
  }),
  z.object({ Stats: z.object({ BlockCount: z.number() }) }),
  z.object({ Message: z.string(), Type: z.literal("error") }),
]);

/** Kubo tells with a 500 what it has not, what is no archive, and that its disk is full: no further try helps. */
export function meaning(
  place: Shown,
  status: number,
  text: string,
): LoopError | undefined {
  if (status !== 500) return undefined;
  if (/is not pinned|not found locally|could not find/.test(text)) {
    return new FatalError(
      "pins/not-held",
      `\`${place.name}\` does not hold what was asked for${excerpt(place, text)}; pin it there again.`,
    );
  }
  if (/no space left|import failed|invalid header/.test(text))
    return refused(place, text);
  return undefined;
}

/** A line for each root, and one of statistics; a node that fails in between writes a line of that. */
export function requirePinned(place: Shown, root: string, text: string): void {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => parseAnswer(place, imported, line));
  let pinned = false;
  for (const line of lines) {
    if ("Message" in line) throw refused(place, line.Message);
    if (!("Root" in line)) continue;
    const { Cid: cid, PinErrorMsg: problem } = line.Root;
    if (cid["/"] !== root) {
      throw new FatalError(
        "pins/wrong-root",
        `\`${place.name}\` says that it holds \`${cid["/"].slice(0, 80)}\` instead of \`${root}\`; nothing rests on that, look what it is.`,
      );
    }
    if (problem !== undefined && problem !== null && problem !== "")
      throw refused(place, problem);
    pinned = true;
  }
  if (!pinned) throw badAnswer(place, "does not say what it pinned");
}

function refused(place: Shown, text: string): FatalError {
  // A part of a tree can be pinned only where the rest is: the archives before it.
  const remedy = /not found|could not find/.test(text)
    ? "have it hold the earlier archives first, with `npx hardhat doctor --repair`"
    : "see what it lacks";
  return new FatalError(
    "pins/refused",
    `\`${place.name}\` did not pin the archive${excerpt(place, text)}; ${remedy}.`,
  );
}
