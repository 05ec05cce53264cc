import { join } from "node:path";

import { isLoopError } from "../../../offchain/kernel/errors.ts";
import { mint } from "../../../offchain/loop/mint.ts";
import type {
  ArchiveFile,
  PinTarget,
} from "../../../offchain/loop/ports-pins.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import {
  PIN_FAULTS,
  type PinFault,
  type PinFaultName,
} from "../../kit/failing-pins.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { CONDITIONS, startWorld } from "../../kit/fake-world.ts";
import { startKubo } from "../../kit/kubo-server.ts";
import { startPinataServer } from "../../kit/pinata-server.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { startS3Server } from "../../kit/s3-server.ts";
import { readBack } from "../../kit/sendable.ts";
import { table } from "../evolution/figures.ts";
import { PLACES, targetAt, type Place } from "./places.ts";

/** Long enough for a server in this process, and short enough to wait for it a hundred times. */
const HASTE = { tries: 3, pause: 1, quiet: 250 };

/** What became of one batch. */
interface Outcome {
  readonly sealed: boolean;
  /** Whether a stranger then got all of it from the place. */
  readonly whole: boolean;
  /** What the run ended with, if it failed. */
  readonly code: string;
}

/** Mints a batch for each way and place, and prints what was sealed; false if anything was that nobody can read. */
export async function benchFaults(): Promise<boolean> {
  const recipe = await mintableRecipe();
  const rows: string[][] = [];
  let [empty, naive, runs] = [0, 0, 0];
  let good = true;
  for (const [name, fault] of Object.entries(PIN_FAULTS)) {
    const cells: string[] = [];
    let naiveHere = 0;
    for (const place of PLACES) {
      const way = name as PinFaultName;
      const strict = await outcome(recipe, place, way, false);
      const trusting = await outcome(recipe, place, way, true);
      runs++;
      if (strict.sealed && !strict.whole) empty++;
      if (trusting.sealed && !trusting.whole) naiveHere++;
      if (!isRight(strict, fault)) good = false;
      cells.push(
        strict.sealed
          ? "sealed"
          : `${strict.code}${isRight(strict, fault) ? "" : " (!)"}`,
      );
    }
    naive += naiveHere;
    rows.push([fault.does, ...cells, naiveHere === 0 ? "" : `${naiveHere}`]);
  }
  console.log(
    table(["a place that", ...PLACES, "sealed by the naive twin"], rows),
  );
  console.log(
    `\n${rows.length} ways at ${PLACES.length} places, ${runs} batches: ${empty} seals without verified content; the naive twin, which believes the answer to a sending, ${naive}\n`,
  );
  return good && empty === 0 && naive > 0;
}

function isRight(
  { sealed, whole, code }: Outcome,
  { ends }: PinFault,
): boolean {
  if (ends === "held") return sealed && whole;
  return !sealed && (ends as readonly string[]).includes(code);
}

async function outcome(
  recipe: Recipe,
  place: Place,
  fault: PinFaultName,
  trusting: boolean,
): Promise<Outcome> {
  const server = await startFaulty(place, fault);
  const world = await startWorld([recipe]);
  const own = world.ports();
  try {
    const target = await targetAt(place, server.url, HASTE);
    let archive: ArchiveFile | undefined;
    const archives = {
      ...own.archives,
      file: async (path: string) => (archive = await own.archives.file(path)),
    };
    // Reads the archive it has itself instead of what the place gives back.
    const twin: PinTarget = {
      ...target,
      read: () => archive?.stream() ?? target.read(""),
    };
    const request = {
      count: 1,
      to: `0x${"11".repeat(20)}`,
      conditions: CONDITIONS,
      out: join(world.folder, "out"),
    } as const;
    let code = "";
    try {
      await mint(request, recipe, {
        ...own,
        archives,
        pool: createFakePool(),
        pins: async () => [trusting ? twin : target],
      });
    } catch (error) {
      if (!isLoopError(error)) throw error;
      code = error.code;
    }
    const whole =
      archive !== undefined &&
      (await readBack(target, archive).then(
        () => true,
        () => false,
      ));
    return { sealed: world.ledger.sealed.length > 0, whole, code };
  } finally {
    await own.close();
    await world.close();
    await server.close();
  }
}

async function startFaulty(
  place: Place,
  fault: PinFaultName,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  if (place === "kubo") {
    const kubo = await startKubo({ fault });
    return { url: kubo.url, close: () => kubo.close() };
  }
  if (place === "s3") {
    const s3 = await startS3Server({ fault });
    return { url: s3.endpoint, close: () => s3.close() };
  }
  const pinata = await startPinataServer({ fault });
  return { url: pinata.origin, close: () => pinata.close() };
}
