import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { FatalError } from "../kernel/errors.ts";
import {
  MAX_REPORT,
  readReport,
  type FiledReport,
} from "../loop/gather-reports.ts";

/** What report files are called; a folder is searched for these only. */
const REPORT_FILE = /^report-\d+-0x[0-9a-f]{40}\.json$/;

/** Most reports that are read: many rounds of the largest set. */
const MOST_FILES = 1_024;

/**
 * Reads report files, and those in folders. What lies in them may be anything: it comes back as a reason and stops nobody.
 * @throws FatalError `options/unreadable-reports` if a path itself cannot be read.
 */
export async function readReportFiles(
  paths: readonly string[],
): Promise<readonly FiledReport[]> {
  const found: FiledReport[] = [];
  for (const path of paths)
    for (const file of await filesAt(path)) found.push(await readOne(file));
  return found;
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) =>
      REPORT_FILE.test(name),
    );
    return names
      .toSorted()
      .slice(0, MOST_FILES)
      .map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function readOne(path: string): Promise<FiledReport> {
  const name = basename(path);
  try {
    // A device or a very large file is not read at all.
    const { size } = await stat(path);
    if (size > MAX_REPORT)
      return { name, unreadable: `is longer than ${MAX_REPORT} characters` };
    return readReport(name, await readFile(path, "utf8"));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): FatalError {
  const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
  return new FatalError(
    "options/unreadable-reports",
    `\`${path}\` cannot be read (${code}); give --reports files, or folders that hold report-ROUND-ADDRESS.json.`,
    { cause },
  );
}
