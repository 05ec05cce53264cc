import { join, resolve } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { NEUTRAL_OBSERVATION } from "../../offchain/kernel/observation.ts";
import {
  choose,
  chosenBytes,
  drawingOf,
  factsOf,
  parseChosen,
} from "../../offchain/loop/chosen.ts";
import { draw } from "../../offchain/loop/explore-draw.ts";
import { seedOf } from "../../offchain/loop/explore-works.ts";
import { explore, type Wish } from "../../offchain/loop/explore.ts";
import { shrinkToLook } from "../../offchain/loop/picture-distance.ts";
import { openDossier, recordAct } from "../../offchain/loop/record-act.ts";
import { recipeFrom } from "../compose.ts";
import { composeDatasets, dossierTime } from "../compose/datasets.ts";
import {
  composeStudio,
  EXAMPLE_SIZE,
  type Studio,
} from "../compose/exploring.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { exploreDocument, exploreLines } from "../console/explore-report.ts";
import {
  parseDials,
  parseFormat,
  parseKind,
  parsePath,
  parseSome,
  parseStart,
  parseTraitWords,
  parseTurned,
  type Start,
} from "../console/exploring-options.ts";
import { parseFolder, parseWorkers } from "../console/options.ts";
import { begin } from "../exploring.ts";

type Text = string | undefined;

interface ExploreArguments {
  readonly work: Text;
  readonly recipe: Text;
  readonly grid: boolean;
  readonly sliders: boolean;
  readonly path: Text;
  readonly like: Text;
  readonly chosen: Text;
  readonly dials: Text;
  readonly steer: Text;
  readonly traits: Text;
  readonly truncate: Text;
  readonly stops: Text;
  readonly reach: Text;
  readonly frames: Text;
  readonly count: Text;
  readonly pick: Text;
  readonly size: Text;
  readonly format: Text;
  readonly dossier: Text;
  readonly by: Text;
  readonly out: Text;
  readonly workers: Text;
  readonly json: boolean;
}

/** `npx hardhat explore`: the latent space around works, and what somebody chose in it. */
export default async function (
  args: ExploreArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const studio = composeStudio();
    if (parseKind(args) === "chosen") await redraw(hre, studio, console, args);
    else await look(hre, studio, console, args);
  });
}

async function look(
  hre: HardhatRuntimeEnvironment,
  studio: Studio,
  console: Console,
  args: ExploreArguments,
): Promise<void> {
  const wanted = readWanted(args);
  const { starts, wish: wishOf, out, workers, count, who, ...rest } = wanted;
  const dossier = args.dossier && resolve(args.dossier);
  // Whether its chain holds is known before anything is drawn.
  if (dossier) await openDossier(composeDatasets(), dossier);
  const wish = await wishOf(studio);
  const { recipe, pool, works } = await begin(hre, {
    studio,
    starts,
    named: args.recipe,
    workers,
    count,
  });
  try {
    const ports = { pool, progress: console, recipe };
    const found = await explore(ports, { ...rest, works, wish });
    const { drawing } = found;
    const bytes = await draw(ports, drawing);
    const kind = rest.pick === undefined ? wish.kind : "pick";
    const moves = drawing.form.kind === "animation";
    const picture = join(out, `${kind}.${moves ? "apng" : "png"}`);
    const chosen = join(out, `${kind}.chosen.json`);
    const file = await factsOf(bytes);
    const document = choose(recipe.id, drawing, file);
    await studio.files.write(picture, bytes);
    await studio.files.write(chosen, chosenBytes(document));
    if (dossier)
      await recordAct(composeDatasets(), dossier, {
        time: dossierTime(),
        who,
        act: "explored",
        words: `${kind} of ${drawing.pictures.length} pictures under recipe ${recipe.id}: ${file.cid}, sha-256 ${file.sha256}`,
      });
    const told = { kind, recipe: recipe.id, picture, chosen, file };
    const result = exploreDocument(found, told);
    console.result(result, () => exploreLines(result));
  } finally {
    await pool.close();
  }
}

/** Everything that the options say, read before anything is loaded. */
function readWanted(args: ExploreArguments) {
  const asked = parseKind(args);
  const start = parseStart(args.work);
  const starts: readonly Start[] =
    args.path === undefined ? [start] : parsePath(args.path);
  const single =
    starts.length === 1 && asked !== undefined && start.kind === "seed";
  const kind =
    asked ??
    (start.kind === "seed" && start.index === undefined ? "look" : "work");
  const dials = parseDials(args.dials);
  const stops = parseSome(args.stops, "number of stops", [2, 15]) ?? 5;
  const reach = parseSome(args.reach, "reach", [1, 1_000]);
  const candidates = parseSome(args.count, "count", [1, 10_000]);
  const wish = async (studio: Studio): Promise<Wish> => {
    if (kind === "grid" || kind === "sliders")
      return { kind, dials, stops, reach };
    if (kind !== "like") return { kind: kind === "chosen" ? "work" : kind };
    const rgb = await studio.example(resolve(args.like ?? ""));
    const seed = start.kind === "seed" ? start.seed : seedOf("like");
    return {
      kind,
      example: shrinkToLook(rgb, EXAMPLE_SIZE),
      seed,
      candidates: candidates ?? 240,
      observation: NEUTRAL_OBSERVATION,
    };
  };
  if (args.dossier !== undefined && args.by === undefined) {
    throw new FatalError(
      "options/missing",
      "The option --by is missing; say whose choice the dossier is to name.",
    );
  }
  return {
    starts: single ? [{ ...start, index: start.index ?? 0 }] : starts,
    wish,
    who: args.by ?? "",
    count: candidates ?? 24,
    moving: parseFormat(args.format) === "apng",
    frames: parseSome(args.frames, "number of frames", [1, 600]),
    size: parseSome(args.size, "size", [64, 4_096]),
    pick: parseSome(args.pick, "picture", [1, 4_096]),
    turned: parseTurned(args),
    traits: parseTraitWords(args.traits),
    out: parseFolder(args.out ?? "out/explore"),
    workers: parseWorkers(args.workers),
  };
}

/** `--chosen FILE`: draws what was chosen again; exit code 0 only where the bytes are the same. */
async function redraw(
  hre: HardhatRuntimeEnvironment,
  studio: Studio,
  console: Console,
  args: ExploreArguments,
): Promise<void> {
  const workers = parseWorkers(args.workers);
  const path = resolve(args.chosen ?? "");
  const document = parseChosen(await studio.files.read(path));
  const recipe = await recipeFrom(hre, args.recipe ?? document.recipe);
  if (recipe.id !== document.recipe) {
    throw new FatalError(
      "explore/other-recipe",
      `This was chosen under recipe \`${document.recipe}\`, and ${recipe.id} is given; give --recipe the directory of the former.`,
    );
  }
  const pool = studio.pool(recipe, workers);
  try {
    const drawing = drawingOf(document);
    const bytes = await draw({ pool, progress: console }, drawing);
    const computed = await factsOf(bytes);
    const match =
      computed.sha256 === document.file.sha256 &&
      computed.cid === document.file.cid;
    if (args.out !== undefined) {
      const name =
        drawing.form.kind === "animation" ? "chosen.apng" : "chosen.png";
      await studio.files.write(join(parseFolder(args.out), name), bytes);
    }
    const result = {
      chosen: path,
      recipe: recipe.id,
      expected: document.file,
      computed,
      match,
    };
    console.result(result, () => [
      match
        ? `The same ${computed.bytes} bytes: ${drawing.pictures.length} ${drawing.pictures.length === 1 ? "picture" : "pictures"} drawn again from ${document.works.length} ${document.works.length === 1 ? "work" : "works"}.`
        : "NOT the same bytes.",
      `  expected ${document.file.cid}`,
      `  computed ${computed.cid}`,
    ]);
    if (!match) process.exitCode = 1;
  } finally {
    await pool.close();
  }
}
