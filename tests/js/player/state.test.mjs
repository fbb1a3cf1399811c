import assert from "node:assert/strict";
import test from "node:test";

import { clockTime, initial, loudness, reduce, times } from "../../../static/js/components/player/state.js";

const after = (...events) => events.reduce((state, event) => reduce(state, typeof event === "string" ? { type: event } : event), initial);
const TEXT = { type: "text", sizes: [10, 20, 30] };
const SPOKEN = { type: "spoken", ms: null };

test("it is loading until a voice is there, and nothing can be played before", () => {
  assert.equal(after(TEXT).phase, "loading");
  assert.equal(after(TEXT, "play").phase, "loading");
  assert.equal(after(TEXT, "voice").phase, "ready");
});

test("without a voice it says why, and a late voice wakes it", () => {
  const silent = after(TEXT, { type: "silent", reason: "no-voice" });
  assert.deepEqual([silent.phase, silent.problem], ["silent", "no-voice"]);
  assert.equal(reduce(silent, { type: "play" }), silent);
  const awake = reduce(silent, { type: "voice" });
  assert.deepEqual([awake.phase, awake.problem], ["ready", ""]);
});

test("it plays sentence after sentence to the end, and then from the start again", () => {
  let state = after(TEXT, "voice", "play");
  assert.deepEqual([state.phase, state.index, state.turn], ["playing", 0, 1]);
  state = reduce(reduce(state, SPOKEN), SPOKEN);
  assert.deepEqual([state.phase, state.index, state.turn], ["playing", 2, 3]);
  state = reduce(state, SPOKEN);
  assert.equal(state.phase, "finished");
  state = reduce(state, { type: "play" });
  assert.deepEqual([state.phase, state.index], ["playing", 0]);
});

test("a pause keeps the sentence, a stop goes back to the first", () => {
  const paused = after(TEXT, "voice", "play", SPOKEN, "toggle");
  assert.deepEqual([paused.phase, paused.index], ["paused", 1]);
  assert.deepEqual([reduce(paused, { type: "toggle" }).phase, reduce(paused, { type: "toggle" }).turn], ["playing", 3]);
  const stopped = reduce(paused, { type: "stop" });
  assert.deepEqual([stopped.phase, stopped.index], ["ready", 0]);
});

test("a move speaks the new sentence while playing, and only marks it while paused", () => {
  const playing = after(TEXT, "voice", "play", { type: "move", by: 1 });
  assert.deepEqual([playing.phase, playing.index, playing.turn], ["playing", 1, 2]);
  const paused = reduce(reduce(playing, { type: "pause" }), { type: "move", by: -1 });
  assert.deepEqual([paused.phase, paused.index, paused.turn], ["paused", 0, 2]);
});

test("a move ends at either end", () => {
  assert.equal(after(TEXT, "voice", "play", { type: "move", by: -5 }).index, 0);
  const finished = after(TEXT, "voice", "play", { type: "move", by: 5 });
  assert.equal(finished.phase, "finished");
  const back = reduce(finished, { type: "move", by: -1 });
  assert.deepEqual([back.phase, back.index], ["paused", 2]);
});

test("a voice that fails leaves the place, with a reason that the next try takes back", () => {
  const failed = after(TEXT, "voice", "play", SPOKEN, { type: "failed", reason: "no-start" });
  assert.deepEqual([failed.phase, failed.problem, failed.index], ["paused", "no-start", 1]);
  assert.equal(reduce(failed, { type: "play" }).problem, "");
});

test("what comes late changes nothing", () => {
  const paused = after(TEXT, "voice", "play", "pause");
  for (const event of [SPOKEN, { type: "failed", reason: "x" }, { type: "again" }, { type: "pause" }, { type: "voice" }, { type: "nonsense" }]) {
    assert.equal(reduce(paused, event), paused, event.type);
  }
});

test("mute keeps the volume, and moving the volume unmutes", () => {
  const muted = after(TEXT, "voice", { type: "volume", to: 40 }, "mute");
  assert.deepEqual([muted.volume, loudness(muted)], [40, 0]);
  assert.equal(loudness(reduce(muted, { type: "mute" })), 0.4);
  assert.equal(loudness(reduce(muted, { type: "volume", to: 140 })), 1);
});

test("the length is unknown before the text is there, then estimated, and learned from what was spoken", () => {
  assert.equal(times(initial), null);
  const playing = after({ type: "text", sizes: Array(20).fill(60) }, "voice", "play");
  assert.equal(times(playing).left, 20 * 60 * initial.pace);
  let state = playing;
  for (let i = 0; i < 5; i++) state = reduce(state, { type: "spoken", ms: 60 * 90 });
  const truth = 15 * 60 * 90;
  assert.ok(Math.abs(times(state).left - truth) < truth * 0.1);
});

test("time runs within a sentence but not past it, and nothing is left at the end", () => {
  const playing = after(TEXT, "voice", "play", SPOKEN);
  assert.deepEqual(times(playing, 100), { elapsed: 10 * initial.pace + 100, left: 50 * initial.pace - 100 });
  assert.equal(times(playing, 1e9).left, 30 * initial.pace);
  assert.equal(times(reduce(reduce(playing, SPOKEN), SPOKEN)).left, 0);
});

test("times are written as on a clock", () => {
  assert.deepEqual([0, 5400, 65_000, 3_725_000].map(clockTime), ["0:00", "0:05", "1:05", "1:02:05"]);
});
