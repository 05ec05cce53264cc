import type { Hex } from "../kernel/bytes.ts";
import type { Chain } from "./chain.ts";
import type { DecodingContext } from "./decode-calls.ts";
import type {
  ControllerView,
  Governance,
  GovernanceCall,
} from "./ports-governance.ts";
import type {
  GovernanceCodec,
  GovernedAddresses,
  TargetView,
  Targets,
} from "./ports-governance-codec.ts";
import type { KnownAddress } from "./suspicions.ts";

/** What reading a DAO needs of the world. */
export interface DaoReadPorts {
  readonly chain: Chain;
  readonly governance: Governance;
  readonly codec: GovernanceCodec;
  readonly targets: Targets;
  /** The registry with the book of the jobs. */
  readonly registry: Hex;
}

/** Every contract that proposals may call by name. */
export async function governedAddresses({
  chain,
  governance,
  registry,
}: Omit<DaoReadPorts, "codec" | "targets">): Promise<GovernedAddresses> {
  const { collection } = await chain.instance();
  const { oracle } = await chain.epochs();
  const { controller, governor, timelock, votes, registrarSeat } =
    governance.addresses;
  return {
    controller,
    governor,
    timelock,
    votes,
    "registrar-seat": registrarSeat,
    registry,
    collection,
    oracle,
  };
}

/**
 * What calls are read against: the deployment, whoever has a job in it, what is in force, and what is at each target.
 * @param controller as it was read already.
 */
export async function decodingContext(
  calls: readonly GovernanceCall[],
  ports: DaoReadPorts,
  controller?: ControllerView,
): Promise<DecodingContext> {
  const { chain, governance, codec } = ports;
  const addresses = await governedAddresses(ports);
  const inForce = controller ?? (await governance.controller());
  const { name, jobs } = await chain.collectionView();
  const known: KnownAddress[] = Object.entries(addresses).flatMap(
    ([contract, address]) =>
      address === undefined ? [] : [{ name: `the ${contract}`, address }],
  );
  for (const [job, holders] of Object.entries(jobs))
    for (const address of holders) known.push({ name: `the ${job}`, address });
  for (const address of inForce.stewards)
    known.push({ name: "the steward", address });
  known.push({ name: "the receiver of royalties", address: inForce.receiver });
  const targets = new Map<Hex, TargetView>();
  for (const { target } of calls)
    if (!targets.has(target))
      targets.set(target, await ports.targets.look(target));
  return {
    addresses,
    codec,
    known,
    names: [name],
    targets,
    controller: inForce,
    terms: await governance.terms(),
  };
}
