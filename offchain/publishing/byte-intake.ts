import { concat } from "../kernel/bytes.ts";

/** Bytes of a stream by number. */
export interface Intake {
  /** How many were taken and not given back. */
  position(): number;
  /** The next bytes; fewer only where the stream ends. Good until the next call. */
  take(count: number): Promise<Uint8Array>;
  /** What was taken last, or the end of it, to be taken again. */
  giveBack(bytes: Uint8Array): void;
  close(): Promise<void>;
}

/** Takes a stream in; what comes in pieces of any sizes is given in those that are asked for. */
export function createIntake(stream: AsyncIterable<Uint8Array>): Intake {
  const iterator = stream[Symbol.asyncIterator]();
  const empty = new Uint8Array(0);
  let piece: Uint8Array = empty;
  let given: Uint8Array = empty;
  let position = 0;
  let ended = false;

  /** The rest of the oldest piece; empty at the end. */
  async function some(): Promise<Uint8Array> {
    for (;;) {
      if (given.length > 0) return given;
      if (piece.length > 0) return piece;
      if (ended) return empty;
      const next = await iterator.next();
      if (next.done === true) ended = true;
      else piece = next.value;
    }
  }

  function drop(count: number): void {
    if (given.length > 0) given = given.subarray(count);
    else piece = piece.subarray(count);
    position += count;
  }

  return {
    position: () => position,
    async take(count) {
      const first = await some();
      if (first.length >= count) {
        drop(count);
        return first.subarray(0, count);
      }
      const whole = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        const next = (await some()).subarray(0, count - filled);
        if (next.length === 0) return whole.subarray(0, filled);
        whole.set(next, filled);
        filled += next.length;
        drop(next.length);
      }
      return whole;
    },
    giveBack(bytes) {
      given = given.length === 0 ? bytes : concat(bytes, given);
      position -= bytes.length;
    },
    async close() {
      if (!ended) await iterator.return?.();
    },
  };
}
