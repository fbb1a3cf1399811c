/**
 * speechSynthesis as browsers really behave, on a virtual clock. `mode` names a habit:
 *
 * "plain"         start, then end after 60 ms a character (`pace`)
 * "late-end"      Firefox: cancel() is answered by an `end`, some time later
 * "interrupted"   Chromium: cancel() is answered by an `error` "interrupted", some time later
 * "no-start"      says nothing at all, and never speaks
 * "no-end"        starts, and then seems to speak for ever
 * "lost-end"      starts, speaks and is silent, and the `end` never comes
 * "instant-end"   start and end at once, without a sound
 * "stalls"        Google's online voices: silent after 14 s, with neither end nor error
 * "dead-once"     the first utterance never starts, the others do
 * "dead-often"    every other utterance never starts
 * "swallows"      what is spoken in the moment of a cancel is lost
 * "fails"         answers each utterance with the error named by `error`
 *
 * With `words` it tells each word as it begins, as most voices do and online ones do not.
 *
 * pause(), resume() and an empty utterance wedge it for good, as they do Chromium on Linux.
 */
export class Utterance {
  constructor(text) {
    this.text = text;
  }
}

const HABIT_MS = 50;

export function fakeSynth(clock, { mode = "plain", voices = [LOCAL], error = "synthesis-failed", pace = 60, words = false } = {}) {
  const listeners = new Set();
  let queue = [];
  let timers = [];
  let wedged = false;
  let cancelledAt = -Infinity;

  const later = (ms, act) => timers.push(clock.set(act, ms));

  const begin = () => {
    const utterance = queue[0];
    if (!utterance || wedged) return;
    const before = synth.spoken.length;
    const dead = { "no-start": true, "dead-once": before === 0, "dead-often": before % 2 === 0 }[synth.mode];
    synth.spoken.push(utterance);
    if (dead) return;
    if (synth.mode === "fails") return later(1, () => finish("error", { error }));
    if (synth.mode === "instant-end") {
      return later(1, () => {
        utterance.onstart?.({});
        finish("end", {});
      });
    }
    later(10, () => {
      synth.heard.push(utterance);
      utterance.onstart?.({});
      const ms = (utterance.text.length * pace) / utterance.rate;
      for (const { index } of words ? utterance.text.matchAll(/\S+/g) : []) {
        later((index * pace) / utterance.rate, () => utterance.onboundary?.({ name: "word", charIndex: index }));
      }
      if (synth.mode === "no-end" || (synth.mode === "stalls" && ms > 14000)) return;
      later(ms, () => (synth.mode === "lost-end" ? finish() : finish("end", {})));
    });
  };

  const finish = (type, event) => {
    const utterance = queue.shift();
    timers = [];
    const next = queue[0];
    utterance[`on${type}`]?.(event);
    if (next && next === queue[0]) begin();
  };

  const synth = {
    mode,
    spoken: [], // every utterance handed over
    heard: [], // those that made a sound
    cancels: 0,
    most: 0, // the longest the queue ever was
    get speaking() {
      return queue.length > 0;
    },
    getVoices: () => voices,
    setVoices(more) {
      voices = more;
      for (const listener of listeners) listener({ type: "voiceschanged" });
    },
    arrive(more) {
      voices = more; // without a word, as some browsers do
    },
    addEventListener: (type, listener) => type === "voiceschanged" && listeners.add(listener),
    speak(utterance) {
      if (!utterance.text.trim()) wedged = true;
      if (synth.mode === "swallows" && clock.now() - cancelledAt < HABIT_MS) return;
      queue.push(utterance);
      synth.most = Math.max(synth.most, queue.length);
      if (queue.length === 1) begin();
    },
    cancel() {
      synth.cancels += 1;
      cancelledAt = clock.now();
      timers.forEach((id) => clock.clear(id));
      timers = [];
      const dropped = queue;
      queue = [];
      for (const utterance of dropped) {
        if (synth.mode === "late-end") clock.set(() => utterance.onend?.({}), HABIT_MS * 4);
        if (synth.mode === "interrupted") clock.set(() => utterance.onerror?.({ error: "interrupted" }), HABIT_MS * 4);
      }
    },
    /** Somebody else's cancel: another page begins to speak. */
    interrupt() {
      timers.forEach((id) => clock.clear(id));
      timers = [];
      finish("error", { error: "interrupted" });
    },
    pause: () => (wedged = true),
    resume: () => (wedged = true),
    get wedged() {
      return wedged;
    },
  };
  return synth;
}

const voice = (name, lang, more) => ({ name, lang, voiceURI: name, localService: true, default: false, ...more });

export const LOCAL = voice("English (America)", "en-US");
export const BRITISH = voice("English (Great Britain)", "en-GB");
export const FRENCH = voice("French (France)", "fr-FR", { default: true });
export const ONLINE = voice("Google US English", "en-US", { localService: false, default: true });
export const FIREFOX = voice("English", "en-US", { localService: false, voiceURI: "urn:moz-tts:speechd:English?en" });
export { voice };
