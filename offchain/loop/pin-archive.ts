import { FatalError, isLoopError } from "../kernel/errors.ts";
import { checkCarStream, type CarFound } from "../publishing/car-stream.ts";
import { parseCid, type Hasher } from "../publishing/cid.ts";
import type { Chain } from "./chain.ts";
import type { Run } from "./journal.ts";
import type { Archives } from "./ports-archive.ts";
import type { ArchiveFile, PinTarget } from "./ports-pins.ts";
import type { Progress } from "./ports-progress.ts";

/** What pinning needs of the world, beside the places. */
export interface PinPorts {
  readonly archives: Pick<Archives, "file">;
  readonly progress: Progress;
  readonly hash: Hasher;
}

/** Where archives must be held. */
export interface Places {
  readonly pins: () => Promise<readonly PinTarget[]>;
}

/** An archive that is to be held elsewhere. */
export interface PinRequest {
  readonly path: string;
  /** Whether it is a part of its tree, whose rest other archives hold: then a place may give more than it. */
  readonly part: boolean;
  readonly signal?: AbortSignal;
}

/** A place that holds an archive: everything was read back from there and hashed. */
export interface PinReceipt {
  /** Name of the place. */
  readonly target: string;
  /** CID of the root. */
  readonly root: string;
  /** Blocks of the archive, and bytes that came back. */
  readonly blocks: number;
  readonly bytes: number;
}

/** Readings of one place before a connection that is cut off counts as its failure. */
const READINGS = 3;

/**
 * Sees to it that every place holds an archive: what one does not say it holds is sent there; then all of it is read back, every block
 * hashed. What comes back wrong is sent once more.
 * @throws FatalError `pins/not-held` if a place still does not give what it got, `pins/*` as {@link PinTarget}, `publishing/car-*` if
 * the file itself is none.
 */
export async function pinArchive(
  { targets, ...ports }: PinPorts & { readonly targets: readonly PinTarget[] },
  request: PinRequest,
): Promise<readonly PinReceipt[]> {
  const archive = await ports.archives.file(request.path);
  const receipts: PinReceipt[] = [];
  for (const target of targets)
    receipts.push(await pinAt(target, archive, ports, request));
  return receipts;
}

/**
 * The same as steps of a run, one for each place, so that a run that goes on sends nothing twice. Places that an earlier process
 * found in order are asked again whether they hold it.
 */
export async function pinInRun(
  task: PinPorts &
    Places & {
      readonly run: Run;
      /** Prefix of the steps' keys. */
      readonly part: string;
    },
  { root, ...request }: PinRequest & { readonly root: string },
): Promise<readonly PinReceipt[]> {
  const { run, part, pins, ...ports } = task;
  const targets = await pins();
  const receipts: PinReceipt[] = [];
  for (const target of targets) {
    const { name } = target;
    const pin = async (): Promise<PinReceipt> => {
      const archive = await ports.archives.file(request.path);
      return pinAt(target, archive, ports, request);
    };
    let now = false;
    const receipt = await run.step(
      `${part}/pin-${name}-${root}`,
      { root, target: name },
      async () => {
        now = true;
        return { ...(await pin()) };
      },
    );
    if (now || (await target.holds(root, request.signal)))
      receipts.push(receipt);
    else receipts.push(await pin());
  }
  return receipts;
}

async function pinAt(
  target: PinTarget,
  archive: ArchiveFile,
  { progress, hash }: PinPorts,
  { part, signal }: PinRequest,
): Promise<PinReceipt> {
  const { name } = target;
  const { root, size } = archive;
  const only = part ? archive.blocks : undefined;
  const send = (): Promise<void> =>
    target.put(archive, {
      onBytes: (sent) => progress.stage(`send to ${name}`, sent, size),
      ...(signal && { signal }),
    });
  const check = (): Promise<CarFound> =>
    reading(() =>
      checkCarStream(target.read(root, signal, only), {
        root: parseCid(root),
        expected: archive.blocks,
        exact: !part,
        hash,
      }),
    );
  if (!(await target.holds(root, signal))) await send();
  try {
    return { target: name, root, ...(await check()) };
  } catch (error) {
    if (!isWrong(error)) throw error;
    progress.note(
      `${name} gives back something else than was sent (${error.code}); it is sent once more.`,
    );
  }
  await send();
  try {
    return { target: name, root, ...(await check()) };
  } catch (error) {
    if (!isWrong(error)) throw error;
    throw new FatalError(
      "pins/not-held",
      `\`${name}\` does not give back \`${root}\` as it was sent (${error.code}); nothing rests on it, choose another place or mend this one.`,
      { cause: error },
    );
  }
}

/** A connection that breaks is another thing than wrong bytes: the same may come whole the next time. */
async function reading(read: () => Promise<CarFound>): Promise<CarFound> {
  for (let done = 1; ; done++) {
    try {
      return await read();
    } catch (error) {
      if (!isLoopError(error, "pins/unreachable") || done === READINGS)
        throw error;
    }
  }
}

/** Whether what came is not what was sent. */
function isWrong(error: unknown): error is FatalError {
  return (
    error instanceof FatalError &&
    (error.code === "pins/not-held" || error.code.startsWith("publishing/"))
  );
}

/**
 * The places that must hold what is minted. On a public chain there must be one, and this is asked before anything is opened.
 * @throws FatalError `pins/none-configured`
 */
export async function requirePlaces({
  chain,
  pins,
}: Places & { readonly chain: Pick<Chain, "instance"> }): Promise<
  readonly PinTarget[]
> {
  const { chainId, development } = await chain.instance();
  const targets = await pins();
  if (development || targets.length > 0) return targets;
  throw new FatalError(
    "pins/none-configured",
    `Nobody would hold the files of works on chain \`${chainId}\`; name a place with --pin, or as \`Network.pins\` in the network's file of ignition/parameters.`,
  );
}
