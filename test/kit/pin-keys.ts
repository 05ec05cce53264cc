import type { S3Keys } from "./s3-signature.ts";

/** Keys of the tests' own places; they open nothing else. */
export const S3_KEYS: S3Keys = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

export const PINATA_JWT = "eyJhbGciOiJIUzI1NiJ9.a-jwt-of-the-tests.c2VjcmV0";
export const PINATA_TOKEN = "gateway-token-of-the-tests";
