import type { Json } from "../kernel/json.ts";
import { entryHash, type Dossier } from "./dossier.ts";
import type { DatasetManifest } from "./manifest.ts";

/** A dossier for people: Markdown, every act with its words and its hash. */
export function dossierMarkdown(
  manifest: DatasetManifest,
  { entries, head, dataset }: Dossier,
): string {
  const holders = [
    ...new Set(manifest.images.map(({ rightsHolder }) => rightsHolder)),
  ];
  const shown = holders.slice(0, 20).map(plain).join("; ");
  return [
    `# Dossier of authorship: ${plain(manifest.title)}`,
    "",
    `- Dataset: \`${dataset}\` (${manifest.count} ${manifest.count === 1 ? "picture" : "pictures"})`,
    `- Rights holders: ${shown}${holders.length > 20 ? ` and ${holders.length - 20} more` : ""}`,
    `- Last entry: \`${head}\``,
    "",
    "Each entry names the hash of the one before it, so none can be changed, removed or inserted unseen. Times are those of the computer that wrote them.",
    ...entries.flatMap((entry, place) => [
      "",
      `## ${place + 1}. ${plain(entry.act)}`,
      "",
      `${entry.time}, ${plain(entry.who)}`,
      "",
      `> ${plain(entry.words)}`,
      "",
      `\`${entryHash(entry)}\``,
    ]),
    "",
  ].join("\n");
}

/** The same for programs: every entry with its own hash. */
export function dossierDocument(
  manifest: DatasetManifest,
  { entries, head, dataset }: Dossier,
): Json {
  return {
    version: 1,
    title: manifest.title,
    dataset,
    head,
    entries: entries.map((entry) => ({ ...entry, hash: entryHash(entry) })),
  };
}

/** Words that Markdown must not take for its own. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);
}
