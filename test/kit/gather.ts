/** All that an iteration gives. (`Array.fromAsync` is missing from Node 20.) */
export async function gather<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
}
