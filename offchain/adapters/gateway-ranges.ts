import { FatalError } from "../kernel/errors.ts";
import type { ByteRange } from "../publishing/dag-walk.ts";
import type { EntityBytes } from "./gateway-accept.ts";

/**
 * The part of a file that a `Range` header asks for; `outside` if nothing of the file lies in it. Undefined means all of it: no
 * header, one that is none, several ranges, or an `If-Range` that names another file.
 */
export function httpRange(
  header: string | undefined,
  size: number,
  {
    etag,
    ifRange,
  }: { readonly etag: string; readonly ifRange: string | undefined },
): ByteRange | "outside" | undefined {
  if (ifRange !== undefined && ifRange.trim() !== etag) return undefined;
  const [, first = "", last = ""] =
    /^bytes=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Number(last);
  if (first !== "" && last !== "" && end < from) return undefined;
  const to = Math.min(end, size - 1) + 1;
  return from < to ? { from, to } : "outside";
}

/**
 * The part of a file of which `entity-bytes` asks for the blocks; undefined if it comes out empty.
 * @throws FatalError `gateway/bad-request` if it is written backwards, or lies outside of the file as a whole.
 */
export function entityRange(
  { text, from, to }: EntityBytes,
  size: number,
): ByteRange | undefined {
  const place = (offset: number): number =>
    offset < 0 ? size + offset : offset;
  const first = place(from);
  const last = to === undefined ? size - 1 : place(to);
  const backwards = to !== undefined && from < 0 === to < 0 && from > to;
  if (backwards || (size > 0 && (first >= size || last < 0)))
    throw new FatalError(
      "gateway/bad-request",
      `Range \`${text}\` holds nothing of the file, which has ${size} bytes; ask for another.`,
    );
  const range = { from: Math.max(0, first), to: Math.min(last, size - 1) + 1 };
  return range.from < range.to ? range : undefined;
}

/** Whether an `If-None-Match` header names what would be sent. */
export function isKnown(header: string | undefined, etag: string): boolean {
  const bare = (tag: string): string => tag.trim().replace(/^W\//, "");
  return (header ?? "")
    .split(",")
    .some((tag) => tag.trim() === "*" || bare(tag) === bare(etag));
}
