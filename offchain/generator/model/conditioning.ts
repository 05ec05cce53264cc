/** Most families that a model can hold: the width of the one-hot part of the latent. */
export const MAX_FAMILIES = 16;
/** Smallest and largest rotational order that a family may be asked for. */
export const MIN_ORDER = 3;
/** See {@link MIN_ORDER}. */
export const MAX_ORDER = 8;
/** Style parameters per work, each in [-1, 1]. A family uses as many as it needs, from the first. */
export const STYLE_SIZE = 32;
/** Length of a latent: families | orders 3..8 | style parameters | one | zero. */
export const LATENT_SIZE = 56;

const ORDERS = MAX_ORDER - MIN_ORDER + 1;
const FAMILY_SCALE = 1.5;
const ORDER_SCALE = 1.25;

/** What a latent says in plain terms. */
export type Conditions = {
  /** One weight per family in the order of the model's family list; they should add up to 1. */
  readonly families: ArrayLike<number>;
  /** Rotational order, an integer from 3 to 8. */
  readonly order: number;
  /** Style parameters in [-1, 1]; missing ones count as 0. */
  readonly u: ArrayLike<number>;
};

/**
 * Lays conditions out as the network's latent.
 * Only products and copies, so the result is the same on every machine; training and rendering share it.
 */
export function conditioning({ families, order, u }: Conditions): Float32Array {
  const latent = new Float32Array(LATENT_SIZE);
  for (let i = 0; i < MAX_FAMILIES; i++)
    latent[i] = (families[i] ?? 0) * FAMILY_SCALE;
  latent[MAX_FAMILIES + order - MIN_ORDER] = ORDER_SCALE;
  for (let i = 0; i < STYLE_SIZE; i++)
    latent[MAX_FAMILIES + ORDERS + i] = u[i] ?? 0;
  latent[MAX_FAMILIES + ORDERS + STYLE_SIZE] = 1;
  return latent;
}

/** A one-hot vector of family weights. */
export function oneFamily(index: number): Float32Array {
  const families = new Float32Array(MAX_FAMILIES);
  families[index] = 1;
  return families;
}

/** The family weights inside a latent, as {@link conditioning} was given them. */
export function familyWeights(latent: Float32Array): Float32Array {
  const weights = new Float32Array(MAX_FAMILIES);
  for (let i = 0; i < MAX_FAMILIES; i++)
    weights[i] = (latent[i] ?? 0) / FAMILY_SCALE;
  return weights;
}
