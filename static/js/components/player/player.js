/** Joins the parts: the state says what should be heard, the engine says it, `changed` shows it. Knows no page. */

import { gap, initial, loudness, reduce, speed, tidy, times } from "./state.js";
import { choose, idOf, watchVoices, why } from "./voices.js";

const SETTLES_MS = 300;
const PROMPT_GAP_MS = 500;

/**
 * A player over `engine` (engine.js; null where the browser has none) and `clock`; `settings` and `paces` are those of an
 * earlier visit.
 *
 * `changed(state, before)` is called after each change, `listed(voices)` when there are other voices to choose from, and
 * `word(offset)` when the voice begins a word of what the sentence at hand has as `spoken`.
 * Returned: `{state, send, times, load}`.
 */
export function createPlayer({ engine, clock, changed, listed = () => {}, word = () => {}, settings, paces = {} }) {
  let state = { ...initial, settings: tidy(initial.settings, settings), paces };
  let list = [];
  let prompt = "";
  let voices = [];
  let language = "en";
  let waiting = null; // the breath before a sentence, or a sentence passing unheard
  let resting = null; // until a slider rests
  let since = clock.now(); // when the sentence at hand came up, its breath before it included
  let reached = 0; // the word of it that the voice has come to

  function send(event) {
    const before = state;
    state = reduce(before, event);
    if (state === before) return;
    if (wanted(state) !== wanted(before)) pick();
    if (state.turn !== before.turn) speak(event);
    else if (isActive(before) && !isActive(state)) silence();
    if (sound(state) !== sound(before)) heard(event);
    changed(state, before);
  }

  function speak({ type }) {
    forget();
    if (type !== "again") [since, reached] = [clock.now(), 0];
    if (state.phase === "asking") return ask();
    const breath = type === "spoken" ? gap(state, state.index) : 0;
    if (breath) waiting = clock.set(say, breath);
    else say();
  }

  function say() {
    const { spoken } = list[state.index];
    const from = reached;
    const asked = sound(state);
    if (!loudness(state)) {
      engine.hush(); // some voices speak at volume 0 too, so the sentence is only given its time
      const rest = times(state, clock.now() - since).left - times(state, Infinity).left;
      waiting = clock.set(() => send({ type: "spoken", ms: null }), Math.max(0, rest));
      return;
    }
    engine.say(spoken.slice(from), manner(), {
      word(offset) {
        reached = from + offset;
        word(reached);
      },
      done: (ms) => send({ type: "spoken", ms: from || asked !== sound(state) ? null : ms }),
      stopped: () => send({ type: "pause" }),
      failed: (reason) => send({ type: "failed", reason }),
    });
  }

  /** The note itself has just been read. Who listens without looking must hear that an answer is waited for. */
  function ask() {
    engine.hush();
    if (!prompt || !loudness(state)) return;
    const nothing = () => {};
    const say = () => loudness(state) && engine.say(prompt, manner(), { word: nothing, done: nothing, stopped: nothing, failed: nothing });
    waiting = clock.set(say, PROMPT_GAP_MS);
  }

  const manner = () => ({
    voice: voices.find((voice) => idOf(voice) === state.voice),
    rate: speed(state),
    pitch: state.settings.pitch,
    volume: loudness(state),
  });

  function silence() {
    forget();
    engine.hush();
  }

  function forget() {
    clock.clear(waiting);
    clock.clear(resting);
  }

  /** A voice cannot be changed while it speaks: it goes on, from the word it had come to, when the slider rests. */
  function heard({ type }) {
    clock.clear(resting);
    if (state.phase === "asking" && !loudness(state)) silence();
    if (state.phase === "playing") resting = clock.set(() => send({ type: "again" }), type === "mute" ? 0 : SETTLES_MS);
  }

  /** Whether there is a voice to speak with; it is taken. Where the one that was there is gone, so is the speech. */
  function pick() {
    const voice = choose(voices, language, state.settings);
    if (!voice && state.phase !== "loading" && state.phase !== "silent") send({ type: "silent", reason: why(voices, language) });
    if (voice && (idOf(voice) !== state.voice || state.phase === "silent" || state.phase === "loading")) send({ type: "voice", id: idOf(voice) });
    return voice !== null;
  }

  return {
    get state() {
      return state;
    },
    send,

    /** Of the place reached, or of the beginning of the sentence at `index`. */
    times: (index) => times(state, index === undefined && state.phase === "playing" ? clock.now() - since : 0, index),

    /** Gives the player its sentences (text.js) in `language`, and wakes it as soon as a voice is there. */
    load(sentences, spokenLanguage, question = "") {
      list = sentences;
      language = spokenLanguage;
      prompt = question;
      send({ type: "text", text: list.map(facts([])) });
      if (!list.length) return send({ type: "silent", reason: "no-text" });
      if (!engine) return send({ type: "silent", reason: "no-speech" });
      watchVoices({
        engine,
        clock,
        language,
        listed(found) {
          const same = found.length === voices.length && found.every((voice, index) => idOf(voice) === idOf(voices[index]));
          voices = found;
          if (!same) listed(voices); // while none is there it is looked for ten times a second
          return pick();
        },
        missing: (reason) => send({ type: "silent", reason }),
      });
    },
  };
}

const isActive = ({ phase }) => phase === "playing" || phase === "asking";
const wanted = ({ settings }) => `${settings.online} ${settings.voice}`;
const sound = (state) => [loudness(state), speed(state), state.settings.pitch, state.voice].join();

/** What the state needs to know of a sentence; passages are numbered from 1. */
const facts = (notes) => ({ spoken, paragraph, section, block: { note } }) => {
  if (note && !notes.includes(note)) notes.push(note);
  return { size: spoken.length, paragraph, section, passage: note ? notes.indexOf(note) + 1 : 0 };
};
