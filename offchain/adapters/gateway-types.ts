import type { Wanted } from "./gateway-request.ts";

/** An answer; its body has been checked block by block, and throws where a later block turns out wrong. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Uint8Array> | Uint8Array | string;
}

/** Types of the files that batches, epochs and recipes hold; nothing that a browser would run is among them. */
const TYPES: Readonly<Record<string, string>> = {
  json: "application/json",
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  md: "text/plain; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  csv: "text/plain; charset=utf-8",
  wasm: "application/wasm",
};

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What a file is, by its name; by its first bytes where it has none, as a picture that metadata names by its CID. */
export function contentType(name: string, head: Uint8Array): string {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  const known = TYPES[extension ?? ""];
  if (known !== undefined) return known;
  if (extension === undefined) {
    if (PNG.every((byte, i) => head[i] === byte)) return "image/png";
    // An object, as all JSON here is.
    if (head[0] === 0x7b && [0x22, 0x7d].includes(head[1] ?? 0))
      return "application/json";
  }
  return "application/octet-stream";
}

/** A `Content-Disposition`; a name of the client's own choosing goes before the file's. */
export function disposition(
  kind: "attachment" | "inline",
  { filename }: Pick<Wanted, "filename">,
  name: string,
): string {
  const shown = filename ?? name;
  if (shown === "") return kind;
  const plain = shown.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(shown.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return plain === shown
    ? `${kind}; filename="${plain}"`
    : `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
