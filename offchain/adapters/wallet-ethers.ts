import {
  HDNodeWallet,
  Mnemonic,
  Wallet,
  type TransactionLike,
  type TypedDataDomain,
  type TypedDataField,
} from "ethers";
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
  /** Signs an EIP-712 message; left out where the node holds the key. */
  readonly signTyped?: (
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ) => Promise<Hex>;
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

/** The accounts of a network that can sign. Each job of the loop has its own account, so a command may need several. */
export interface Wallets {
  /** The network's first account, which acts where no job is asked for. */
  readonly first: ChainWallet;
  /** The first account for which the answer is yes; accounts behind it are not even derived. */
  find(
    wanted: (address: Hex) => Promise<boolean> | boolean,
  ): Promise<ChainWallet | undefined>;
}

/**
 * The wallets of the network, with their keys wherever the configuration tells them, so that transactions are signed here and
 * stored before they are sent.
 * @throws FatalError `chain/no-account` if there is none, `chain/bad-key` if a configured key is none.
 */
export async function resolveWallets(sources: WalletSources): Promise<Wallets> {
  const wallets = await walletsFrom(walletsOf(sources));
  if (wallets !== undefined) return wallets;
  throw new FatalError(
    "chain/no-account",
    "The network has no account to sign with; configure `accounts` for it in hardhat.config.ts.",
  );
}

/** Wallets out of any source, asked for no more of them than are wanted; undefined if it has none. */
export async function walletsFrom(
  source: AsyncIterable<ChainWallet> | Iterable<ChainWallet>,
): Promise<Wallets | undefined> {
  const known: ChainWallet[] = [];
  const more =
    Symbol.asyncIterator in source
      ? source[Symbol.asyncIterator]()
      : source[Symbol.iterator]();
  const next = async (): Promise<ChainWallet | undefined> => {
    const { value, done } = await more.next();
    if (done === true) return undefined;
    known.push(value);
    return value;
  };
  const first = await next();
  if (first === undefined) return undefined;
  return {
    first,
    async find(wanted) {
      for (let i = 0; ; i++) {
        const wallet = known[i] ?? (await next());
        if (wallet === undefined) return undefined;
        if (await wanted(wallet.address.toLowerCase() as Hex)) return wallet;
      }
    },
  };
}

/** The first of {@link resolveWallets}. */
export async function resolveWallet(
  sources: WalletSources,
): Promise<ChainWallet> {
  return (await resolveWallets(sources)).first;
}

async function* walletsOf({
  provider,
  accounts,
  development = "remote",
}: WalletSources): AsyncGenerator<ChainWallet> {
  let configured = false;
  for await (const wallet of wallets(accounts)) {
    configured = true;
    yield fromKey(wallet);
  }
  if (configured) return;

  const offered = await createRpc(provider).ask(
    "eth_accounts",
    [],
    z.array(hexData),
  );
  const keys = wallets(development);
  const derived = new Map<string, ChainWallet>();
  for (const address of offered) {
    // Nodes offer their accounts in the order of derivation, so the next key is mostly the one that is wanted.
    while (!derived.has(address)) {
      const { value, done } = await keys.next();
      if (done === true) break;
      derived.set(value.address.toLowerCase(), fromKey(value));
    }
    yield derived.get(address) ?? { address, sign: undefined };
  }
}

/** The wallet of a private key, 0x and 64 digits; `chain/bad-key` otherwise. */
export function walletFromKey(privateKey: string): ChainWallet {
  return fromKey(parseKey(privateKey));
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
    signTyped: async (...message) =>
      (await wallet.signTypedData(...message)) as Hex,
  };
}
