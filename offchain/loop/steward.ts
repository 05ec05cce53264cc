import type { Hex } from "../kernel/bytes.ts";
import type { Json } from "../kernel/json.ts";
import type { Policy } from "../steward/policy.ts";
import { reasonsOf, viewDigest, type Move } from "../steward/reasons.ts";
import { parseDecision, parseView } from "../steward/view-schema.ts";
import type { MinedTransaction } from "./chain.ts";
import type { Run } from "./journal.ts";
import { publishReasons, reasonsBlock } from "./publish-reasons.ts";
import { singleRun } from "./single-run.ts";
import { requireSteward } from "./steward-account.ts";
import {
  requireFirst,
  requirePolicy,
  STEWARD,
  type StewardRequest,
} from "./steward-runs.ts";
import { callsOfPlan, planRequest } from "./steward-propose.ts";
import type {
  ObservePorts,
  Outcome,
  StewardPorts,
  StewardReport,
} from "./steward-ports.ts";
import { observeView } from "./steward-view.ts";

/**
 * One look of the steward as a journalled run: `observe`, `decide`, `publish`, `send`. What was seen and decided is stored before
 * anything is sent, and a run that died goes on with it: it never decides anew, and never moves twice. The chain refuses a decision that a
 * newer round has overtaken. `deliver` gets the report before the run counts as finished.
 * @throws FatalError `steward/no-key`, `steward/other-version`, `steward/already-looked`, `chain/refused`, and those of the ports.
 */
export async function stewardRound(
  request: StewardRequest,
  ports: StewardPorts,
  {
    once = false,
    deliver = async () => {},
  }: {
    /** Refuses a round that was looked at before: of several that watch, one looks. */
    readonly once?: boolean;
    readonly deliver?: (report: StewardReport) => Promise<void>;
  } = {},
): Promise<StewardReport> {
  const { name, version } = request;
  const input: Json = { ...request };
  return singleRun(ports, { kind: STEWARD, input }, async (run) => {
    if (run.resumed)
      ports.progress.note(
        "An earlier look of the steward was interrupted; going on with it.",
      );
    else if (once) await requireFirst(request, ports);
    const account = await requireSteward(ports, run);
    const seen = await run.step("observe", {}, async () => {
      const view = await observeView(ports);
      return view as unknown as Json;
    });
    const view = parseView(seen);
    const digest = viewDigest(view);
    const decided = await run.step("decide", { view: digest }, async () => {
      return requirePolicy(request, ports).decide(view) as unknown as Json;
    });
    const decision = parseDecision(decided);
    const round = view.rounds.at(-1)?.round ?? 0;
    const outcome: Outcome =
      decision.kind === "hold"
        ? { kind: "held" }
        : await act(run, decision, {
            account,
            round,
            reasons: reasonsOf(view, request, decision),
            ports,
          });
    const report = {
      resumed: run.resumed,
      policy: name,
      version,
      round,
      view,
      digest,
      decision,
      outcome,
    };
    await deliver(report);
    return report;
  });
}

/** What a look would decide now; nothing is journalled, published or sent. */
export async function previewLook(
  policy: Policy,
  ports: ObservePorts,
): Promise<Omit<StewardReport, "outcome"> & { readonly outcome: null }> {
  const view = await observeView(ports);
  return {
    resumed: false,
    policy: policy.name,
    version: policy.version,
    round: view.rounds.at(-1)?.round ?? 0,
    view,
    digest: viewDigest(view),
    decision: policy.decide(view),
    outcome: null,
  };
}

interface Acting {
  readonly account: Hex;
  readonly round: number;
  readonly reasons: Json;
  readonly ports: StewardPorts;
}

/** Everything that is sent is made here, of the decision and of nothing else. */
async function act(run: Run, move: Move, acting: Acting): Promise<Outcome> {
  const { account, round, reasons, ports } = acting;
  const plan =
    move.kind === "change"
      ? undefined
      : await run.step("plan", moveJson(move), () =>
          planRequest(move, { proposer: account, reasons, ports }),
        );
  if (plan !== undefined && "waits" in plan)
    return { kind: "waiting", why: plan.waits };
  const { hash, cid, car } = await run.step("publish", { round }, async () => {
    const path = ports.car(reasonsBlock(reasons).hash);
    const published = await publishReasons(reasons, ports, path);
    return { hash: published.hash, cid: published.cid, car: published.car };
  });
  const sent = await run.step("send", { reasons: hash }, async () => {
    const once = { key: run.key("send") };
    const done: MinedTransaction & { readonly id?: string } =
      plan === undefined
        ? await ports.governance.move(
            {
              slot: move.slot,
              to: move.to,
              reasons: hash,
              round,
              steward: account,
            },
            once,
          )
        : await ports.governance.propose(
            {
              proposer: account,
              calls: callsOfPlan(plan),
              description: plan.description,
            },
            once,
          );
    return {
      transaction: done.hash,
      gasUsed: done.gasUsed,
      ...(done.id === undefined ? {} : { id: done.id }),
    };
  });
  const kind = plan === undefined ? "changed" : "proposed";
  return { kind, reasons: hash, cid, car, ...sent };
}

function moveJson({ kind, slot, from, to }: Move): Json {
  return { kind, slot, from, to };
}
