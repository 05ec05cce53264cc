import { expect } from "chai";

import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import {
  legsOf,
  pace,
  pathFilm,
  pathSheet,
} from "../../../offchain/loop/explore-path.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { expectCode } from "../../kit/rejection.ts";

const works = ["a", "b", "c"].map((name) => ({
  digest: keccak256(utf8(name)),
  traits: {},
  observation: NEUTRAL_OBSERVATION,
}));
const ports = {
  pool: createFakePool(),
  progress: { stage: () => undefined, note: () => undefined },
};

describe("pace", () => {
  it("is even, and slower at both ends, where every part changes as much", () => {
    const shares = pace(
      Array.from({ length: 16 }, () => 0.1),
      9,
    );
    expect(shares[4]).to.equal(500);
    const steps = [0, ...shares, 1000]
      .slice(1)
      .map((share, i) => share - [0, ...shares][i]!);
    expect(steps[0]).to.be.below(steps[5]!);
    expect(steps.toReversed()).to.deep.equal(steps);
  });

  it("takes small steps where much happens", () => {
    const changes = Array.from({ length: 16 }, (_, i) => (i === 8 ? 1 : 0));
    const shares = pace(changes, 9);
    const inside = shares.filter((share) => share >= 500 && share <= 563);
    expect(inside.length).to.be.at.least(6);
    expect(shares.toSorted((a, b) => a - b)).to.deep.equal(shares);
  });

  it("goes on where nothing is seen to change", () => {
    const shares = pace(
      Array.from({ length: 16 }, () => 0),
      3,
    );
    expect(shares[1]).to.equal(500);
  });
});

describe("a path", () => {
  it("shows each leg in a row with both of its works, and as a film comes back", async () => {
    const open = await legsOf(ports, works, { frames: 3, closed: false });
    const sheet = pathSheet(open, 64);
    expect(sheet.form).to.deep.equal({ kind: "sheet", columns: 5 });
    expect(sheet.pictures).to.have.length(10);
    expect(sheet.pictures[4]).to.deep.equal(works[1]);
    expect(sheet.pictures[5]).to.deep.equal(works[1]);
    const closed = await legsOf(ports, works, { frames: 3, closed: true });
    const film = pathFilm(closed, 64);
    expect(film.pictures).to.have.length(12);
    expect(film.pictures[11]?.towards?.key.digest).to.deep.equal(
      works[0]?.digest,
    );
    expect(film.form).to.have.property("delays").with.length(12);
  });

  it("of one work is none", () =>
    expectCode(
      () => legsOf(ports, works.slice(1, 2), { frames: 3, closed: false }),
      "explore/short-path",
    ));
});
