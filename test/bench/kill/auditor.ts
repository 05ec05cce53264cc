import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { CarBlockIterator } from "@ipld/car/iterator";
import { Interface, JsonRpcProvider } from "ethers";
import { createReadStream } from "node:fs";
import { CID } from "multiformats/cid";
import { sha256 } from "multiformats/hashes/sha2";

/** What is true about one trial, told apart by its recipient. */
export interface Verdict {
  /** Openings, seals and mints beyond the one that was asked for. */
  readonly doubled: number;
  /** Works that are not on the chain, or whose files are not there, whole and right. */
  readonly lost: number;
  /** Each problem in words. */
  readonly problems: readonly string[];
}

/** One request: so many works for this recipient, into this folder. */
export interface Request {
  readonly to: string;
  readonly count: number;
  readonly out: string;
  /** Whether files are asked for; the naive control makes none. */
  readonly files: boolean;
}

const EVENTS = new Interface([
  "event Opened(uint256 indexed batch, bytes32 indexed recipe, address indexed to, uint256 count, bytes32 conditions)",
  "event Sealed(uint256 indexed batch, bytes32 indexed recipe, bytes32 root, bytes32 blockHash, uint256 ordinal)",
  "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
]);

/**
 * Reads nothing but the chain's events and the files: neither the journal nor any code of the product. Without a collection it takes
 * the events of every contract, for a chain that has only one.
 */
export function createAuditor(url: string, collection: string | undefined) {
  const provider = new JsonRpcProvider(url, undefined, {
    staticNetwork: true,
    cacheTimeout: -1,
  });
  const events = async (name: string) => {
    const topic = EVENTS.getEvent(name)?.topicHash ?? "";
    const logs = await provider.getLogs({
      ...(collection === undefined ? {} : { address: collection }),
      topics: [topic],
      fromBlock: 0,
    });
    return logs.map((log) => {
      const parsed = EVENTS.parseLog(log);
      if (parsed === null) throw new Error(`no ${name}`);
      return parsed.args;
    });
  };

  /** Chain and files of one request. */
  const audit = async (request: Request): Promise<Verdict> => {
    const problems: string[] = [];
    const opened = (await events("Opened")).filter(
      (event) => event["to"] === request.to,
    );
    const numbers = new Set(opened.map((event) => event["batch"] as bigint));
    const seals = (await events("Sealed")).filter((event) =>
      numbers.has(event["batch"] as bigint),
    );
    const minted = (await events("Transfer")).filter(
      (event) => event["to"] === request.to,
    );
    const doubled =
      Math.max(0, opened.length - 1) +
      Math.max(0, seals.length - 1) +
      Math.max(0, minted.length - request.count);
    if (doubled > 0)
      problems.push(
        `${opened.length} openings, ${seals.length} seals, ${minted.length} works`,
      );

    let lost = Math.max(0, request.count - minted.length);
    if (lost > 0) problems.push(`${minted.length} works on the chain`);
    if (!request.files) return { doubled, lost, problems };
    for (const event of minted) {
      const problem = await auditWork(request.out, event["tokenId"] as bigint);
      if (problem === undefined) continue;
      lost += 1;
      problems.push(problem);
    }
    for (const seal of seals) {
      const car = join(request.out, `batch-${seal["batch"]}.car`);
      const problem = await auditArchive(car, String(seal["root"]));
      if (problem === undefined) continue;
      lost += 1;
      problems.push(problem);
    }
    return { doubled, lost, problems };
  };

  /** Transactions to the collection that were mined and reverted: gas paid for nothing. */
  const reverted = async (): Promise<number> => {
    let count = 0;
    for (let n = 1, height = await provider.getBlockNumber(); n <= height; n++)
      for (const hash of (await provider.getBlock(n))?.transactions ?? []) {
        const receipt = await provider.getTransactionReceipt(hash);
        if (receipt?.status === 0) count += 1;
      }
    return count;
  };
  return { audit, reverted, close: () => provider.destroy() };
}

/** A work's files are right if its metadata names its own picture by content. */
async function auditWork(
  out: string,
  token: bigint,
): Promise<string | undefined> {
  const folder = join(out, `batch-${token / 1_000_000n}`);
  try {
    const metadata = JSON.parse(
      await readFile(join(folder, `${token}.json`), "utf8"),
    ) as { image: string };
    const picture = await readFile(join(folder, "images", `${token}.png`));
    const cid = CID.createV1(0x55, await sha256.digest(picture)).toString();
    if (metadata.image === `ipfs://${cid}`) return undefined;
    return `${token}: the metadata names ${metadata.image}, the picture is ${cid}`;
  } catch (error) {
    return `${token}: ${String(error)}`;
  }
}

/** An archive is right if its root is the sealed one, it holds that root, and every block has its hash. */
async function auditArchive(
  path: string,
  sealed: string,
): Promise<string | undefined> {
  try {
    const blocks = await CarBlockIterator.fromIterable(createReadStream(path));
    const [root] = await blocks.getRoots();
    const digest = `0x${Buffer.from(root?.multihash.digest ?? []).toString("hex")}`;
    if (digest !== sealed) return `${path}: root ${digest}, sealed ${sealed}`;
    let holdsRoot = false;
    for await (const { cid, bytes } of blocks) {
      const actual = await sha256.digest(bytes);
      if (Buffer.compare(actual.digest, cid.multihash.digest) !== 0)
        return `${path}: block ${cid.toString()} is altered`;
      holdsRoot ||= cid.equals(root);
    }
    return holdsRoot ? undefined : `${path}: the root's block is missing`;
  } catch (error) {
    return `${path}: ${String(error)}`;
  }
}

/** Temporary files that nobody will ever finish. */
export async function leftovers(out: string): Promise<number> {
  const names = await readdir(out, { recursive: true }).catch(() => []);
  return names.filter((name) => /\.(part|partial)$/.test(name)).length;
}
