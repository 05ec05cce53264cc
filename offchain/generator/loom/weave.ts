import type { Cloth } from "./cloth.ts";
import { growCoherent } from "./coherence.ts";
import { weaveFreely } from "./freely.ts";
import type { TunedModel } from "./model.ts";
import { vote } from "./origins.ts";
import { join } from "./seams.ts";
import { seen } from "./seen.ts";
import type { ClothPlan } from "./stack.ts";

/** Woven cloths that a model remembers, so that a preview and its picture weave once. */
const KEPT = 12;
const woven = new WeakMap<TunedModel, Map<string, Cloth>>();

/** Where a further donor of a joined cloth is tried (cells to the right, down, flipped): it stays where the seam costs least. */
const TRIES = [-8, -4, 0, 4, 8].flatMap((x) =>
  [-4, 0, 4].flatMap((y) => [0, 1].map((flip) => [x, y, flip])),
);

/** Makes the cloth of a plan, or remembers it: what it is depends on the plan alone. */
export function weaveCloth(model: TunedModel, plan: ClothPlan): Cloth {
  let kept = woven.get(model);
  if (!kept) woven.set(model, (kept = new Map()));
  const key = JSON.stringify(plan);
  const known = kept.get(key);
  if (known) return known;
  const cloth = weaveAnew(model, plan);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, cloth);
  return cloth;
}

function weaveAnew(model: TunedModel, plan: ClothPlan): Cloth {
  const { way, width, height, edge, donors } = plan;
  const view = (k: number, w: number, h: number): Cloth =>
    seen(model, donors[k]!, k, donors.length, w, h);
  if (way === "kept" || (way === "joined" && donors.length === 1))
    return { ...view(0, width, height), edge };
  if (way === "joined" && edge === "clamp") {
    const first = view(0, width, height);
    const rest = donors.slice(1).map((own, k) =>
      TRIES.map(([x, y, flip]) =>
        seen(
          model,
          {
            ...own,
            flip: flip === 1,
            shift: [own.shift[0] + x!, own.shift[1] + y!],
          },
          k + 1,
          donors.length,
          width,
          height,
        ),
      ),
    );
    const { sources, origins, near } = join(first, rest, plan.seams);
    const laid: Cloth = { ...vote(first, sources, origins, 0), edge };
    return growCoherent(laid, sources, origins, {
      half: 1,
      rounds: 3,
      free: near,
    });
  }
  return weaveFreely(model, plan);
}
