/** What a piece of work took. */
export interface Usage {
  readonly milliseconds: number;
  /** Of all threads of the process together. */
  readonly cpuMilliseconds: number;
  /** Of the whole processor package, other programs included; null where the machine does not tell. */
  readonly microjoules: number | null;
}

/** Where the energy comes from, or why there is none: nothing is ever estimated. */
export type EnergySource =
  | { readonly source: string; readonly reason: null }
  | { readonly source: null; readonly reason: string };

/** What the machine counts, from some fixed moment on. */
export interface Meter {
  /** The counters now. */
  read(): Usage;
  readonly energy: EnergySource;
}

/** The machine in words: enough to judge the figures by, nothing that tells whose it is. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly platform: string;
  readonly arch: string;
  /** Version of Node. */
  readonly node: string;
}

/** Nothing yet. */
export const NO_USAGE: Usage = {
  milliseconds: 0,
  cpuMilliseconds: 0,
  microjoules: 0,
};

/** From one reading to a later one. */
export function usedSince(before: Usage, after: Usage): Usage {
  return combine(after, before, (a, b) => a - b);
}

/** Two pieces of work together. */
export function addUsage(one: Usage, other: Usage): Usage {
  return combine(one, other, (a, b) => a + b);
}

function combine(
  one: Usage,
  other: Usage,
  by: (a: number, b: number) => number,
): Usage {
  const { microjoules } = one;
  return {
    milliseconds: by(one.milliseconds, other.milliseconds),
    cpuMilliseconds: by(one.cpuMilliseconds, other.cpuMilliseconds),
    microjoules:
      microjoules === null || other.microjoules === null
        ? null
        : by(microjoules, other.microjoules),
  };
}
