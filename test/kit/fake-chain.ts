import { verifyProof } from "../../offchain/dataset/tree.ts";
import {
  toHex,
  uint256,
  utf8,
  concat,
  type Hex,
} from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { splitTokenId, tokenId } from "../../offchain/kernel/ids.ts";
import { epochUri, tokenUri } from "../../offchain/publishing/paths.ts";
import type {
  AdapterView,
  AttunedEvent,
  BatchView,
  Chain,
  EpochView,
  MinedTransaction,
  Once,
  OpenedEvent,
  PinEvent,
  RegisteredDataset,
  RegisteredRecipe,
  RoundEvent,
  SealedEvent,
  Transfer,
} from "../../offchain/loop/chain.ts";
import { noPoint, type Point } from "../../offchain/loop/journal.ts";

const NOBODY: Hex = `0x${"00".repeat(20)}`;
const ORACLE: Hex = `0x${"0a".repeat(20)}`;
const ADAPTER: Hex = `0x${"0b".repeat(20)}`;
const HOLDER: Hex = `0x${"11".repeat(20)}`;
const DIALS = 4;
const DIAL_END = 8;

/** What a chain in memory holds: it outlives every process of a test. */
export interface FakeLedger {
  readonly name: string;
  height: number;
  readonly opened: OpenedEvent[];
  readonly sealed: SealedEvent[];
  readonly moves: Transfer[];
  readonly rounds: RoundEvent[];
  readonly epochs: EpochView[];
  readonly acts: AttunedEvent[];
  readonly pins: PinEvent[];
  /** Registered ones; a recipe that was opened without is taken as if it were. */
  readonly recipes: { readonly id: Hex; readonly dataset?: Hex }[];
  readonly datasets: Hex[];
  /** Ids of recipes and roots of datasets that were revoked. */
  readonly revoked: Set<Hex>;
  /** Whom the oracle hears, the active one first. */
  readonly adapters: AdapterView[];
  /** `mixHash` of blocks, by number, where they come from another chain. */
  readonly mixes: Record<number, Hex>;
  contractURI: string;
  /** Results by outbox key: a transaction is never made twice. */
  readonly sent: Map<string, unknown>;
}

/** A chain that has just begun. */
export function createLedger(name = "ledger"): FakeLedger {
  return {
    name,
    height: 1,
    opened: [],
    sealed: [],
    moves: [],
    rounds: [],
    epochs: [],
    acts: [],
    pins: [],
    recipes: [],
    datasets: [],
    revoked: new Set(),
    adapters: [{ address: ADAPTER, kind: "account" }],
    mixes: {},
    contractURI: "",
    sent: new Map(),
  };
}

/** Everything that a stranger reads of a chain to rebuild its epochs, as text. */
export async function chainData(chain: Chain): Promise<string> {
  const height = await chain.height();
  const opened: OpenedEvent[] = [];
  const mixes: Record<number, Hex> = {};
  for (let batch = 1; batch <= (await chain.batches()); batch++) {
    const event = await chain.openedEvent(batch);
    opened.push(event);
    const { seedBlock } = await chain.batchOf(batch);
    const { mixHash } = await chain.blockByNumber(seedBlock);
    // A ledger has its seed blocks right behind the openings, whatever the delay was.
    mixes[event.block + 1] = mixHash;
  }
  const epochs: EpochView[] = [];
  const { count } = await chain.epochs();
  for (let epoch = 1; epoch <= count; epoch++)
    epochs.push(await chain.epochAt(epoch));
  return JSON.stringify({
    name: "chain data",
    height,
    opened,
    sealed: await chain.sealedEvents(),
    moves: await chain.transfers(),
    rounds: await chain.rounds(),
    epochs,
    acts: await chain.attunedEvents(height),
    pins: await chain.pinEvents(height),
    adapters: [],
    mixes,
  });
}

/** A ledger of {@link chainData}, to be read. */
export function ledgerOf(text: string): FakeLedger {
  return { ...createLedger(), ...(JSON.parse(text) as Partial<FakeLedger>) };
}

/**
 * The collection in memory, after the rules that evolving depends on: one block for each transaction, seeds out of block numbers,
 * rounds with their seals, epochs in rising order of rounds, pins of covering sound epochs. `point` passes what the real adapter's
 * does: `<key>/outbox` before a transaction counts, `<key>/mined` after.
 */
export function fakeChain(
  ledger: FakeLedger,
  { point = noPoint }: { readonly point?: Point } = {},
): Chain {
  const hash = (what: string): Hex =>
    toHex(keccak256(utf8(`${ledger.name} ${what}`)));
  const place = (): { block: number; logIndex: number } => ({
    block: ledger.height,
    logIndex: 0,
  });
  const refuse = (why: string): FatalError =>
    new FatalError("chain/refused", `The fake chain refuses: ${why}.`);
  const send = <T>(
    { key }: Once,
    work: () => T,
  ): Promise<MinedTransaction & T> => {
    const done = ledger.sent.get(key) as (MinedTransaction & T) | undefined;
    if (done !== undefined) return Promise.resolve(done);
    return Promise.resolve().then(() => {
      point(`${key}/outbox`);
      ledger.height += 1;
      let result: T;
      try {
        result = work();
      } catch (error) {
        ledger.height -= 1;
        throw error;
      }
      const mined = {
        hash: hash(`transaction ${ledger.height}`),
        block: ledger.height,
        gasUsed: 21_000,
        ...result,
      };
      ledger.sent.set(key, mined);
      point(`${key}/mined`);
      return mined;
    });
  };
  const open = (batch: number): OpenedEvent => {
    const event = ledger.opened[batch - 1];
    if (event === undefined)
      throw new FatalError("chain/no-batch", `No batch \`${batch}\`.`);
    return event;
  };
  const sealOf = (batch: number): SealedEvent | undefined =>
    ledger.sealed.find((event) => event.batch === batch);
  const burned = (token: string): boolean =>
    ledger.moves.some((move) => move.to === NOBODY && move.token === token);
  const requireToken = (token: bigint): SealedEvent => {
    const { batch, index } = splitTokenId(token);
    const sealed = sealOf(Number(batch));
    const count = ledger.opened[Number(batch) - 1]?.count ?? 0;
    if (sealed === undefined || index >= count || burned(`${token}`))
      throw new FatalError("chain/no-token", `No token \`${token}\`.`);
    return sealed;
  };
  const recipes = (): RegisteredRecipe[] => {
    const named = new Map(ledger.recipes.map((each) => [each.id, each]));
    for (const { recipe: id } of ledger.opened)
      if (!named.has(id)) named.set(id, { id });
    return [...named.values()].map(({ id, dataset: root }, i) => {
      const fallen = root !== undefined && ledger.revoked.has(root);
      return {
        id,
        number: i + 1,
        revoked: fallen || ledger.revoked.has(id),
        ...(root === undefined ? {} : { dataset: { root, revoked: fallen } }),
      };
    });
  };
  const requireStanding = (recipe: Hex): void => {
    const known = recipes().find(({ id }) => id === recipe);
    if (known?.dataset?.revoked === true) throw refuse("a revoked dataset");
    if (known?.revoked === true) throw refuse("a revoked recipe");
  };
  const requireDataset = (root: Hex): void => {
    if (!ledger.datasets.includes(root)) throw refuse("an unknown dataset");
  };
  const datasets = (): RegisteredDataset[] =>
    ledger.datasets.map((root, i) => ({
      root,
      number: i + 1,
      revoked: ledger.revoked.has(root),
    }));
  const pinOf = (token: bigint): number | undefined =>
    ledger.pins.findLast((pin) => pin.token === `${token}`)?.epoch;
  const epoch = (number: number): EpochView => {
    const found = ledger.epochs[number - 1];
    if (found === undefined)
      throw new FatalError("chain/no-epoch", `No epoch \`${number}\`.`);
    return found;
  };
  const shown = (): number =>
    ledger.epochs.findLast(({ voided }) => !voided)?.epoch ?? 0;
  const epochOf = (token: bigint): number => {
    const { ordinal } = requireToken(token);
    const pin = pinOf(token);
    if (pin === 0) return 0;
    if (pin !== undefined && !epoch(pin).voided) return pin;
    const newest = shown();
    return newest > 0 && epoch(newest).covered >= ordinal ? newest : 0;
  };
  const uriAt = (token: bigint, number: number): string => {
    const sealed = requireToken(token);
    if (number === 0) return tokenUri(sealed.root, token);
    const { root, covered, voided } = epoch(number);
    if (voided || covered < sealed.ordinal)
      throw new FatalError("chain/no-epoch", `No epoch \`${number}\`.`);
    return epochUri(root, token);
  };
  const header = (number: number) => ({
    number,
    hash: hash(`block ${number}`),
    mixHash: ledger.mixes[number] ?? hash(`mix ${number}`),
    timestamp: 12 * number,
  });
  const reach = async (number: number) => {
    ledger.height = Math.max(ledger.height, number);
    return header(number);
  };
  const adapterView = (address: Hex): AdapterView =>
    ledger.adapters.find((each) => each.address === address) ?? {
      address,
      kind: "account",
    };
  const unused = (): never => {
    throw new Error("the fake chain has no such thing");
  };

  return {
    instance: () =>
      Promise.resolve({
        id: hash("instance"),
        chain: hash("chain"),
        genesis: hash("genesis"),
        chainId: 31_337,
        collection: HOLDER,
        development: true,
      }),
    account: HOLDER,
    openBatch: ({ to, recipe, count, conditions }, once) =>
      send(once, () => {
        requireStanding(recipe);
        const batch = ledger.opened.length + 1;
        const opened: OpenedEvent = {
          batch,
          recipe,
          to,
          count,
          conditions,
          ...place(),
          transaction: hash(`open ${batch}`),
        };
        ledger.opened.push(opened);
        return { opened };
      }),
    sealBatch: ({ batch, root, blockHash }, once) =>
      send(once, () => {
        const { recipe, to, count } = open(batch);
        requireStanding(recipe);
        const sealed: SealedEvent = {
          batch,
          recipe,
          root,
          blockHash,
          ordinal: ledger.sealed.length + 1,
          ...place(),
          transaction: hash(`seal ${batch}`),
        };
        ledger.sealed.push(sealed);
        for (let index = 0; index < count; index++)
          ledger.moves.push({
            from: NOBODY,
            to,
            token: `${tokenId(batch, index)}`,
            block: ledger.height,
          });
        return { sealed };
      }),
    burn: ({ holder, token }, once) =>
      send(once, () => {
        requireToken(BigInt(token));
        const { block } = place();
        ledger.moves.push({ from: holder, to: NOBODY, token, block });
        return {};
      }),
    bringRound: (observation, once) =>
      send(once, () => {
        const round = {
          round: ledger.rounds.length + 1,
          observation,
          adapter: ledger.adapters[0]?.address ?? NOBODY,
          seals: ledger.sealed.length,
          ...place(),
        };
        ledger.rounds.push(round);
        return { round };
      }),
    evolve: ({ root, round: number }, once) =>
      send(once, () => {
        const round = ledger.rounds[number - 1];
        if (round === undefined) throw refuse("no such round");
        if ((ledger.epochs.at(-1)?.round ?? 0) >= number)
          throw refuse("an epoch of this round, or a newer one");
        if (round.block >= ledger.height) throw refuse("too early");
        const made = ledger.epochs.length + 1;
        ledger.epochs.push({
          epoch: made,
          root,
          round: number,
          covered: round.seals,
          time: 12 * ledger.height,
          voided: false,
        });
        return { epoch: made };
      }),
    voidEpoch: (number, once) =>
      send(once, () => {
        ledger.epochs[number - 1] = { ...epoch(number), voided: true };
        return {};
      }),
    attune: ({ token, act }, once) =>
      send(once, () => {
        requireToken(BigInt(token));
        const before = ledger.acts.findLast((one) => one.token === token);
        const word = BigInt(before?.attunement ?? 0);
        const dials = Array.from({ length: DIALS }, (_, i) =>
          Number(BigInt.asIntN(8, word >> BigInt(8 * i))),
        );
        const dial = act >> 1;
        const turned = (dials[dial] ?? 0) + ((act & 1) === 1 ? 1 : -1);
        if (Math.abs(turned) > DIAL_END) throw refuse("a dial at its end");
        dials[dial] = turned;
        const next = dials.reduce(
          (sum, value, i) =>
            sum + (BigInt.asUintN(8, BigInt(value)) << BigInt(8 * i)),
          0n,
        );
        const attunement = toHex(concat(uint256(next)));
        ledger.acts.push({ token, attunement, ...place() });
        return {};
      }),
    pin: ({ token, epoch: to }, once) =>
      send(once, () => {
        requireToken(BigInt(token));
        if (to !== undefined) uriAt(BigInt(token), to);
        ledger.pins.push({ token, epoch: to, ...place() });
        return {};
      }),
    registerRecipe: (id, { dataset, ...once }) =>
      send(once, () => {
        if (recipes().some((known) => known.id === id))
          throw refuse("a recipe that is registered");
        if (dataset !== undefined) requireDataset(dataset);
        if (dataset !== undefined && ledger.revoked.has(dataset))
          throw refuse("a revoked dataset");
        ledger.recipes.push({ id, ...(dataset && { dataset }) });
        return {};
      }),
    revokeRecipe: (id, once) =>
      send(once, () => {
        requireStanding(id);
        ledger.revoked.add(id);
        return {};
      }),
    registerDataset: (root, once) =>
      send(once, () => {
        if (ledger.datasets.includes(root))
          throw refuse("a dataset that is registered");
        ledger.datasets.push(root);
        return {};
      }),
    revokeDataset: (root, once) =>
      send(once, () => {
        requireDataset(root);
        ledger.revoked.add(root);
        return {};
      }),
    forge: unused,
    setParameter: (change, once) =>
      send(once, () => {
        if (change.name !== "adapters") return unused();
        const named = [change.active, change.fallback].filter(
          (address) => address !== NOBODY,
        );
        ledger.adapters.splice(0, 2, ...named.map(adapterView));
        return {};
      }),
    abandon: unused,
    batchOf(batch) {
      const opened = ledger.opened[batch - 1];
      const sealed = sealOf(batch);
      const seedBlock = (opened?.block ?? 0) + 1;
      return Promise.resolve({
        status:
          opened === undefined
            ? "none"
            : sealed === undefined
              ? "open"
              : "sealed",
        to: opened?.to ?? NOBODY,
        count: opened?.count ?? 0,
        recipe: recipes().find(({ id }) => id === opened?.recipe)?.number ?? 0,
        openBlock: opened?.block ?? 0,
        seedBlock,
        deadline: seedBlock + 1_000,
        ordinal: sealed?.ordinal ?? 0,
        root: sealed?.root ?? `0x${"00".repeat(32)}`,
        generation: 0,
        parents: 0,
      } satisfies BatchView);
    },
    timing: () => Promise.resolve({ seedDelay: 1, sealWindow: 1_000 }),
    batches: () => Promise.resolve(ledger.opened.length),
    tokenURI: async (token) => uriAt(token, epochOf(token)),
    contractURI: () => Promise.resolve(ledger.contractURI),
    blockByNumber: async (number) => header(number),
    height: () => Promise.resolve(ledger.height),
    reachBlock: reach,
    reachSettled: reach,
    openedEvent: async (batch) => open(batch),
    sealedEvents: (before) =>
      Promise.resolve(
        ledger.sealed.filter(
          ({ block, logIndex }) =>
            before === undefined ||
            block < before.block ||
            (block === before.block && logIndex < before.logIndex),
        ),
      ),
    recipes: () => Promise.resolve(recipes()),
    datasets: () => Promise.resolve(datasets()),
    provesInclusion: async (root, leaf, proof) => {
      requireDataset(root);
      return verifyProof(root, leaf, proof);
    },
    signsFor: () => Promise.resolve(true),
    signsAs: () => Promise.resolve(true),
    ownerOf: async (token) => {
      requireToken(token);
      return HOLDER;
    },
    lockOf: () => Promise.resolve(0),
    forgeTerms: unused,
    termsInForce: async () => undefined,
    forgedEvents: () => Promise.resolve([]),
    abandonedBatches: () => Promise.resolve([]),
    transfers: () => Promise.resolve([...ledger.moves]),
    epochs: () =>
      Promise.resolve({
        count: ledger.epochs.length,
        shown: shown(),
        lastRound: ledger.epochs.at(-1)?.round ?? 0,
        oracle: ORACLE,
      }),
    epochAt: async (number) => epoch(number),
    rounds: () => Promise.resolve([...ledger.rounds]),
    adapterAt: async (address) => adapterView(address),
    oracleView: () =>
      Promise.resolve({
        oracle: ORACLE,
        latestRound: ledger.rounds.at(-1)?.round ?? 0,
        active: ledger.adapters[0],
        fallback: ledger.adapters[1],
        fallbackFrom: 12 * ledger.height + 86_400,
        bounds: {
          leastInterval: 0,
          staleAfter: 86_400,
          maxAge: 0,
          maxChange: 32_768,
          maxVolatility: 65_535,
          maxTrend: 32_768,
          maxFloorFactor: 0,
        },
      }),
    epochOf: async (token) => epochOf(token),
    tokenURIAt: async (token, number) => uriAt(token, number),
    attunedEvents: (upTo) =>
      Promise.resolve(ledger.acts.filter(({ block }) => block <= upTo)),
    pinEvents: (upTo) =>
      Promise.resolve(ledger.pins.filter(({ block }) => block <= upTo)),
    collectionView: unused,
    canReceive: () => Promise.resolve(true),
  };
}
