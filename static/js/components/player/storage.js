/**
 * What the player remembers on this device, under one key: settings, how fast each voice is, and, when asked to, places.
 *
 * Where storage throws, or is `off` (discreet mode), it remembers nothing and everything else works. A place is the
 * number of a sentence and a print of its words, so that it is found again when the text around it has changed.
 */

import { DEFAULTS, tidy } from "./state.js";

const KEY = "player";
const VERSION = 1;
const MOST_PLACES = 20;
const MOST_PACES = 30;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** `open()` returns the browser's localStorage, or throws; `now()` is in milliseconds since 1970. */
export function createStorage({ open, now, off = false }) {
  let closed = off;
  if (off) {
    try {
      open().removeItem(KEY); // what was kept before
    } catch {
      // Nothing can have been kept there.
    }
  }

  function read() {
    const empty = { version: VERSION, settings: {}, paces: {}, places: {} };
    if (closed) return empty;
    try {
      const kept = JSON.parse(open().getItem(KEY));
      if (kept?.version !== VERSION) return empty;
      return { ...empty, settings: object(kept.settings), paces: valid(kept.paces, isPace), places: valid(kept.places, isPlace) };
    } catch {
      return empty;
    }
  }

  function change(act) {
    if (closed) return;
    const kept = read();
    act(kept);
    const fresh = Object.entries(kept.places).filter(([, { at }]) => now() - at < KEPT_MS);
    kept.places = Object.fromEntries(fresh.sort(([, one], [, other]) => other.at - one.at).slice(0, MOST_PLACES));
    kept.paces = Object.fromEntries(Object.entries(kept.paces).slice(-MOST_PACES));
    try {
      open().setItem(KEY, JSON.stringify(kept));
    } catch {
      // Full, or forbidden: then nothing is remembered.
    }
  }

  return {
    get settings() {
      return tidy(DEFAULTS, read().settings);
    },
    get paces() {
      return read().paces;
    },
    keepSettings: (settings) => change((kept) => (kept.settings = settings)),
    keepPaces: (paces) => change((kept) => (kept.paces = paces)),

    /** `{index, print}` of the place reached in the article at `path`, or null. */
    place(path) {
      const { places } = read();
      return Object.hasOwn(places, path) && now() - places[path].at < KEPT_MS ? places[path] : null;
    },
    keepPlace: (path, index, words) => change(({ places }) => (places[path] = { index, print: print(words), at: now() })),
    forget: (path) => change(({ places }) => delete places[path]),
    forgetAll: () => change((kept) => (kept.places = {})),

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
const valid = (rows, is) => Object.fromEntries(Object.entries(object(rows)).filter(([, row]) => is(object(row))));
const isPace = ({ ms, characters }) => ms > 0 && characters > 0 && Number.isFinite(ms / characters);
const isPlace = ({ index, print, at }) => Number.isInteger(index) && index >= 0 && Number.isInteger(print) && Number.isFinite(at);
