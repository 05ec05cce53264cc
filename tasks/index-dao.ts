import { task } from "hardhat/config";

import { dryRun, json, pin, text } from "./console/arguments.ts";

const proposal = text("proposal", "Number of the proposal");
const account = text(
  "account",
  "Who does it (default: the first of the configured accounts)",
);
const token = text("token", "Token ids, commas between them");

/** The verbs of the DAO. */
export const daoTasks = [
  task("wrap", "Wrap works of yours into votes; they keep their rights")
    .addOption(token)
    .addFlag(json)
    .setAction(() => import("./actions/wrap.ts"))
    .build(),
  task("unwrap", "Give wrapped works their old form back")
    .addOption(token)
    .addFlag(json)
    .setAction(() => import("./actions/unwrap.ts"))
    .build(),
  task("delegate", "Say who votes with your wrapped works")
    .addOption(text("to", "Who votes; yourself, if you name your own account"))
    .addOption(account)
    .addFlag(json)
    .setAction(() => import("./actions/delegate.ts"))
    .build(),
  task(
    "propose",
    "Propose changes to the DAO: shows what the calls do, tries them, publishes the reasons, proposes",
  )
    .addOption(
      text(
        "set",
        "What to change, commas between them: royalty=7.5%, burn-count=3, mint-price=0.05ETH, epoch-cadence=1d, guard-threshold=55%, odds-sensitivity=120%; limits.SLOT=low:..,high:..,step:..,budget:..,delay:1d,window:30d; grant=90d|DATE|none, breaker=stale:2d,change:20%,volatility:30%, unfreeze, unpause; job.JOB=ADDRESS, dismiss.JOB=ADDRESS; recipe.register=ID or ID:DATASET, recipe.revoke=ID, dataset.register=ROOT, dataset.revoke=ROOT; royalty-receiver=ADDRESS, royalty-offer=RECEIVER:5%, royalty-withdraw=RECEIVER:5%, works-per-day=N, forge=open|RECIPE|closed, validator=ADDRESS|none, oracle=ADDRESS, adapters=ACTIVE,FALLBACK, contract-uri=URI; quorum=4%, proposal-threshold=N, voting-delay=1d, voting-period=5d, late-quorum=1d, timelock-delay=2d",
      ),
    )
    .addOption(
      text(
        "because",
        "Text or Markdown file with the reasons; its first line is the title",
      ),
    )
    .addOption(account)
    .addOption(
      text(
        "market",
        "CSV that a forge's conditions are observed from (default: a small synthetic sample)",
      ),
    )
    .addOption(
      text("size", "Side of forged pictures in pixels (default: the recipe's)"),
    )
    .addOption(
      text("out", "Folder for the archive of the reasons (default out)"),
    )
    .addOption(pin)
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/propose.ts"))
    .build(),
  task("vote", "Vote on a proposal")
    .addOption(proposal)
    .addOption(text("support", "for, against or abstain"))
    .addOption(text("reason", "Why, for everybody to read"))
    .addOption(account)
    .addFlag(json)
    .setAction(() => import("./actions/vote.ts"))
    .build(),
  task("queue", "Queue a proposal that won in the timelock")
    .addOption(proposal)
    .addFlag(json)
    .setAction(() => import("./actions/queue.ts"))
    .build(),
  task("execute", "Have the timelock carry out what was voted")
    .addOption(proposal)
    .addFlag(json)
    .setAction(() => import("./actions/execute.ts"))
    .build(),
  task("cancel", "Take a proposal back, in the timelock too")
    .addOption(proposal)
    .addOption(account)
    .addFlag(json)
    .setAction(() => import("./actions/cancel.ts"))
    .build(),
  task(
    "proposals",
    "Show what was proposed: each call in words, what is odd about it, the votes, and what to do next",
  )
    .addOption(text("proposal", "Only this one, with its whole description"))
    .addFlag(json)
    .setAction(() => import("./actions/proposals.ts"))
    .build(),
];
