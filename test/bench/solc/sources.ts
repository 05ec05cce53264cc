import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { posix } from "node:path";

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** All files below some patterns and all that they import, by the names that the compiler knows them by. */
export function collectSources(
  ...patterns: string[]
): Record<string, { readonly content: string }> {
  const sources: Record<string, { readonly content: string }> = {};
  const add = (name: string): void => {
    if (sources[name] !== undefined) return;
    const file = name.startsWith("@") ? `node_modules/${name}` : name;
    const content = readFileSync(`${ROOT}/${file}`, "utf8");
    sources[name] = { content };
    for (const [, path = ""] of content.matchAll(/^import\s[^;]*?"([^"]+)";/gm))
      add(path.startsWith(".") ? posix.join(posix.dirname(name), path) : path);
  };
  for (const pattern of patterns)
    for (const file of globSync(pattern, { cwd: ROOT }).sort()) add(file);
  return sources;
}
