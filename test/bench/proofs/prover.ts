/**
 * A thread that hands one source to solc's SMTChecker. The z3 inside the npm build of solc is all it needs. A thread, because
 * a question that the solver cannot answer is only ended by ending the solver.
 */
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

/** What to prove: one contract of one file. */
export interface Question {
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly file: string;
  readonly contract: string;
  /** `chc` follows state over any number of transactions; `bmc` looks at one call, and is the better one at products. */
  readonly engine: "chc" | "bmc";
  readonly overflow: boolean;
}

/** What the solver said: how many checks are safe, are violated by a counterexample, are open; and what does not compile. */
export interface Finding {
  readonly safe: number;
  readonly violated: number;
  readonly open: number;
  readonly errors: readonly string[];
}

interface Solc {
  compile(input: string): string;
}

interface Output {
  readonly errors?: readonly {
    readonly severity: string;
    readonly message: string;
    readonly formattedMessage: string;
  }[];
}

function ask(question: Question): Finding {
  const { sources, file, contract, engine, overflow } = question;
  const solc = createRequire(import.meta.url)("solc") as Solc;
  // No time limit here: with one, the npm build dies ("thread constructor failed").
  const modelChecker = {
    engine,
    solvers: ["z3"],
    contracts: { [file]: [contract] },
    targets: overflow ? ["assert", "overflow"] : ["assert"],
    showProvedSafe: true,
    showUnproved: true,
  };
  const input = {
    language: "Solidity",
    sources,
    settings: {
      evmVersion: "osaka",
      outputSelection: { "*": { "": ["ast"] } },
      modelChecker,
    },
  };
  const { errors = [] } = JSON.parse(
    solc.compile(JSON.stringify(input)),
  ) as Output;
  const count = (text: string): number =>
    errors.filter(({ message }) => message.includes(text)).length;
  return {
    safe: count("check is safe!"),
    violated: count(" happens here"),
    open: count(" might happen here"),
    errors: errors
      .filter(({ severity }) => severity === "error")
      .map(({ formattedMessage }) => formattedMessage),
  };
}

parentPort?.postMessage(ask(workerData as Question));
