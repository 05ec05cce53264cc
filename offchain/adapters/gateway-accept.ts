import { FatalError } from "../kernel/errors.ts";
import type { DagScope } from "../publishing/dag-walk.ts";

/** A range of an entity as the client wrote it; a negative number counts from the end, `to` undefined is the end. Both inclusive. */
export interface EntityBytes {
  readonly text: string;
  readonly from: number;
  readonly to: number | undefined;
}

/** The form of an answer: one block, an archive, or the file itself (a directory as a page). */
export type Format =
  | { readonly kind: "raw" }
  | { readonly kind: "file" }
  | {
      readonly kind: "car";
      readonly scope: DagScope;
      readonly bytes: EntityBytes | undefined;
      /** Always the same order; `unk` is answered with it too. */
      readonly order: "dfs";
      /** Whether a block is given every time it occurs. */
      readonly repeats: boolean;
    };

const TYPES: Readonly<Record<string, "raw" | "car" | "other">> = {
  "application/vnd.ipld.raw": "raw",
  "application/vnd.ipld.car": "car",
  "application/vnd.ipld.dag-json": "other",
  "application/vnd.ipld.dag-cbor": "other",
  "application/vnd.ipfs.ipns-record": "other",
  "application/x-tar": "other",
  "application/cbor": "other",
};

interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

/**
 * Chooses the form of an answer: the query's `format` goes before the header.
 * @throws FatalError `gateway/not-acceptable`, `gateway/bad-request`.
 */
export function negotiate(query: URLSearchParams, accept = ""): Format {
  const ranges = parseAccept(accept);
  const named = query.get("format");
  if (named === "raw") return { kind: "raw" };
  if (named === null) {
    for (const { type, parameters } of ranges) {
      const kind = TYPES[type] ?? "file";
      if (kind === "other") continue;
      const format: Format | undefined =
        kind === "car" ? car(query, parameters) : { kind };
      if (format !== undefined) return format;
    }
    if (ranges.length === 0) return { kind: "file" };
    throw notAcceptable(accept);
  }
  if (named !== "car") throw notAcceptable(named);
  const own = ranges.filter(({ type }) => TYPES[type] === "car");
  for (const { parameters } of own.length === 0
    ? [{ parameters: NONE }]
    : own) {
    const format = car(query, parameters);
    if (format !== undefined) return format;
  }
  throw notAcceptable(`${query.toString()} ${accept}`);
}

const NONE: ReadonlyMap<string, string> = new Map();

/** The media ranges of the header, the most wanted first; those that are refused (`q=0`) are left out. */
function parseAccept(header: string): Range[] {
  return header
    .toLowerCase()
    .split(",")
    .map((part) => {
      const [type = "", ...rest] = part.split(";").map((text) => text.trim());
      const parameters = new Map(
        rest.map((text) => {
          const [name = "", value = ""] = text.split("=");
          return [name.trim(), value.trim().replace(/^"(.*)"$/, "$1")];
        }),
      );
      const quality = Number(parameters.get("q") ?? 1);
      return { type, parameters, quality };
    })
    .filter(({ type, quality }) => type !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality);
}

/** The archive that is asked for; undefined if it is one that is not made here. */
function car(
  query: URLSearchParams,
  parameters: ReadonlyMap<string, string>,
): Format | undefined {
  const of = (name: string, fallback: string): string =>
    query.get(`car-${name}`) ?? (parameters.get(name) || fallback);
  const [version, order, dups] = [
    of("version", "1"),
    of("order", "dfs"),
    of("dups", "n"),
  ];
  if (version !== "1" || !["dfs", "unk"].includes(order)) return undefined;
  if (dups !== "n" && dups !== "y") return undefined;
  const bytes = entityBytes(query.get("entity-bytes"));
  const scope =
    query.get("dag-scope") ?? (bytes === undefined ? "all" : "entity");
  if (scope !== "all" && scope !== "entity" && scope !== "block")
    throw new FatalError(
      "gateway/bad-request",
      `\`${scope.slice(0, 40)}\` is no dag-scope; give all, entity or block.`,
    );
  return {
    kind: "car",
    scope: bytes === undefined ? scope : "entity",
    bytes,
    order: "dfs",
    repeats: dups === "y",
  };
}

function entityBytes(text: string | null): EntityBytes | undefined {
  if (text === null) return undefined;
  const [, from, to] = /^(-?\d{1,15}):(\*|-?\d{1,15})$/.exec(text) ?? [];
  if (from === undefined)
    throw new FatalError(
      "gateway/bad-request",
      `\`${text.slice(0, 40)}\` is no range; give entity-bytes as FROM:TO, for instance 0:* or -1024:*.`,
    );
  return { text, from: Number(from), to: to === "*" ? undefined : Number(to) };
}

function notAcceptable(what: string): FatalError {
  return new FatalError(
    "gateway/not-acceptable",
    `\`${what.slice(0, 120)}\` is not given here; ask for raw, for car (version 1, order dfs, dups y or n), or for the file itself.`,
  );
}
