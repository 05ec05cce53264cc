import { daoModules } from "../ignition/dao/parts.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import type { Founding } from "./dao.ts";
import { otherVersion } from "./deployment.ts";

/** Accounts of a development chain: who is the admin until then, the operator from then on, and who is offered the steward's job. */
export const LOCAL_DAO = { admin: 1, operator: 18, steward: 19 } as const;

/** The jobs that move, by the accounts that have them on a development chain. */
const BEFORE = { operator: 0, registrar: 2, parameterAuthority: 4 } as const;

/** Seconds from the chain's first block for which the steward's grant lasts. */
const GRANT = 365 * 86_400;

/** A development chain mines what it is sent, so nobody has to look only once a second. */
export const LOCAL_PACE = { blockPollingInterval: 20 } as const;

/** Rounds come as fast as they are brought, so epochs may as well. */
const LOCAL_CADENCE = {
  low: 0n,
  high: 1_209_600n,
  step: 21_600n,
  budget: 172_800n,
  delay: 86_400n,
  window: 2_592_000n,
};

/** The modules of a founding on a development chain, where addresses are parameters: `registry`, `collection`. */
export const localDao = daoModules(
  (m) => ({
    registry: m.contractAt("RecipeRegistry", m.getParameter("registry")),
    collection: m.contractAt("LoopCollection", m.getParameter("collection")),
    operator: m.getAccount(BEFORE.operator),
    registrar: m.getAccount(BEFORE.registrar),
    parameterAuthority: m.getAccount(BEFORE.parameterAuthority),
  }),
  LOCAL_DAO,
);

/**
 * Founds the DAO of a development chain; a command that died on the way goes on from there.
 * @param deploymentId where Ignition keeps it.
 * @throws FatalError `chain/few-accounts`, `chain/other-version`.
 */
export async function foundLocally(
  { connection, deps: { chain }, registry, passDelay }: Founding,
  deploymentId: string,
): Promise<void> {
  const { ethers, ignition, networkName } = connection;
  const signers = await ethers.getSigners();
  const steward = signers[LOCAL_DAO.steward]?.address;
  if (steward === undefined)
    throw new FatalError(
      "chain/few-accounts",
      `\`${networkName}\` has ${signers.length} accounts; a DAO there needs ${LOCAL_DAO.steward + 1}, because nobody may hold two jobs.`,
    );
  const { collection } = await chain.instance();
  const { royalty } = await chain.collectionView();
  const { timestamp } = await chain.blockByNumber(0);
  const at = { registry, collection };
  const parameters = {
    Operator: at,
    Founding: at,
    Dao: {
      ...at,
      steward,
      grantExpiry: BigInt(timestamp + GRANT),
      royaltyReceiver: royalty.receiver,
      royalty: BigInt(royalty.bps),
      epochCadence: 0n,
      epochCadenceLimits: LOCAL_CADENCE,
    },
  };
  const how = { parameters, deploymentId, config: LOCAL_PACE };
  try {
    await ignition.deploy(localDao.operator, how);
    await ignition.deploy(localDao.offer, how);
    await passDelay();
    await ignition.deploy(localDao.founding, how);
  } catch (cause) {
    throw otherVersion(cause, networkName);
  }
}
