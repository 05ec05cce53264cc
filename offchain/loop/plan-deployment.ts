import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import { checkTerms } from "./deployment-terms.ts";
import type { Fees } from "./ports-fees.ts";
import { planSeed, type SeedPlan } from "./plan-seed.ts";
import {
  CONTRACTS,
  type Addresses,
  type Build,
  type ContractName,
  type DeploymentTerms,
  type Destination,
  type PlanChain,
} from "./ports-deployment.ts";

/** Bytes of code that a contract may have (EIP-170) and that may deploy it (EIP-3860). */
const MOST_CODE = 24_576;
const MOST_CREATION = 49_152;
/** Gas that one transaction may use (EIP-7825). */
const MOST_GAS = 16_777_216;

/** What is asked of a plan. */
export interface PlanRequest {
  readonly destination: Destination;
  readonly terms: DeploymentTerms;
  /** Where the terms come from, for sentences. */
  readonly file: string;
  readonly deployer: Hex;
  /** What was deployed before, by the address book. */
  readonly deployed: Partial<Addresses>;
}

/** One contract of a plan. */
export interface PlannedContract {
  readonly contract: ContractName;
  readonly address: Hex;
  readonly deployed: boolean;
  /** Bytes of code. */
  readonly size: number;
  /** 0 if it is deployed. */
  readonly gas: number;
}

/** What a deployment would do and cost. Amounts are wei. */
export interface DeploymentPlan {
  readonly chainId: number;
  readonly block: number;
  readonly deployer: Hex;
  readonly seed: SeedPlan;
  readonly contracts: readonly PlannedContract[];
  readonly gas: number;
  readonly baseFee: bigint;
  readonly tip: bigint;
  /** For the data on L1, where that is paid apart. */
  readonly dataFee: bigint;
  readonly cost: bigint;
  readonly balance: bigint;
}

/**
 * Plans a deployment without sending anything, and refuses one that could not end well.
 * @throws FatalError `deploy/wrong-chain`, `deploy/foreign-block-number`, `deploy/old-evm`, `deploy/too-large`, `deploy/too-much-gas`,
 * `deploy/other-chain`, `deploy/would-revert`; those of {@link checkTerms} and {@link planSeed}; RetryableError `chain/unreachable`.
 */
export async function planDeployment(
  {
    chain,
    build,
    fees,
  }: {
    readonly chain: PlanChain;
    readonly build: Build;
    readonly fees: Pick<Fees, "prices" | "dataFee">;
  },
  request: PlanRequest,
): Promise<DeploymentPlan> {
  const { destination, terms, file, deployer } = request;
  const chainId = await requireChainId(chain, destination);
  await requireOwnBlocks(chain, destination);
  checkTerms(terms, file);
  const seed = await planSeed(chain, terms, destination, file);
  const contracts: PlannedContract[] = [];
  const at: Partial<Record<ContractName, Hex>> = {};
  let nonce = await chain.nonceOf(deployer);
  let dataFee = 0n;
  for (const contract of CONTRACTS) {
    const size = await sizeOf(build, contract);
    const known = request.deployed[contract];
    if (known !== undefined) {
      await requireCode(chain, known, contract, destination.name);
      at[contract] = known;
      contracts.push({
        contract,
        address: known,
        deployed: true,
        size,
        gas: 0,
      });
      continue;
    }
    const creation = await build.creation(contract, at);
    const gas = await gasOf(chain, contract, deployer, creation);
    dataFee += await fees.dataFee({ to: null, data: creation, gas });
    const address = chain.addressOf(deployer, nonce++);
    at[contract] = address;
    contracts.push({ contract, address, deployed: false, size, gas });
  }
  const { baseFee, tip } = await fees.prices();
  const gas = contracts.reduce((sum, each) => sum + each.gas, 0);
  return {
    chainId,
    block: (await chain.header()).number,
    deployer,
    seed,
    contracts,
    gas,
    baseFee,
    tip,
    dataFee,
    cost: BigInt(gas) * (baseFee + tip) + dataFee,
    balance: await chain.balanceOf(deployer),
  };
}

/**
 * The id of the chain, which must be the one that was meant.
 * @throws FatalError `deploy/wrong-chain`.
 */
export async function requireChainId(
  chain: Pick<PlanChain, "chainId">,
  { name, chainId }: Destination,
): Promise<number> {
  const actual = await chain.chainId();
  if (chainId === undefined || actual === chainId) return actual;
  throw new FatalError(
    "deploy/wrong-chain",
    `The node of \`${name}\` is on chain ${actual} and not on ${chainId}; correct its URL.`,
  );
}

/** A chain whose contracts count its own blocks, and whose EVM runs what was compiled. */
async function requireOwnBlocks(
  chain: PlanChain,
  { name }: Destination,
): Promise<void> {
  const { seen, told } = await chain.blockNumbers();
  // A block or two may pass between the two questions.
  const apart = Math.abs(seen - told) > 64;
  if (apart || (await chain.hasCode(ARB_SYS)))
    throw new FatalError(
      "deploy/foreign-block-number",
      `\`${name}\` ${apart ? `is at block ${told} and shows contracts ${seen} as \`block.number\`` : "is a chain of Arbitrum's"}: contracts there see another chain's blocks, and headers carry no randomness, so no seed block means what it must and the contracts refuse it; deploy on a chain that counts its own.`,
    );
  if (!(await chain.runsCode()))
    throw new FatalError(
      "deploy/old-evm",
      `The EVM of \`${name}\` does not know MCOPY, so it is older than Cancun and cannot run this code; deploy on another chain.`,
    );
}

/** Where Arbitrum's chains answer for themselves. */
const ARB_SYS: Hex = `0x${"64".padStart(40, "0")}`;

async function sizeOf(build: Build, contract: ContractName): Promise<number> {
  const { runtime, creation } = await build.contract(contract);
  const size = (runtime.length - 2) / 2;
  if (size <= MOST_CODE && (creation.length - 2) / 2 <= MOST_CREATION)
    return size;
  throw new FatalError(
    "deploy/too-large",
    `${contract} has ${size} bytes of code, and chains take ${MOST_CODE}; compile it with the settings of hardhat.config.ts.`,
  );
}

async function requireCode(
  chain: PlanChain,
  address: Hex,
  contract: ContractName,
  network: string,
): Promise<void> {
  if (await chain.hasCode(address)) return;
  throw new FatalError(
    "deploy/other-chain",
    `The address book says that ${contract} is at ${address} on \`${network}\`, where no code is: it is of another chain with the same id; move its folder in ignition/deployments away.`,
  );
}

async function gasOf(
  chain: PlanChain,
  contract: ContractName,
  deployer: Hex,
  creation: Hex,
): Promise<number> {
  let gas: number;
  try {
    gas = await chain.gasOf(deployer, creation);
  } catch (error) {
    if (!isLoopError(error, "chain/refused")) throw error;
    throw new FatalError(
      "deploy/would-revert",
      `${contract} would not be deployed with these parameters: ${error.message}`,
      { cause: error },
    );
  }
  if (gas <= MOST_GAS) return gas;
  throw new FatalError(
    "deploy/too-much-gas",
    `Deploying ${contract} needs ${gas} gas on this chain, and a transaction may use ${MOST_GAS}; deploy on another chain.`,
  );
}
