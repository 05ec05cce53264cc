import fc from "fast-check";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import { SLOTS } from "../../offchain/kernel/slots.ts";
import {
  DAO_RULES,
  GOVERNED_JOBS,
  type GovernedChange,
} from "../../offchain/loop/governed-change.ts";
import type { GovernedAddresses } from "../../offchain/loop/ports-governance-codec.ts";

const hex = (bytes: number): fc.Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => `0x${Buffer.from(array).toString("hex")}` as const);
const upTo = (max: number) => fc.integer({ min: 0, max });
const uint32 = upTo(4_294_967_295);
const uint16 = upTo(65_535);
const uint64 = upTo(Number.MAX_SAFE_INTEGER);
const slot = fc.constantFrom(...SLOTS);
const account = hex(20);
/** 32 bytes. */
export const word = hex(32);

/** Any change that a proposal can be made of. */
export const anyChange: fc.Arbitrary<GovernedChange> = fc.oneof(
  fc.record({ kind: fc.constant("slot"), slot, value: uint64 }),
  fc.record({
    kind: fc.constant("limits"),
    slot,
    limits: fc.record({
      low: uint64,
      high: uint64,
      step: uint64,
      budget: uint64,
      delay: uint32,
      window: uint32,
    }),
  }),
  fc.record({ kind: fc.constant("grant"), expiry: upTo(1_099_511_627_775) }),
  fc.record({
    kind: fc.constant("breaker"),
    staleAfter: uint32,
    maxChange: uint16,
    maxVolatility: uint16,
  }),
  fc.constant({ kind: "unfreeze" }),
  fc.constant({ kind: "unpause" }),
  fc.record({ kind: fc.constant("royalty-receiver"), receiver: account }),
  fc.record({
    kind: fc.constant("royalty-offer"),
    receiver: account,
    bps: uint16,
    offered: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("works-per-day"), limit: uint32 }),
  fc.record({ kind: fc.constant("forge"), recipe: word, conditions: word }),
  fc.record({ kind: fc.constant("validator"), validator: account }),
  fc.record({
    kind: fc.constant("job"),
    job: fc.constantFrom(...GOVERNED_JOBS),
    account,
    given: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("rule"),
    rule: fc.constantFrom(...DAO_RULES),
    value: uint32,
  }),
  fc.record({ kind: fc.constant("oracle"), oracle: account }),
  fc.record({
    kind: fc.constant("adapters"),
    active: account,
    fallback: account,
  }),
  fc.record({
    kind: fc.constant("recipe"),
    id: word,
    registered: fc.constant(true),
    dataset: fc.option(word),
  }),
  fc.record({
    kind: fc.constant("recipe"),
    id: word,
    registered: fc.constant(false),
    dataset: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant("dataset"),
    root: word,
    registered: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("contract-uri"),
    uri: fc.string({ unit: "binary" }),
  }),
) as fc.Arbitrary<GovernedChange>;

/** An address of one digit. */
export const at = (digit: string): Hex => `0x${digit.repeat(40)}`;
/** A deployment that is nowhere. */
export const ADDRESSES: GovernedAddresses = {
  controller: at("1"),
  governor: at("2"),
  timelock: at("3"),
  votes: at("4"),
  "registrar-seat": at("5"),
  registry: at("6"),
  collection: at("7"),
  oracle: at("8"),
};
