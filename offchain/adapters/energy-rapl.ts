import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { EnergySource } from "../loop/ports-meter.ts";

/** Where Linux shows the counters of Intel's and AMD's processors (Documentation/power/powercap). */
const POWERCAP = "/sys/class/powercap";

/** Whole packages only: `intel-rapl:0:0` and the like are parts of `intel-rapl:0`. */
const PACKAGE = /^intel-rapl:\d+$/;

/** Counters turn over after minutes to hours of load, so they are looked at at least this often, ms. */
const LOOK = 30_000;

/** What the processor has used since this was made. */
export interface EnergyCounter {
  readonly energy: EnergySource;
  /** Microjoules of all packages together; null where the machine does not tell. */
  read(): number | null;
  close(): void;
}

interface Domain {
  readonly path: string;
  /** The counter turns over to 0 behind this. */
  readonly range: number;
  last: number;
}

/** Counts by RAPL where it can be read: since 2020 only by root, unless the machine's owner allows more; in most clouds not at all. */
export function openRapl(root = POWERCAP): EnergyCounter {
  let domains: Domain[];
  try {
    domains = readdirSync(root)
      .filter((name) => PACKAGE.test(name))
      .sort()
      .map((name) => open(join(root, name)));
  } catch (error) {
    return unknown(reasonOf(error, root));
  }
  if (domains.length === 0)
    return unknown(`${root} shows no processor package`);
  let total = 0;
  let lost = false;
  const look = (): void => {
    try {
      for (const domain of domains) {
        const now = number(join(domain.path, "energy_uj"));
        const step = now - domain.last;
        total += step < 0 ? step + domain.range : step;
        domain.last = now;
      }
    } catch {
      // A counter that stops answering makes every figure from here on a guess, so there is none.
      lost = true;
    }
  };
  const timer = setInterval(look, LOOK);
  timer.unref();
  return {
    energy: {
      source: `RAPL, ${domains.length === 1 ? "1 processor package" : `${domains.length} processor packages`}, everything that runs on it`,
      reason: null,
    },
    read() {
      look();
      return lost ? null : total;
    },
    close: () => clearInterval(timer),
  };
}

function open(path: string): Domain {
  return {
    path,
    range: number(join(path, "max_energy_range_uj")),
    last: number(join(path, "energy_uj")),
  };
}

function number(path: string): number {
  const text = readFileSync(path, "utf8").trim();
  if (!/^\d{1,15}$/.test(text)) throw new TypeError(`${path} is no number`);
  return Number(text);
}

function unknown(reason: string): EnergyCounter {
  return {
    energy: { source: null, reason },
    read: () => null,
    close: () => undefined,
  };
}

function reasonOf(error: unknown, root: string): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT")
    return `this machine has no ${root}: it does not expose RAPL`;
  if (code === "EACCES" || code === "EPERM")
    return "RAPL is there, but this user may not read it";
  return "RAPL could not be read";
}
