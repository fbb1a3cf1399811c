/** Which voice reads, and waiting for it: browsers list their voices late, twice, or never. */

const SOON_MS = 100;
const LATER_MS = 2000;
const PATIENCE_MS = 3000;

// macOS lists these before its good voices, and any of them would make a page sound like a joke.
const NOVELTY =
  /^(albert|bad news|bahh|bells|boing|bubbles|cellos|deranged|good news|hysterical|jester|organ|pipe organ|superstar|trinoids|whisper|wobble|zarvox|fred|junior|kathy|ralph|princess|eddy|flo|grandma|grandpa|reed|rocko|sandy|shelley)\b/i;
const BETTER = /\b(natural|enhanced|premium|neural|siri|samantha|ava|allison|alex|aria|jenny|zira|daniel|karen|moira|serena)\b/i;

/** Whether the voice speaks on the device itself. Firefox's own voices do, whatever they say of themselves. */
export function onDevice(voice) {
  return voice.localService || String(voice.voiceURI).startsWith("urn:moz-tts:");
}

/**
 * The best on-device voice for `language` (a BCP 47 tag), or null.
 *
 * An online voice is never chosen here: it would send what somebody reads to another company. The `default` flag is
 * not looked at: browsers set it on a voice of another language, on several, or on none.
 */
export function choose(voices, language) {
  const wanted = tag(language);
  let best = null;
  let bestScore = -1;
  for (const voice of voices) {
    const own = tag(voice.lang);
    if (!onDevice(voice) || own[0] !== wanted[0]) continue;
    const name = String(voice.name);
    const score =
      (own[1] && own[1] === wanted[1] ? 4 : 0) + (BETTER.test(name) ? 2 : 0) + (name.includes("+") ? 0 : 1) + (NOVELTY.test(name) ? 0 : 8);
    if (score > bestScore) [best, bestScore] = [voice, score];
  }
  return best;
}

function tag(language) {
  return String(language).toLowerCase().replace("_", "-").split("-");
}

/**
 * Calls `found(voice)` once a fitting voice is there. `missing(reason)` is called when none has come within three
 * seconds, and the waiting goes on. The reason is "no-voice", "no-language" or "online-only".
 */
export function awaitVoice({ synth, clock, language, found, missing }) {
  const since = clock.now();
  let timer = null;
  let told = null;

  const look = () => {
    clock.clear(timer);
    const voices = synth.getVoices();
    const voice = choose(voices, language);
    if (voice) {
      synth.removeEventListener?.("voiceschanged", look);
      found(voice);
      return;
    }
    const patient = clock.now() - since < PATIENCE_MS;
    const reason = why(voices, language);
    if (!patient && reason !== told) missing((told = reason));
    timer = clock.set(look, patient ? SOON_MS : LATER_MS);
  };

  synth.addEventListener?.("voiceschanged", look);
  look();
}

function why(voices, language) {
  if (!voices.length) return "no-voice";
  return voices.some((voice) => tag(voice.lang)[0] === tag(language)[0]) ? "online-only" : "no-language";
}
