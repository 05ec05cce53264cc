import assert from "node:assert/strict";
import { test } from "node:test";

import { checkWorkflowDeterminism } from "../node_modules/@chainlink/cre-sdk/scripts/src/validate-workflow-determinism.ts";
import { assertWorkflowRuntimeCompatibility } from "../node_modules/@chainlink/cre-sdk/scripts/src/validate-workflow-runtime-compat.ts";

// What the SDK's compiler asks of a workflow, and of every file of the product that it reaches, before it makes WASM of them.

test("nothing is used that CRE's runtime lacks", () => {
  assertWorkflowRuntimeCompatibility("main.ts");
  assert.throws(
    () => assertWorkflowRuntimeCompatibility("test/control.mjs"),
    /fetch[^]*node:fs|node:fs[^]*fetch/,
  );
});

test("nothing is used that differs between nodes", () => {
  const concerns = (path) =>
    checkWorkflowDeterminism(path)
      .map(({ message }) => message)
      // Engines have agreed on the order of keys since ES2020, and nothing here rests on it.
      .filter((message) => !/^Object\.(keys|entries)\(\)/.test(message));
  assert.deepEqual(concerns("main.ts"), []);
  assert.equal(concerns("test/control.mjs").length, 1);
});
