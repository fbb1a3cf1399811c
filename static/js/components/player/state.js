/**
 * What the player is doing, as one plain value, and how each event changes it. Nothing here speaks, waits or draws.
 *
 * phase: "loading", "silent" (no voice to speak with), "ready", "playing", "paused", "asking" (before a passage that
 * comes with a content note) or "finished".
 * problem: "" or the code of what went wrong, shown in place of the phase.
 * turn: goes up whenever the sentence at `index` must be spoken anew, or the question asked.
 * text: for each sentence `{size, paragraph, section, passage}`: characters, and running numbers (passage 0: none).
 * agreed: the passages that the listener wants to hear. voice: the id of the voice that speaks.
 * paces: by `paceKey`, what finished sentences took, as the sums that a line through them is drawn by (NOTHING, below).
 */

// Until a voice has been heard: for each sentence, and for a character at speed 1.
const START_MS = 100;
const CHARACTER_MS = 70;
const FIRST_GUESS = 5; // how many characters of measuring that is worth
const MOST_MEASURED = 3000; // characters; older ones slowly count for less
const CALMER = 0.85;
const PARAGRAPH_GAP_MS = 350;
const CALM_PARAGRAPH_GAP_MS = 1200;
const CALM_SENTENCE_GAP_MS = 500;

// -- Settings ------------------------------------------------------------------------------------

const between = (low, high, step) => (value) =>
  Number.isFinite(value) ? Math.round(Math.min(high, Math.max(low, value)) / step) / (1 / step) : undefined;
const oneOf = (...choices) => (value) => (choices.includes(value) ? value : undefined);
const flag = oneOf(true, false);
const id = (value) => (typeof value === "string" && value.length <= 300 ? value : undefined);

const KINDS = {
  rate: between(0.5, 2, 0.1), pitch: between(0.5, 1.5, 0.1), volume: between(0, 100, 1),
  voice: id, online: id, calm: flag, pauseAfter: oneOf("never", "sentence", "paragraph"),
  everywhere: flag, follow: flag, media: flag, remember: flag,
};

/** `voice`: the id of the one that was chosen, or ""; `online`: the id of the one that may send the text away, or "". */
export const DEFAULTS = Object.freeze({
  rate: 1, pitch: 1, volume: 100, voice: "", online: "", calm: false, pauseAfter: "never",
  everywhere: true, follow: true, media: false, remember: false,
});

/** `settings` with those of `given` that have a meaning, brought into their range; the rest is left out. */
export function tidy(settings, given) {
  const known = Object.entries(KINDS).map(([name, kind]) => [name, kind(given?.[name])]);
  return { ...settings, ...Object.fromEntries(known.filter(([, value]) => value !== undefined)) };
}

// -- Events --------------------------------------------------------------------------------------

export const initial = Object.freeze({
  phase: "loading", problem: "", index: 0, turn: 0, started: false, muted: false,
  text: [], agreed: [], voice: "", settings: DEFAULTS, paces: {},
});

/** The state after `event`, an object with a `type`; the same object when the event means nothing in this state. */
export function reduce(state, event) {
  return Object.hasOwn(events, event.type) ? events[event.type](state, event) : state;
}

const events = {
  text: (state, { text }) => ({ ...state, text }),

  /** {id}: this voice is there and is going to speak. */
  voice: (state, { id }) => (idle(state) ? { ...state, phase: "ready", problem: "", voice: id } : { ...state, voice: id }),

  /** {reason}: there is nothing to speak with, or nothing to speak; a voice may still come. */
  silent: (state, { reason }) => ({ ...state, phase: "silent", problem: reason }),

  play(state) {
    if (state.phase === "asking") return speaking({ ...state, agreed: [...state.agreed, here(state).passage] });
    if (state.phase === "finished") return speaking({ ...state, index: 0 });
    return state.phase === "ready" || state.phase === "paused" ? speaking(state) : state;
  },

  pause: (state) => (active(state) ? { ...state, phase: "paused" } : state),

  toggle: (state) => events[state.phase === "playing" ? "pause" : "play"](state),

  stop: (state) => (idle(state) || (state.phase === "ready" && !state.index) ? state : { ...state, phase: "ready", problem: "", index: 0 }),

  /** {by: 1 or -1, unit: "sentence" (unless told), "paragraph" or "section"}. Back goes to the beginning of it first. */
  move(state, { by, unit = "sentence" }) {
    const { text, phase } = state;
    if (idle(state) || (phase === "finished" && by > 0)) return state;
    const from = phase === "finished" ? text.length : state.index;
    if (phase === "asking" && by > 0 && unit !== "section") return events.seek(state, { index: behind(text, from, "passage") });
    if (unit === "sentence") return events.seek(state, { index: from + by });
    if (by > 0) return events.seek(state, { index: behind(text, from, unit) });
    const start = beginning(text, from, unit);
    return events.seek(state, { index: start < from ? start : beginning(text, from - 1, unit) });
  },

  /** {index}: to that sentence. Past the last one the article is finished. */
  seek(state, { index }) {
    if (idle(state)) return state;
    if (index >= state.text.length) return finished(state);
    const there = { ...state, index: Math.max(0, index), problem: "" };
    if (active(state)) return speaking(there);
    return state.phase === "finished" ? { ...there, phase: "paused" } : there;
  },

  /** The sentence once more, and on from there. */
  repeat: (state) => (idle(state) ? state : speaking(state)),

  /** {ms}: the sentence has been spoken, in so many milliseconds, or null where nobody knows. */
  spoken(state, { ms }) {
    if (state.phase !== "playing") return state;
    const known = ms === null ? state : measured(state, ms);
    const index = state.index + 1;
    if (index >= state.text.length) return finished(known);
    const { pauseAfter } = state.settings;
    const rest = pauseAfter === "sentence" || (pauseAfter === "paragraph" && state.text[index].paragraph !== here(state).paragraph);
    return rest ? { ...known, index, phase: "paused" } : speaking({ ...known, index });
  },

  /** {reason}: the voice gave up. */
  failed: (state, { reason }) => (state.phase === "playing" ? { ...state, phase: "paused", problem: reason } : state),

  /** {settings}: some of them anew. Moving the volume unmutes. */
  set: (state, { settings }) => ({ ...state, settings: tidy(state.settings, settings), muted: state.muted && !("volume" in settings) }),

  mute: (state) => ({ ...state, muted: !state.muted }),

  /** What a voice is given has changed in the middle of a sentence: speak on with that. */
  again: (state) => (state.phase === "playing" ? speaking(state) : state),
};

const idle = (state) => state.phase === "loading" || state.phase === "silent";
const active = (state) => state.phase === "playing" || state.phase === "asking";
const here = (state) => state.text[state.index];

/** Nobody hears unasked what a content note stands before. */
function speaking(state) {
  const { passage } = here(state);
  const phase = passage && !state.agreed.includes(passage) ? "asking" : "playing";
  return { ...state, phase, problem: "", started: true, turn: state.turn + 1 };
}

const finished = (state) => ({ ...state, phase: "finished", problem: "", index: state.text.length - 1 });

/** The first sentence behind the paragraph, section or passage of the one at `from`, and the first one in it. */
function behind(text, from, unit) {
  const next = text.findIndex((sentence, index) => index > from && sentence[unit] !== text[from][unit]);
  return next < 0 ? text.length : next;
}

function beginning(text, from, unit) {
  const at = Math.min(Math.max(from, 0), text.length - 1);
  return text.findIndex((sentence) => sentence[unit] === text[at][unit]);
}

// -- Times ---------------------------------------------------------------------------------------

/** How fast and how loud a voice is asked to be: 0.5 to 2, and 0 to 1. */
export const speed = ({ settings }) => Math.round(settings.rate * (settings.calm ? CALMER : 1) * 100) / 100;
export const loudness = (state) => (state.muted ? 0 : state.settings.volume / 100);

/** The breath before the sentence at `index`, in milliseconds. */
export function gap({ text, settings }, index) {
  if (index < 1) return 0;
  if (text[index].paragraph !== text[index - 1].paragraph) return settings.calm ? CALM_PARAGRAPH_GAP_MS : PARAGRAPH_GAP_MS;
  return settings.calm ? CALM_SENTENCE_GAP_MS : 0;
}

/** Under which a pace is kept. */
export const paceKey = (state) => `${speed(state)} ${state.voice}`;

// Of characters and milliseconds: how many sentences, and the sums of the squares and the products.
const NOTHING = Object.freeze({ count: 0, characters: 0, squares: 0, ms: 0, products: 0 });

/**
 * Milliseconds for a sentence, and for each of its characters: `{start, character}`. Measured, else from the same voice
 * at another speed, else guessed. Short sentences take longer for a character, because each has a start and an end.
 */
export function pace(state) {
  const sister = Object.keys(state.paces).find((key) => key.slice(key.indexOf(" ") + 1) === state.voice);
  const guess = sister ? line(state.paces[sister], { start: START_MS, character: CHARACTER_MS / parseFloat(sister) }) : null;
  const character = guess ? guess.character * parseFloat(sister) : CHARACTER_MS;
  return line(state.paces[paceKey(state)] ?? NOTHING, { start: guess?.start ?? START_MS, character: character / speed(state) });
}

/** The line of least squares through what was measured, held to `guess` like by one sentence of FIRST_GUESS characters. */
function line({ count, characters, squares, ms, products }, guess) {
  const [n, xx, y, xy] = [count + 1, squares + FIRST_GUESS ** 2, ms + guess.start, products + FIRST_GUESS ** 2 * guess.character];
  const character = (n * xy - characters * y) / (n * xx - characters ** 2);
  const start = (y - character * characters) / n;
  return start >= 0 && character > 0 ? { start, character } : { start: 0, character: xy / xx };
}

function measured(state, ms) {
  const key = paceKey(state);
  const { size } = here(state);
  const one = { count: 1, characters: size, squares: size ** 2, ms, products: size * ms };
  const old = state.paces[key] ?? NOTHING;
  const fades = old.characters > MOST_MEASURED ? 0.5 : 1;
  const now = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, old[name] * fades + one[name]]));
  return { ...state, paces: { ...state.paces, [key]: now } };
}

/** `{elapsed, left}` in milliseconds, `sinceMs` into the sentence at `index`; null before the text is there. */
export function times(state, sinceMs = 0, index = state.index) {
  if (!state.text.length) return null;
  const { start, character } = pace(state);
  const takes = state.text.map(({ size }, at) => gap(state, at) + start + size * character);
  const whole = takes.reduce((sum, ms) => sum + ms, 0);
  if (state.phase === "finished") return { elapsed: whole, left: 0 };
  const before = takes.slice(0, index).reduce((sum, ms) => sum + ms, 0);
  const elapsed = before + Math.min(sinceMs, takes[index]);
  return { elapsed, left: whole - elapsed };
}

/** Milliseconds as "4:05" or "1:04:05". */
export function clockTime(ms) {
  const seconds = Math.round(ms / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
