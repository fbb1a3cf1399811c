/**
 * What the player is doing, as one plain value, and how each event changes it. Nothing here speaks, waits or draws.
 *
 * phase: "loading", "silent" (no voice to speak with), "ready", "playing", "paused" or "finished".
 * problem: "" or the code of what went wrong, shown in place of the phase.
 * turn: goes up whenever the sentence at `index` must be spoken anew.
 * sizes: the characters of each sentence; pace: the milliseconds a character takes, pauses and all, as measured so far.
 */

const PACE_MS = 70;
const PACE_TRUST = 100; // how many characters of measuring our first guess is worth

export const initial = Object.freeze({
  phase: "loading",
  problem: "",
  index: 0,
  turn: 0,
  sizes: [],
  volume: 100,
  muted: false,
  started: false,
  pace: PACE_MS,
  measured: PACE_TRUST,
});

/** The state after `event`, an object with a `type`; the same object when the event means nothing in this state. */
export function reduce(state, event) {
  return Object.hasOwn(events, event.type) ? events[event.type](state, event) : state;
}

const events = {
  /** {sizes}: the text is there. */
  text: (state, { sizes }) => ({ ...state, sizes }),

  /** A voice is there. */
  voice: (state) => (idle(state) ? { ...state, phase: "ready", problem: "" } : state),

  /** {reason}: there is nothing to speak with, or nothing to speak; a voice may still come. */
  silent: (state, { reason }) => ({ ...state, phase: "silent", problem: reason }),

  play: (state) => (["ready", "paused", "finished"].includes(state.phase) ? speaking(state) : state),

  pause: (state) => (state.phase === "playing" ? { ...state, phase: "paused" } : state),

  toggle: (state) => events[state.phase === "playing" ? "pause" : "play"](state),

  stop: (state) => (idle(state) || (state.phase === "ready" && !state.index) ? state : { ...state, phase: "ready", problem: "", index: 0 }),

  /** {by}: that many sentences on, or back. */
  move: (state, { by }) => {
    const from = state.phase === "finished" ? state.sizes.length : state.index;
    return events.seek(state, { index: from + by });
  },

  /** {index}: to that sentence. Past the last one the article is finished. */
  seek: (state, { index }) => {
    if (idle(state)) return state;
    if (index >= state.sizes.length) return finished(state);
    const here = { ...state, index: Math.max(0, index), problem: "" };
    if (state.phase === "playing") return speaking(here);
    return state.phase === "finished" ? { ...here, phase: "paused" } : here;
  },

  /** {ms}: the sentence has been spoken, in so many milliseconds, or null where nobody knows. */
  spoken: (state, { ms }) => {
    if (state.phase !== "playing") return state;
    const size = state.sizes[state.index];
    const known = ms === null ? state : measure(state, size, ms);
    return state.index + 1 < state.sizes.length ? speaking({ ...known, index: state.index + 1 }) : finished(known);
  },

  /** {reason}: the voice gave up. */
  failed: (state, { reason }) => (state.phase === "playing" ? { ...state, phase: "paused", problem: reason } : state),

  /** {to}: 0 to 100. Moving it unmutes. */
  volume: (state, { to }) => ({ ...state, volume: Math.min(100, Math.max(0, Math.round(to))), muted: false }),

  mute: (state) => ({ ...state, muted: !state.muted }),

  /** What a voice is given has changed in the middle of a sentence: say it again. */
  again: (state) => (state.phase === "playing" ? speaking(state) : state),
};

const idle = (state) => state.phase === "loading" || state.phase === "silent";

const speaking = (state) => ({
  ...state,
  phase: "playing",
  problem: "",
  started: true,
  index: state.phase === "finished" ? 0 : state.index,
  turn: state.turn + 1,
});

const finished = (state) => ({ ...state, phase: "finished", problem: "", index: state.sizes.length - 1 });

const measure = (state, size, ms) => ({
  ...state,
  pace: (state.pace * state.measured + ms) / (state.measured + size),
  measured: state.measured + size,
});

// -- What can be told from a state ---------------------------------------------------------------

/** How loud the voice is to be, 0 to 1. */
export const loudness = (state) => (state.muted ? 0 : state.volume / 100);

/** `{elapsed, left}` in milliseconds, `sinceMs` into the sentence at `index`; null before the text is there. */
export function times(state, sinceMs = 0) {
  if (!state.sizes.length) return null;
  const whole = characters(state.sizes) * state.pace;
  if (state.phase === "finished") return { elapsed: whole, left: 0 };
  const here = state.sizes[state.index] * state.pace;
  const elapsed = characters(state.sizes.slice(0, state.index)) * state.pace + Math.min(sinceMs, here);
  return { elapsed, left: whole - elapsed };
}

const characters = (sizes) => sizes.reduce((sum, size) => sum + size, 0);

/** Milliseconds as "4:05" or "1:04:05". */
export function clockTime(ms) {
  const seconds = Math.round(ms / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
