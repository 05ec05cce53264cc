/** How a use case tells how far it is. Silent by default; the tasks draw a bar. */
export interface Progress {
  /** `done` of `total` units of a stage are finished. */
  stage(name: string, done: number, total: number): void;
  /** One sentence worth reading: something was resumed, moved aside, abandoned. */
  note(sentence: string): void;
}

/** Time as the use cases need it: passed in, so that nothing below the adapters reads a clock. */
export interface Clock {
  /** Milliseconds since some fixed moment, for durations. */
  elapsed(): number;
  /** The calendar time, for names of files moved aside. */
  now(): Date;
}
