import { FatalError } from "../../kernel/errors.ts";
import type { Traits } from "../../kernel/traits.ts";
import type { Adapter } from "../adapter/adapter.ts";

import {
  OWN_PALETTE,
  weaveVocabulary,
  type WeaveTraits,
} from "./vocabulary.ts";

/**
 * Reads the traits of a woven work.
 * @throws FatalError `generator/unknown-trait` if one is missing or has a value that the adapter does not know
 */
export function readWeaveTraits(traits: Traits, adapter: Adapter): WeaveTraits {
  const vocabulary = weaveVocabulary(adapter);
  const place = (name: keyof WeaveTraits): number => {
    const value = traits[name];
    const at = value === undefined ? -1 : vocabulary[name].indexOf(value);
    if (at >= 0) return at;
    throw new FatalError(
      "generator/unknown-trait",
      `Trait \`${name}\` is \`${value ?? "missing"}\`; it must be one of ${vocabulary[name].join(", ")}.`,
    );
  };
  const read = (name: keyof WeaveTraits): string =>
    vocabulary[name][place(name)]!;
  const composition = read("composition") as WeaveTraits["composition"];
  const [motif, second] = [place("motif"), place("second")];
  // A charge upon its own ground would be the picture that it came from.
  const own = composition === "charged" ? second : motif;
  return {
    composition,
    division: read("division") as WeaveTraits["division"],
    motif,
    second,
    third: place("third"),
    colours: read("colours") as WeaveTraits["colours"],
    palette: read("palette") === OWN_PALETTE ? own : place("palette") - 1,
    liberty: read("liberty") as WeaveTraits["liberty"],
    repeat: read("repeat") as WeaveTraits["repeat"],
    line: read("line") as WeaveTraits["line"],
    light: read("light") as WeaveTraits["light"],
    finish: read("finish") as WeaveTraits["finish"],
    frame: read("frame") as WeaveTraits["frame"],
  };
}
