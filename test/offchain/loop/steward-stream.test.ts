import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { FatalError } from "../../../offchain/kernel/errors.ts";
import type { StewardReport } from "../../../offchain/loop/steward-ports.ts";
import { stewardStream } from "../../../offchain/loop/steward-stream.ts";
import { rulesPolicy } from "../../../offchain/steward/rules.ts";
import { expectCode } from "../../kit/rejection.ts";
import {
  bringDays,
  createStewardWorld,
  stewardPorts,
  type StewardWorld,
} from "../../kit/steward-ports.ts";

describe("loop/steward-stream", () => {
  let folder: string;
  let world: StewardWorld;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "loop-"))));
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => void (world = createStewardWorld(folder)));

  /** Watches through pauses, in each of which this happens, and then the signal. */
  async function watched(
    pauses: readonly (() => Promise<void>)[],
    change: Partial<ReturnType<typeof stewardPorts>> = {},
  ) {
    const stop = new AbortController();
    const ports = { ...stewardPorts(world), ...change };
    const told: StewardReport[] = [];
    const idle: boolean[] = [];
    let at = 0;
    const waiting = {
      async pause() {
        expect(idle.at(-1)).to.equal(true);
        const next = pauses[at++];
        if (next === undefined) stop.abort();
        await next?.();
      },
    };
    const ended = await stewardStream(
      rulesPolicy,
      { ...ports, waiting },
      {
        signal: stop.signal,
        onIdle: (now) => void idle.push(now),
        deliver: async (report) => void told.push(report),
      },
    ).catch((error: unknown) => error);
    return { told, idle, ended, notes: ports.notes };
  }
  const nothing = async (): Promise<void> => {};

  it("looks once at each round, and may be ended only between two looks", async () => {
    await bringDays(world, 5);
    const more = () => bringDays(world, 1, { volatility: 900 });
    const { told, idle, ended } = await watched([nothing, more, nothing]);
    expect(told.map(({ round }) => round)).to.deep.equal([5, 6]);
    expect(ended).to.have.property("name", "AbortError");
    expect(idle).to.deep.equal([false, true, true, false, true, true]);
  });

  it("waits where there is no round yet", async () => {
    const { told } = await watched([nothing]);
    expect(told).to.deep.equal([]);
  });

  it("tells what passes once, and goes on; and ends with what does not", async () => {
    await bringDays(world, 5, { volatility: 900 });
    let refusals = 0;
    const { governance } = stewardPorts(world);
    const move: typeof governance.move = async (...args) => {
      if (refusals++ === 0)
        throw new FatalError("chain/refused", "It was `refused`; wait.");
      return governance.move(...args);
    };
    const more = () => bringDays(world, 1, { volatility: 900 });
    const change = { governance: { ...governance, move } };
    const { told, notes } = await watched([nothing, more], change);
    expect(
      told.map(({ round, outcome }) => [round, outcome.kind]),
    ).to.deep.equal([[6, "changed"]]);
    expect(
      notes.filter((note) => note.includes("chain/refused")),
    ).to.have.length(1);
    await bringDays(world, 1, { volatility: 900 });
    const keyless = {
      chain: { ...stewardPorts(world).chain, signsFor: async () => false },
    };
    const { ended } = await watched([nothing], keyless);
    await expectCode(() => Promise.reject(ended as Error), "steward/no-key");
  });
});
