import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { parseChosen } from "../../offchain/loop/chosen.ts";
import { errorCode, type Finished } from "../kit/cli.ts";
import { runTask } from "../kit/task.ts";
import { tinyTunedRecipe } from "../kit/tuned-recipe.ts";

describe("explore", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "explore-"));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const explore = (args: Record<string, unknown>): Promise<Finished> =>
    runTask("explore", { out: folder, workers: "1", size: "64", ...args });
  const told = ({ stdout }: Finished): Record<string, never> =>
    JSON.parse(stdout) as Record<string, never>;

  it("draws a grid whose pictures can be picked, and chosen again byte for byte", async () => {
    const around = {
      work: "spring:1",
      grid: true,
      dials: "wider belly,zoom",
      stops: "3",
      steer: "hue=300",
      truncate: "200",
    };
    const grid = await explore({ ...around, json: true });
    expect(grid.code, grid.stderr).to.equal(0);
    const { dials, pictures } = told(grid) as unknown as {
      dials: { name: string }[];
      pictures: { steer: Record<string, number> }[];
    };
    expect(dials.map(({ name }) => name)).to.deep.equal(["style2", "zoom"]);
    expect(pictures).to.have.length(9);
    expect(pictures[0]?.steer).to.deep.equal({
      truncation: 200,
      hue: 300,
      style2: -700,
      zoom: 700,
    });
    const chosen = join(folder, "grid.chosen.json");
    const again = await runTask("explore", {
      chosen,
      workers: "2",
      json: true,
    });
    expect(again.code).to.equal(0);
    expect(told(again)).to.include({ match: true });

    const pick = await explore({ ...around, pick: "1", json: true });
    expect(pick.code, pick.stderr).to.equal(0);
    const document = parseChosen(
      await readFile(join(folder, "pick.chosen.json")),
    );
    expect(document.works[0]?.steer).to.deep.equal(pictures[0]?.steer);

    // What was altered is told from what was chosen.
    const text = await readFile(chosen, "utf8");
    const other = join(folder, "other.chosen.json");
    await writeFile(other, text.replace('"hue":300', '"hue":301'));
    const differs = await runTask("explore", {
      chosen: other,
      workers: "1",
      json: true,
    });
    expect(differs.code).to.equal(1);
    expect(told(differs)).to.include({ match: false });
  });

  it("walks between works as an animation, and goes on from what was chosen", async () => {
    const path = await explore({
      path: `spring:1,${join(folder, "pick.chosen.json")}`,
      frames: "2",
      format: "apng",
      json: true,
    });
    expect(path.code, path.stderr).to.equal(0);
    const { form, pictures } = told(path) as unknown as {
      form: { kind: string; delays: number[] };
      pictures: unknown[];
    };
    expect(form.kind).to.equal("animation");
    expect(form.delays).to.have.length(pictures.length).and.to.have.length(6);
    const file = await readFile(join(folder, "path.apng"), "latin1");
    expect(file).to.contain("acTL").and.to.contain("fdAT");
  });

  it("steers and crosses the works of a tuned recipe", async () => {
    const recipe = join(folder, "recipe");
    await mkdir(recipe);
    for (const [name, bytes] of await tinyTunedRecipe())
      await writeFile(join(recipe, name), bytes);
    const path = await explore({
      recipe,
      path: "a:0,a:1",
      frames: "1",
      json: true,
    });
    expect(path.code, path.stderr).to.equal(0);
    const again = await runTask("explore", {
      chosen: join(folder, "path.chosen.json"),
      recipe,
      workers: "1",
    });
    expect(again.code, again.stderr).to.equal(0);
    const dial = await explore({
      recipe,
      work: `0x${"5a".repeat(32)}`,
      steer: "hardness=3",
    });
    expect(errorCode(dial)).to.equal("explore/unknown-dial");
    const mixed = await explore({
      recipe,
      work: join(folder, "grid.chosen.json"),
    });
    expect(errorCode(mixed)).to.equal("explore/mixed-recipes");
    const others = await runTask("explore", {
      chosen: join(folder, "grid.chosen.json"),
      recipe,
    });
    expect(errorCode(others)).to.equal("explore/other-recipe");
  });

  // A digest: its work is known without a screen.
  const work = `0x${"5a".repeat(32)}`;
  for (const [what, args, code] of [
    [
      "a dial that nobody knows",
      { work, steer: "liberty=3" },
      "explore/unknown-dial",
    ],
    [
      "a dial beyond its end",
      { work, steer: "zoom=1001" },
      "options/bad-steer",
    ],
    ["a dial without a place", { work, steer: "zoom" }, "options/bad-steer"],
    [
      "too much truncation",
      { work, truncate: "1001" },
      "options/bad-truncation",
    ],
    [
      "a word that nobody knows",
      { work, traits: "palette=mud" },
      "explore/unknown-trait",
    ],
    [
      "a trait that nobody knows",
      { work, traits: "mood=mud" },
      "explore/unknown-trait",
    ],
    ["a path of one work", { path: "spring:1" }, "explore/short-path"],
    [
      "one dial for a grid",
      { work, grid: true, dials: "zoom" },
      "explore/two-dials",
    ],
    [
      "one dial twice",
      { work, grid: true, dials: "zoom,zoom" },
      "explore/one-dial",
    ],
    [
      "two wishes at once",
      { work, grid: true, sliders: true },
      "options/too-much",
    ],
    ["a still that is to move", { work, format: "apng" }, "explore/still"],
    ["another format", { work, format: "gif" }, "options/bad-format"],
    [
      "a picture that is not there",
      { work, grid: true, dials: "zoom,hue", stops: "2", pick: "5" },
      "explore/no-such-picture",
    ],
    ["a size that no work has", { work, size: "32" }, "options/bad-number"],
    [
      "a sheet for a wall",
      { work, sliders: true, size: "4096" },
      "explore/too-large",
    ],
    ["no work", { work: " " }, "options/bad-work"],
    ["half a digest", { work: "0x1234" }, "options/bad-work"],
    ["a number that is no token", { work: "12" }, "options/bad-work"],
    [
      "a file that is not there",
      { chosen: "/nowhere/grid.json" },
      "files/missing",
    ],
    [
      "an example that is not there",
      { like: "/nowhere/a.png" },
      "picture/unreadable",
    ],
    ["a dossier without a name", { work, dossier: "out" }, "options/missing"],
  ] as const)
    it(`refuses ${what}`, async () => {
      const refused = await explore(args);
      expect(errorCode(refused), refused.stderr).to.equal(code);
      expect(refused.code).to.equal(1);
      expect(refused.stdout).to.equal("");
    });
});
