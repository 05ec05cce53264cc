/** The parameters that the steward may move inside bounds, in the order of the contract's `Slot` (IParameterController.sol). */
export const SLOTS = [
  "royalty",
  "burn-count",
  "mint-price",
  "epoch-cadence",
  "guard-threshold",
  "odds-sensitivity",
] as const;

export type SlotName = (typeof SLOTS)[number];

/** What a slot's whole numbers count. */
export const SLOT_UNITS: Readonly<Record<SlotName, string>> = {
  royalty: "bps",
  "burn-count": "works",
  "mint-price": "gwei",
  "epoch-cadence": "seconds",
  "guard-threshold": "bps",
  "odds-sensitivity": "bps",
};

/** No vote and no steward moves beyond these; the contract's constants. */
export const SLOT_CAPS: Readonly<Record<SlotName, number>> = {
  royalty: 1_000,
  "burn-count": 15,
  "mint-price": 100_000_000_000,
  "epoch-cadence": 31_536_000,
  "guard-threshold": 10_000,
  "odds-sensitivity": 30_000,
};
