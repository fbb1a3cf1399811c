/**
 * Speaks with the browser's own voices (the Web Speech API), and always comes back with an answer.
 *
 * What the rules below are for: browsers lose `end` events, send them late, never start, stop in the middle without a
 * word, and are wedged by their own pause() and resume() and by an empty utterance. So there is one utterance in
 * flight, pausing is cancelling, and a watchdog stands over each start and each end.
 *
 * Another engine (recorded audio, a voice in WASM) is one file with the same four functions, handed to createPlayer in
 * place of this one. Its voices have what the Web Speech API's have: `voiceURI`, `name`, `lang` and `localService`.
 */

import { chunks } from "./text.js";
import { onDevice } from "./voices.js";

const LOCAL_CHARACTERS = 260;
const REMOTE_CHARACTERS = 160; // at speed 1; Google's voices die after about 14 seconds
const LOCAL_START_MS = 4000;
const REMOTE_START_MS = 8000;
const SETTLE_MS = 120; // some browsers swallow what is spoken in the moment of a cancel
const POLL_MS = 400;
const QUIET_POLLS = 3;
const SLOWEST_MS = 180; // for a character at speed 1: slower than any voice
const FASTEST_MS = 4; // and faster than any
const GRACE_MS = 4000;
const HOPELESS = new Set(["not-allowed", "language-unavailable", "voice-unavailable", "synthesis-unavailable"]);

/** An engine over `synth` (speechSynthesis), its `Utterance` constructor and a clock of `{now, set, clear}`. */
export function createEngine({ synth, Utterance, clock }) {
  let turn = 0; // every utterance has its own number; what an older one reports is not listened to
  let inFlight = null; // held on to: Chromium loses the `end` of an utterance that was garbage collected
  let cancelledAt = -SETTLE_MS;
  let timers = [];

  const after = (ms, act) => timers.push(clock.set(act, ms));

  /** Nothing is under way any more, and nothing that comes in late counts. */
  function settle() {
    turn += 1;
    timers.forEach((id) => clock.clear(id));
    timers = [];
    inFlight = null;
  }

  /** Ends our own speech, if there is any. What we did not start is not cancelled. */
  function hush() {
    const ours = inFlight !== null;
    settle();
    if (!ours) return;
    cancelledAt = clock.now();
    try {
      synth.cancel();
    } catch {
      // Speech has been taken away while we spoke: then it is silent.
    }
  }

  /**
   * Speaks `text` in place of what we were speaking. From silence, `synth.speak` has been called on return: Safari
   * speaks only within a click. Of many calls in a moment only the last is spoken.
   *
   * settings: `{voice, rate, pitch, volume}`, rate and pitch around 1, volume from 0 to 1.
   * report: `word(offset)` is called for each word as it is begun, where the voice tells. Of the others one is called,
   * once, unless `say` or `hush` comes first. `done(ms)`: how long it took, or null where that cannot be known.
   * `stopped()`: somebody else ended it. `failed(reason)`: after two failures in a row, a SpeechSynthesisErrorEvent
   * code, "no-start", "no-sound" or "no-end".
   */
  function say(text, settings, report) {
    const remote = !onDevice(settings.voice);
    const limit = remote ? Math.floor(REMOTE_CHARACTERS * settings.rate) : LOCAL_CHARACTERS;
    const job = { parts: chunks(text, limit), at: 0, failures: 0, ms: 0, remote, settings, report };
    hush();
    if (clock.now() - cancelledAt >= SETTLE_MS) return speakPart(job);
    cancelledAt = clock.now();
    after(SETTLE_MS, () => speakPart(job));
  }

  function speakPart(job) {
    const { settings, report } = job;
    const { text, start } = job.parts[job.at];
    const shortest = (text.length * FASTEST_MS) / settings.rate;
    const longest = (text.length * SLOWEST_MS) / settings.rate + GRACE_MS;
    let begun = false;
    settle();
    const mine = turn;
    const spokenAt = clock.now();

    const ended = (ms) => {
      settle();
      job.ms = ms === null || job.ms === null ? null : job.ms + ms;
      job.failures = 0;
      job.at += 1;
      if (job.at < job.parts.length) speakPart(job);
      else report.done(job.ms);
    };
    const failed = (reason) => {
      job.failures += 1;
      if (job.failures > 1 || HOPELESS.has(reason)) report.failed(reason);
      else after(SETTLE_MS, () => speakPart(job));
    };
    const timedOut = (reason) => {
      hush();
      failed(reason);
    };
    // An `end` can get lost: where the browser has said for a while that nobody speaks, it has ended.
    const listen = (quiet) =>
      after(POLL_MS, () => {
        if (quiet === QUIET_POLLS) ended(null);
        else listen(synth.speaking ? 0 : quiet + 1);
      });

    const started = () => {
      if (mine !== turn || begun) return;
      begun = true;
      timers.forEach((id) => clock.clear(id));
      timers = [];
      after(longest, () => timedOut("no-end"));
      listen(0);
    };

    const manner = {
      voice: settings.voice,
      lang: settings.voice.lang,
      rate: settings.rate,
      pitch: settings.pitch,
      volume: settings.volume,
      onstart: started,
      onboundary({ name, charIndex }) {
        started();
        if (mine === turn && name !== "sentence" && charIndex < text.length) report.word(start + charIndex);
      },
      onend() {
        if (mine !== turn) return;
        if (clock.now() - spokenAt >= shortest) return ended(clock.now() - spokenAt);
        settle();
        failed("no-sound");
      },
      onerror({ error }) {
        if (mine !== turn) return;
        settle();
        if (error === "interrupted" || error === "canceled") report.stopped(); // another page speaks: no fight
        else failed(error);
      },
    };
    after(job.remote ? REMOTE_START_MS : LOCAL_START_MS, () => timedOut("no-start"));
    try {
      inFlight = Object.assign(new Utterance(text), manner);
      synth.speak(inFlight);
    } catch {
      settle();
      failed("synthesis-failed");
    }
  }

  /** Some browsers that block speech give nothing here, or throw, or list voices that are none. */
  function voices() {
    try {
      return [...synth.getVoices()].filter(Boolean);
    } catch {
      return [];
    }
  }

  /** Calls `changed()` when there may be other voices, on browsers that tell. */
  const watch = (changed) => synth.addEventListener?.("voiceschanged", changed);

  return { say, hush, voices, watch };
}
