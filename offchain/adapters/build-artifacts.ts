import { Interface, type InterfaceAbi } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type {
  Addresses,
  Build,
  BuiltContract,
  ContractName,
  DaoContractName,
} from "../loop/ports-deployment.ts";

const code = z
  .string()
  .regex(/^0x([0-9a-f]{2})+$/i)
  .transform((text) => text.toLowerCase() as Hex);

const artifact = z.object({
  abi: z.array(z.unknown()),
  bytecode: code,
  deployedBytecode: code,
  immutableReferences: z
    .record(
      z.string(),
      z.array(z.object({ start: z.int().min(0), length: z.literal(32) })),
    )
    .default({}),
});

/**
 * The {@link Build} out of Hardhat's artifacts.
 * @param argumentsOf what the Ignition module gives a constructor.
 * Errors: FatalError `deploy/no-build`.
 */
export function createBuild(
  readArtifact: (name: string) => Promise<unknown>,
  argumentsOf: (
    name: ContractName,
    at: Partial<Addresses>,
  ) => readonly unknown[],
): Build {
  const read = async (name: ContractName | DaoContractName) => {
    const found = await readArtifact(name).catch(() => undefined);
    const parsed = artifact.safeParse(found);
    if (parsed.success) return parsed.data;
    throw new FatalError(
      "deploy/no-build",
      `There is no compiled ${name} in artifacts/; run: npm run build`,
      { cause: parsed.error },
    );
  };
  return {
    async contract(name): Promise<BuiltContract> {
      const { bytecode, deployedBytecode, immutableReferences } =
        await read(name);
      return {
        creation: bytecode,
        runtime: deployedBytecode,
        immutables: Object.values(immutableReferences).map((copies) =>
          copies.map(({ start }) => start),
        ),
      };
    },
    async creation(name, at) {
      const { abi, bytecode } = await read(name);
      const args = new Interface(abi as InterfaceAbi).encodeDeploy(
        argumentsOf(name, at),
      );
      return `${bytecode}${args.slice(2)}`;
    },
  };
}
