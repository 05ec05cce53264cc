import { blend, type Colour, type Colours } from "./colours.ts";

/** Thousandths of a whole way. */
export const WHOLE = 1000;

/** The two colours of each slot, so many thousandths of the way. */
export function coloursBetween(
  from: Colours,
  to: Colours,
  share: number,
): Colours {
  return {
    slots: from.slots.map((slot, i) => vivid(slot, to.slots[i] ?? slot, share)),
    paper: blend(from.paper, to.paper, share),
    gold: vivid(from.gold, to.gold, share),
  };
}

/** Most that a colour on the way is enriched by. */
const RICHEST = 1.8;

/** {@link blend}, but as far from grey as its ends are: the way from red to green leads past no mud. */
function vivid(from: Colour, to: Colour, share: number): Colour {
  const middle = blend(from, to, share);
  const grey = greyOf(middle);
  const wanted = chromaOf(from) * (WHOLE - share) + chromaOf(to) * share;
  const own = chromaOf(middle) * WHOLE;
  const gain = own === 0 ? 1 : Math.min(RICHEST, Math.max(1, wanted / own));
  const put = (c: number): number =>
    Math.min(255, Math.max(0, Math.floor(grey + (c - grey) * gain + 0.5)));
  return [put(middle[0]), put(middle[1]), put(middle[2])];
}

const greyOf = ([r, g, b]: Colour): number =>
  (r * 299 + g * 587 + b * 114) / 1000;

function chromaOf(colour: Colour): number {
  const grey = greyOf(colour);
  const [x, y, z] = [colour[0] - grey, colour[1] - grey, colour[2] - grey];
  return Math.sqrt(x * x + y * y + z * z);
}
