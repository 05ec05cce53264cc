import { shouldBehaveLikeJournal } from "../offchain/adapters/journal.behavior.ts";
import { createMemoryStore, openMemoryJournal } from "./memory-journal.ts";

describe("the journal in memory", () => {
  shouldBehaveLikeJournal(() => {
    const store = createMemoryStore();
    return (point) =>
      openMemoryJournal({ store, ...(point === undefined ? {} : { point }) });
  });
});
