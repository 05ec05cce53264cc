import { EVMClient } from "@chainlink/cre-sdk";
import { z } from "zod";

const https = z.url({ protocol: /^https$/ }).max(2_048);

/** Chainlink's numbers of the chains that CRE writes to, by name. */
const CHAINS: Readonly<Record<string, bigint>> =
  EVMClient.SUPPORTED_CHAIN_SELECTORS;

/** The workflow's configuration (config.json): everything that differs between deployments, and no secret. */
export const configSchema = z.strictObject({
  /** Cron with seconds, UTC. Rounds are daily, so some time after midnight, when the data of the last day are final. */
  schedule: z.string().regex(/^(\S+ ){5}\S+$/),
  /** Chainlink's name of the chain, for instance `ethereum-testnet-sepolia`. */
  chain: z.string().refine((name) => Object.hasOwn(CHAINS, name), {
    error: "is no chain that CRE writes to",
  }),
  /** The CreReceiver. */
  receiver: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
  /** Of the delivery, decimal text: it costs about 200,000, and CRE's quota is 5,000,000. */
  gasLimit: z.string().regex(/^[1-9]\d{5,6}$/),
  /** Where each source is asked; one that is left out is not. */
  urls: z
    .strictObject({
      coingecko: https.optional(),
      coinbase: https.optional(),
      "fear-and-greed": https.optional(),
    })
    .refine((urls) => Object.keys(urls).length > 0, { error: "are none" }),
});

export type Config = z.infer<typeof configSchema>;

/** The sources that the workflow can ask. */
export type SourceName = keyof Config["urls"];

/** Chainlink's number of the configured chain. */
export function selectorOf({ chain }: Pick<Config, "chain">): bigint {
  const selector = CHAINS[chain];
  if (selector === undefined)
    throw new RangeError(`\`${chain}\` is no chain that CRE writes to.`);
  return selector;
}
