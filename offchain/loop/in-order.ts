/**
 * Runs `work` over the items, at most `width` at a time, starting them in order. The first failure stops new starts and is thrown
 * once everything already started has settled, so that nothing goes on behind the caller's back.
 */
export async function inOrder<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    while (next < items.length && failure === undefined) {
      const item = items[next++] as T;
      try {
        await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, lane),
  );
  if (failure !== undefined) throw failure.error;
}

/** Maps the items with at most `width` running ahead, yielding the results in order; memory holds `width` results at most. */
export async function* aheadInOrder<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  let next = 0;
  const start = (): void => {
    if (next >= items.length) return;
    const result = work(items[next++] as T);
    result.catch(() => undefined);
    running.push(result);
  };
  for (let i = 0; i < width; i++) start();
  for (
    let result = running.shift();
    result !== undefined;
    result = running.shift()
  ) {
    yield await result;
    start();
  }
}
