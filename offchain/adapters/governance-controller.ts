import type { Result } from "ethers";
import { z } from "zod";

import { SLOTS, type SlotName } from "../kernel/slots.ts";
import type { Governance, SlotView } from "../loop/ports-governance.ts";
import { CONTROLLER } from "./chain-abi-governance.ts";
import { safe } from "./chain-events.ts";
import { STEWARD_ROLE } from "./chain-jobs.ts";
import { namedIn } from "./chain-office.ts";
import { lower, type GovernanceContext } from "./governance-context.ts";
import { quantity } from "./rpc.ts";

/** What the controller tells. */
export function createController({
  base,
  dao: { controller },
  one,
  logs,
}: GovernanceContext): Pick<Governance, "controller" | "changes"> {
  const slotOf = async (slot: SlotName): Promise<SlotView> => {
    const info = (await one(controller, "slotOf", [
      SLOTS.indexOf(slot),
    ])) as Result;
    const limits = info["limits"] as Result;
    const limit = (name: string): number => safe(limits[name]);
    return {
      slot,
      value: safe(info["value"]),
      cap: safe(info["cap"]),
      limits: {
        low: limit("low"),
        high: limit("high"),
        step: limit("step"),
        budget: limit("budget"),
        delay: limit("delay"),
        window: limit("window"),
      },
      spent: safe(info["spent"]),
      movedAt: safe(info["movedAt"]),
    };
  };

  const timeOf = async (block: number): Promise<number> => {
    const { timestamp } = await base.rpc.ask(
      "eth_getBlockByNumber",
      [`0x${block.toString(16)}`, false],
      z.object({ timestamp: quantity }),
    );
    return timestamp;
  };

  return {
    async controller() {
      const slots: SlotView[] = [];
      for (const slot of SLOTS) slots.push(await slotOf(slot));
      const breaker = (await one(controller, "breaker")) as Result;
      return {
        slots,
        receiver: lower(await one(controller, "royaltyReceiver")),
        grantExpires: safe(await one(controller, "grantExpiry")),
        frozen: Boolean(await one(controller, "frozen")),
        breaker: {
          staleAfter: safe(breaker["staleAfter"]),
          maxChange: safe(breaker["maxChange"]),
          maxVolatility: safe(breaker["maxVolatility"]),
        },
        stewards: await namedIn(base, STEWARD_ROLE, ["RoleGranted", "hasRole"]),
        offered: await namedIn(base, STEWARD_ROLE, [
          "RoleOffered",
          "isOffered",
        ]),
      };
    },
    async changes() {
      const topic = CONTROLLER.getEvent("ParameterChanged")?.topicHash ?? "";
      const told = await logs(controller.address, [topic]);
      const times = new Map<number, number>();
      for (const { blockNumber } of told)
        if (!times.has(blockNumber))
          times.set(blockNumber, await timeOf(blockNumber));
      return told.flatMap((log) => {
        const event = CONTROLLER.parseLog({
          topics: [...log.topics],
          data: log.data,
        });
        const slot = SLOTS[safe(event?.args["slot"])];
        if (event === null || slot === undefined) return [];
        return [
          {
            slot,
            by: lower(event.args["by"]),
            from: safe(event.args["oldValue"]),
            to: safe(event.args["newValue"]),
            reasons: lower(event.args["reasons"]),
            block: log.blockNumber,
            logIndex: log.logIndex,
            time: times.get(log.blockNumber) ?? 0,
          },
        ];
      });
    },
  };
}
