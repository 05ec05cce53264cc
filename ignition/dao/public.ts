import { daoModules } from "./parts.ts";
import loop from "../modules/loop.ts";

/** Places of the jobs among the `RoleGranted` events of the registry's constructor (contracts/access/LoopRoles.sol). */
const GRANTED = { operator: 1, registrar: 2, parameterAuthority: 4 } as const;

/** The modules for a chain on which `loop.ts` was deployed in the same deployment; who had which job is read from its events. */
export const publicDao = daoModules(
  (m) => {
    const { registry, collection } = m.useModule(loop);
    const holder = (job: keyof typeof GRANTED) =>
      m.readEventArgument(registry, "RoleGranted", "account", {
        id: job,
        eventIndex: GRANTED[job],
      });
    return {
      registry,
      collection,
      operator: holder("operator"),
      registrar: holder("registrar"),
      parameterAuthority: holder("parameterAuthority"),
    };
  },
  { admin: 1, operator: 2 },
);
