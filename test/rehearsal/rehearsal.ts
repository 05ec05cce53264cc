/**
 * The whole way from a laptop to a public chain, played against a chain that is as foreign as can be had: Anvil with Sepolia's id, a
 * block each second, keys that nobody knows, a base fee that moves, a `finalized` block, reorganisations. Every step is a command as
 * an operator types it, in a copy of the repository.
 *
 *     npm run rehearsal
 *
 * LOOP_KUBO names an `ipfs` program (kubo) that keeps the archives; left out, the stand-in of the tests does.
 */
import { anvilProgram, startForeignChain } from "./anvil.ts";
import { startKuboPlace } from "./kubo.ts";
import { endAll } from "./process.ts";
import { copyRepository, fillIn, temporaryFolder } from "./stage.ts";
import { STEPS, type World } from "./steps.ts";

async function rehearse(program: string): Promise<void> {
  const begun = performance.now();
  const seconds = (since: number): string =>
    ((performance.now() - since) / 1000).toFixed(1).padStart(6);
  const temporary = await temporaryFolder();
  const chain = await startForeignChain(program);
  const kubo = await startKuboPlace(temporary.folder);
  try {
    const home = await copyRepository(chain, temporary.folder);
    const held = `${temporary.folder}/held`;
    await fillIn(home, chain, {
      settle: "finalized",
      pins: [`kubo:${kubo.url}`, `folder:${held}`],
    });
    const world: World = {
      chain,
      home,
      held,
      copy: () => copyRepository(chain, temporary.folder),
      batches: [],
      sentBefore: 0,
    };
    process.stdout.write(
      `${seconds(begun)} s  a chain, ${kubo.what} and a copy of the repository\n`,
    );
    for (const together of STEPS) {
      const endings = await Promise.allSettled(
        together.map(async ({ name, run }) => {
          const start = performance.now();
          try {
            const found = await run(world);
            process.stdout.write(`${seconds(start)} s  ${name}: ${found}\n`);
          } catch (error) {
            process.stdout.write(`${seconds(start)} s  ${name}: FAILED\n`);
            throw error;
          }
        }),
      );
      for (const ending of endings)
        if (ending.status === "rejected") throw ending.reason;
    }
    process.stdout.write(
      `rehearsal: ${STEPS.flat().length} steps in ${seconds(begun).trim()} s, all as they should be\n`,
    );
  } finally {
    await kubo.close();
    await chain.close();
    await endAll();
    await temporary.remove();
  }
}

process.once("SIGINT", () => {
  // What was started is in process groups of its own, which Ctrl-C does not reach.
  void endAll().then(() => process.exit(130));
});

const program = anvilProgram();
if (program === undefined) {
  process.stderr.write(
    `There is no Anvil for ${process.platform} on ${process.arch} in node_modules, so nothing can be rehearsed here.\n`,
  );
  process.exitCode = 1;
} else {
  await rehearse(program).catch((error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  });
}
