import { expect } from "chai";

import {
  consentClaim,
  judgeConsent,
} from "../../../offchain/dataset/consent.ts";
import { expectCode } from "../../kit/rejection.ts";

const words = { by: "Ada", statement: "Train on it." };
type Said = Record<string, unknown>;
const judge = (claim: Said) =>
  judgeConsent("a.png", consentClaim.parse({ ...words, ...claim }));

describe("dataset/consent", () => {
  it("takes our word, ERC-7517's and C2PA's for the same", () => {
    const plain = {
      training: "allowed",
      ...words,
      dataMiningPreference: { aiGenerativeTraining: "allowed" },
    };
    const same: Said[] = [
      { training: "allowed" },
      { dataMiningPreference: { aiGenerativeTraining: "allowed" } },
      { "c2pa.ai_generative_training": "allowed" },
      { "cawg.ai_generative_training": { use: "allowed" } },
    ];
    for (const claim of same) expect(judge(claim)).to.deep.equal(plain);
  });

  it("keeps what else is allowed or denied", () => {
    const claim: Said = {
      training: "allowed",
      "c2pa.data_mining": "notAllowed",
      dataMiningPreference: { aiInference: "constrained" },
    };
    expect(judge(claim).dataMiningPreference).to.deep.equal({
      dataMining: "notAllowed",
      aiInference: "constrained",
      aiGenerativeTraining: "allowed",
    });
  });

  it("takes consent that wants authorship disclosed, for a dataset discloses it", () => {
    const preference = {
      aiGenerativeTraining: "notAllowed",
      aiGenerativeTrainingWithAuthorship: "allowed",
    } as const;
    expect(
      judge({ dataMiningPreference: preference }).dataMiningPreference,
    ).to.deep.equal(preference);
  });

  it("lets the words on generative training decide over those on training at large", () => {
    const preference = {
      aiTraining: "notAllowed",
      aiGenerativeTraining: "allowed",
    } as const;
    expect(judge({ dataMiningPreference: preference }).training).to.equal(
      "allowed",
    );
  });

  it("refuses consent that is denied, conditional, missing or contradicts itself", async () => {
    const cases: readonly (readonly [Said, `consent/${string}`])[] = [
      [{ training: "notAllowed" }, "consent/denied"],
      [{ "c2pa.ai_generative_training": "notAllowed" }, "consent/denied"],
      [
        { dataMiningPreference: { aiTraining: "notAllowed" } },
        "consent/denied",
      ],
      [{ training: "constrained" }, "consent/constrained"],
      [{}, "consent/missing"],
      [{ dataMiningPreference: { dataMining: "allowed" } }, "consent/missing"],
      [
        { training: "allowed", "c2pa.ai_generative_training": "notAllowed" },
        "consent/contradictory",
      ],
      [
        {
          "c2pa.ai_inference": "allowed",
          dataMiningPreference: { aiInference: "notAllowed" },
        },
        "consent/contradictory",
      ],
      [
        {
          dataMiningPreference: {
            aiGenerativeTraining: "allowed",
            aiGenerativeTrainingWithAuthorship: "notAllowed",
          },
        },
        "consent/contradictory",
      ],
    ];
    for (const [claim, code] of cases)
      await expectCode(() => judge(claim), code);
    await expectCode(
      () => judgeConsent("a.png", { training: "allowed", by: "Ada" }),
      "consent/missing",
    );
    await expectCode(() => judgeConsent("a.png"), "consent/missing");
  });

  it("knows no other words", () => {
    for (const claim of [
      { traning: "allowed" },
      { "c2pa.ai_dreaming": "allowed" },
      { training: "yes" },
    ])
      expect(consentClaim.safeParse(claim).success).to.equal(false);
  });
});
