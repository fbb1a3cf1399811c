import assert from "node:assert/strict";
import test from "node:test";

import { createEngine } from "../../../static/js/components/player/engine.js";
import { virtualClock } from "../fakes/clock.mjs";
import { fakeSynth, LOCAL, ONLINE, Utterance } from "../fakes/synth.mjs";

const SENTENCE = "Think of the neighbor who checks in after a hard week.";
const LONG = `${"It may be the work of supporting someone they love, day after day, ".repeat(8)}and night.`;

function start({ Constructor = Utterance, speak, ...options } = {}) {
  const clock = virtualClock();
  const synth = Object.assign(fakeSynth(clock, options), speak && { speak });
  const engine = createEngine({ synth, Utterance: Constructor, clock });
  const log = [];
  const words = [];
  const say = (text = SENTENCE, settings = {}) =>
    engine.say(
      text,
      { voice: LOCAL, rate: 1, pitch: 1, volume: 1, ...settings },
      { done: (ms) => log.push(["done", ms]), stopped: () => log.push(["stopped"]), failed: (reason) => log.push(["failed", reason]), word: (offset) => words.push(offset) },
    );
  return { clock, synth, engine, log, words, say };
}

test("from silence, speak() has been called when say() returns", () => {
  const { synth, say } = start();
  say();
  assert.equal(synth.spoken.length, 1);
  assert.equal(synth.spoken[0].text, SENTENCE);
});

test("a sentence is done once, with the time it took", () => {
  const { clock, log, say } = start();
  say();
  clock.pass(60_000);
  assert.deepEqual(log, [["done", 10 + SENTENCE.length * 60]]);
  assert.equal(clock.waiting, 0);
});

test("nothing is cancelled that we did not start", () => {
  const { clock, synth, engine, say } = start();
  engine.hush();
  say();
  clock.pass(60_000);
  engine.hush();
  assert.equal(synth.cancels, 0);
});

test("there is one utterance in flight, in parts short enough for the voice", () => {
  for (const [voice, rate, limit] of [[LOCAL, 1, 260], [ONLINE, 1, 160], [ONLINE, 0.5, 80]]) {
    const { clock, synth, log, say } = start();
    say(LONG, { voice, rate });
    clock.pass(300_000);
    assert.equal(synth.most, 1);
    assert.ok(synth.heard.length > 1);
    assert.ok(synth.heard.every(({ text }) => text.length <= limit));
    assert.equal(synth.heard.map(({ text }) => text).join(" "), LONG);
    assert.equal(log.length, 1);
  }
});

test("an online voice that dies after 14 seconds is never given that long", () => {
  const { clock, log, say } = start({ mode: "stalls" });
  say(LONG, { voice: ONLINE });
  clock.pass(300_000);
  assert.equal(log[0][0], "done");
});

for (const mode of ["late-end", "interrupted"]) {
  test(`what a cancelled utterance says afterwards (${mode}) is not listened to`, () => {
    const { clock, synth, engine, log, say } = start({ mode });
    say("The first one.");
    clock.pass(100);
    say("The second one.");
    clock.pass(150);
    assert.equal(synth.heard.at(-1).text, "The second one.");
    clock.pass(60_000);
    assert.deepEqual(log, [["done", 10 + "The second one.".length * 60]]);
    say("The third one.");
    clock.pass(100);
    engine.hush();
    clock.pass(60_000);
    assert.equal(log.length, 1);
    assert.equal(synth.speaking, false);
  });
}

test("of thirty quick calls only the last is spoken, even where a cancel swallows what follows it", () => {
  const { clock, synth, log, say } = start({ mode: "swallows" });
  for (let i = 0; i < 30; i++) {
    say(`Sentence number ${i}.`);
    clock.pass(20);
  }
  clock.pass(10_000);
  assert.deepEqual(synth.heard.map(({ text }) => text), ["Sentence number 0.", "Sentence number 29."]);
  assert.equal(log.length, 1);
  assert.equal(synth.cancels, 1);
});

test("a hush in the moment between two sentences keeps the second one silent", () => {
  const { clock, synth, engine, say } = start();
  say("One.");
  clock.pass(50);
  say("Two.");
  engine.hush();
  clock.pass(10_000);
  assert.deepEqual(synth.heard.map(({ text }) => text), ["One."]);
});

test("an utterance that never starts is tried once more", () => {
  const { clock, synth, log, say } = start({ mode: "dead-once" });
  say();
  clock.pass(60_000);
  assert.equal(synth.spoken.length, 2);
  assert.equal(log[0][0], "done");
});

test("a voice that never starts ends in a failure, and in silence", () => {
  const { clock, synth, log, say } = start({ mode: "no-start" });
  say();
  clock.pass(10_000);
  assert.deepEqual(log, [["failed", "no-start"]]);
  assert.equal(synth.spoken.length, 2);
  assert.equal(synth.speaking, false);
  assert.equal(clock.waiting, 0);
});

test("an online voice gets longer to start", () => {
  const { clock, log, say } = start({ mode: "no-start" });
  say(SENTENCE, { voice: ONLINE });
  clock.pass(15_000);
  assert.deepEqual(log, []);
  clock.pass(5000);
  assert.deepEqual(log, [["failed", "no-start"]]);
});

test("a voice that never ends is not waited for for ever", () => {
  const { clock, synth, log, say } = start({ mode: "no-end" });
  say();
  clock.pass(60_000);
  assert.deepEqual(log, [["failed", "no-end"]]);
  assert.equal(synth.speaking, false);
});

test("where the end gets lost, silence is taken for it, and its time for unknown", () => {
  const { clock, log, say } = start({ mode: "lost-end" });
  say();
  clock.pass(10_000);
  assert.deepEqual(log, [["done", null]]);
});

test("an end without a sound is a failure, not a sentence read", () => {
  const { clock, log, say } = start({ mode: "instant-end" });
  say();
  clock.pass(1000);
  assert.deepEqual(log, [["failed", "no-sound"]]);
});

test("two errors in a row are a failure with the browser's reason", () => {
  const { clock, synth, log, say } = start({ mode: "fails", error: "network" });
  say();
  clock.pass(1000);
  assert.deepEqual(log, [["failed", "network"]]);
  assert.equal(synth.spoken.length, 2);
});

test("what a second try cannot mend is not tried twice", () => {
  const { clock, synth, log, say } = start({ mode: "fails", error: "not-allowed" });
  say();
  clock.pass(1000);
  assert.deepEqual(log, [["failed", "not-allowed"]]);
  assert.equal(synth.spoken.length, 1);
});

test("a failure is forgiven by the next part that is spoken", () => {
  const { clock, synth, log, say } = start({ mode: "dead-often" });
  say(LONG);
  clock.pass(300_000);
  assert.equal(log[0][0], "done");
  assert.equal(synth.heard.map(({ text }) => text).join(" "), LONG);
});

test("another page that takes the voice ends ours without a fight", () => {
  const { clock, synth, log, say } = start();
  say();
  clock.pass(500);
  synth.interrupt();
  clock.pass(60_000);
  assert.deepEqual(log, [["stopped"]]);
  assert.equal(synth.spoken.length, 1);
  assert.equal(synth.cancels, 0);
});

test("the browser's own pause and resume are never used, nor an empty utterance", () => {
  const { clock, synth, engine, say } = start();
  say(LONG);
  clock.pass(1000);
  engine.hush();
  say(LONG);
  clock.pass(300_000);
  assert.equal(synth.wedged, false);
});

test("each word is told with its place in the whole sentence, in whatever part of it", () => {
  const { clock, words, say } = start({ words: true });
  say(LONG);
  clock.pass(300_000);
  assert.deepEqual(words, [...LONG.matchAll(/\S+/g)].map(({ index }) => index));
});

test("words of a cancelled utterance are not told", () => {
  const { clock, synth, engine, words, say } = start({ words: true });
  say();
  clock.pass(100);
  const utterance = synth.spoken[0];
  engine.hush();
  const before = words.length;
  utterance.onboundary({ name: "word", charIndex: 9 });
  assert.equal(words.length, before);
});

test("a browser that throws, at speak() or before it, ends in a failure, at once", () => {
  const boom = () => {
    throw new Error("blocked");
  };
  for (const options of [{ speak: boom }, { Constructor: boom }]) {
    const { clock, log, say } = start(options);
    say();
    clock.pass(500);
    assert.deepEqual(log, [["failed", "synthesis-failed"]]);
    assert.equal(clock.waiting, 0);
  }
});

test("a browser that throws at cancel() is not waited for", () => {
  const { clock, synth, engine, log, say } = start();
  say();
  synth.cancel = () => {
    throw new Error("gone");
  };
  engine.hush();
  clock.pass(60_000);
  assert.deepEqual(log, []);
  assert.equal(clock.waiting, 0);
});
