import assert from "node:assert/strict";
import test from "node:test";

import { createEngine } from "../../../static/js/components/player/engine.js";
import { createPlayer } from "../../../static/js/components/player/player.js";
import { collect, sentences } from "../../../static/js/components/player/text.js";
import { idOf } from "../../../static/js/components/player/voices.js";
import { virtualClock } from "../fakes/clock.mjs";
import { page } from "../fakes/dom.mjs";
import { BRITISH, fakeSynth, LOCAL, ONLINE, Utterance } from "../fakes/synth.mjs";

const ARTICLE = page("<h2>One door</h2><p>It is open. Come in & sit. Call 988.</p><ul><li>A chair.</li><li>A cup.</li></ul>");
const IN_ORDER = ["One door", "It is open.", "Come in and sit.", "Call 9 8 8.", "A chair.", "A cup."];

function start({ settings, paces, article = ARTICLE, ...options } = {}) {
  const clock = virtualClock();
  const synth = fakeSynth(clock, options);
  const phases = [];
  const lists = [];
  const words = [];
  const player = createPlayer({
    engine: createEngine({ synth, Utterance, clock }),
    clock,
    changed: ({ phase, problem }) => phases.at(-1) !== (problem || phase) && phases.push(problem || phase),
    listed: (voices) => lists.push(voices.length),
    word: (offset) => words.push(offset),
    settings,
    paces,
  });
  player.load(sentences(collect(article), "en-US"), "en-US", "Play or skip?");
  return { clock, synth, player, phases, lists, words, send: (type, more) => player.send({ type, ...more }), heard: () => synth.heard.map(({ text }) => text) };
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
    send("set", { settings: { volume: to } });
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
    const player = createPlayer({ engine, clock: virtualClock(), changed() {} });
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

test("speed, pitch and voice are taken when the slider rests, from the word that was reached", () => {
  const { clock, synth, send } = start({ words: true, voices: [LOCAL, BRITISH] });
  send("move", { by: 2 });
  send("play");
  clock.pass(10 + "Come in a".length * 60);
  for (const rate of [1.2, 1.4, 1.6]) send("set", { settings: { rate } });
  send("set", { settings: { pitch: 0.8, voice: idOf(BRITISH) } });
  clock.pass(450);
  const { text, rate, pitch, voice } = synth.heard.at(-1);
  assert.deepEqual([text, rate, pitch, voice], ["sit.", 1.6, 0.8, BRITISH]);
  assert.equal(synth.cancels, 1);
  clock.pass(60_000);
  assert.deepEqual(synth.heard.slice(2).map((each) => each.text), IN_ORDER.slice(3));
  assert.ok(synth.heard.slice(2).every((each) => each.voice === BRITISH && each.rate === 1.6));
});

test("a part of a sentence is not taken as a measure", () => {
  const { clock, player, send } = start({ words: true });
  send("move", { by: 2 });
  send("play");
  clock.pass(300);
  send("set", { settings: { volume: 50 } });
  while (player.state.index === 2) clock.pass(50);
  assert.deepEqual(player.state.paces, {});
});

test("words are told with their place in the sentence, also after going on from one", () => {
  const { clock, words, send } = start({ words: true });
  send("move", { by: 2 });
  send("play");
  clock.pass(10 + "Come in a".length * 60);
  send("mute");
  clock.pass(10);
  send("mute");
  clock.pass(5);
  words.length = 0;
  clock.pass(150 + "and si".length * 60);
  assert.deepEqual(words, [8, 12]);
});

test("calmer is slower and leaves gaps between sentences", () => {
  const { clock, synth, send } = start({ settings: { calm: true } });
  send("play");
  clock.pass(100_000);
  assert.ok(synth.heard.every(({ rate }) => rate === 0.85));
});

test("before a passage with a note the voice asks, and goes on or past it as told", () => {
  const note = '<section><p class="content-note-text">This part talks about loss.</p><div class="content-note-passage"><p>It hurt.</p></div></section><p>After.</p>';
  for (const [answer, then] of [["play", ["It hurt.", "After."]], ["skip", ["After."]]]) {
    const { clock, player, phases, send, heard } = start({ article: page(note) });
    send("play");
    clock.pass(30_000);
    assert.equal(player.state.phase, "asking");
    assert.deepEqual(heard(), ["This part talks about loss.", "Play or skip?"]);
    if (answer === "play") send("play");
    else send("move", { by: 1 });
    clock.pass(30_000);
    assert.deepEqual(heard().slice(2), then);
    assert.equal(phases.at(-1), "finished");
  }
});

test("a pause while it asks is silent at once, and Play asks again", () => {
  const article = page('<p>A note.</p><div class="content-note-passage"><p>It hurt.</p></div>');
  const { clock, synth, player, send, heard } = start({ article });
  send("play");
  clock.pass(1200);
  assert.equal(heard().at(-1), "Play or skip?");
  send("pause");
  assert.equal(synth.speaking, false);
  clock.pass(30_000);
  assert.equal(heard().length, 2);
  send("play");
  assert.equal(player.state.phase, "asking");
});

test("an online voice never speaks by itself, and is never sent a word without a yes", () => {
  const { clock, synth, phases, lists, send } = start({ voices: [ONLINE] });
  clock.pass(5000);
  assert.deepEqual(phases, ["loading", "online-only"]);
  send("set", { settings: { voice: idOf(ONLINE) } });
  send("play");
  assert.equal(synth.spoken.length, 0);
  send("set", { settings: { voice: idOf(ONLINE), online: idOf(ONLINE) } });
  send("play");
  assert.equal(synth.spoken[0].voice, ONLINE);
  assert.equal(lists[0], 1);
});

test("the choice of an earlier visit holds, and better voices that come late are taken while idle or not", () => {
  const { clock, synth, player, send } = start({ settings: { voice: idOf(BRITISH), rate: 2 }, voices: [LOCAL] });
  assert.equal(player.state.voice, idOf(LOCAL));
  synth.setVoices([LOCAL, BRITISH]);
  assert.equal(player.state.voice, idOf(BRITISH));
  send("play");
  clock.pass(60_000);
  assert.ok(synth.heard.every(({ voice, rate }) => voice === BRITISH && rate === 2));
});

test("the list of voices is shown anew only when it is another", () => {
  const { clock, synth, lists } = start({ voices: [ONLINE] });
  clock.pass(10_000);
  assert.deepEqual(lists, [1]);
  synth.setVoices([ONLINE, BRITISH]);
  assert.deepEqual(lists, [1, 2]);
});

test("a voice that goes away leaves another to speak", () => {
  const { synth, player } = start({ voices: [LOCAL, BRITISH] });
  synth.setVoices([BRITISH]);
  assert.equal(player.state.voice, idOf(BRITISH));
  assert.equal(player.state.phase, "ready");
});

for (const rate of [0.5, 1, 2]) {
  test(`at ${rate}, after five sentences the time left is right to a tenth, and it comes to nothing at the end`, () => {
    const words = "Somebody sits down beside you, and listens for as long as it takes. ".repeat(3);
    const article = page(Array.from({ length: 10 }, (_, i) => `<h2>Part ${i}</h2><p>${words.slice(0, 68 * (1 + (i % 3)))}</p>`).join(""));
    const { clock, player, send } = start({ article, settings: { rate }, pace: 83 });
    send("play");
    while (player.state.index < 5) clock.pass(50);
    const said = player.times().left;
    const since = clock.now();
    while (player.state.phase === "playing") clock.pass(50);
    assert.ok(Math.abs(said / (clock.now() - since) - 1) < 0.1, `${said} for ${clock.now() - since}`);
    assert.equal(player.times().left, 0);
  });
}

test("an hour of playing leaves nothing behind", () => {
  const { clock, player, send } = start();
  send("play");
  for (let i = 0; i < 600; i++) {
    clock.pass(6000);
    if (player.state.phase === "finished") send("play");
  }
  send("stop");
  assert.equal(clock.waiting, 0);
  assert.ok(Object.keys(player.state.paces).length === 1);
});

test("a yes to an online voice can be taken back, and nothing more is sent", () => {
  const { synth, player, phases, send } = start({ voices: [ONLINE], settings: { voice: idOf(ONLINE), online: idOf(ONLINE) } });
  assert.equal(player.state.phase, "ready");
  send("set", { settings: { voice: "" } });
  assert.equal(phases.at(-1), "online-only");
  send("play");
  assert.equal(synth.spoken.length, 0);
});

test("when the last voice goes away it says so, and never throws", () => {
  for (const before of [[LOCAL], []]) {
    const { clock, synth, player, phases, send } = start({ voices: before });
    clock.pass(before.length ? 0 : 4000);
    synth.setVoices([LOCAL]);
    synth.setVoices([]);
    assert.equal(phases.at(-1), "no-voice");
    send("play");
    assert.equal(player.state.phase, "silent");
    synth.setVoices([LOCAL]);
    assert.equal(player.state.phase, "ready");
  }
});

test("mute silences the question too", () => {
  const article = page('<p>A note.</p><div class="content-note-passage"><p>It hurt.</p></div>');
  for (const wait of [1200, 800]) {
    const { clock, synth, send, heard } = start({ article });
    send("play");
    clock.pass(wait);
    send("mute");
    assert.equal(synth.speaking, false);
    const before = heard().length;
    clock.pass(5000);
    assert.equal(heard().length, before);
  }
});

test("what took its time at one speed is not booked under another", () => {
  const { clock, player, send } = start();
  send("move", { by: 2 });
  send("play");
  clock.pass("Come in and sit.".length * 60 - 100);
  send("set", { settings: { rate: 2 } });
  clock.pass(150);
  assert.equal(player.state.index, 3);
  assert.deepEqual(player.state.paces, {});
});

test("muted, the time left is kept to, gaps and all", () => {
  const { clock, player, send } = start({ settings: { calm: true } });
  send("mute");
  send("play");
  clock.pass(100);
  const { left } = player.times();
  const since = clock.now();
  while (player.state.phase === "playing") clock.pass(50);
  assert.ok(Math.abs(clock.now() - since - left) < 300, `${left} for ${clock.now() - since}`);
});

test("a yes is for one online voice, not for every one", () => {
  const other = { ...ONLINE, name: "Google UK English", voiceURI: "uk" };
  const settings = { voice: idOf(ONLINE), online: idOf(ONLINE) };
  const { synth, player, send } = start({ voices: [LOCAL, ONLINE, other], settings });
  assert.equal(player.state.voice, idOf(ONLINE));
  send("set", { settings: { voice: idOf(other) } });
  assert.equal(player.state.voice, idOf(LOCAL));
  send("play");
  assert.equal(synth.spoken[0].voice, LOCAL);
});
