import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * A royalty splitter for several artists, for instance the receiver of the collection's royalty or of one batch's.
 *
 * Its parameters, `payees` (addresses) and `shares` (whole numbers), have no default: nobody else can say who is paid.
 */
export default buildModule("Splitter", (m) => ({
  splitter: m.contract("RoyaltySplitter", [
    m.getParameter<string[]>("payees"),
    m.getParameter<bigint[]>("shares"),
  ]),
}));
