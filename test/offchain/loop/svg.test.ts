import { expect } from "chai";

import {
  area,
  curve,
  dataUri,
  image,
  text,
  tidy,
} from "../../../offchain/loop/svg.ts";

const style = { size: 12, weight: 400, fill: "#fff" } as const;

describe("svg", () => {
  it("writes numbers to a hundredth, and never minus nothing", () => {
    expect([1 / 3, 2, -0.001, 12.345678].map(tidy)).to.deep.equal([
      "0.33",
      "2",
      "0",
      "12.35",
    ]);
  });

  it("keeps text text, whatever it says", () => {
    const drawn = text('<script>&"\u0000', 1, 2, style);
    expect(drawn).to.contain("&lt;script&gt;&amp;&quot; </text>");
    expect(drawn).to.match(/^<text [^<>]*>[^<>]*<\/text>$/);
    expect(text("", 1, 2, style)).to.equal("");
  });

  it("puts bytes into an address and back", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const [head, data] = dataUri(bytes).split(",");
    expect(head).to.equal("data:image/png;base64");
    expect([...Buffer.from(data!, "base64")]).to.deep.equal([...bytes]);
    expect(image("data:,", 1, 2, 3)).to.contain(
      'x="1" y="2" width="3" height="3"',
    );
  });

  it("draws a line through its points, and closes its ground", () => {
    const points = [
      { x: 0, y: 1 },
      { x: 2, y: 3 },
    ];
    expect(curve(points, "#fff", 1)).to.contain('d="M0 1L2 3"');
    expect(area(points, 9, "#fff")).to.contain('d="M0 1L2 3L2 9L0 9Z"');
    expect(area([], 9, "#fff")).to.equal("");
  });
});
