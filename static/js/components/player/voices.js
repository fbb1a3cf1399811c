/** Which voice reads, and waiting for it: browsers list their voices late, twice, by the thousand, or never. */

const SOON_MS = 100;
const LATER_MS = 2000;
const PATIENCE_MS = 3000;
const MOST = 60;

// macOS lists these before its good voices, and any of them would make a page sound like a joke.
const NOVELTY =
  /^(albert|bad news|bahh|bells|boing|bubbles|cellos|deranged|good news|hysterical|jester|organ|pipe organ|superstar|trinoids|whisper|wobble|zarvox|fred|junior|kathy|ralph|princess|eddy|flo|grandma|grandpa|reed|rocko|sandy|shelley)\b/i;
const BETTER = /\b(natural|enhanced|premium|neural|siri|samantha|ava|allison|alex|aria|jenny|zira|daniel|karen|moira|serena)\b/i;

/** Whether the voice speaks on the device itself. Firefox's own voices do, whatever they say of themselves. */
export function onDevice(voice) {
  return voice.localService || String(voice.voiceURI).startsWith("urn:moz-tts:");
}

/** Its name and language too, because some systems give several voices one address. */
export const idOf = ({ voiceURI, name, lang }) => `${voiceURI} ${name} ${lang}`;

export const speaks = (voice, language) => tag(voice.lang)[0] === tag(language)[0];

/**
 * The voices worth choosing from, at most 60: those of `language` (a BCP 47 tag) first, of these the ones on the device
 * before the online ones, and the better before the odd. Of many variants of one voice the best stands for all.
 */
export function shortlist(voices, language) {
  const kinds = new Map();
  for (const voice of voices) {
    const kind = `${onDevice(voice)} ${voice.lang} ${String(voice.name).split("+")[0]}`;
    const points = score(voice, language);
    if (!(kinds.get(kind)?.score >= points)) kinds.set(kind, { voice, score: points });
  }
  const best = [...kinds.values()].sort((one, other) => other.score - one.score);
  return best.slice(0, MOST).map(({ voice }) => voice);
}

function score(voice, language) {
  const [wanted, country] = tag(language);
  const [own, ownCountry] = tag(voice.lang);
  const name = String(voice.name);
  return (
    (own === wanted ? 64 : 0) + (onDevice(voice) ? 32 : 0) + (NOVELTY.test(name) ? 0 : 16) +
    (country && ownCountry === country ? 4 : 0) + (BETTER.test(name) ? 2 : 0) + (name.includes("+") ? 0 : 1)
  );
}

/**
 * Who speaks, of a shortlist: the voice that was chosen, else the best on-device one for `language`, or null.
 *
 * An online voice is never chosen here unless the listener agreed to this one (`settings.online`): it sends what they
 * hear to another company. The `default` flag is not looked at: browsers set it on a voice of another language, on several, or on none.
 */
export function choose(list, language, settings = {}) {
  const chosen = list.find((voice) => idOf(voice) === settings.voice && (onDevice(voice) || idOf(voice) === settings.online));
  return chosen ?? list.find((voice) => onDevice(voice) && speaks(voice, language)) ?? null;
}

function tag(language) {
  return String(language).toLowerCase().replace("_", "-").split("-");
}

/**
 * Calls `listed(shortlist)` for the voices that `engine` has and whenever it has others; it answers whether one can speak.
 * `missing(reason)` is called when after three seconds none can, and the waiting goes on. The reason is "no-voice",
 * "no-language" or "online-only".
 */
export function watchVoices({ engine, clock, language, listed, missing }) {
  const since = clock.now();
  let timer = null;
  let told = null;

  const look = () => {
    clock.clear(timer);
    const voices = engine.voices();
    if (listed(shortlist(voices, language))) return void (told = null);
    const patient = clock.now() - since < PATIENCE_MS;
    const reason = why(voices, language);
    if (!patient && reason !== told) missing((told = reason));
    timer = clock.set(look, patient ? SOON_MS : LATER_MS);
  };

  engine.watch(look);
  look();
}

/** Why none of `voices` can speak `language` unasked. */
export function why(voices, language) {
  if (!voices.length) return "no-voice";
  return voices.some((voice) => speaks(voice, language)) ? "online-only" : "no-language";
}
