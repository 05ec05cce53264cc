import { blend, type Colour } from "../work/colours.ts";
import { lean } from "../work/drive.ts";
import { steerColours } from "../work/steer.ts";
import { lit, saturated, shineOf, DAYLIGHT } from "../work/light.ts";

import type { Survey } from "./donors.ts";
import type { WeavePlan } from "./plan.ts";
import type { SheetPlan } from "./stack.ts";
import { contrastOf, meanOf, stretched, unlike } from "./tones.ts";
import { reversed, transport } from "./transport.ts";
import type { LightName } from "./vocabulary.ts";

/** What the hours do to a palette: a light, as a state's, weaker. */
const HOURS: Readonly<Record<LightName, number>> = {
  day: 0,
  morning: 0.35,
  dusk: -0.5,
};

/** Two printings nearer than this (mean square) look alike. */
const ALIKE = 4_500;

/** The eight colours that each donor of a sheet's cloth is printed in. */
export function sheetColours(
  { donors, contrast }: Survey,
  plan: WeavePlan,
  sheet: SheetPlan,
): readonly (readonly Colour[])[] {
  // Colours of another that lie too close together are drawn apart, so that no form drowns.
  const usual = 0.8 * contrast;
  return plan.cloths[sheet.cloth]!.donors.map(({ donor }) => {
    const own = donors[donor]!;
    const to = donors[sheet.palette]!;
    let colours: readonly Colour[] = transport(own, to);
    // Changed over where the other colours would hardly be told from the field's.
    if (
      sheet.unlike !== null &&
      unlike(own, colours, transport(own, donors[sheet.unlike]!)) < ALIKE
    )
      colours = reversed(own, colours);
    if (sheet.reversed) colours = reversed(own, colours);
    const spreads = contrastOf(own, colours);
    if (spreads < usual)
      colours = stretched(
        own,
        colours,
        Math.min(1.35, usual / Math.max(1, spreads)),
      );
    if (sheet.faded > 0) {
      const mean = meanOf(own, colours);
      colours = colours.map((colour) => blend(colour, mean, sheet.faded));
    }
    return colours.map((colour) => inLight(colour, plan));
  });
}

/** A colour in the hour, the heat of the minting, and the light and heat of a state. */
export function inLight(given: Colour, plan: WeavePlan): Colour {
  const [colour = given] = steerColours([given], plan.tint);
  const { drive } = plan;
  const light = Math.max(-1.4, Math.min(1, HOURS[plan.light] + drive.light));
  const warmth = plan.warmth / 4000 + drive.warmth;
  const saturation = Math.floor(
    plan.saturation +
      lean(drive.warmth, 220, 200) +
      lean(drive.unrest, 160, 220) +
      lean(drive.light, 120, -80),
  );
  if (light === 0 && warmth === 0 && saturation === 1000) return colour;
  const own = saturated(colour, saturation);
  // What is light keeps burning a little at night, as lamps and foam do.
  const grey = (colour[0] * 299 + colour[1] * 587 + colour[2] * 114) / 1000;
  const ember = light < 0 ? Math.floor(Math.max(0, grey - 150) * 3) : 0;
  const shine = light === 0 ? DAYLIGHT : shineOf(light);
  return blend(lit(own, warmth, shine), lit(own, warmth, DAYLIGHT), ember);
}
