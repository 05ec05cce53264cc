import type { ReceiptClaim } from "../../offchain/publishing/receipts.ts";

/** What a run of two works says of itself. */
export const CLAIM: ReceiptClaim = {
  version: 1,
  chain: { id: 31_337, collection: `0x${"c0".repeat(20)}` },
  recipe: `0x${"4e".repeat(32)}`,
  engine: 2,
  precision: "int8",
  size: 512,
  batches: [
    {
      batch: 3,
      root: `b${"a".repeat(58)}`,
      candidates: 5,
      accepted: 2,
    },
  ],
  resumed: false,
  stages: {
    open: { milliseconds: 100, cpuMilliseconds: 90, microjoules: null },
    candidates: {
      milliseconds: 900,
      cpuMilliseconds: 1_500,
      microjoules: null,
    },
    render: { milliseconds: 1_300, cpuMilliseconds: 2_500, microjoules: null },
  },
  energy: { source: null, reason: "this machine does not tell" },
  machine: {
    cores: 2,
    workers: 2,
    processor: "A processor",
    platform: "linux",
    arch: "x64",
    node: "v24.0.0",
  },
};
