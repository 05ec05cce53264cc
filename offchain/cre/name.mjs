// Prints the `workflowName` that the CreReceiver is deployed with: the first ten hex digits of the SHA-256 of the workflow's name, as
// bytes of text. The name is the one of workflow.yaml unless another is given.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const yaml = readFileSync(new URL("workflow.yaml", import.meta.url), "utf8");
const name = process.argv[2] ?? /workflow-name: "(.+)"/.exec(yaml)?.[1] ?? "";
const digits = createHash("sha256").update(name).digest("hex").slice(0, 10);
console.log(`${name} 0x${Buffer.from(digits).toString("hex")}`);
