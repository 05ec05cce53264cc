import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a lease: enough to tell a living holder from a dead one whose process id was given to somebody else. */
export interface Holder {
  /** Host, boot and process-id namespace: two holders of one place can look each other up by process id. */
  readonly place: string;
  readonly pid: number;
  /** Start of the process in the system's own unit; empty where the system does not tell. */
  readonly started: string;
  /** Distinguishes journals opened by one process. */
  readonly opening: number;
}

let openings = 0;

/** This process, as a holder of leases; each call is another holder. */
export function createHolder(): Holder {
  const place = [
    hostname(),
    readText("/proc/sys/kernel/random/boot_id"),
    readLink("/proc/self/ns/pid"),
  ].join(" ");
  openings += 1;
  return {
    place,
    pid: process.pid,
    started: startOf(process.pid),
    opening: openings,
  };
}

/**
 * Whether the holder is alive: `undefined` if it lives in another place, where only its heartbeat can tell.
 * A journal of this same process that was not closed counts as alive.
 */
export function isAlive(holder: Holder, self: Holder): boolean | undefined {
  if (holder.place !== self.place) return undefined;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startOf(holder.pid) === holder.started;
}

function startOf(pid: number): string {
  // Field 22 of stat, counted after the command name, which may itself hold spaces and brackets. A zombie has stopped working.
  const stat = readText(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "ended" : (fields[19] ?? "");
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
