import { canonicalBytes } from "../../kernel/json.ts";
import { toHex } from "../../kernel/bytes.ts";
import { sha256 } from "../../kernel/digest.ts";

/** A source file of the training pictures: its path in the repository and its bytes. */
export type TeacherSource = Readonly<{ path: string; bytes: Uint8Array }>;

/**
 * The licence manifest of the training pictures, as canonical JSON; its sha-256 is the dataset root of the recipe.
 * The set is endless, so the manifest names what draws it: the sources, each by its hash. Files come sorted by path.
 */
export function licenceManifest(sources: readonly TeacherSource[]): Uint8Array {
  const files = [...sources].sort((a, b) => (a.path < b.path ? -1 : 1));
  return canonicalBytes({
    version: 1,
    title: "Training pictures of the genesis base model",
    licence: "CC0-1.0",
    licenceUrl: "https://creativecommons.org/publicdomain/zero/1.0/",
    statement:
      "Every training picture was drawn by the procedural teachers listed here, from random style parameters. No photograph, no artwork and no other work of anyone was used. The pictures are dedicated to the public domain.",
    consent:
      "not needed: no person, work or data of third parties is contained",
    sources: files.map(({ path, bytes }) => ({
      path,
      sha256: toHex(sha256(bytes)),
    })),
  });
}
