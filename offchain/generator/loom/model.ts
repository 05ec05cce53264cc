import type { Adapter, Decoder } from "../adapter/adapter.ts";
import type { Kernels } from "../kernels/load.ts";
import type { Model } from "../model/model.ts";

/** A base, what tuning made of a dataset upon it, and the network of both. Not shared between workers. */
export type TunedModel = Readonly<{
  kernels: Kernels;
  base: Model;
  adapter: Adapter;
  decoder: Decoder;
}>;
