import { FatalError } from "../../kernel/errors.ts";
import { LARGEST } from "../decimal.ts";
import type { OwnSale, Reading } from "../reading.ts";

const SOURCE = "own-sales";

/** Sales that one reading may hold. */
const MOST_SALES = 100_000;

const ADDRESS = /^0x[0-9a-f]{40}$/;
const TOKEN = /^\d{1,78}$/;
/** Of the `time` field of an observation. */
const LAST_SECOND = 2 ** 40 - 1;

/**
 * The collection's own sales, as an adapter read them from the chain's events, as a source. They come from a node, which may lie or
 * break, so each is checked; how they are weighed is told in `weigh-sales.ts`.
 * @throws FatalError `market/too-large`, `market/bad-sale`.
 */
export function ownSales(
  sales: readonly OwnSale[],
  { source = SOURCE }: { readonly source?: string } = {},
): Reading & { kind: "sales" } {
  if (sales.length > MOST_SALES)
    throw new FatalError(
      "market/too-large",
      `Source \`${source}\` tells ${sales.length} sales, above ${MOST_SALES}; ask for a shorter time.`,
    );
  sales.forEach((sale, i) => {
    const wrong = wrongIn(sale);
    if (wrong !== undefined)
      throw new FatalError(
        "market/bad-sale",
        `Sale ${i} of source \`${source}\` has no usable ${wrong}; read the events again from another node.`,
      );
  });
  return {
    kind: "sales",
    source,
    sales: [...sales].sort((a, b) => a.time - b.time),
  };
}

/** The first field of a sale that is out of its range. */
export function wrongIn(sale: OwnSale): keyof OwnSale | undefined {
  if (!Number.isInteger(sale.time) || sale.time < 0 || sale.time > LAST_SECOND)
    return "time";
  if (sale.price < 0n || sale.price > LARGEST) return "price";
  if (!ADDRESS.test(sale.buyer)) return "buyer";
  if (!ADDRESS.test(sale.seller)) return "seller";
  return TOKEN.test(sale.token) ? undefined : "token";
}
