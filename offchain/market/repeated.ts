import type { Discard, Reading } from "./reading.ts";

/**
 * Each source once. Of readings of one name that say the same one counts, of those that say different things none; and of venues whose
 * prices are the same to the last digit one counts, because one of them is a mirror.
 */
export function withoutRepeats(readings: readonly Reading[]): {
  readonly kept: readonly Reading[];
  readonly discarded: readonly Discard[];
} {
  const sorted = readings
    .map((reading) => ({ reading, said: wordsOf(reading) }))
    .sort(
      (a, b) =>
        order(a.reading.source, b.reading.source) || order(a.said, b.said),
    );
  const discarded: Discard[] = [];
  const drop = (source: string, why: string): boolean => {
    discarded.push({ source, field: undefined, code: "market/repeated", why });
    return false;
  };
  const named = sorted.filter(({ reading: { source }, said }, i) => {
    const others = sorted.filter((one) => one.reading.source === source);
    if (others.some((one) => one.said !== said))
      return drop(
        source,
        `\`${source}\` is given more than once and says different things; none counts.`,
      );
    return (
      sorted[i - 1]?.reading.source !== source ||
      drop(source, `\`${source}\` is given more than once; it counts once.`)
    );
  });
  const kept = named.filter(({ reading }, i) => {
    const mirror = named.find(
      (other, j) =>
        mirrors(other.reading, reading) &&
        (tellsMore(other.reading, reading) ||
          (j < i && !tellsMore(reading, other.reading))),
    );
    return (
      mirror === undefined ||
      drop(
        reading.source,
        `\`${reading.source}\` tells the prices of \`${mirror.reading.source}\` to the last digit; the two count once.`,
      )
    );
  });
  return { kept: kept.map(({ reading }) => reading), discarded };
}

/** Whether two sources of prices are one: the same prices and, where both tell it, the same volume. */
function mirrors(a: Reading, b: Reading): boolean {
  if (a === b || a.kind !== "prices" || b.kind !== "prices") return false;
  const volumes = a.tellsVolume && b.tellsVolume;
  return pricesOf(a, volumes) === pricesOf(b, volumes);
}

function tellsMore(a: Reading, b: Reading): boolean {
  return (
    a.kind === "prices" &&
    b.kind === "prices" &&
    a.tellsVolume &&
    !b.tellsVolume
  );
}

/** All that a reading says, as one text: two readings say the same where these are equal. */
function wordsOf(reading: Reading): string {
  switch (reading.kind) {
    case "prices":
      return `prices ${reading.tellsVolume} ${reading.series.kind} ${pricesOf(reading, true)} ${reading.series.sales.map(({ time, price }) => `${time}:${price}`).join()}`;
    case "collection":
      return `collection ${reading.time} ${reading.floor} ${reading.volume}`;
    case "sales":
      return `sales ${reading.sales
        .map(
          ({ time, price, buyer, seller, token }) =>
            `${time}:${price}:${buyer}:${seller}:${token}`,
        )
        .sort()
        .join()}`;
    case "sentiment":
      return `sentiment ${reading.time} ${reading.sentiment}`;
  }
}

function pricesOf(
  { series }: Reading & { kind: "prices" },
  volumes: boolean,
): string {
  return series.days
    .map(
      ({ day, price, volume, time }) =>
        `${day}:${price}:${time}${volumes ? `:${volume}` : ""}`,
    )
    .join();
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
