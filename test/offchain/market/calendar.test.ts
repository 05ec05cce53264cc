import { expect } from "chai";
import fc from "fast-check";

import {
  DAY,
  daysFromCivil,
  isoDate,
  parseTime,
} from "../../../offchain/market/calendar.ts";

describe("market/calendar", () => {
  it("agrees with the platform's calendar on every day of four centuries", () => {
    for (
      let day = daysFromCivil(1900, 1, 1);
      day <= daysFromCivil(2300, 12, 31);
      day++
    ) {
      const date = new Date(day * DAY * 1000);
      const text = date.toISOString().slice(0, 10);
      if (isoDate(day) !== text) expect(isoDate(day)).to.equal(text);
      const civil = daysFromCivil(
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
      );
      if (civil !== day) expect(civil, text).to.equal(day);
    }
  });

  it("agrees with the platform on any moment and offset", () => {
    const moments = fc.date({
      min: new Date(DAY * 1000),
      max: new Date("2199-12-30"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: -14 * 4, max: 14 * 4 }),
        (date, quarters) => {
          const text = date.toISOString();
          const seconds = Math.floor(date.getTime() / 1000);
          expect(parseTime(text)).to.equal(seconds);
          expect(
            parseTime(`${text.slice(0, 10)} ${text.slice(11, 19)}`),
          ).to.equal(seconds);
          const minutes = Math.abs(quarters) * 15;
          const zone = [Math.floor(minutes / 60), minutes % 60]
            .map((part) => String(part).padStart(2, "0"))
            .join(":");
          const zoned = `${text.slice(0, 19)}${quarters < 0 ? "-" : "+"}${zone}`;
          expect(parseTime(zoned)).to.equal(
            Math.floor(Date.parse(zoned) / 1000) < 0
              ? undefined
              : Date.parse(zoned) / 1000,
          );
        },
      ),
    );
  });

  it("reads dates, slashed dates, times without seconds, unix seconds and milliseconds", () => {
    const noon = daysFromCivil(2020, 2, 29) * DAY + 12 * 3600;
    expect(parseTime("2020-02-29")).to.equal(noon - 12 * 3600);
    for (const text of [
      "2020-02-29 12:00",
      "2020/2/29 12:00:00 UTC",
      "2020-02-29T12:00:00.999z",
      String(noon),
      `${noon}123`,
    ])
      expect(parseTime(text), text).to.equal(noon);
  });

  it("does not guess at anything else", () => {
    const texts = [
      "",
      "01/02/2020",
      "2020-13-01",
      "2020-02-30",
      "2021-02-29",
      "1900-02-29",
      "2020-00-10",
      "2020-01-00",
      "2020-1-1T25:00:00Z",
      "2020-01-01T24:00:00Z",
      "2020-01-01T23:60:00Z",
      "2020-01-01T23:59:60Z",
      "2020-01/01",
      "1969-12-31",
      "2200-01-01",
      "yesterday",
      "20200101",
      "44000",
      "2020-01-01T00:00:00+15:00",
      "1e9",
      "-1577836800",
    ];
    for (const text of texts) expect(parseTime(text), text).to.equal(undefined);
  });
});
