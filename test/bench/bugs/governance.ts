import type { Bug } from "./list.ts";

const BOOK = "contracts/governance/SlotBook.sol";
const CONTROLLER = "contracts/governance/ParameterController.sol";

/** Mistakes in the box in which the steward moves parameters. */
export const governance: readonly Bug[] = [
  {
    title: "a move takes nothing from the budget",
    source: "rate limits that are never written",
    file: BOOK,
    find: "uint96(BoundsLib.poured(level, length, limits.window))",
    replace: "uint96(level)",
  },
  {
    title: "new limits give the budget back",
    source: "rate limits that start anew when they are moved",
    file: BOOK,
    find: "uint96(BoundsLib.rescaled(level, old.window, limits.window))",
    replace: "0",
  },
  {
    title: "a value stays outside of narrowed bounds",
    source: "debt ceilings lowered under the debt",
    file: BOOK,
    find: "uint64(BoundsLib.clamp(state.value, limits.low, limits.high))",
    replace: "state.value",
  },
  {
    title: "limits go beyond the cap",
    source: "Compound 2021: a rate that governance mistyped",
    file: BOOK,
    find: "                limits.high <= _capOf(slot) &&\n",
    replace: "",
  },
  {
    title: "a forge burns one work for one",
    source: "a bound that the contract behind refuses",
    file: BOOK,
    find: "return slot != Slot.BurnCount || value != NO_BURN_COUNT;",
    replace: "return slot == slot || value == value;",
  },
  {
    title: "the market of another day is good enough",
    source: "decisions carried out late",
    file: CONTROLLER,
    find: "        require(round == latest, ParameterControllerOtherRound(round, latest));\n",
    replace: "        round;\n",
  },
  {
    title: "silence passes for a quiet day",
    source: "bZx, Mango 2022: nobody asked whether a price was one",
    file: CONTROLLER,
    find: "            observation.has(ObservationLib.CHANGE) &&\n",
    replace: "            ",
  },
  {
    title: "a grant never ends",
    source: "allowances that outlive their purpose",
    file: CONTROLLER,
    find: "block.timestamp < _grantExpiry",
    replace: "_grantExpiry != 0",
  },
  {
    title: "the freeze holds the DAO too",
    source: "one switch for everything",
    file: CONTROLLER,
    find: "        _requireReasons(reasons);\n        uint256 old = valueOf(slot);\n        _set(slot, value);\n",
    replace:
      "        require(!_frozen, ParameterControllerFrozen());\n        _requireReasons(reasons);\n        uint256 old = valueOf(slot);\n        _set(slot, value);\n",
  },
  {
    title: "the validator is asked about the way in alone",
    source: "wrappers that a filter list locked",
    file: "contracts/libraries/ProbeLib.sol",
    find: "            if (!_lets(validator, wrapper, wrapper, holders[i])) return false;\n",
    replace: "",
  },
  {
    title: "terms of zero are none",
    source: "zero as a stand-in for unset",
    file: "contracts/types/Terms.sol",
    find: "return !terms.isSet() || ",
    replace: "return terms.guard() == 0 || ",
  },
  {
    title: "an open forge keeps the old terms",
    source: "a setting that one of two readers hears",
    file: "contracts/token/TermsKeeper.sol",
    find: "        _afterTermsChanged(terms);\n",
    replace: "",
  },
];
