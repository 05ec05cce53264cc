// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {ICollection} from "../kit/ICollection.sol";
import {LoopKit} from "../kit/LoopKit.sol";
import {TwinEvolution} from "./TwinEvolution.sol";

// any course of calls by any accounts to the collection and to the registry, right ones and wrong ones
// ├── each succeeds or reverts exactly as on the plain twins, with the same answer or the same error and arguments
// ├── each emits the same events in the same order
// └── each leaves the same state
contract TwinTest is LoopKit {
    uint256 private constant STEPS = 100;

    TwinEvolution private course;

    function setUp() public override {
        super.setUp();
        vm.warp(1_800_000_000);
        registry = IRecipeRegistry(_deploy("RecipeRegistry", abi.encode(_jobs())));
        collection = _deployCollection(_few(registry));
        address twinBook = _deploy("TwinRegistry", abi.encode(_jobs()));
        ICollection twin = ICollection(_deploy("TwinCollection", abi.encode(_few(IRecipeRegistry(twinBook)))));
        course = TwinEvolution(_deploy("TwinEvolution", abi.encode(collection, twin)));
    }

    function testFuzz_BehavesAsTheTwin(uint256 seed) external {
        course.run(seed, STEPS);
    }

    function test_CoursesGoFarAndFailOften() external {
        uint256 calls = 0;
        uint256 successes = 0;
        uint256 minted = 0;
        uint256 abandoned = 0;
        uint256 children = 0;
        uint256 epochs = 0;
        uint256 voided = 0;
        uint256 following = 0;
        uint256 pinned = 0;
        uint256 fallen = 0;
        for (uint256 seed = 0; seed < 24; ++seed) {
            setUp();
            course.run(seed, STEPS);
            calls += course.calls();
            successes += course.successes();
            minted += collection.totals().minted;
            abandoned += collection.totals().abandoned;
            for (uint256 batch = 1; batch <= collection.totals().batches; ++batch) {
                ILoopCollection.Batch memory info = collection.batchOf(batch);
                if (info.parents != 0 && info.sealOrdinal != 0) ++children;
                for (uint256 i = 0; i < info.count; ++i) {
                    try collection.hasPinnedTokenURI(_id(batch, i)) returns (bool isPinned) {
                        if (isPinned) ++pinned;
                        else if (collection.epochOf(_id(batch, i)) != 0) ++following;
                    } catch {}
                }
            }
            IRecipeRegistry.Recipe[] memory page = registry.list(1, type(uint256).max);
            for (uint256 i = 0; i < page.length; ++i) if (page[i].datasetRevoked) ++fallen;
            (uint256 count, uint256 shown, ) = collection.epochs();
            epochs += count;
            if (shown != count) ++voided;
        }

        vm.assertTrue(successes * 3 > calls, "a third succeeds");
        vm.assertTrue(successes * 4 < calls * 3, "a quarter is refused");
        vm.assertTrue(epochs > 48 && voided > 2, "collections evolve, and newest epochs are taken back");
        vm.assertTrue(fallen > 2, "recipes fall with their datasets");
        vm.assertTrue(following > 48 && pinned > 12, "works follow, and are pinned");
        vm.assertTrue(minted > 150 && abandoned > 8 && children > 8, "batches end both ways, and children are sealed");
    }

    /// @dev So few of everything that courses meet every limit.
    function _few(IRecipeRegistry book) private view returns (ILoopCollection.Settings memory settings) {
        settings = _settings();
        settings.registry = book;
        settings.maxSupply = 60;
        settings.worksPerDay = 20;
        settings.seedDelay = 2;
        settings.sealWindow = 24;
    }
}
