/**
 * What the player remembers on this device, under one key: settings, how fast each voice is, and, when asked to, places.
 *
 * Where storage throws, or is `off` (discreet mode), it remembers nothing and everything else works. A place is the
 * number of a sentence and a print of its words, so that it is found again when the text around it has changed. Several
 * tabs share what is kept, so each writes only what changed in it.
 */

import { DEFAULTS, tidy } from "./state.js";

export const KEY = "player";
const VERSION = 1;
const MOST_PLACES = 20;
const MOST_PACES = 30;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** `open()` returns the browser's localStorage, or throws; `now()` is in milliseconds since 1970. */
export function createStorage({ open, now, off = false }) {
  let closed = off;
  function read() {
    const empty = { version: VERSION, settings: {}, paces: {}, places: {} };
    if (closed) return empty;
    try {
      const kept = JSON.parse(open().getItem(KEY));
      if (kept?.version !== VERSION) return empty;
      const settings = object(kept.settings);
      const places = settings.remember === true ? valid(kept.places, isPlace) : {};
      return { ...empty, settings, paces: valid(kept.paces, isPace), places };
    } catch {
      return empty;
    }
  }

  function change(act) {
    if (closed) return;
    const kept = read();
    act(kept);
    const places = Object.entries(kept.settings.remember === true ? kept.places : {});
    kept.places = Object.fromEntries(places.sort(([, one], [, other]) => other.at - one.at).slice(0, MOST_PLACES));
    kept.paces = Object.fromEntries(Object.entries(kept.paces).slice(-MOST_PACES));
    try {
      open().setItem(KEY, JSON.stringify(kept));
    } catch {
      // Full, or forbidden: then nothing is remembered.
    }
  }

  const isPlace = ({ index, print, at }) =>
    Number.isInteger(index) && index >= 0 && Number.isInteger(print) && Number.isFinite(at) && now() - at < KEPT_MS;

  try {
    if (off) open().removeItem(KEY); // what was kept before
    else if (open().getItem(KEY)) change(() => {}); // what is too old goes, though nothing new comes
  } catch {
    // Nothing can have been kept there.
  }

  return {
    get settings() {
      return tidy(DEFAULTS, read().settings);
    },
    get paces() {
      return read().paces;
    },
    /** Those that changed. While `remember` is not among what is kept, no place is. */
    keepSettings: (changed) => change((kept) => Object.assign(kept.settings, changed)),
    /** Those that changed, which count as the newest. */
    keepPaces: (changed) => change((kept) => {
      for (const key of Object.keys(changed)) delete kept.paces[key];
      Object.assign(kept.paces, changed);
    }),

    /** `{index, print}` of the place reached in the article at `path`, or null. */
    place(path) {
      const { places } = read();
      return Object.hasOwn(places, path) ? places[path] : null;
    },
    keepPlace: (path, index, words) => change(({ places }) => (places[path] = { index, print: print(words), at: now() })),
    forget: (path) => change(({ places }) => delete places[path]),

    /** From here on nothing is read or written: the visitor is leaving, and what there was has been cleared. */
    close: () => (closed = true),
  };
}

/** Which of `list` is the sentence of a `place`; -1 when it is not there any more. */
export function find(list, { index, print: wanted }) {
  const is = (sentence) => sentence !== undefined && print(sentence.spoken) === wanted;
  return is(list[index]) ? index : list.findIndex(is);
}

/** The words of a sentence as a number (FNV-1a, 32 bits): enough to know them again, too little to read them. */
function print(words) {
  let hash = 0x811c9dc5;
  for (const letter of words) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return hash;
}

const object = (value) => (value && typeof value === "object" ? value : {});
const valid = (rows, is) => Object.fromEntries(Object.entries(object(rows)).filter(([key, row]) => is(object(row), key)));
// Sums that sentences could have, at 1 to 2000 milliseconds for a character; false for what is no number.
const isPace = ({ count, characters, squares, ms, products }, key) =>
  parseFloat(key) > 0 && count >= 0.5 && count <= characters && characters < 1e6 && isLikely(ms / characters) &&
  squares * count >= characters ** 2 * 0.999 && squares <= characters ** 2 && isLikely(products / squares);
const isLikely = (pace) => pace >= 1 && pace <= 2000;
