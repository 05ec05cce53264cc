import { Interface } from "ethers";

import { daoModules } from "../../ignition/dao/parts.ts";
import { createDeployedChain } from "../../offchain/adapters/chain-deployed.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import {
  checkDeployment,
  type DeploymentCheck,
} from "../../offchain/loop/check-deployment.ts";
import type { Addresses } from "../../offchain/loop/ports-deployment.ts";
import type { DaoAddresses } from "../../offchain/loop/ports-governance.ts";
import { LOCAL_PACE } from "../../tasks/local-dao.ts";
import { openSite } from "./planted-site.ts";

const ACCOUNTS = { admin: 1, operator: 2, registrar: 3, parameterAuthority: 5 };
const STEWARD = 19;

const modules = daoModules(
  (m) => ({
    registry: m.contractAt("RecipeRegistry", m.getParameter("registry")),
    collection: m.contractAt("LoopCollection", m.getParameter("collection")),
    operator: m.getAccount(ACCOUNTS.operator),
    registrar: m.getAccount(ACCOUNTS.registrar),
    parameterAuthority: m.getAccount(ACCOUNTS.parameterAuthority),
  }),
  ACCOUNTS,
);

/** A {@link openSite} on which a DAO was founded, and where a test may do as the timelock what no vote decided. */
export async function openFoundedSite() {
  const site = await openSite();
  const { account, ignition, provider, build, rpc } = site;
  const at: Addresses = await site.deploy({ adminDelay: 0 });
  const before = {
    registry: at.RecipeRegistry,
    collection: at.LoopCollection,
  };
  const contracts = await ignition.deploy(modules.founding, {
    parameters: {
      Founding: before,
      Dao: {
        ...before,
        steward: account(STEWARD),
        royaltyReceiver: account(9),
        grantExpiry: 2_000_000_000n,
      },
    },
    config: LOCAL_PACE,
  });
  const addressOf = async (name: keyof DaoAddresses): Promise<Hex> =>
    (await contracts[name].getAddress()).toLowerCase() as Hex;
  const dao: DaoAddresses = {
    governor: await addressOf("governor"),
    timelock: await addressOf("timelock"),
    votes: await addressOf("votes"),
    controller: await addressOf("controller"),
    registrarSeat: await addressOf("registrarSeat"),
  };
  const request = (method: string, ...params: unknown[]): Promise<unknown> =>
    provider.request({ method, params });
  await request("hardhat_impersonateAccount", dao.timelock);
  await request("hardhat_setBalance", dao.timelock, "0xde0b6b3a7640000");
  return {
    ...site,
    at,
    dao,
    request,
    /** Calls a contract in anybody's name whose account the chain has, the timelock's too. */
    act: (
      from: Hex,
      to: Hex,
      signature: string,
      args: readonly unknown[],
    ): Promise<unknown> => {
      const abi = new Interface([`function ${signature}`]);
      const name = signature.slice(0, signature.indexOf("("));
      const data = abi.encodeFunctionData(name, args);
      return request("eth_sendTransaction", { from, to, data });
    },
    check: (founded = true): Promise<DeploymentCheck> =>
      checkDeployment(
        { chain: createDeployedChain(rpc, 0), build },
        {
          at,
          terms: { ...site.terms, adminDelay: 0 },
          deployer: account(0),
          dao: founded ? dao : undefined,
        },
      ),
  };
}

export type FoundedSite = Awaited<ReturnType<typeof openFoundedSite>>;
