import { writeFile } from "node:fs/promises";

import { require } from "../requires.ts";
import {
  carry,
  live,
  look,
  PRICE,
  sell,
  slot,
  WILD,
  type Tale,
} from "./days.ts";
import { openShop, type Sale } from "./shop.ts";
import { ACCOUNTS, type Town } from "./town.ts";

const WORKS = 12;
/** Two windows of the steward's rules and the rounds in which it must want the same. */
const MONTH = 33;
/** Days after them, at most, in which it first does what it may do by itself. */
const PATIENCE = 8;

const percent = (bps: number): string => `${(bps / 100).toFixed(2)} %`;

/** Works, the DAO's founding, votes. */
export async function settle(town: Town): Promise<Tale> {
  const { tokens } = await town.type<{
    readonly tokens: readonly { readonly tokenId: string }[];
  }>(
    ...`mint-batch --count ${WORKS} --size 64 --out ${town.path("out")}`.split(
      " ",
    ),
  );
  const ids = tokens.map(({ tokenId }) => tokenId);
  const { collection } = await town.type<{ readonly collection: string }>(
    "-",
    "collection",
  );
  const shop = await openShop(town, collection);
  const bob = town.accounts[ACCOUNTS.bob]!;
  for (const token of ids.slice(2, 4)) await shop.sell(token, bob, PRICE);
  await town.type("wrap", "--token", ids.slice(0, 2).join(","));
  await town.type("wrap", "--token", ids.slice(2, 4).join(","));
  await town.type(
    ...`delegate --account ${bob} --to ${town.accounts[ACCOUNTS.steward]}`.split(
      " ",
    ),
  );
  return { town, shop, traded: ids.slice(4), sold: 0 };
}

/** The holders draw the box: the steward may not raise the royalty above what it is. */
export async function narrow({ town }: Tale): Promise<string> {
  const because = town.path("because.md");
  await writeFile(
    because,
    "Keep the royalty where it is\n\nWhoever wants more than 5 % asks all of us.\n",
  );
  const { id } = await town.type<{ readonly id: string }>(
    "propose",
    "--set",
    "limits.royalty=high:5%",
    "--because",
    because,
    "--out",
    town.path("out"),
  );
  await carry(town, id);
  const royalty = await slot(town, "royalty");
  require(royalty.limits.high === 500, `its bound is ${royalty.limits.high}`);
  return `the holders voted that the royalty ends at ${percent(royalty.limits.high)}`;
}

/** A wild market, day by day; the steward moves what it may, by one step. */
export async function wild(tale: Tale): Promise<string> {
  const { town } = tale;
  const before = await slot(town, "guard-threshold");
  for (let day = 1; day <= WILD; day++) await live(tale, day);
  const { decision, outcome } = await look(town);
  const after = await slot(town, "guard-threshold");
  require(decision.kind === "change", `it decided ${JSON.stringify(decision)}`);
  require(outcome.kind === "changed", `it ended ${JSON.stringify(outcome)}`);
  require(after.value ===
    before.value + before.limits.step, `the guard is at ${after.value}`);
  return `the market is wild (${decision.why}): guard ${percent(before.value)} -> ${percent(after.value)}, one step of ${percent(before.limits.step)}, reasons ipfs://${outcome.cid}`;
}

/** Works sell better from day to day, and the bound is in the way: the steward asks the DAO. */
export async function ask(tale: Tale): Promise<string> {
  const { town } = tale;
  const moved: string[] = [];
  for (let day = WILD + 1; day <= MONTH + PATIENCE; day++) {
    await live(tale, day);
    if (day < MONTH) continue;
    const { decision, outcome } = await look(town);
    const { slot, from, to, why } = decision;
    if (outcome.kind === "changed") moved.push(`${slot} ${from} -> ${to}`);
    if (outcome.kind !== "proposed") continue;
    tale.asked = outcome.id ?? "";
    require(slot === "royalty", `it asks for another ${slot}`);
    const others = moved.length === 0 ? "" : `; by itself, ${moved.join(", ")}`;
    return `works sell better (${why}): it asks for a royalty of ${percent(to)} instead of ${percent(from)}${others}`;
  }
  throw new Error(
    `It asked nothing in ${PATIENCE} days; it moved ${moved.join(", ")}.`,
  );
}

/** The holders decide, and the next sale pays the other royalty. */
export async function decide(tale: Tale): Promise<string> {
  const { town } = tale;
  const before = await sell(tale);
  await carry(town, tale.asked ?? "");
  const after = await sell(tale);
  require(shareOf(before) === 500, `before it was ${shareOf(before)} bps`);
  require(shareOf(after) === 550, `after it was ${shareOf(after)} bps`);
  return `of a sale for 0.1 ether the receiver got ${percent(shareOf(before))} before and ${percent(shareOf(after))} after`;
}

/** The guardian stops the steward in one transaction, and what it decided follows again from the journal. */
export async function stop(tale: Tale): Promise<string> {
  const { town } = tale;
  await town.type("freeze");
  await live(tale, 2 * MONTH);
  const { decision } = await look(town);
  require(decision.why === "frozen", `it decided ${JSON.stringify(decision)}`);
  const { decisions, differing } = await town.type<{
    readonly decisions: readonly unknown[];
    readonly differing: number;
  }>("steward", "--replay");
  require(differing === 0, `${differing} decisions differ`);
  return `frozen, it holds; all ${decisions.length} decisions follow again from the journal`;
}

function shareOf({ price, seller, royalty }: Sale): number {
  require(seller + royalty === price, "something of the price is missing");
  return Number((royalty * 10_000n) / price);
}
