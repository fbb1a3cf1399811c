import assert from "node:assert/strict";
import test from "node:test";

import { createEngine } from "../../../static/js/components/player/engine.js";
import { createPlayer } from "../../../static/js/components/player/player.js";
import { collect, sentences } from "../../../static/js/components/player/text.js";
import { virtualClock } from "../fakes/clock.mjs";
import { page } from "../fakes/dom.mjs";
import { fakeSynth, LOCAL, Utterance } from "../fakes/synth.mjs";

const ARTICLE = page("<h2>One door</h2><p>It is open. Come in & sit. Call 988.</p><ul><li>A chair.</li><li>A cup.</li></ul>");
const IN_ORDER = ["One door", "It is open.", "Come in and sit.", "Call 9 8 8.", "A chair.", "A cup."];

function start(options) {
  const clock = virtualClock();
  const synth = fakeSynth(clock, options);
  const phases = [];
  const player = createPlayer({
    engine: createEngine({ synth, Utterance, clock }),
    synth,
    clock,
    changed: ({ phase, problem }) => phases.at(-1) !== (problem || phase) && phases.push(problem || phase),
  });
  player.load(sentences(collect(ARTICLE), "en-US"), "en-US");
  return { clock, synth, player, phases, send: (type, more) => player.send({ type, ...more }), heard: () => synth.heard.map(({ text }) => text) };
}

test("the whole article is read in order, once, and nothing is spoken or cancelled before Play", () => {
  const { clock, synth, phases, send, heard } = start();
  clock.pass(5000);
  assert.equal(synth.spoken.length, 0);
  send("play");
  clock.pass(60_000);
  assert.deepEqual(heard(), IN_ORDER);
  assert.deepEqual(phases, ["loading", "ready", "playing", "finished"]);
  assert.equal(synth.cancels, 0);
  assert.equal(synth.most, 1);
});

test("the first sentence is handed over within the click", () => {
  const { synth, send } = start();
  send("play");
  assert.equal(synth.spoken.length, 1);
  assert.equal(synth.spoken[0].voice, LOCAL);
  assert.equal(synth.spoken[0].lang, "en-US");
});

for (const mode of ["plain", "late-end", "interrupted", "swallows", "lost-end", "dead-once"]) {
  test(`pause is silent at once and Play says the sentence again (${mode})`, () => {
    const { clock, synth, player, send, heard } = start({ mode });
    send("play");
    const at = 2;
    while (heard().length <= at) clock.pass(50);
    send("pause");
    assert.equal(synth.speaking, false);
    clock.pass(30_000);
    assert.equal(player.state.phase, "paused");
    assert.equal(player.state.index, at);
    const before = heard().length;
    send("play");
    clock.pass(100);
    assert.deepEqual(heard().slice(before), [IN_ORDER[at]]);
    clock.pass(120_000);
    assert.equal(player.state.phase, "finished");
  });
}

test("a pause in the breath between two paragraphs is one", () => {
  const { clock, send, heard } = start();
  send("play");
  clock.pass(10 + "One door".length * 60 + 100);
  send("pause");
  clock.pass(30_000);
  assert.deepEqual(heard(), ["One door"]);
});

test("a skip in the breath between two paragraphs speaks the new sentence once", () => {
  const { clock, synth, send, heard } = start();
  send("play");
  clock.pass(10 + "One door".length * 60 + 100);
  send("move", { by: 1 });
  clock.pass(400);
  assert.deepEqual(heard(), ["One door", "Come in and sit."]);
  assert.equal(synth.cancels, 0);
});

test("stop is silent at once and begins again from the first sentence", () => {
  const { clock, synth, player, send, heard } = start();
  send("play");
  clock.pass(3000);
  send("stop");
  assert.equal(synth.speaking, false);
  assert.equal(player.state.phase, "ready");
  clock.pass(5000);
  send("play");
  clock.pass(100);
  assert.equal(heard().at(-1), "One door");
});

test("skipping quickly speaks only where one arrives", () => {
  const { clock, send, heard } = start({ mode: "interrupted" });
  send("play");
  clock.pass(100);
  for (let i = 0; i < 3; i++) {
    send("move", { by: 1 });
    clock.pass(10);
  }
  clock.pass(300);
  assert.deepEqual(heard(), ["One door", "Call 9 8 8."]);
});

test("mute is silent at once, the reading goes on unheard, and unmuted the sentence is said again", () => {
  const { clock, synth, player, send, heard } = start();
  send("play");
  clock.pass(100);
  send("mute");
  clock.pass(1);
  assert.equal(synth.speaking, false);
  clock.pass(3000);
  assert.deepEqual(heard(), ["One door"]);
  assert.equal(player.state.phase, "playing");
  const at = player.state.index;
  assert.ok(at > 0);
  send("mute");
  clock.pass(200);
  assert.deepEqual(heard(), ["One door", IN_ORDER[at]]);
  assert.equal(synth.heard.at(-1).volume, 1);
});

test("the volume is taken when the slider rests, not at each step of it", () => {
  const { clock, synth, send } = start();
  send("move", { by: 2 });
  send("play");
  clock.pass(50);
  for (let to = 95; to >= 50; to -= 5) {
    send("volume", { to });
    clock.pass(20);
  }
  clock.pass(150);
  assert.equal(synth.cancels, 0);
  clock.pass(350);
  assert.deepEqual(synth.heard.map(({ volume }) => volume), [1, 0.5]);
});

test("another page that takes the voice pauses us", () => {
  const { clock, synth, player, send } = start();
  send("play");
  clock.pass(300);
  synth.interrupt();
  clock.pass(5000);
  assert.equal(player.state.phase, "paused");
  assert.equal(synth.spoken.length, 1);
});

test("a voice that gives up ends in a message, and Play tries again", () => {
  const { clock, synth, player, phases, send } = start({ mode: "no-start" });
  send("play");
  clock.pass(20_000);
  assert.deepEqual(phases, ["loading", "ready", "playing", "no-start"]);
  synth.mode = "plain";
  send("play");
  clock.pass(60_000);
  assert.equal(player.state.phase, "finished");
});

test("late voices wake the player", () => {
  const { clock, synth, phases } = start({ voices: [] });
  clock.pass(5000);
  synth.setVoices([LOCAL]);
  assert.deepEqual(phases, ["loading", "no-voice", "ready"]);
});

test("without the API, or without text, it says so", () => {
  for (const [engine, list, reason] of [[null, sentences(collect(ARTICLE), "en"), "no-speech"], [{}, [], "no-text"]]) {
    const player = createPlayer({ engine, synth: undefined, clock: virtualClock(), changed() {} });
    player.load(list, "en");
    assert.deepEqual([player.state.phase, player.state.problem], ["silent", reason]);
  }
});

test("what is left counts down to nothing", () => {
  const { clock, player, send } = start();
  const lefts = [player.times().left];
  send("play");
  while (player.state.phase === "playing") {
    clock.pass(250);
    lefts.push(player.times().left);
  }
  assert.equal(lefts.at(-1), 0);
  assert.ok(lefts[4] < lefts[0]);
});
