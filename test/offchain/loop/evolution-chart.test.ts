import { expect } from "chai";

import { encodePng } from "../../../offchain/generator/png.ts";
import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../offchain/kernel/observation.ts";
import {
  evolutionChart,
  type EvolutionChart,
} from "../../../offchain/loop/evolution-chart.ts";

const DAY = 86_400;
const round = (day: number, floor: number, change = 0): Observation => ({
  ...NEUTRAL_OBSERVATION,
  present: { ...NEUTRAL_OBSERVATION.present, floor: true, change: true },
  floor,
  change,
  time: day * DAY,
});
const picture = encodePng(new Uint8Array(48).fill(200), {
  width: 4,
  height: 4,
});
const chart: EvolutionChart = {
  title: "Works & weather",
  subtitle: "",
  rounds: [round(1, 100), round(2, 200, 900), round(3, 50, -7_500)],
  epochs: [
    { number: 0, time: DAY },
    { number: 1, time: 3 * DAY },
  ],
  works: [
    { name: "#1", pictures: [picture, picture] },
    { name: "#2", pictures: [picture, undefined] },
  ],
};
const count = (svg: string, what: string): number => svg.split(what).length - 1;

describe("evolutionChart", () => {
  it("is the same text for the same chart, and well formed", () => {
    const svg = evolutionChart(chart);
    expect(evolutionChart(structuredClone(chart))).to.equal(svg);
    expect(svg)
      .to.match(/^<svg [^>]*>\n/)
      .and.to.match(/<\/svg>\n$/);
    expect(svg).to.contain("Works &amp; weather");
    expect(svg).not.to.match(/NaN|Infinity|undefined/);
  });

  it("shows a picture for each work and epoch that has one, and a dot for each epoch", () => {
    const svg = evolutionChart(chart);
    expect(count(svg, "<image ")).to.equal(3);
    expect(count(svg, "<circle ")).to.equal(2);
    expect(svg).to.contain(">genesis<").and.to.contain(">1970-01-04<");
  });

  it("draws what is thin or wide: no rounds, no floors, one epoch, forty epochs, nothing at all", () => {
    const bare = { title: "", subtitle: "", rounds: [], epochs: [], works: [] };
    const many = Array.from({ length: 40 }, (_, i) => ({
      number: i,
      time: i * DAY,
    }));
    for (const odd of [
      bare,
      { ...chart, rounds: [] },
      { ...chart, rounds: [{ ...NEUTRAL_OBSERVATION, time: DAY }] },
      { ...chart, rounds: [round(1, 100)], epochs: chart.epochs.slice(0, 1) },
      {
        ...chart,
        epochs: many,
        works: [{ name: "", pictures: many.map(() => picture) }],
      },
    ])
      expect(evolutionChart(odd)).not.to.match(/NaN|Infinity|undefined/);
    expect(evolutionChart({ ...chart, epochs: many })).to.match(
      /^<svg [^>]* width="29\d\d/,
    );
  });

  it("marks the rounds that struck, and no calm one", () => {
    expect(count(evolutionChart(chart), 'stroke="#e4724e"')).to.equal(2);
    expect(
      count(
        evolutionChart({ ...chart, rounds: [round(1, 9), round(2, 9)] }),
        'stroke="#e4724e"',
      ),
    ).to.equal(0);
  });
});
