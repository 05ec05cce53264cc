import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Keys that a server knows. */
export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What AWS forgives a clock, ms. */
const SKEW = 15 * 60_000;

/**
 * The code that S3 refuses a request with, or undefined if its SigV4 signature covers the method, the path, the query, the host, the
 * headers it names and the body's hash, and its time is near `now`.
 */
export function signatureProblem(
  request: IncomingMessage,
  body: Uint8Array,
  { accessKeyId, secretAccessKey }: S3Keys,
  now: number,
): string | undefined {
  const header = (name: string): string => String(request.headers[name] ?? "");
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^/]+\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header("authorization"),
    );
  if (match === null) return "AccessDenied";
  const [, key, scope = "", names = "", signature] = match;
  if (key !== accessKeyId) return "InvalidAccessKeyId";
  const date = header("x-amz-date");
  const time = Date.parse(
    date.replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      "$1-$2-$3T$4:$5:$6Z",
    ),
  );
  if (!(Math.abs(now - time) <= SKEW)) return "RequestTimeTooSkewed";
  const hash = header("x-amz-content-sha256");
  if (hash !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const signed = names.split(";");
  const must = Object.keys(request.headers).filter(
    (name) => name === "host" || name.startsWith("x-amz-"),
  );
  if (!must.every((name) => signed.includes(name))) return "AccessDenied";
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const canonical = [
    request.method,
    path,
    query
      .split("&")
      .filter((part) => part !== "")
      .map((part) => (part.includes("=") ? part : `${part}=`))
      .sort()
      .join("&"),
    ...signed.map((name) => `${name}:${header(name).trim()}`),
    "",
    names,
    hash,
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const derived = scope
    .split("/")
    .reduce<Buffer | string>(
      (secret, part) => createHmac("sha256", secret).update(part).digest(),
      `AWS4${secretAccessKey}`,
    );
  const right = createHmac("sha256", derived).update(text).digest("hex");
  return right === signature ? undefined : "SignatureDoesNotMatch";
}

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
