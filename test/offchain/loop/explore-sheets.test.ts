import { expect } from "chai";

import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import {
  gridAround,
  ringAround,
  sliders,
  steered,
  stopsAround,
  swings,
} from "../../../offchain/loop/explore-sheets.ts";
import { thrownBy } from "../../kit/thrown.ts";

const key = {
  digest: new Uint8Array(32),
  traits: {},
  observation: NEUTRAL_OBSERVATION,
};
const dial = (name: string) => ({ name, words: name, style: true });
const [zoom, hue] = [dial("zoom"), dial("hue")];

describe("stopsAround", () => {
  it("has the place itself in its middle, and ends at the ends of the dial", () => {
    expect(stopsAround(0, 1000, 5)).to.deep.equal([-1000, -500, 0, 500, 1000]);
    expect(stopsAround(800, 600, 5)).to.deep.equal([200, 500, 800, 900, 1000]);
    expect(stopsAround(0, 300, 2)).to.deep.equal([-300, 300]);
  });
});

describe("sheets around a work", () => {
  it("go to the right along one dial and upwards along the other", () => {
    const grid = gridAround(key, [zoom, hue], { stops: 3, reach: 400 });
    expect(grid.map(({ steer }) => [steer["zoom"] ?? 0, steer["hue"] ?? 0]))
      .to.deep.equal([
        [-400, 400], [0, 400], [400, 400],
        [-400, 0], [0, 0], [400, 0],
        [-400, -400], [0, -400], [400, -400],
      ]); // prettier-ignore
    expect(grid[4]?.steer).to.deep.equal({});
    expect(
      thrownBy(() => gridAround(key, [zoom, zoom], { stops: 3, reach: 9 }))
        .code,
    ).to.equal("explore/one-dial");
  });

  it("keep what else was turned, a row for each dial", () => {
    const rows = sliders(steered(key, { warmth: 70 }), [zoom, hue], {
      stops: 3,
      reach: 1000,
    });
    expect(rows).to.have.length(6);
    expect(rows.every(({ steer }) => steer["warmth"] === 70)).to.equal(true);
    expect(rows[5]?.steer).to.deep.equal({ warmth: 70, hue: 1000 });
  });

  it("go round without a jump where they move", () => {
    for (const film of [
      ringAround(key, [zoom, hue], { frames: 36, reach: 700 }),
      swings(key, [zoom, hue], { frames: 48, reach: 700 }),
    ])
      film.forEach(({ steer }, k) => {
        const next = film[(k + 1) % film.length]!.steer;
        for (const name of ["zoom", "hue"])
          expect(
            Math.abs((steer[name] ?? 0) - (next[name] ?? 0)),
          ).to.be.at.most(240);
      });
  });
});
