import type { CID } from "multiformats/cid";

import type { StoredArchive } from "../loop/ports-store.ts";
import type { NodeLink } from "../publishing/dag-node.ts";
import type { Wanted } from "./gateway-request.ts";

const STYLE = `
:root{color-scheme:light dark;--ink:#1c1d22;--soft:#6d7080;--line:#e4e4ea;--paper:#fbfbfc;--lift:#fff;--link:#3344c4}
@media(prefers-color-scheme:dark){:root{--ink:#ecedf2;--soft:#9599a8;--line:#2c2e38;--paper:#141519;--lift:#1b1d23;--link:#a3b0ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:62rem;margin:0 auto;padding:3rem 1.5rem 4rem}
h1{margin:0;font-size:1.5rem;font-weight:600;letter-spacing:-.01em;overflow-wrap:anywhere}
p{margin:.4rem 0 0;color:var(--soft)}
nav{margin-bottom:.9rem;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
code,.cid{font:.82rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
table{width:100%;margin-top:1.8rem;border-collapse:collapse;background:var(--lift);border:1px solid var(--line);border-radius:10px;border-spacing:0;overflow:hidden}
th{font-size:.75rem;font-weight:600;color:var(--soft);text-align:left}
th,td{padding:.5rem 1rem;border-top:1px solid var(--line);white-space:nowrap}
tr:first-child th{border-top:0}td:first-child{width:100%;white-space:normal;overflow-wrap:anywhere}
.size{text-align:right;color:var(--soft);font-variant-numeric:tabular-nums}.cid,.cid a{color:var(--soft)}
.works{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:1rem;margin-top:1.8rem}
.works a{display:block;color:var(--soft);font-size:.8rem;text-align:center}
.works img{display:block;width:100%;aspect-ratio:1;object-fit:cover;margin-bottom:.4rem;background:var(--line);border-radius:8px}
footer{margin-top:2rem;font-size:.8rem;color:var(--soft)}
@media(max-width:40rem){main{padding:1.5rem 1rem}th.cid,td.cid{display:none}}
`.replaceAll("\n", "");

/** A directory as a page for people: pictures as a wall, everything else as a table. */
export function directoryPage(
  { root, path }: Pick<Wanted, "root" | "path">,
  cid: CID,
  entries: readonly NodeLink[],
): string {
  const base = ["/ipfs", root.toString(), ...path.map(encodeURIComponent)];
  const way = base.slice(1).map((_, i) => {
    const name = i === 0 ? `${short(root.toString())}` : (path[i - 1] ?? "");
    return `<a href="${escape(base.slice(0, i + 2).join("/"))}">${escape(name)}</a>`;
  });
  const sorted = entries.toSorted((a, b) => byName(a.name, b.name));
  const link = (name: string): string =>
    escape(`${base.join("/")}/${encodeURIComponent(name)}`);
  const pictures = sorted.filter(({ name }) => name.endsWith(".png"));
  const files = sorted.filter(({ name }) => !name.endsWith(".png"));
  const wall = pictures.map(
    ({ name }) =>
      `<a href="${link(name)}"><img src="${link(name)}" loading="lazy" alt="">${escape(name)}</a>`,
  );
  const rows = files.map(({ name, cid: child, size }) =>
    row(link(name), name, size, child.toString()),
  );
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  return page(path.at(-1) ?? short(root.toString()), [
    `<nav>ipfs / ${way.join(" / ")}</nav>`,
    `<h1>${escape(path.at(-1) ?? short(root.toString()))}</h1>`,
    `<p>${count(entries.length, "entry", "entries")}, ${bytes(total)} · <code>${cid.toString()}</code></p>`,
    ...(wall.length === 0 ? [] : [`<div class="works">`, ...wall, "</div>"]),
    ...(rows.length === 0 ? [] : tableOf("name", rows)),
    `<footer>To check every byte yourself: <a href="?format=car">?format=car</a> is this directory as an archive.</footer>`,
  ]);
}

/** What the store holds. */
export function storePage(archives: readonly StoredArchive[]): string {
  const rows = archives.map(({ root, size }) =>
    row(`/ipfs/${root}`, root, size, root),
  );
  const total = archives.reduce((sum, { size }) => sum + size, 0);
  return page("Generative Loop gateway", [
    "<h1>Generative Loop gateway</h1>",
    `<p>${count(archives.length, "archive", "archives")}, ${bytes(total)}. Every block is hashed before it leaves.</p>`,
    ...(rows.length === 0 ? [] : tableOf("root", rows)),
  ]);
}

function page(title: string, lines: readonly string[]): string {
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<title>${escape(title)}</title><style>${STYLE}</style></head><body><main>`,
    ...lines,
    "</main></body></html>\n",
  ].join("\n");
}

function tableOf(first: string, rows: readonly string[]): string[] {
  const head = `<tr><th>${first}</th><th class="size">size</th><th class="cid">CID</th></tr>`;
  return [`<table>${head}`, ...rows, "</table>"];
}

function row(href: string, name: string, size: number, cid: string): string {
  return (
    `<tr><td><a href="${href}">${escape(name)}</a></td><td class="size">${bytes(size)}</td>` +
    `<td class="cid"><a href="/ipfs/${cid}">${short(cid)}</a></td></tr>`
  );
}

/** Numbers by their value, so that work 9 comes before work 10. */
function byName(a: string, b: string): number {
  const [x, y] = [Number.parseInt(a, 10), Number.parseInt(b, 10)];
  if (x !== y && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? -1 : 1;
  return a < b ? -1 : 1;
}

function bytes(size: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let [rest, unit] = [size, 0];
  for (; rest >= 1_024 && unit < units.length - 1; unit++) rest /= 1_024;
  return `${unit === 0 ? rest : rest.toFixed(1)} ${units[unit]}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function short(cid: string): string {
  return `${cid.slice(0, 10)}…${cid.slice(-6)}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
