/**
 * The palettes: day ground, deep, low, mid, high, light, accent, ink, night ground.
 * Each is a ramp of clearly parted values with one accent off the ramp's hue, so that any family reads in any of them.
 */
export const PALETTES: Readonly<Record<string, string>> = {
  harbour: "f3e6cf 1f3a4d 2f6672 5fa39a a9cfb0 f6f0dc e4572e 14202b 17293a",
  ember: "f7d9a8 5a1e3a 9b2f46 d9574a f08f5a fff2d9 f4c430 2a1025 3a1230",
  lagoon: "dfe7e2 22406b 3f6fa3 7fb0cf b7d6e2 fdfbf2 f2a541 12203a 16264a",
  orchid: "f3dfe6 3a2d6b 6a4aa0 b074c0 e8a7c8 fde8d8 ffb238 151030 211c44",
  moss: "efe3d0 3b4a2b 66783c 9fae5c d4d19a fbf6e4 c8452f 1d2415 26321f",
  terracotta: "f5e9da 6b2d1f a8492c d67c4a ecb48a fdf3e3 2f6f73 2c1712 3b1c15",
  fjord: "e6ebea 1d3b3f 35696b 7aa8a0 c0d6c8 f8f5ea e07a5f 0f2225 14303a",
  saffron: "fbeec4 7a3b12 c0651a e89a1f f6c655 fff8e1 1f5f8b 33190a 1b2f4d",
  indigo: "e9e4da 1b2550 33428a 6b7fc0 b3bfe0 faf7ef e8505b 0d1230 141c44",
  rosewood: "f6e1d8 4a1c2a 8a3345 c9606a e9a39b fdf1ea 3d7a6b 220d15 35131f",
  kelp: "eef0d8 12403a 1f6b54 5aa469 b2d08a fbfbe8 f08a24 08241f 0d3331",
  plum: "f1e4ee 3c1746 6f2a6e a9529a dc9cc4 fcf2f4 f0b429 200a28 2c1238",
  desert: "f8e4c8 7b3f3a b9654f e0936a f2c196 fff6e6 3f7f84 38201f 2f2a4a",
  glacier: "e4eef2 1b4965 3d7ea6 84b8d4 c5e0ea fcfdfb ef6f6c 0c2435 0f3048",
  persimmon: "fdebd3 264653 2a8a84 74b39a e9c46a fff8ea e76f51 13262e 1b333d",
  mulberry: "f4e8dc 43203f 7d3157 c24d6a f09a8a fff0e0 f7c548 240f24 301530",
  slate: "e6e4dd 2b3038 4f5965 8a949e c3c8c9 faf9f5 e0a030 15181d 1f242c",
  reef: "e3f1ee 1e3d59 3f7490 f5846b f9b8a2 fffaf3 ffc13b 0f2033 15304a",
  matcha: "f2f0e1 2e3d30 567a4e 93b573 cfdca6 fdfcf1 d65f8c 172019 21302a",
  bazaar: "f4ead5 1b2a49 2f5d9b e0513f f2b84b fdf6e3 1f9e8f 111a2e 16223e",
  sakura: "fbeef0 4b3350 8d5a7b d58aa0 f4bfc6 fffaf7 d9473f 281a2c 2f2242",
  lichen: "e9e6d6 37423d 5f7468 95a88c c8cfae f8f6e8 e3b23c 1b2320 242e2b",
  cobalt: "f7f1e3 0b2a6f 1f4fb5 5b8def a9c8f5 fffdf6 ff7f3f 06163f 081c4e",
  noir: "eae4d8 24211f 4c4844 87817a c2bdb2 fbf8f1 d1342f 0f0d0c 191716",
};

/** Palette names, in the order above. */
export const PALETTE_NAMES: readonly string[] = Object.keys(PALETTES);
