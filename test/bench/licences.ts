/** Writes the licence manifest of the training pictures into the built-in recipe: `node test/bench/licences.ts`. */
import { writeFileSync } from "node:fs";

import { LICENCES, manifestOfSources } from "../kit/teacher-sources.ts";

writeFileSync(LICENCES, manifestOfSources());
