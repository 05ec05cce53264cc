import { FatalError } from "../kernel/errors.ts";
import type { PinTarget } from "../loop/ports-pins.ts";

/** What targets are made with. */
export interface PinSetting {
  /** A key or an address that is not written into the configuration, by the name of its variable; asked for when it is needed. */
  readonly secret: (name: string) => Promise<string | undefined>;
  /** Folder of the local store. */
  readonly store: string;
}

/** A place as it is configured. */
type Spec =
  | { readonly kind: "kubo"; readonly url: string }
  | { readonly kind: "pinata" }
  | {
      readonly kind: "s3";
      readonly endpoint: string;
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string;
    }
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "local" };

/**
 * Reads the places of a list; nothing is asked for and nothing loaded.
 * @throws FatalError `options/bad-pin` on one that is none, or that is named twice.
 */
export function parsePins(texts: readonly string[]): readonly Spec[] {
  const specs = texts.map((text) => parsePin(text.trim()));
  const twice = texts.find((text, i) => texts.indexOf(text) < i);
  if (twice !== undefined) throw bad(twice, "is named twice");
  return specs;
}

/**
 * The places of a list. The code of each kind is loaded, and its keys are read, only if the list names it.
 * @throws FatalError `options/bad-pin`; `pins/no-key` if a variable that is needed is not set.
 */
export async function createPinTargets(
  texts: readonly string[],
  setting: PinSetting,
): Promise<readonly PinTarget[]> {
  const targets: PinTarget[] = [];
  // One after the other: reading a key may ask for a password.
  for (const spec of parsePins(texts))
    targets.push(await createTarget(spec, setting));
  return targets;
}

async function createTarget(
  spec: Spec,
  { secret, store }: PinSetting,
): Promise<PinTarget> {
  const need = async (name: string): Promise<string> => {
    const value = await secret(name);
    if (value !== undefined) return value;
    throw new FatalError(
      "pins/no-key",
      `\`${name}\` is not set, which \`${spec.kind}\` needs; give it in the environment, or with \`npx hardhat keystore set ${name}\`.`,
    );
  };
  switch (spec.kind) {
    case "kubo": {
      const { createKuboTarget } = await import("./pins-kubo.ts");
      const token = await secret("KUBO_TOKEN");
      return createKuboTarget({ url: spec.url, token });
    }
    case "folder":
    case "local": {
      const { createFolderTarget } = await import("./pins-folder.ts");
      return spec.kind === "local"
        ? createFolderTarget({ name: "local", folder: store })
        : createFolderTarget({
            name: `folder:${spec.folder}`,
            folder: spec.folder,
          });
    }
    case "pinata": {
      const { createPinataTarget } = await import("./pins-pinata.ts");
      return createPinataTarget({
        jwt: await need("PINATA_JWT"),
        gateway: await need("PINATA_GATEWAY"),
        token: await secret("PINATA_GATEWAY_TOKEN"),
      });
    }
    case "s3": {
      const { createS3Target } = await import("./pins-s3.ts");
      const { kind: _, ...bucket } = spec;
      return createS3Target({
        ...bucket,
        keys: {
          accessKeyId: await need("S3_ACCESS_KEY_ID"),
          secretAccessKey: await need("S3_SECRET_ACCESS_KEY"),
        },
      });
    }
  }
}

function parsePin(text: string): Spec {
  if (text === "local" || text === "pinata") return { kind: text };
  const colon = text.indexOf(":");
  const [kind, rest] = [text.slice(0, colon), text.slice(colon + 1)];
  if (kind === "folder" && rest !== "") return { kind, folder: rest };
  if (kind === "kubo") {
    const url = parseUrl(text, rest);
    if (url.search !== "") throw bad(kind, "has a query");
    return { kind, url: url.href.replace(/\/+$/, "") };
  }
  if (kind === "s3") return parseS3(text, rest);
  // Not shown whole: whoever writes a key here should not find it in a log.
  throw bad(colon < 0 ? text : kind, "is no kind of place");
}

/** ENDPOINT_URL/BUCKET[/PREFIX][?region=R] */
function parseS3(text: string, rest: string): Spec {
  const url = parseUrl(text, rest);
  const [bucket = "", ...prefix] = url.pathname.slice(1).split("/");
  const { region = "us-east-1", ...others } = Object.fromEntries(
    url.searchParams,
  );
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw bad("s3", "names no bucket");
  if (Object.keys(others).length > 0 || !/^[a-z0-9-]{2,32}$/.test(region))
    throw bad("s3", "has another query than a region");
  return {
    kind: "s3",
    endpoint: url.origin,
    bucket,
    prefix: prefix.filter((part) => part !== "").join("/"),
    region,
  };
}

function parseUrl(text: string, address: string): URL {
  const kind = text.slice(0, text.indexOf(":"));
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw bad(kind, "has no http address");
  if (url.username !== "" || url.password !== "")
    throw bad(kind, "has a user name or a password in its address");
  if (url.hash !== "") throw bad(kind, "has a fragment in its address");
  return url;
}

function bad(what: string, why: string): FatalError {
  return new FatalError(
    "options/bad-pin",
    `Place \`${what.slice(0, 60)}\` ${why}; give kubo:URL, pinata, s3:URL/BUCKET[/PREFIX][?region=R], folder:PATH or local, and keys as variables.`,
  );
}
