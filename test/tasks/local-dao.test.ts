import { rm } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";
import hre, { network } from "hardhat";

import type { Governance } from "../../offchain/loop/ports-governance.ts";
import { composeGovernance } from "../../tasks/compose/governance.ts";
import { createConsole } from "../../tasks/console/console.ts";
import { errorCode } from "../kit/cli.ts";
import { expectCode } from "../kit/rejection.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

const progress = createConsole({ json: true });
