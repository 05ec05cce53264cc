import { z } from "zod";

/**
 * What OpenSea reads, field by field as published:
 * https://docs.opensea.io/docs/metadata-standards and https://docs.opensea.io/docs/contract-level-metadata (which is ERC-7572's schema).
 * Written after those pages and not after our own files. Fields that they do not name are passed over there, so they are here.
 */
const link = z
  .string()
  .regex(/^(https?|ipfs|ar|data):/, "is no address that OpenSea follows");

/** Numbers of any kind; a date is unix seconds. */
const numeric = z.union([
  z.strictObject({
    display_type: z.enum(["number", "boost_number", "boost_percentage"]),
    trait_type: z.string().min(1),
    value: z.number(),
    max_value: z.exactOptional(z.number()),
  }),
  z.strictObject({
    display_type: z.literal("date"),
    trait_type: z.string().min(1),
    value: z.int().positive(),
  }),
]);

const attribute = z.union([
  numeric,
  z.strictObject({
    trait_type: z.string().min(1),
    value: z.union([z.string(), z.number()]),
    max_value: z.exactOptional(z.number()),
  }),
  /** A property with no name. */
  z.strictObject({ value: z.string() }),
]);

/** The metadata of a token. */
export const openSeaToken = z.object({
  name: z.string().min(1),
  description: z.string().min(1),
  image: link,
  image_data: z.optional(z.string()),
  external_url: z.optional(link),
  attributes: z.array(attribute),
  background_color: z.optional(z.string().regex(/^[0-9a-fA-F]{6}$/)),
  animation_url: z.optional(link),
  youtube_url: z.optional(link),
});

/** The metadata of a collection. */
export const openSeaCollection = z.object({
  name: z.string().min(1),
  symbol: z.optional(z.string()),
  description: z.optional(z.string()),
  image: z.optional(link),
  banner_image: z.optional(link),
  featured_image: z.optional(link),
  external_link: z.optional(link),
  collaborators: z.optional(z.array(z.string().regex(/^0x[0-9a-fA-F]{40}$/))),
});
