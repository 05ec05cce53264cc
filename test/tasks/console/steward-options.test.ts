import { expect } from "chai";

import {
  parseExplainer,
  parseLooking,
  parsePolicy,
} from "../../../tasks/console/steward-options.ts";
import { thrownBy } from "../../kit/thrown.ts";

const once = {
  watch: false,
  every: undefined,
  dryRun: false,
  replay: false,
} as const;

describe("tasks/console/steward-options", () => {
  it("knows the policies, the transparent one first", () => {
    expect(parsePolicy(undefined).name).to.equal("rules");
    expect(parsePolicy("bandit").name).to.equal("bandit");
    expect(thrownBy(() => parsePolicy("")).code).to.equal(
      "options/unknown-policy",
    );
  });

  it("looks once, or again and again", () => {
    expect(parseLooking(once)).to.equal(undefined);
    expect(parseLooking({ ...once, watch: true })).to.equal(60);
    expect(parseLooking({ ...once, watch: true, every: "5" })).to.equal(5);
    for (const wrong of [
      { every: "5" },
      { watch: true, every: "0" },
      { watch: true, dryRun: true },
      { watch: true, replay: true },
      { dryRun: true, replay: true },
    ])
      expect(thrownBy(() => parseLooking({ ...once, ...wrong })).code).to.equal(
        "options/bad-watch",
      );
  });

  it("takes an explainer's address and model, and shows neither where one is missing", () => {
    expect(parseExplainer(undefined)).to.equal(undefined);
    expect(parseExplainer("https://a.example/v1#org/model:7b")).to.deep.equal({
      url: "https://a.example/v1",
      model: "org/model:7b",
    });
    for (const wrong of [
      "https://a.example/v1",
      "#model",
      "https://k:s@a#",
      "",
    ]) {
      const { code, message } = thrownBy(() => parseExplainer(wrong));
      expect(code).to.equal("options/bad-explainer");
      expect(message).not.to.include("k:s");
    }
  });
});
