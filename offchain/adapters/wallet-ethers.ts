import { HDNodeWallet, Mnemonic, Wallet, type TransactionLike } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { createRpc, hexData, type RpcProvider } from "./rpc.ts";

/** A value that the configuration knows only when it is asked: Hardhat's `ResolvedConfigurationVariable`. */
interface Secret {
  get(): Promise<string>;
}

/** Accounts as Hardhat's resolved network configuration holds them: `remote`, keys, keys with balances, or a mnemonic. */
export type AccountsConfig =
  | "remote"
  | readonly (Secret | { readonly privateKey: Secret })[]
  | {
      readonly mnemonic: Secret;
      readonly passphrase: Secret;
      readonly path: string;
      readonly initialIndex: number;
      readonly count: number;
    };

/** The account that acts. Without `sign` the node holds the key: it signs `eth_sendTransaction` itself. */
export interface ChainWallet {
  readonly address: Hex;
  /** Signs a complete transaction; the same transaction always gives the same bytes (RFC 6979). */
  readonly sign: ((transaction: TransactionLike) => Promise<Hex>) | undefined;
}

/** Where keys are looked for. */
export interface WalletSources {
  readonly provider: RpcProvider;
  /** `connection.networkConfig.accounts`. */
  readonly accounts: AccountsConfig;
  /**
   * Accounts of the development chains in the same configuration (`config.networks.node.accounts`): a `hardhat node` on localhost
   * runs with them, though its network says `remote`. Their keys are used only for an address that the node itself offers.
   */
  readonly development?: AccountsConfig;
}

/**
 * The wallet of the network's first account, with its key wherever the configuration tells it, so that transactions are signed here and
 * stored before they are sent.
 * @throws FatalError `chain/no-account` if there is none, `chain/bad-key` if a configured key is none.
 */
export async function resolveWallet({
  provider,
  accounts,
  development = "remote",
}: WalletSources): Promise<ChainWallet> {
  const configured = await firstKey(accounts);
  if (configured !== undefined) return fromKey(configured);

  const [first] = await createRpc(provider).ask(
    "eth_accounts",
    [],
    z.array(hexData),
  );
  if (first === undefined) {
    throw new FatalError(
      "chain/no-account",
      "The network has no account to sign with; configure `accounts` for it in hardhat.config.ts.",
    );
  }
  for await (const wallet of wallets(development))
    if (wallet.address.toLowerCase() === first) return fromKey(wallet);
  return { address: first, sign: undefined };
}

/** The wallet of a private key, 0x and 64 digits; `chain/bad-key` otherwise. */
export function walletFromKey(privateKey: string): ChainWallet {
  return fromKey(parseKey(privateKey));
}

async function firstKey(
  accounts: AccountsConfig,
): Promise<Wallet | HDNodeWallet | undefined> {
  for await (const wallet of wallets(accounts)) return wallet;
  return undefined;
}

/** Derives as Hardhat does; one at a time, because a derivation costs milliseconds and the first is mostly the one wanted. */
async function* wallets(
  accounts: AccountsConfig,
): AsyncGenerator<Wallet | HDNodeWallet> {
  if (accounts === "remote") return;
  if ("mnemonic" in accounts) {
    const { mnemonic, passphrase, path, initialIndex, count } = accounts;
    const root = HDNodeWallet.fromMnemonic(
      Mnemonic.fromPhrase(await mnemonic.get(), await passphrase.get()),
      path,
    );
    for (let i = 0; i < count; i++) yield root.deriveChild(initialIndex + i);
    return;
  }
  for (const account of accounts)
    yield parseKey(
      await ("privateKey" in account ? account.privateKey : account).get(),
    );
}

function parseKey(text: string): Wallet {
  const key = text.trim();
  try {
    return new Wallet(key.startsWith("0x") ? key : `0x${key}`);
  } catch {
    // The cause is dropped on purpose: it could carry the key into a log.
    throw new FatalError(
      "chain/bad-key",
      "A private key of this network is not 32 bytes of hexadecimal; set it again (the value is not shown).",
    );
  }
}

function fromKey(wallet: Wallet | HDNodeWallet): ChainWallet {
  return {
    address: wallet.address as Hex,
    sign: async (transaction) =>
      (await wallet.signTransaction(transaction)) as Hex,
  };
}
