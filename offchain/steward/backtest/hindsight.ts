import type { Limits } from "./slot.ts";
import type { World } from "./world.ts";

const DAY = 86_400;

/** What is summed: a period's worth at a royalty. */
export type Worth = (period: number, royalty: number) => number;

/** The one royalty that would have been worth most from `first` on, of those from low to high in steps; the lower of equals. */
export function bestFixed(
  world: World,
  first: number,
  { low, high }: Limits,
  worth: Worth,
  grid = 25,
): number {
  let [best, most] = [low, -1];
  for (let royalty = low; royalty <= high; royalty += grid) {
    let sum = 0;
    for (let k = first; k < world.periods; k++) sum += worth(k, royalty);
    if (sum > most) [best, most] = [royalty, sum];
  }
  return best;
}

/**
 * The path inside the box that would have been worth most, had all been known: dynamic programming over royalty and what is spent of
 * the budget, in whole steps at most one a day. Budget is won back in whole days' parts, rounded against the path, so it is one that the
 * controller would have allowed; nothing that steers by whole steps does better.
 * @param times When each period ends, unix seconds.
 */
export function bestPath(
  world: World,
  first: number,
  limits: Limits,
  times: readonly number[],
  worth: Worth,
): number[] {
  const { low, high, step, budget, window } = limits;
  const days = Math.floor(window / DAY);
  if (step < 1 || budget < step || days < 1)
    return Array.from({ length: world.periods - first }, () => world.base);
  const down = Math.floor((world.base - low) / step);
  const count = down + Math.floor((high - world.base) / step) + 1;
  const royalty = (i: number): number => world.base + (i - down) * step;
  // A full bucket is `days` parts, a day wins back one.
  const cost = Math.ceil((step * days) / budget);
  const wide = days + 1;
  const rest = Math.max(1, Math.ceil(limits.delay / DAY));

  // Backwards: from the last period on, what remains to be won in each state, and the move that wins it.
  let ahead = new Float64Array(count * wide);
  const moves: Int8Array[] = [];
  for (let k = world.periods - 1; k >= first; k--) {
    const since = Math.floor(((times[k] ?? 0) - (times[k - 1] ?? 0)) / DAY);
    const now = new Float64Array(count * wide);
    const chosen = new Int8Array(count * wide);
    const gains = Array.from({ length: count }, (_, i) => worth(k, royalty(i)));
    const moving = (k - first) % rest === 0;
    for (let i = 0; i < count; i++)
      for (let spent = 0; spent < wide; spent++) {
        // Decided at the round before the period; what is won back until the next round counts from then on.
        let best = -1;
        for (const move of moving ? [0, 1, -1] : [0]) {
          const to = i + move;
          const after = spent + (move === 0 ? 0 : cost);
          if (to < 0 || to >= count || after > days) continue;
          const later = Math.max(0, after - since);
          const total = (gains[to] ?? 0) + (ahead[to * wide + later] ?? 0);
          if (total > best) {
            best = total;
            chosen[i * wide + spent] = move;
          }
        }
        now[i * wide + spent] = best;
      }
    moves[k - first] = chosen;
    ahead = now;
  }
  let [at, spent] = [down, 0];
  return moves.map((chosen, n) => {
    const move = chosen[at * wide + spent] ?? 0;
    at += move;
    const k = first + n;
    const since = Math.floor(((times[k] ?? 0) - (times[k - 1] ?? 0)) / DAY);
    spent = Math.max(0, spent + (move === 0 ? 0 : cost) - since);
    return royalty(at);
  });
}
