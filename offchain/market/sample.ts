import { utf8 } from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import { createRng, type Rng } from "../kernel/rng.ts";
import { daysFromCivil, isoDate } from "./calendar.ts";

/** Where the sample lies, from the repository's root: what `mint-batch` reads when no market is given. */
export const SAMPLE_PATH = "offchain/market/sample/synthetic-daily.csv";

const LABEL = "generative loop: synthetic daily market, 8";
const DAYS = 400;
const FIRST_DAY = daysFromCivil(2025, 1, 1);

/**
 * The text of the synthetic sample: 400 candles of a market that never was. A walk in cents whose daily step is bell
 * shaped and whose nervousness drifts, all from one fixed seed and in integers, so that the committed file can be made
 * again byte for byte (a test does).
 */
export function syntheticDaily(): string {
  const rng = createRng(keccak256(utf8(LABEL)));
  const lines = [
    "# SYNTHETIC: no market ever had these prices. Sample input for mint-batch, so that it runs without any data.",
    `# Made by syntheticDaily() in offchain/market/sample.ts: an integer random walk seeded with keccak256("${LABEL}").`,
    "date,open,high,low,close,volume",
  ];
  let close = 180_000;
  let nerves = 300;
  for (let day = 0; day < DAYS; day++) {
    nerves = Math.min(900, Math.max(90, nerves + Math.trunc(bell(rng) / 90)));
    const open = close;
    close = move(open, Math.trunc((bell(rng) * nerves) / 1_000) + 4);
    const high = move(Math.max(open, close), rng.below(nerves));
    const low = move(Math.min(open, close), -rng.below(nerves));
    const volume = 20_000 + 90 * nerves + rng.below(30_000);
    const cells = [open, high, low, close, volume].map(hundredths);
    lines.push([isoDate(FIRST_DAY + day), ...cells].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** A bell-shaped integer around 0 with a deviation of about 1000: twelve even draws, as in the kernel's `gauss`. */
function bell(rng: Rng): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += rng.below(1_001) - 500;
  return sum;
}

function move(price: number, bps: number): number {
  return Math.max(1, price + Math.trunc((price * bps) / 10_000));
}

function hundredths(value: number): string {
  return `${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
}
