// Stands in for bun's test function.
export { test } from "node:test";
