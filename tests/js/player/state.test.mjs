import assert from "node:assert/strict";
import test from "node:test";

import { clockTime, DEFAULTS, gap, initial, loudness, pace, reduce, speed, tidy, times } from "../../../static/js/components/player/state.js";

const after = (...events) => events.reduce((state, event) => reduce(state, typeof event === "string" ? { type: event } : event), initial);
const part = (size, paragraph = 0, section = 0, passage = 0) => ({ size, paragraph, section, passage });
const TEXT = { type: "text", text: [part(10), part(20), part(30)] };
// Two sections, of two paragraphs with two sentences each.
const LONG = { type: "text", text: [0, 0, 1, 1, 2, 2, 3, 3].map((paragraph) => part(10, paragraph, Math.floor(paragraph / 2))) };
const NOTED = { type: "text", text: [part(10), part(10, 1), part(10, 2, 0, 1), part(10, 3, 0, 1), part(10, 4), part(10, 5, 0, 2)] };
const VOICE = { type: "voice", id: "v" };
const SPOKEN = { type: "spoken", ms: null };
const move = (by, unit) => ({ type: "move", by, unit });
const set = (settings) => ({ type: "set", settings });
const at = (...events) => [after(...events)].map(({ phase, index }) => [phase, index])[0];

test("it is loading until a voice is there, and nothing can be played before", () => {
  assert.equal(after(TEXT).phase, "loading");
  assert.equal(after(TEXT, "play", "repeat", move(1, "section"), { type: "seek", index: 1 }).phase, "loading");
  assert.equal(after(TEXT, VOICE).phase, "ready");
});

test("without a voice it says why, and a late voice wakes it", () => {
  const silent = after(TEXT, { type: "silent", reason: "no-voice" });
  assert.deepEqual([silent.phase, silent.problem], ["silent", "no-voice"]);
  assert.equal(reduce(silent, { type: "play" }), silent);
  const awake = reduce(silent, VOICE);
  assert.deepEqual([awake.phase, awake.problem, awake.voice], ["ready", "", "v"]);
});

test("it plays sentence after sentence to the end, and then from the start again", () => {
  let state = after(TEXT, VOICE, "play");
  assert.deepEqual([state.phase, state.index, state.turn], ["playing", 0, 1]);
  state = reduce(reduce(state, SPOKEN), SPOKEN);
  assert.deepEqual([state.phase, state.index, state.turn], ["playing", 2, 3]);
  state = reduce(state, SPOKEN);
  assert.equal(state.phase, "finished");
  state = reduce(state, { type: "play" });
  assert.deepEqual([state.phase, state.index], ["playing", 0]);
});

test("a pause keeps the sentence, a stop goes back to the first", () => {
  const paused = after(TEXT, VOICE, "play", SPOKEN, "toggle");
  assert.deepEqual([paused.phase, paused.index], ["paused", 1]);
  assert.deepEqual([reduce(paused, { type: "toggle" }).phase, reduce(paused, { type: "toggle" }).turn], ["playing", 3]);
  const stopped = reduce(paused, { type: "stop" });
  assert.deepEqual([stopped.phase, stopped.index], ["ready", 0]);
});

test("a move speaks the new sentence while playing, and only marks it while paused", () => {
  const playing = after(TEXT, VOICE, "play", move(1));
  assert.deepEqual([playing.phase, playing.index, playing.turn], ["playing", 1, 2]);
  const paused = reduce(reduce(playing, { type: "pause" }), move(-1));
  assert.deepEqual([paused.phase, paused.index, paused.turn], ["paused", 0, 2]);
});

test("a move ends at either end", () => {
  assert.equal(after(TEXT, VOICE, "play", move(-5)).index, 0);
  const finished = after(TEXT, VOICE, "play", move(5));
  assert.equal(finished.phase, "finished");
  for (const unit of ["sentence", "paragraph", "section"]) assert.equal(reduce(finished, move(1, unit)), finished);
  assert.deepEqual(at(TEXT, VOICE, "play", move(5), move(-1)), ["paused", 2]);
});

test("forward by paragraph and section goes to the next one's first sentence, back to the beginning and then beyond", () => {
  const from = (index, ...moves) => at(LONG, VOICE, { type: "seek", index }, ...moves)[1];
  assert.equal(from(1, move(1, "paragraph")), 2);
  assert.equal(from(3, move(-1, "paragraph")), 2);
  assert.equal(from(3, move(-1, "paragraph"), move(-1, "paragraph")), 0);
  assert.equal(from(0, move(-1, "paragraph")), 0);
  assert.equal(from(1, move(1, "section")), 4);
  assert.equal(from(7, move(-1, "section")), 4);
  assert.equal(from(7, move(-1, "section"), move(-1, "section")), 0);
  assert.deepEqual(at(LONG, VOICE, "play", { type: "seek", index: 6 }, move(1, "section")), ["finished", 7]);
  assert.deepEqual(at(LONG, VOICE, "play", { type: "seek", index: 99 }, move(-1, "paragraph")), ["paused", 6]);
});

test("repeat says the sentence once more and goes on from there, also from a pause or the end", () => {
  const state = after(TEXT, VOICE, "play", SPOKEN, "repeat");
  assert.deepEqual([state.phase, state.index, state.turn], ["playing", 1, 3]);
  assert.deepEqual(at(TEXT, VOICE, "play", SPOKEN, "pause", "repeat"), ["playing", 1]);
  assert.deepEqual(at(TEXT, VOICE, "play", SPOKEN, SPOKEN, SPOKEN, "repeat"), ["playing", 2]);
});

test("it can pause after each sentence or paragraph, and Play goes on with the next", () => {
  assert.deepEqual(at(LONG, VOICE, set({ pauseAfter: "sentence" }), "play", SPOKEN), ["paused", 1]);
  assert.deepEqual(at(LONG, VOICE, set({ pauseAfter: "sentence" }), "play", SPOKEN, "play", SPOKEN), ["paused", 2]);
  assert.deepEqual(at(LONG, VOICE, set({ pauseAfter: "paragraph" }), "play", SPOKEN), ["playing", 1]);
  assert.deepEqual(at(LONG, VOICE, set({ pauseAfter: "paragraph" }), "play", SPOKEN, SPOKEN), ["paused", 2]);
  assert.deepEqual(at(TEXT, VOICE, set({ pauseAfter: "sentence" }), "play", SPOKEN, "play", SPOKEN, "play", SPOKEN), ["finished", 2]);
});

test("before a passage with a content note it asks, and nothing of it is spoken unasked", () => {
  const asking = [NOTED, VOICE, "play", SPOKEN, SPOKEN];
  assert.deepEqual(at(...asking), ["asking", 2]);
  assert.deepEqual(at(...asking, SPOKEN), ["asking", 2]);
  assert.deepEqual(at(...asking, "play"), ["playing", 2]);
  assert.deepEqual(at(...asking, "toggle", SPOKEN), ["playing", 3]);
  assert.deepEqual(at(...asking, move(1)), ["playing", 4]);
  assert.deepEqual(at(...asking, move(1, "paragraph")), ["playing", 4]);
  assert.deepEqual(at(...asking, move(-1)), ["playing", 1]);
  assert.deepEqual(at(...asking, "pause", "play"), ["asking", 2]);
  assert.deepEqual(at(...asking, "stop"), ["ready", 0]);
});

test("a passage is asked about wherever one comes into it, and once: a yes holds for that passage only", () => {
  const ready = [NOTED, VOICE, "play"];
  assert.deepEqual(at(...ready, { type: "seek", index: 3 }), ["asking", 3]);
  assert.deepEqual(at(...ready, { type: "seek", index: 3 }, "play", move(-1)), ["playing", 2]);
  assert.deepEqual(at(...ready, { type: "seek", index: 3 }, "play", { type: "seek", index: 5 }), ["asking", 5]);
  assert.deepEqual(at(...ready, { type: "seek", index: 5 }, move(1)), ["finished", 5]);
  assert.deepEqual(at(...ready, "pause", { type: "seek", index: 2 }, "repeat"), ["asking", 2]);
});

test("a voice that fails leaves the place, with a reason that the next try takes back", () => {
  const failed = after(TEXT, VOICE, "play", SPOKEN, { type: "failed", reason: "no-start" });
  assert.deepEqual([failed.phase, failed.problem, failed.index], ["paused", "no-start", 1]);
  assert.equal(reduce(failed, { type: "play" }).problem, "");
});

test("what comes late changes nothing", () => {
  const paused = after(TEXT, VOICE, "play", "pause");
  for (const event of [SPOKEN, { type: "failed", reason: "x" }, { type: "again" }, { type: "pause" }, { type: "nonsense" }, { type: "toString" }]) {
    assert.equal(reduce(paused, event), paused, event.type);
  }
});

test("mute keeps the volume, and moving the volume unmutes", () => {
  const muted = after(TEXT, VOICE, set({ volume: 40 }), "mute");
  assert.deepEqual([muted.settings.volume, loudness(muted)], [40, 0]);
  assert.equal(loudness(reduce(muted, { type: "mute" })), 0.4);
  assert.equal(loudness(reduce(muted, set({ rate: 2 }))), 0);
  assert.equal(loudness(reduce(muted, set({ volume: 140 }))), 1);
});

test("settings stay within their range, and what is none is left out", () => {
  assert.deepEqual(tidy(DEFAULTS, null), DEFAULTS);
  const wild = { rate: 9, pitch: -1, volume: "loud", voice: 7, calm: "yes", pauseAfter: "lunch", remember: true, evil: 1, online: null };
  assert.deepEqual(tidy(DEFAULTS, wild), { ...DEFAULTS, rate: 2, pitch: 0.5, remember: true });
  assert.equal(tidy(DEFAULTS, { rate: 0.7000001 }).rate, 0.7);
  assert.equal(tidy(DEFAULTS, { rate: NaN }).rate, 1);
});

test("calmer is slower, with longer gaps", () => {
  const [plain, calm] = [after(LONG, VOICE), after(LONG, VOICE, set({ calm: true }))];
  assert.ok(speed(calm) < speed(plain));
  assert.deepEqual([0, 1, 2].map((index) => gap(plain, index) > 0), [false, false, true]);
  assert.deepEqual([0, 1, 2].map((index) => gap(calm, index) > gap(plain, index)), [false, true, true]);
});

test("the length is unknown before the text is there", () => {
  assert.equal(times(initial), null);
  const { start, character } = pace(initial);
  assert.equal(times(after(TEXT)).left, TEXT.text.length * start + 60 * character);
});

for (const rate of [0.5, 1, 2]) {
  test(`after five sentences what is left is within a tenth of the truth, at ${rate}`, () => {
    const even = Array.from({ length: 40 }, (_, i) => 25 + ((i * 37) % 90));
    const shortFirst = [9, 14, 31, 22, 40, ...even]; // headings
    for (const [truth, start, sizes] of [[45, 0, even], [70, 0, even], [110, 0, even], [60, 300, even], [60, 300, shortFirst], [40, 0, shortFirst]]) {
      const takes = (size) => start + ((size * truth) / rate) * (1 + ((size * 7) % 11 - 5) / 50); // some sentences go quicker
      let state = after({ type: "text", text: sizes.map((size) => part(size)) }, VOICE, set({ rate }), "play");
      for (const size of sizes.slice(0, 5)) state = reduce(state, { type: "spoken", ms: takes(size) });
      const left = sizes.slice(5).reduce((sum, size) => sum + takes(size), 0);
      assert.ok(Math.abs(times(state).left / left - 1) < 0.1, `${truth} + ${start}: ${times(state).left} for ${left}`);
    }
  });
}

test("what a voice took is known for that voice and speed, and guessed for another speed of it", () => {
  let state = after({ type: "text", text: Array(30).fill(part(60)) }, VOICE, "play");
  for (let i = 0; i < 20; i++) state = reduce(state, { type: "spoken", ms: 60 * 100 });
  const sentence = (state) => pace(state).start + 60 * pace(state).character;
  assert.ok(Math.abs(sentence(state) - 6000) < 60);
  assert.ok(Math.abs(sentence(reduce(state, set({ rate: 2 }))) - 3000) < 90);
  assert.deepEqual(pace(reduce(state, { type: "voice", id: "another" })), pace(initial));
});

test("a voice that grows slower is believed in the end", () => {
  let state = after({ type: "text", text: Array(400).fill(part(60)) }, VOICE, "play");
  for (let i = 0; i < 200; i++) state = reduce(state, { type: "spoken", ms: 60 * 50 });
  for (let i = 0; i < 150; i++) state = reduce(state, { type: "spoken", ms: 60 * 100 });
  assert.ok(pace(state).start + 60 * pace(state).character > 60 * 90);
});

test("time runs within a sentence but not past it, gaps count, and nothing is left at the end", () => {
  const playing = after(TEXT, VOICE, "play", SPOKEN);
  const { start, character } = pace(initial);
  const takes = (sentences, characters) => sentences * start + characters * character;
  assert.deepEqual(times(playing, 100), { elapsed: takes(1, 10) + 100, left: takes(2, 50) - 100 });
  assert.equal(times(playing, 1e9).left, takes(1, 30));
  assert.equal(times(reduce(reduce(playing, SPOKEN), SPOKEN)).left, 0);
  const long = after(LONG, VOICE);
  assert.equal(times(long).left, takes(8, 80) + gap(long, 2) + gap(long, 4) + gap(long, 6));
  assert.equal(times(long, 0, 2).elapsed, takes(2, 20));
});

test("times are written as on a clock", () => {
  assert.deepEqual([0, 5400, 65_000, 3_725_000].map(clockTime), ["0:00", "0:05", "1:05", "1:02:05"]);
});
