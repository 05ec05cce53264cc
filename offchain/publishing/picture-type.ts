import { FatalError } from "../kernel/errors.ts";

/** How files of a kind begin, and how their names end; pictures that every marketplace shows. */
const KINDS: readonly {
  readonly extension: string;
  readonly begins: readonly (number | undefined)[];
}[] = [
  {
    extension: "png",
    begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  },
  { extension: "jpg", begins: [0xff, 0xd8, 0xff] },
  { extension: "gif", begins: [0x47, 0x49, 0x46, 0x38] },
  {
    extension: "webp",
    begins: [0x52, 0x49, 0x46, 0x46, ...Array<undefined>(4), 0x57, 0x45, 0x42],
  },
];

/**
 * The ending that a picture's own bytes ask for. SVG is none of them: it can hold code.
 * @throws FatalError `publishing/bad-picture` if it is none.
 */
export function pictureExtension(bytes: Uint8Array, name: string): string {
  const found = KINDS.find(({ begins }) =>
    begins.every((byte, i) => byte === undefined || bytes[i] === byte),
  );
  if (found !== undefined) return found.extension;
  throw new FatalError(
    "publishing/bad-picture",
    `\`${name}\` is no PNG, JPEG, GIF or WebP; give another picture.`,
  );
}
