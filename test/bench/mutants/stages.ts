const isAttack = (path: string): boolean => path.includes("/attacks/");
const isSlow = (path: string): boolean =>
  /\/(invariant|twin)\/|Differential/.test(path);
const isTwin = (path: string): boolean => path.includes("/twin/");

/** Files remembered for each contract. */
const REMEMBERED = 3;

/** The order in which test files are tried on the mutants of one contract. */
export interface Order {
  /**
   * Every file, each once, in stages of which none is empty: the contract's own tests and what killed its last mutants, the other
   * unit tests, attacks, the differential tests and invariants, and the twin, which takes as long as all others together.
   */
  stages(files: readonly string[], mutated: string): string[][];
  /** Takes note that a test of this file killed a mutant. */
  remember(mutated: string, file: string): void;
}

/** An order that knows of no mutant yet. */
export function createOrder(): Order {
  const killers = new Map<string, readonly string[]>();
  return {
    stages: (files, mutated) => {
      const own = `test/${mutated.replace(/\.sol$/, "")}`;
      const known = killers.get(mutated) ?? [];
      const isFirst = (path: string): boolean =>
        !isTwin(path) &&
        (path === `${own}.t.sol` ||
          path.startsWith(`${own}/`) ||
          known.includes(path));
      const rank = (path: string): number => {
        if (isFirst(path)) return 0;
        if (isTwin(path)) return 4;
        if (isSlow(path)) return 3;
        return isAttack(path) ? 2 : 1;
      };
      return [0, 1, 2, 3, 4]
        .map((stage) => files.filter((path) => rank(path) === stage))
        .filter((stage) => stage.length > 0);
    },
    remember: (mutated, file) => {
      const others = (killers.get(mutated) ?? []).filter((at) => at !== file);
      killers.set(mutated, [file, ...others].slice(0, REMEMBERED));
    },
  };
}
