import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { Answer, Request } from "./worker.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** The process that builds and tests one folder. */
export interface WorkerProcess {
  /** "late" where no answer comes within `limit` milliseconds, "died" where the process ends instead. */
  ask(request: Request, limit: number): Promise<Answer | "late" | "died">;
  kill(): void;
}

/** Starts it, and returns when it listens. */
export async function startProcess(folder: string): Promise<WorkerProcess> {
  const worker = fork(WORKER, {
    cwd: folder,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  await Promise.race([once(worker, "message"), once(worker, "exit")]);
  return {
    kill: () => worker.kill("SIGKILL"),
    ask: async (request, limit) => {
      if (!worker.connected) return "died";
      const over = new AbortController();
      const { signal } = over;
      const timer = setTimeout(() => over.abort(), limit);
      try {
        worker.send(request);
        const [answer] = (await Promise.race([
          once(worker, "message", { signal }),
          once(worker, "exit", { signal }).then(() => ["died"]),
        ])) as [Answer | "died"];
        return answer;
      } catch {
        return "late";
      } finally {
        clearTimeout(timer);
        over.abort();
      }
    },
  };
}
