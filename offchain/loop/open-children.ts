import type { Chain, ForgedEvent } from "./chain.ts";

/** The forged children that are open and inside their window, oldest first: what an operator still has to make. */
export async function openChildren(
  chain: Chain,
): Promise<readonly ForgedEvent[]> {
  const height = await chain.height();
  const found: ForgedEvent[] = [];
  for (const forged of await chain.forgedEvents()) {
    const { status, deadline } = await chain.batchOf(forged.child);
    if (status === "open" && height < deadline) found.push(forged);
  }
  return found;
}
