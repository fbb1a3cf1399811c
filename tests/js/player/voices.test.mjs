import assert from "node:assert/strict";
import test from "node:test";

import { createEngine } from "../../../static/js/components/player/engine.js";
import { choose as chooseFrom, idOf, onDevice, shortlist, speaks, watchVoices } from "../../../static/js/components/player/voices.js";
import { virtualClock } from "../fakes/clock.mjs";
import { BRITISH, fakeSynth, FIREFOX, FRENCH, LOCAL, ONLINE, Utterance, voice } from "../fakes/synth.mjs";

const choose = (voices, language, settings) => chooseFrom(shortlist(voices, language), language, settings);

test("a voice of the page's language and country comes first, whatever the default flag says", () => {
  assert.equal(choose([FRENCH, BRITISH, LOCAL], "en-US"), LOCAL);
  assert.equal(choose([FRENCH, BRITISH], "en-us"), BRITISH);
  assert.equal(choose([FRENCH], "en-US"), null);
  assert.equal(choose([voice("Android", "en_US"), BRITISH], "en-US").name, "Android");
});

test("an online voice is never chosen", () => {
  assert.equal(choose([ONLINE], "en-US"), null);
  assert.equal(choose([ONLINE, BRITISH], "en-US"), BRITISH);
});

test("Firefox's own voices count as on the device", () => {
  assert.equal(choose([ONLINE, FIREFOX], "en-US"), FIREFOX);
});

test("joke voices and variants come last", () => {
  const albert = voice("Albert", "en-US");
  const variant = voice("English (America)+Annie", "en-US");
  const samantha = voice("Samantha", "en-US");
  assert.equal(choose([albert, variant, LOCAL], "en-US"), LOCAL);
  assert.equal(choose([albert, LOCAL, samantha], "en-US"), samantha);
  assert.equal(choose([albert, BRITISH], "en-US"), BRITISH);
});

function waiting(voices) {
  const clock = virtualClock();
  const synth = fakeSynth(clock, { voices });
  const log = [];
  watchVoices({
    engine: createEngine({ synth, Utterance, clock }),
    clock,
    language: "en-US",
    listed(list) {
      const voice = chooseFrom(list, "en-US");
      if (voice) log.push(voice.name);
      return voice !== null;
    },
    missing: (reason) => log.push(reason),
  });
  return { clock, synth, log };
}

test("a voice that is there is found at once, and the waiting ends", () => {
  const { clock, log } = waiting([LOCAL]);
  assert.deepEqual(log, [LOCAL.name]);
  assert.equal(clock.waiting, 0);
});

test("a voice that comes with an event is found at that moment, and others after it are listed too", () => {
  const { clock, synth, log } = waiting([]);
  clock.pass(1000);
  synth.setVoices([LOCAL]);
  synth.setVoices([BRITISH]);
  assert.deepEqual(log, [LOCAL.name, BRITISH.name]);
});

test("a voice that comes without an event is found by looking", () => {
  const { clock, synth, log } = waiting([]);
  clock.pass(500);
  synth.arrive([LOCAL]);
  clock.pass(150);
  assert.deepEqual(log, [LOCAL.name]);
});

test("after three seconds the reader is told, once, and a later voice still counts", () => {
  const { clock, synth, log } = waiting([]);
  clock.pass(2900);
  assert.deepEqual(log, []);
  clock.pass(30_000);
  assert.deepEqual(log, ["no-voice"]);
  synth.arrive([LOCAL]);
  clock.pass(2000);
  assert.deepEqual(log, ["no-voice", LOCAL.name]);
});

test("the reason says what there is instead", () => {
  for (const [voices, reason] of [[[FRENCH], "no-language"], [[ONLINE, FRENCH], "online-only"]]) {
    const { clock, log } = waiting(voices);
    clock.pass(4000);
    assert.deepEqual(log, [reason]);
  }
});

test("of 13,000 voices at most 60 are offered, those of the page's language first, in less than 300 ms", () => {
  const many = Array.from({ length: 13_000 }, (_, i) => voice(`Voice ${i % 130}+v${i}`, i % 2 ? "en-US" : `x${i % 50}-XX`));
  const before = performance.now();
  const list = shortlist([...many, ONLINE], "en-US");
  assert.ok(performance.now() - before < 300);
  assert.equal(list.length, 60);
  assert.ok(list.every((each) => speaks(each, "en-US")));
  assert.ok(chooseFrom(list, "en-US"));
});

test("variants of one voice are one choice, and what is on the device comes before what is online", () => {
  const list = shortlist([ONLINE, voice("America+Annie", "en-US"), voice("America+Bob", "en-US"), FRENCH, FIREFOX], "en-US");
  assert.deepEqual(list.map(onDevice), [true, true, false, true]);
  assert.deepEqual(list.at(-1), FRENCH);
});

test("the voice that was chosen speaks, but an online one only with a yes", () => {
  const chosen = { voice: idOf(ONLINE) };
  assert.equal(choose([LOCAL, BRITISH], "en-US", { voice: idOf(BRITISH) }), BRITISH);
  assert.equal(choose([LOCAL, ONLINE], "en-US", { ...chosen, online: "" }), LOCAL);
  assert.equal(choose([LOCAL, ONLINE], "en-US", { ...chosen, online: idOf(ONLINE) }), ONLINE);
  assert.equal(choose([LOCAL, ONLINE], "en-US", { ...chosen, online: "another" }), LOCAL);
  assert.equal(choose([ONLINE], "en-US", { online: idOf(ONLINE) }), null);
  assert.equal(choose([LOCAL], "en-US", { voice: "gone" }), LOCAL);
});

test("a browser that gives no list, or throws, has no voice", () => {
  for (const getVoices of [() => undefined, () => null, () => [null, undefined], () => { throw new Error("blocked"); }]) {
    const clock = virtualClock();
    const log = [];
    const engine = createEngine({ synth: { getVoices }, Utterance, clock });
    watchVoices({ engine, clock, language: "en", listed: () => false, missing: (reason) => log.push(reason) });
    clock.pass(4000);
    assert.deepEqual(log, ["no-voice"]);
  }
});

test("two voices of one address are two", () => {
  const [one, other] = [voice("Ann", "en-US"), voice("Bob", "en-US")].map((each) => ({ ...each, voiceURI: "same" }));
  assert.equal(choose([one, other], "en-US", { voice: idOf(other) }), other);
});
