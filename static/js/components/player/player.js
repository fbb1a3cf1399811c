/** Joins the parts: the state says what should be heard, the engine says it, `changed` shows it. Knows no page. */

import { initial, loudness, reduce, times } from "./state.js";
import { awaitVoice } from "./voices.js";

const BETWEEN_BLOCKS_MS = 350;
const VOLUME_SETTLES_MS = 300;

/**
 * A player over `engine` (null where the browser has none), `synth` for its voices, and `clock`.
 *
 * `changed(state, before)` is called after each change. Returned: `{state, send, times, load}`.
 */
export function createPlayer({ engine, synth, clock, changed }) {
  let state = initial;
  let list = [];
  let voice = null;
  let waiting = null; // the breath before a new paragraph, or a sentence passing unheard
  let louder = null; // waits until the slider rests
  let since = clock.now(); // when the sentence at hand came up, its breath before it included

  function send(event) {
    const before = state;
    state = reduce(before, event);
    if (state === before) return;
    if (state.turn !== before.turn) speak(event);
    else if (before.phase === "playing" && state.phase !== "playing") silence();
    if (loudness(state) !== loudness(before)) heard(event);
    changed(state, before);
  }

  function speak({ type }) {
    forget();
    since = clock.now();
    const newBlock = type === "spoken" && list[state.index].paragraph !== list[state.index - 1].paragraph;
    if (newBlock) waiting = clock.set(() => say(BETWEEN_BLOCKS_MS), BETWEEN_BLOCKS_MS);
    else say(0);
  }

  function say(breath) {
    const { spoken } = list[state.index];
    const volume = loudness(state);
    if (!volume) {
      engine.hush(); // some voices speak at volume 0 too, so the sentence is only given its time
      waiting = clock.set(() => send({ type: "spoken", ms: null }), spoken.length * state.pace);
      return;
    }
    engine.say(spoken, { voice, rate: 1, pitch: 1, volume }, {
      done: (ms) => send({ type: "spoken", ms: ms === null ? null : breath + ms }),
      stopped: () => send({ type: "pause" }),
      failed: (reason) => send({ type: "failed", reason }),
    });
  }

  function silence() {
    forget();
    engine.hush();
  }

  function forget() {
    clock.clear(waiting);
    clock.clear(louder);
  }

  /** A voice cannot be turned up in the middle of a sentence. Mute is at once, the slider when it rests. */
  function heard({ type }) {
    clock.clear(louder);
    if (state.phase === "playing") louder = clock.set(() => send({ type: "again" }), type === "mute" ? 0 : VOLUME_SETTLES_MS);
  }

  return {
    get state() {
      return state;
    },
    send,
    times: () => times(state, state.phase === "playing" ? clock.now() - since : 0),

    /** Gives the player its sentences (text.js) in `language`, and wakes it as soon as a voice is there. */
    load(sentences, language) {
      list = sentences;
      send({ type: "text", sizes: list.map((sentence) => sentence.spoken.length) });
      if (!list.length) return send({ type: "silent", reason: "no-text" });
      if (!engine) return send({ type: "silent", reason: "no-speech" });
      awaitVoice({
        synth,
        clock,
        language,
        found(best) {
          voice = best;
          send({ type: "voice" });
        },
        missing: (reason) => send({ type: "silent", reason }),
      });
    },
  };
}
