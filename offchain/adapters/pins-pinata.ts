import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import type { PinTarget } from "../loop/ports-pins.ts";
import { parseAnswer } from "./http-errors.ts";
import { createHttp, type Http } from "./http.ts";
import { readGateway } from "./pins-pinata-gateway.ts";
import { putForm } from "./pins-pinata-form.ts";
import { putTus } from "./pins-pinata-tus.ts";
import type { Steadiness } from "./steady.ts";

/** Whose account it is, and through which gateway it is read back. */
export interface PinataTargetOptions {
  readonly jwt: string;
  /** The account's own gateway: `example.mypinata.cloud`, or an address. */
  readonly gateway: string;
  /** The gateway's key, where it wants one. */
  readonly token?: string | undefined;
  readonly api?: string;
  readonly uploads?: string;
  readonly fetch?: typeof fetch;
  /** Tries of one request, and of asking for what was just accepted; see `http.ts`. */
  readonly tries?: number;
  readonly pause?: number;
  readonly quiet?: number;
  readonly steadiness?: Steadiness;
  /** Archives up to so many bytes go in one form; Pinata wants larger ones to be resumable. */
  readonly form?: number;
  /** Bytes of one piece of a resumable upload. */
  readonly piece?: number;
}

const FORM_BYTES = 94_371_840;
const PIECE_BYTES = 52_428_800;

const listing = z.object({
  data: z.object({ files: z.array(z.object({ cid: z.string() })).nullable() }),
});

/** Pinata's Files API, version 3, on its public network: archives are sent as CARs, and read back through the account's gateway. */
export function createPinataTarget({
  jwt,
  gateway,
  token,
  api = "https://api.pinata.cloud",
  uploads = "https://uploads.pinata.cloud",
  form = FORM_BYTES,
  piece = PIECE_BYTES,
  steadiness = {},
  tries = 4,
  pause = 1_000,
  ...talk
}: PinataTargetOptions): PinTarget {
  const name = "pinata";
  const secrets = token === undefined ? [jwt] : [jwt, token];
  const place = { name, secrets };
  const http = createHttp({ ...place, ...talk, tries, pause });
  const authorization = { authorization: `Bearer ${jwt}` };
  const files = new URL("/v3/files", uploads);

  const holds = async (root: string, signal?: AbortSignal) => {
    const url = new URL("/v3/files/public", api);
    url.searchParams.set("cid", root);
    const { text } = await http.send({
      method: "GET",
      url,
      headers: authorization,
      signal,
    });
    const { data } = parseAnswer(place, listing, text);
    // It may list more than was asked for.
    return (data.files ?? []).some(({ cid }) => cid === root);
  };

  return {
    name,
    holds,
    async put(archive, options = {}) {
      const how = { http, place, headers: authorization, url: files };
      const cid =
        archive.size > form
          ? await putTus(how, archive, { ...options, piece, tries, pause })
          : await putForm(how, archive, options);
      if (cid === archive.root) return;
      if (cid !== undefined)
        throw new FatalError(
          "pins/wrong-root",
          `\`${name}\` made \`${cid.slice(0, 80)}\` of the archive of \`${archive.root}\`; it did not read it as a CAR, use another place.`,
        );
      // It takes large archives in behind our back, and names them only afterwards.
      for (let tried = 1; tried < tries; tried++) {
        if (await holds(archive.root, options.signal)) return;
        await sleep(pause * 2 ** (tried - 1), undefined, {
          ...(options.signal && { signal: options.signal }),
        });
      }
    },
    read: (root, signal) =>
      readGateway(
        {
          http: gatewayHttp({ ...talk, tries, pause }, place),
          name,
          gateway: addressOf(gateway),
          headers: token === undefined ? {} : tokenHeader(token),
          tries,
          pause,
          steadiness,
        },
        root,
        signal,
      ),
  };
}

function gatewayHttp(
  talk: Omit<Parameters<typeof createHttp>[0], "name">,
  { name, secrets }: { name: string; secrets: readonly string[] },
): Http {
  return createHttp({ ...talk, name: `${name}'s gateway`, secrets });
}

function tokenHeader(token: string): Record<string, string> {
  return { "x-pinata-gateway-token": token };
}

function addressOf(gateway: string): string {
  return gateway.includes("://") ? gateway : `https://${gateway}`;
}
