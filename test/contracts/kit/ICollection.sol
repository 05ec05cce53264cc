// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {ICollectionRoyalty} from "../../../contracts/interfaces/ICollectionRoyalty.sol";
import {ICreatorToken} from "../../../contracts/interfaces/ICreatorToken.sol";
import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {IERC721Batch} from "../../../contracts/interfaces/IERC721Batch.sol";
import {IERC7496} from "../../../contracts/interfaces/IERC7496.sol";
import {IERC7572} from "../../../contracts/interfaces/IERC7572.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {ITermsInForce} from "../../../contracts/interfaces/ITermsInForce.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";

/// @title All that the collection answers
/// @dev Tests speak through this and deploy the artifact, so none of them compiles the collection again.
interface ICollection is
    ILoopCollection,
    IERC721Metadata,
    IERC721Batch,
    IERC2981,
    ICollectionRoyalty,
    ICreatorToken,
    IERC5313,
    IERC7572,
    IEpochs,
    ITermsInForce,
    IERC7160,
    IERC7496,
    IAttunement
{
    function MAX_BATCH() external view returns (uint256);
    function MAX_ROYALTY_BPS() external view returns (uint256);
    function MAX_SUPPLY() external view returns (uint256);
    function REGISTRY() external view returns (IRecipeRegistry);
    function SEAL_WINDOW() external view returns (uint256);
    function SEED_DELAY() external view returns (uint256);
}
