import { ArgumentType } from "hardhat/types/arguments";

/** An option whose value we parse ourselves, so that bad input gets our one sentence; undefined when left out. */
export const text = <const Name extends string>(
  name: Name,
  description: string,
) => ({
  name,
  description,
  type: ArgumentType.STRING_WITHOUT_DEFAULT as const,
  defaultValue: undefined,
});

/** `--json`. */
export const json = {
  name: "json",
  description: "Print one JSON document and nothing else",
} as const;

/** `--pin`, wherever archives must be held before something is sent. */
export const pin = text(
  "pin",
  "Places that must hold the files, commas between them: kubo:URL, pinata, s3:URL/BUCKET, folder:PATH, local (default: the network's)",
);

/** `--dry-run`, wherever something is spent. */
export const dryRun = {
  name: "dryRun",
  description: "Check everything and say what would happen; send nothing",
} as const;

/** `--budget` and `--price`, wherever a run spends. */
export const budget = text(
  "budget",
  "Most that the run may spend: of the chain's coin (0.01) or of a currency (5eur); it stops before it spends more",
);
export const price = text(
  "price",
  "What one coin of the chain is worth in the currency of --budget, instead of asking CoinGecko",
);
