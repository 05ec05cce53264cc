/**
 * The steward and the DAO on a local chain, by the commands that people type: a wild market makes the steward move a parameter inside
 * its bounds; works that sell better make it ask the DAO for what lies beyond them; the holders vote, and the next sale pays the other
 * royalty. A month of days goes by, each with sales that a shop really pays out and a round of an invented market.
 *
 *     npm run rehearsal:dao
 */
import type { Tale } from "./dao/days.ts";
import { ask, decide, narrow, settle, stop, wild } from "./dao/story.ts";
import { startTown } from "./dao/town.ts";

const begun = performance.now();
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (): string =>
  `${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s`;

const CHAPTERS: readonly (readonly [
  string,
  (tale: Tale) => Promise<string>,
])[] = [
  ["the holders draw the box", narrow],
  ["market -> steward -> bounded change", wild],
  ["market -> steward -> proposal", ask],
  ["vote -> execution -> the next sale", decide],
  ["the guardian", stop],
];

const town = await startTown(tell);
try {
  const tale = await settle(town);
  tell(`${seconds()}  12 works, a DAO, 4 of them wrapped`);
  for (const [name, chapter] of CHAPTERS)
    tell(`${await chapter(tale)}`.replace(/^/, `${seconds()}  ${name}: `));
  tell(`rehearsal of the DAO: ${seconds().trim()}, all as it should be`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await town.close();
}
