import { expect } from "chai";

import { drawChart } from "../../../offchain/adapters/chart-png.ts";
import { expectCode } from "../../kit/rejection.ts";

const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" font-family="Inter">${inside}</svg>`;
const side = (png: Uint8Array, at: number): number =>
  new DataView(png.buffer, png.byteOffset).getUint32(at);

describe("drawChart", () => {
  it("draws an SVG at its size, or at a width", async () => {
    const png = await drawChart(svg(""));
    expect([...png.subarray(1, 4)]).to.deep.equal([0x50, 0x4e, 0x47]);
    expect([side(png, 16), side(png, 20)]).to.deep.equal([120, 40]);
    const wide = await drawChart(svg(""), { width: 240 });
    expect([side(wide, 16), side(wide, 20)]).to.deep.equal([240, 80]);
  });

  it("brings the typeface along, in two weights", async () => {
    const word = (weight: number): string =>
      svg(
        `<text x="4" y="28" font-size="24" font-weight="${weight}" fill="#fff">Round</text>`,
      );
    const [none, regular, bold] = await Promise.all(
      [svg(""), word(400), word(600)].map(async (text) => drawChart(text)),
    );
    expect(regular).to.not.deep.equal(none);
    expect(bold).to.not.deep.equal(regular);
  });

  it("says what it cannot draw", async () => {
    await expectCode(drawChart("no picture"), "chart/not-drawn");
  });
});
