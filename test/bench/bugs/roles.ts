import type { Bug } from "./list.ts";

const ROLES = "contracts/access/LoopRoles.sol";
const REGISTRY = "contracts/registry/RecipeRegistry.sol";
const DATASETS = "contracts/registry/DatasetRegistry.sol";

/** Mistakes in who may do what, and in the book of recipes. */
export const roles: readonly Bug[] = [
  {
    title: "the caller's job is not asked for",
    source: "Parity 2017: an unprotected function",
    file: "contracts/access/Governed.sol",
    find: "        REGISTRY.requireRole(role, msg.sender);\n",
    replace: "        role;\n",
  },
  {
    title: "who began the transaction counts",
    source: "THORChain 2021: tx.origin",
    file: "contracts/token/LoopCollection.sol",
    find: "REGISTRY.requireOpening(recipe, msg.sender)",
    replace: "REGISTRY.requireOpening(recipe, tx.origin)",
  },
  {
    title: "one account takes two jobs",
    source: "Ronin 2022: keys gathered in one hand",
    file: ROLES,
    find: "        require(!_employed[account], LoopRolesTwoJobs(account, role));\n",
    replace: "",
  },
  {
    title: "a job is taken without an offer",
    source: "Poly Network 2021: anybody becomes keeper",
    file: ROLES,
    find: "        require(_offers[role][msg.sender], LoopRolesNotOffered(role, msg.sender));\n",
    replace: "",
  },
  {
    title: "an offer outlives the dismissal",
    source: "pending owners that nobody cleared",
    file: ROLES,
    find: "        super.revokeRole(role, account);\n        delete _offers[role][account];\n",
    replace: "        super.revokeRole(role, account);\n",
  },
  {
    title: "a dismissed operator still seals",
    source: "access kept after revocation",
    file: REGISTRY,
    find: `        requireRole(OPERATOR_ROLE, sealer);
        return requireActiveAt(number);`,
    replace: `        sealer;
        return requireActiveAt(number);`,
  },
  {
    title: "a revoked recipe is registered again",
    source: "deny lists that forget",
    file: REGISTRY,
    find: "        require(_entries[id] == 0, RecipeRegistryAlreadyRegistered(id, numberOf(id)));\n",
    replace:
      "        require(_entries[id] == 0 || _entries[id] >= REVOKED, RecipeRegistryAlreadyRegistered(id, numberOf(id)));\n",
  },
  {
    title: "a recipe revoked after the opening still seals",
    source: "checked at one end only",
    file: REGISTRY,
    find: "        delete _active[number];\n",
    replace: "",
  },
  {
    title: "a recipe opens although its dataset is revoked",
    source: "checked at one end only",
    file: REGISTRY,
    find: "        _requireStandingRecipe(id, entry);\n\n",
    replace: "        require(!_isMarked(entry), RecipeRegistryRevoked(id));\n",
  },
  {
    title: "a recipe seals although its dataset was revoked after the opening",
    source: "checked at one end only",
    file: REGISTRY,
    find: "            _requireStandingRecipe(id, _entries[id]);\n",
    replace:
      "            require(!_isMarked(_entries[id]), RecipeRegistryRevoked(id));\n",
  },
  {
    title: "a recipe of a revoked dataset is registered",
    source: "deny lists that forget",
    file: DATASETS,
    find: "        require(!_isFallen(number), DatasetRegistryRevoked(root));\n",
    replace: "",
  },
  {
    title: "a picture's leaf is hashed once",
    source: "second preimages of Merkle trees",
    file: DATASETS,
    find: "keccak256(bytes.concat(keccak256(abi.encode(picture))))",
    replace: "keccak256(abi.encode(picture))",
  },
];
