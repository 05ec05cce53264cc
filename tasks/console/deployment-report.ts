import type { Hex } from "../../offchain/kernel/bytes.ts";
import { JOBS } from "../../offchain/loop/chain.ts";
import type { DeploymentCheck } from "../../offchain/loop/check-deployment.ts";
import { shortAmount as coins } from "../../offchain/loop/amounts.ts";
import { coinOf } from "../../offchain/loop/coins.ts";
import type { DeploymentPlan } from "../../offchain/loop/plan-deployment.ts";
import {
  DAO_CONTRACTS,
  type Addresses,
  type DaoContractName,
} from "../../offchain/loop/ports-deployment.ts";
import type { DaoAddresses } from "../../offchain/loop/ports-governance.ts";
import { accountsIn, outsiders } from "../../offchain/loop/privileged-keys.ts";
import type { DeploymentDeps } from "../compose/deployments.ts";
import { table } from "./table.ts";

type About = Pick<
  DeploymentDeps,
  "destination" | "file" | "terms" | "settings" | "accounts"
>;

/** A plan as one document; amounts are decimal strings of wei. */
export function planDocument(about: About, plan: DeploymentPlan) {
  const { destination, terms, file, settings, accounts } = about;
  const suffices = plan.balance >= plan.cost;
  return {
    network: destination.name,
    chainId: plan.chainId,
    block: plan.block,
    parameters: file,
    deployer: plan.deployer,
    contracts: plan.contracts,
    gas: plan.gas,
    baseFee: `${plan.baseFee}`,
    tip: `${plan.tip}`,
    dataFee: `${plan.dataFee}`,
    cost: `${plan.cost}`,
    coin: coinOf(plan.chainId).symbol,
    balance: `${plan.balance}`,
    suffices,
    jobs: JOBS.map((job) => {
      const account = terms.jobs[job].toLowerCase();
      return {
        job,
        account,
        keyHere: accounts.some((each) => each.toLowerCase() === account),
      };
    }),
    owner: terms.owner.toLowerCase(),
    royalty: {
      receiver: terms.royaltyReceiver.toLowerCase(),
      bps: terms.royaltyBps,
    },
    oracleAdapter: terms.oracleAdapter.toLowerCase(),
    maxSupply: terms.maxSupply,
    worksPerDay: terms.worksPerDay,
    adminDelay: terms.adminDelay,
    seed: plan.seed,
    settle: settings.settle,
    pins: settings.pins,
  };
}
type PlanDocument = ReturnType<typeof planDocument>;

/** The plan for a person at a terminal. */
export function planLines(
  plan: PlanDocument,
  { blockSeconds }: { readonly blockSeconds: number },
): string[] {
  const number = (value: number): string => value.toLocaleString("en");
  const { coin, seed } = plan;
  const [cost, balance] = [BigInt(plan.cost), BigInt(plan.balance)];
  const fee = BigInt(plan.baseFee) + BigInt(plan.tip);
  const rest = plan.contracts.filter(({ deployed }) => !deployed);
  const lasting = (blocks: number): string =>
    `${number(blocks)} blocks, about ${duration(blocks * blockSeconds)}`;
  return [
    `Deployment on ${plan.network} (chain ${plan.chainId}) with ${plan.parameters}; nothing was sent.`,
    "",
    ...table(
      ["contract", "address", "bytes", "gas"],
      plan.contracts.map(({ contract, address, size, gas, deployed }) => [
        contract,
        address,
        number(size),
        deployed ? "is there" : number(gas),
      ]),
    ),
    "",
    ...table(
      ["job", "account", "key"],
      plan.jobs.map(({ job, account, keyHere }) => [
        job,
        account,
        keyHere ? "is here" : "elsewhere",
      ]),
    ),
    "",
    ...table(
      ["", ""],
      [
        ["deployer", `${plan.deployer}, who keeps nothing that is not above`],
        ["owner()", plan.owner],
        ["royalty", `${plan.royalty.bps / 100} % to ${plan.royalty.receiver}`],
        [
          "caps",
          `${number(plan.maxSupply)} works, ${number(plan.worksPerDay)} a day`,
        ],
        ["seed block", `after ${lasting(seed.delay)}: ${seed.why}`],
        [
          "seed word",
          seed.word === "prevrandao"
            ? "the header's randomness"
            : "the block's own hash: headers carry no randomness here, so whoever produces that block could try several",
        ],
        [
          "sealed within",
          `${lasting(seed.window)}${seed.history && seed.window < 8_191 ? "; the chain remembers 8,191" : ""}`,
        ],
        [
          "settled",
          plan.settle === "finalized"
            ? "once the chain calls it final"
            : `${plan.settle} blocks later`,
        ],
        [
          "pinned",
          plan.pins.join(", ") ||
            "nowhere yet: nothing is minted before `Network.pins` names a place",
        ],
        [
          "gas",
          `${number(plan.gas)} at ${gwei(fee)} gwei (base fee ${gwei(BigInt(plan.baseFee))})`,
        ],
        [
          "cost",
          `${coins(cost)} ${coin}${plan.dataFee === "0" ? "" : `, ${coins(BigInt(plan.dataFee))} of it for data on L1`}`,
        ],
        [
          "balance",
          `${coins(balance)} ${coin}: ${plan.suffices ? "suffices" : `${coins(cost - balance)} ${coin} are missing`}`,
        ],
      ],
    ).slice(2),
    "",
    rest.length === 0
      ? `Everything is there. Next: npx hardhat check-deployment --network ${plan.network}`
      : `Next: npx hardhat ignition deploy ignition/modules/loop.ts --network ${plan.network} --parameters ${plan.parameters}`,
  ];
}

/** Wei as billionths of a coin, in which gas is priced. */
function gwei(wei: bigint): string {
  return coins(wei * 1_000_000_000n);
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3_600)} hours`;
}

/** A check as one document. */
export function checkDocument(
  {
    destination,
    file,
    chainId,
  }: Pick<DeploymentDeps, "destination" | "file" | "chainId">,
  addresses: CheckedAddresses,
  { looked, findings, notes, powers }: DeploymentCheck,
) {
  return {
    network: destination.name,
    chainId,
    parameters: file,
    contracts: addresses,
    looked: looked.length,
    findings,
    notes,
    powers: powers ?? null,
    outside: powers === undefined ? null : accountsIn(outsiders(powers)),
  };
}

/** Where the contracts are; those of a DAO only once it was founded. */
type CheckedAddresses = Addresses &
  Readonly<Partial<Record<DaoContractName, Hex>>>;

/** A DAO's contracts by their names. */
export function daoNames(
  dao: DaoAddresses | undefined,
): Readonly<Partial<Record<DaoContractName, Hex>>> {
  if (dao === undefined) return {};
  const keys = Object.keys(DAO_CONTRACTS) as (keyof DaoAddresses)[];
  return Object.fromEntries(keys.map((key) => [DAO_CONTRACTS[key], dao[key]]));
}

/** The check for a person at a terminal. */
export function checkLines(
  { looked }: DeploymentCheck,
  document: ReturnType<typeof checkDocument>,
): string[] {
  const { network, chainId, parameters, contracts, findings } = document;
  return [
    `Deployment on ${network} (chain ${chainId}), compared with this build and with ${parameters}`,
    "",
    ...table(
      ["contract", "address", "looked at", "wrong"],
      Object.entries(contracts).map(([name, address]) => [
        name,
        address,
        `${looked.filter(({ contract }) => contract === name).length}`,
        `${findings.filter(({ contract }) => contract === name).length || "-"}`,
      ]),
    ),
    ...keyLines(document),
    ...(findings.length === 0
      ? ["", "Everything is as it should be."]
      : [
          "",
          ...table(
            ["contract", "what", "should be", "is"],
            findings.map(({ contract, what, expected, found }) => [
              contract,
              what,
              expected,
              found,
            ]),
          ),
        ]),
  ];
}

/** Who may do what, the privileged first, and how many keys are left outside a DAO. */
function keyLines({
  powers,
  outside,
  contracts,
}: Pick<
  ReturnType<typeof checkDocument>,
  "powers" | "outside" | "contracts"
>): string[] {
  if (powers === null)
    return ["", "Who may do what cannot be told: contracts do not answer."];
  const shown = (working: boolean): string[] =>
    table(
      [working ? "working" : "privileged", "account", "is", "may"],
      powers
        .filter(({ holder }) => (holder === "worker") === working)
        .map(({ power, account, standing, signs, holder, may }) => [
          standing === "offered" ? `${power} (offered)` : power,
          account,
          signs ? "a key" : holder === "outside" ? "a contract" : KINDS[holder],
          may,
        ]),
    );
  const founded = contracts.LoopTimelock !== undefined;
  return [
    "",
    ...shown(false),
    "",
    ...shown(true),
    "",
    `${outside} privileged ${outside === 1 ? "key" : "keys"} outside timelock, guardian and steward, by role events and views${founded ? "" : "; no DAO has taken over here"}.`,
  ];
}

const KINDS = {
  timelock: "the timelock",
  dao: "the DAO's",
  guardian: "a contract",
  steward: "a contract",
  worker: "a contract",
} as const;
