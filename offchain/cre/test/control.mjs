// What the checks of runtime.test.mjs must find; never run.
import { readFileSync } from "node:fs";

export const wrong = () => [readFileSync, fetch, Date.now()];
