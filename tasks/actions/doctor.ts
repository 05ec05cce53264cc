import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { diagnose } from "../../offchain/loop/doctor.ts";
import { rebuildArchive } from "../../offchain/loop/doctor-rebuild.ts";
import { repair, type Mending } from "../../offchain/loop/doctor-repair.ts";
import { compose, recipesHere } from "../compose.ts";
import { doctorPorts } from "../compose/doctor.ts";
import { createConsole, guarded } from "../console/console.ts";
import { doctorLines, type DoctorDocument } from "../console/doctor-report.ts";
import { parsePlaces, parseWorkers } from "../console/options.ts";
import {
  parseGateways,
  parseSomeTokens,
} from "../console/publishing-options.ts";
import { epochPorts } from "../evolving.ts";
import { requireLasting } from "../lasting.ts";

interface DoctorArguments {
  readonly pin: string | undefined;
  readonly tokens: string | undefined;
  readonly gateway: string | undefined;
  readonly recipe: string | undefined;
  readonly workers: string | undefined;
  readonly repair: boolean;
  readonly json: boolean;
}

/** `npx hardhat doctor`: exit code 0 only if chain, store and every place agree. */
export default async function (
  args: DoctorArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const tokens = parseSomeTokens(args.tokens);
    const gateways = parseGateways(args.gateway);
    const workers = parseWorkers(args.workers);
    const pins = parsePlaces(args.pin);
    const deps = await compose(hre, { deploy: false, keys: false });
    try {
      requireLasting(deps, "What the doctor looks for");
      const asked = { pins, gateways, progress: console };
      const ports = await doctorPorts(hre, deps, asked);
      try {
        let found = await diagnose({ tokens }, ports);
        let repaired: readonly Mending[] = [];
        if (args.repair && found.examined.findings.length > 0) {
          const { recipe } = args;
          const making = { recipe, workers, progress: console };
          const epochs = await epochPorts(hre, deps, making);
          const recipes = await recipesHere(hre, deps, recipe);
          repaired = await repair(found, {
            ...ports,
            rebuild: (archive, into) =>
              rebuildArchive({ ...epochs, recipes }, archive, into),
          });
          found = await diagnose({ tokens }, ports);
        }
        const { examined: _, ...told } = found;
        const { chainId, collection } = await deps.chain.instance();
        const { network } = deps;
        const healthy = told.findings.length === 0;
        const document: DoctorDocument = {
          network,
          chainId,
          collection,
          healthy,
          ...told,
          repaired,
        };
        console.result(document, () => doctorLines(document));
        if (!healthy) throw unhealthy(document, args.repair);
      } finally {
        await ports.close();
      }
    } finally {
      await deps.close();
    }
  });
}

function unhealthy(
  { findings, network }: DoctorDocument,
  repaired: boolean,
): FatalError {
  const kinds = [...new Set(findings.map(({ kind }) => kind))].join(", ");
  const remedy = repaired
    ? "what is left needs you, see above"
    : `npx hardhat doctor --repair --network ${network} puts back what can be put back`;
  return new FatalError(
    "doctor/unhealthy",
    `\`${findings.length}\` things are wrong on ${network} (${kinds}); ${remedy}.`,
  );
}
