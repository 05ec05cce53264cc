import { startChain } from "./chain.ts";
import { dressed, ours, plain } from "./subjects.ts";

/** What one deployment costs at Amsterdam's prices under the cap of EIP-7825, or what the chain answers instead. */
export interface Deployment {
  readonly name: string;
  readonly answer: number | string;
}

/** Deploys each contract on EDR's Amsterdam with the transaction cap as it is. */
export async function deployUnderAmsterdam(): Promise<Deployment[]> {
  const chain = await startChain("amsterdam");
  const create = [
    () => ours(chain),
    () => dressed(chain),
    () => plain(chain, "PlainERC721", "OpenZeppelin ERC721 bare"),
    () => plain(chain, "PlainERC721A", "ERC721A 4.3 bare"),
    () => plain(chain, "PlainSolady", "Solady bare"),
  ];
  const names = [
    "LoopCollection",
    "DressedERC721A",
    "PlainERC721",
    "PlainERC721A",
    "PlainSolady",
  ];

  const answers: Deployment[] = [];
  for (const [index, start] of create.entries()) {
    const name = names[index] as string;
    try {
      answers.push({ name, answer: (await start()).deployment });
    } catch (error) {
      answers.push({
        name,
        answer:
          error instanceof Error
            ? (error.message.split("\n")[0] as string)
            : String(error),
      });
    }
  }
  answers.push({ name: "RecipeRegistry", answer: await registryGas(chain) });
  await chain.close();

  return answers;
}

async function registryGas(
  chain: Awaited<ReturnType<typeof startChain>>,
): Promise<number> {
  const account = await chain.signers[0]?.getAddress();
  return (await chain.deploy("RecipeRegistry", account, account, account)).gas;
}
