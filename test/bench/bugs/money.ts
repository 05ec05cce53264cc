import type { Bug } from "./list.ts";

const ROYALTY = "contracts/token/CollectionRoyalty.sol";
const SPLITTER = "contracts/royalty/RoyaltySplitter.sol";

/** Mistakes in royalties and in sharing them. */
export const money: readonly Bug[] = [
  {
    title: "a royalty above the cap",
    source: "uncapped ERC-2981 (Kalos)",
    file: ROYALTY,
    find: "        require(bps <= MAX_ROYALTY_BPS, CollectionRoyaltyTooHigh(bps, MAX_ROYALTY_BPS));\n",
    replace: "",
  },
  {
    title: "the royalty overflows on high prices",
    source: "ERC-2981 of OpenZeppelin before mulDiv",
    file: "contracts/types/Royalty.sol",
    find: "return (price / WHOLE) * bps_ + ((price % WHOLE) * bps_) / WHOLE;",
    replace: "return (price * bps_) / WHOLE;",
  },
  {
    title: "the operator redirects royalties",
    source: "a stolen hot key earns",
    file: ROYALTY,
    find: "        require(_offered[royalty], CollectionRoyaltyNotOffered(receiver, bps));\n",
    replace: "",
  },
  {
    title: "the collection's royalty replaces a batch's own",
    source: "promises that a setter breaks",
    file: ROYALTY,
    find: "if (!royalty.isSet()) royalty = _royalty;",
    replace: "royalty = _royalty;",
  },
  {
    title: "a payee draws while he is being paid",
    source: "The DAO 2016: interaction before effects",
    file: SPLITTER,
    find: `        _released += amount;
        _releasedTo[msg.sender] += amount;

        emit Released(msg.sender, to, amount);
        Address.sendValue(to, amount);`,
    replace: `        emit Released(msg.sender, to, amount);
        Address.sendValue(to, amount);

        _released += amount;
        _releasedTo[msg.sender] += amount;`,
  },
  {
    title: "a token that calls first is drawn twice",
    source: "ERC-777 hooks: imBTC on Uniswap 2020",
    file: SPLITTER,
    find: "release(IERC20 token, address to) external nonReentrant returns",
    replace: "release(IERC20 token, address to) external returns",
  },
  {
    title: "what was drawn is forgotten",
    source: "balance shared anew with each draw",
    file: SPLITTER,
    find: "SplitLib.due(address(this).balance + _released, _releasedTo[payee]",
    replace: "SplitLib.due(address(this).balance, _releasedTo[payee]",
  },
  {
    title: "a payee is named twice",
    source: "shares that nobody can draw",
    file: SPLITTER,
    find: "payee != address(0) && _shares[payee] == 0 && share != 0",
    replace: "payee != address(0) && share != 0",
  },
  {
    title: "a transfer's false answer is ignored",
    source: "SWC-104; tokens that answer instead of reverting",
    file: SPLITTER,
    find: "token.safeTransfer(to, amount);",
    replace: "token.transfer(to, amount);",
  },
];
