/** Gives each item to the next free worker and yields the results as they come. */
export async function* share<T, R>(
  items: readonly T[],
  workers: readonly ((item: T) => Promise<R>)[],
): AsyncGenerator<R> {
  let next = 0;
  const running = new Map<number, Promise<{ worker: number; result: R }>>();
  const begin = (worker: number): void => {
    const work = workers[worker];
    if (next >= items.length || work === undefined) return;
    const item = items[next++] as T;
    running.set(
      worker,
      work(item).then((result) => ({ worker, result })),
    );
  };
  for (let worker = 0; worker < workers.length; worker++) begin(worker);
  while (running.size > 0) {
    const { worker, result } = await Promise.race(running.values());
    running.delete(worker);
    begin(worker);
    yield result;
  }
}
