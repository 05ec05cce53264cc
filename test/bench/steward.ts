// A local run, command by command as a person types them: market -> steward -> bounded change, and market -> steward -> proposal -> vote
// -> execution. Prints each command and what it came to. Run: node test/bench/steward.ts (about two minutes)
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runCommand, startNode } from "../kit/cli.ts";
import { wildMarket } from "../kit/wild-market.ts";

/** Account 19 of a development chain: it is offered the steward's job. */
const STEWARD = "0x8626f6940e2eb28930efb4cef49b2d1f2c9c1199";

const folder = await mkdtemp(join(tmpdir(), "loop-"));
const node = await startNode();

/** Runs a command, shows it with its result, and gives the result. */
async function run<T>(...args: string[]): Promise<T> {
  const typed = [...args, "--network", "localhost", "--json"];
  const env = { LOOP_LOCALHOST: node.url };
  const { code, stdout, stderr } = await runCommand(typed, env);
  if (code !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  console.log(`$ npx hardhat ${args.join(" ").replaceAll(`${folder}/`, "")}`);
  return JSON.parse(stdout) as T;
}
const says = (what: string): void => console.log(`  ${what}`);

interface Looked {
  readonly decision: {
    readonly kind: string;
    readonly slot?: string;
    readonly from?: number;
    readonly to?: number;
    readonly why: string;
  };
  readonly outcome: { readonly kind: string; readonly id?: string };
}
interface Parameters {
  readonly slots: readonly { readonly slot: string; readonly value: number }[];
}

async function look(): Promise<string | undefined> {
  const looked = await run<Looked>("steward", "--out", folder);
  const { kind, slot, from, to, why } = looked.decision;
  const what = kind === "hold" ? kind : `${kind} ${slot} ${from} -> ${to}`;
  says(`${what} (${why}): ${looked.outcome.kind}`);
  return looked.outcome.id;
}

async function carry(proposal: string, ...account: string[]): Promise<void> {
  const which = ["--proposal", proposal];
  await run("vote", ...which, "--support", "for", ...account);
  await run("queue", ...which);
  await run("execute", ...which);
}

async function guard(): Promise<number | undefined> {
  const { slots } = await run<Parameters>("parameters");
  const value = slots.find(({ slot }) => slot === "guard-threshold")?.value;
  says(`guard-threshold ${value} bps`);
  return value;
}

try {
  const [market, because] = [join(folder, "wild.csv"), join(folder, "why.md")];
  await writeFile(market, wildMarket(80));
  await writeFile(because, "# Narrow the guard\n\nThe steward should ask.\n");
  const out = ["--out", folder];
  await run("mint-batch", "--count", "4", "--size", "64", ...out);
  await run("wrap", "--token", "1000000,1000001,1000002");
  await run("delegate", "--to", "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
  const set = ["--set", "limits.guard-threshold=high:50%"];
  const narrowed = await run<{ id: string }>(
    "propose",
    ...set,
    "--because",
    because,
    ...out,
  );
  await carry(narrowed.id);
  await run("observe-market", "--market", market, "--replay", "12");
  await guard();
  await look();
  await run("delegate", "--to", STEWARD);
  const asked = await look();
  if (asked === undefined) throw new Error("the steward did not propose");
  await carry(asked, "--account", STEWARD);
  if ((await guard()) !== 5_250) throw new Error("nothing was changed");
} finally {
  await node.stop();
  await rm(folder, { recursive: true });
}
