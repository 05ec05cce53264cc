import type { ContractTransactionResponse, Signer } from "ethers";
import { id } from "ethers";

import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import { SLOTS, type SlotName } from "../../../offchain/kernel/slots.ts";
import { JOBS, ORACLE_ADAPTER } from "../../kit/jobs.ts";
import { WIDE_BOUNDS } from "../../kit/oracle-bounds.ts";
import { word, type BenchChain, type Cost, type Loose } from "./chain.ts";
import { CONDITIONS, RECIPE, type OurSubject } from "./subjects.ts";

/** Before every block of the chain. */
const OBSERVED_AT = 1_700_000_000;

/** A signer without a job. */
const STEWARD = 19;

const MONTH = 2_592_000;

/** Value, low, high, step, budget, delay and window of each slot: those of a deployment, but for the delay and a cadence of a second. */
const BOX: readonly (readonly number[])[] = [
  [500, 0, 1_000, 50, 150, 1, MONTH],
  [3, 2, 6, 1, 2, 1, MONTH],
  [50_000_000, 0, 10_000_000_000, 5_000_000, 20_000_000, 1, MONTH],
  [1, 1, 1_209_600, 21_600, 172_800, 1, MONTH],
  [5_000, 4_000, 7_000, 250, 750, 1, MONTH],
  [10_000, 5_000, 20_000, 1_000, 3_000, 1, MONTH],
];

const as = (contract: Loose, signer: Signer | undefined) =>
  contract.connect(signer as Signer) as Loose;
const done = async (sent: Promise<ContractTransactionResponse>) =>
  (await sent).wait();
const slot = (name: SlotName): number => SLOTS.indexOf(name);
const limits = (place: number, high?: number): readonly number[] => {
  const [, low = 0, top = 0, ...rest] = BOX[place] ?? [];
  return [low, high ?? top, ...rest];
};

/** What the controller costs, by name: what its steward, its guardian and the DAO do, and what openings and epochs pay for it. */
export async function measureGovernance(
  chain: BenchChain,
  subject: OurSubject,
): Promise<Record<string, Cost>> {
  const { controller, collection, steward, admin, guardian, accept } =
    await found(chain, subject);
  const reasons = word("reasons");
  const cost = (sent: Promise<ContractTransactionResponse>) =>
    chain.cost(sent, collection, true);
  const move = (name: SlotName, value: number) =>
    cost(as(controller, steward).move!(slot(name), value, reasons, 1));
  const dao = as(controller, admin);
  const figures = {
    "move, royalty, first": await move("royalty", 510),
    "move, royalty": await move("royalty", 520),
    "move, burn count": await move("burn-count", 4),
    "move, mint price": await move("mint-price", 50_000_001),
    "move, guard threshold": await move("guard-threshold", 5_010),
    "govern, royalty": await cost(dao.govern!(slot("royalty"), 700, reasons)),
    setLimits: await cost(dao.setLimits!(0, limits(0, 900))),
    "setLimits, below the value": await cost(dao.setLimits!(0, limits(0, 600))),
    freeze: await cost(as(controller, guardian).freeze!()),
  };
  return {
    ...figures,
    ...(await measureTerms(chain, subject, controller, accept)),
  };
}

/** What openings pay once terms are in force, and epochs once there is a cadence. */
async function measureTerms(
  chain: BenchChain,
  { contract }: OurSubject,
  controller: Loose,
  accept: (round: number) => Promise<unknown>,
) {
  const valueOf = async (name: SlotName): Promise<bigint> =>
    (await controller.getFunction("valueOf").staticCall(slot(name))) as bigint;
  const own = (5_010n << 24n) | (10_000n << 8n);
  const rest = BigInt(CONDITIONS) & ~(0xffff_ffffn << 8n);
  const conditions = `0x${(rest | own).toString(16).padStart(64, "0")}`;
  if ((await valueOf("guard-threshold")) !== 5_010n)
    throw new Error("the guard threshold is another one");
  const publisher = as(contract, chain.signers[JOBS.publisher]);
  const evolve = (round: number) =>
    chain.cost(publisher.evolve!(word(`epoch of round ${round}`), round));
  const to = await (chain.signers[1] as Signer).getAddress();
  await evolve(1);
  await accept(2);

  return {
    "open, terms in force": await chain.cost(
      contract.open!(to, RECIPE, 100, conditions),
    ),
    "evolve, terms in force": await evolve(2),
  };
}

/** A controller in office, a steward, a sound round, and an open forge. */
async function found(chain: BenchChain, subject: OurSubject) {
  const [admin, guardian] = [JOBS.admin, JOBS.guardian].map(
    (at) => chain.signers[at] as Signer,
  ) as [Signer, Signer];
  const [steward, adapter] = [STEWARD, ORACLE_ADAPTER].map(
    (at) => chain.signers[at] as Signer,
  ) as [Signer, Signer];
  const collection = await subject.contract.getAddress();
  const { contract: oracle } = await chain.deploy(
    "MarketOracle",
    subject.registry,
    collection,
    await adapter.getAddress(),
    WIDE_BOUNDS,
    1,
  );
  const oracleAt = await oracle.getAddress();
  await done(as(subject.contract, admin).setOracle!(oracleAt));
  const accept = (round: number) =>
    done(as(oracle, adapter).accept!(ordinary(round)));
  await accept(1);

  const { contract: controller } = await chain.deploy(
    "ParameterController",
    await controllerSettings(subject.registry, collection, admin),
  );
  const book = as(subject.book, admin);
  const parameters = id("PARAMETER_ROLE");
  await done(book.grantRole!(parameters, await controller.getAddress()));
  await done(controller.takeOffice!());
  await done(book.grantRole!(id("STEWARD_ROLE"), await steward.getAddress()));
  await done(as(subject.book, steward).acceptRole!(id("STEWARD_ROLE")));
  await done(as(controller, admin).setForge!(RECIPE, CONDITIONS));
  return { controller, collection, steward, admin, guardian, accept };
}

/** The constructor's argument; the account stands for the wrapper and receives royalties. */
export async function controllerSettings(
  registry: string,
  collection: string,
  account: Signer,
) {
  return {
    registry,
    collection,
    wrapper: await account.getAddress(),
    royaltyReceiver: await account.getAddress(),
    values: BOX.map(([value]) => value),
    limits: BOX.map((_, place) => limits(place)),
    breaker: [2 ** 32 - 1, 3_000, 4_000],
    grantExpiry: 2 ** 40 - 1,
  };
}

/** An ordinary day. */
function ordinary(round: number): string {
  return packObservation({
    ...NEUTRAL_OBSERVATION,
    present: { ...NEUTRAL_OBSERVATION.present, change: true, volatility: true },
    change: -312,
    volatility: 451,
    time: OBSERVED_AT + round,
  });
}
