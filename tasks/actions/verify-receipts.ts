import { resolve } from "node:path";

import { checkReceipts } from "../compose/receipts.ts";
import { createConsole, guarded } from "../console/console.ts";
import { receiptLines, receiptsDocument } from "../console/receipts-report.ts";

/** `npx hardhat verify-receipts FILE`: reads files only; no chain is asked. */
export default async function (args: {
  readonly file: string;
  readonly json: boolean;
}): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const path = resolve(args.file);
    const found = await checkReceipts(path);
    console.result(receiptsDocument(path, found), () => receiptLines(found));
  });
}
