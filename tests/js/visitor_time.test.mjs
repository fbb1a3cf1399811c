import assert from "node:assert/strict";
import test from "node:test";

import { city, told } from "../../static/js/components/visitor_time.js";

const STARTS = new Date("2026-03-04T00:30:00Z"); // Tuesday, March 3, 6.30 pm in Chicago
const ENDS = new Date("2026-03-04T01:30:00Z");
const seen = (zone, there = "America/Chicago") => told(STARTS, ENDS, zone, there, "en-US").replace(/\s/g, " ");

test("another hour of the same day is told without the day", () => {
  assert.equal(seen("America/New_York"), "7.30 – 8.30 pm");
});

test("another day is told with it", () => {
  assert.match(seen("Asia/Kathmandu"), /^Wednesday, March 4.* 6.15 – 7.15 am$/);
});

test("the same clock is not told twice, whatever it is called", () => {
  assert.equal(seen("America/Chicago"), "");
  assert.equal(seen("America/Mexico_City"), "");
});

test("a zone is named for its city", () => {
  assert.deepEqual(["America/New_York", "America/Argentina/Buenos_Aires", "UTC"].map(city), ["New York", "Buenos Aires", "UTC"]);
});
