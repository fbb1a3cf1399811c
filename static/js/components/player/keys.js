/**
 * Which key does what, and where it may. Arrows need Ctrl, or Alt and Shift together (macOS takes Ctrl and arrows for
 * itself), so nothing here is ever a Shift pressed alone.
 */

const SPACE_PRESSES = "button, summary, a[href], select, input[type=checkbox]";
const HANDS_OFF = "a[href], button, input, select, textarea, summary, dialog, iframe, audio, video, [contenteditable], [role=dialog]";

const move = (by, unit) => ({ type: "move", by, unit });
const STEPS = {
  ArrowLeft: move(-1, "sentence"), ArrowRight: move(1, "sentence"),
  ArrowUp: move(-1, "paragraph"), ArrowDown: move(1, "paragraph"),
};
const LEAPS = {
  ArrowLeft: move(-1, "section"), ArrowRight: move(1, "section"), ArrowUp: move(-1, "section"), ArrowDown: move(1, "section"),
};
const ELSEWHERE = { ...STEPS, PageUp: move(-1, "section"), PageDown: move(1, "section") };
const PLAIN = { " ": "toggle", Escape: "stop", m: "mute", M: "mute", r: "repeat", R: "repeat" };

/** The event for the player (state.js, or `{type: "keys"}` for the list of keys) that a key press asks for, or null. */
export function command({ key, ctrlKey, altKey, metaKey, shiftKey, repeat }) {
  if (metaKey) return null;
  if (ctrlKey || altKey) {
    if (ctrlKey && altKey) return null;
    const keys = ctrlKey ? (shiftKey ? LEAPS : STEPS) : shiftKey ? ELSEWHERE : {};
    return Object.hasOwn(keys, key) ? keys[key] : null;
  }
  if (repeat) return null;
  if (key === "?") return { type: "keys" };
  return !shiftKey && Object.hasOwn(PLAIN, key) ? { type: PLAIN[key] } : null;
}

/**
 * Whether the press is ours to take. In the player all are, but for Space where it presses what has the focus and for
 * letters that look up a choice of a list. Elsewhere: once listening has begun, outside of anything that has keys of its
 * own, and Space only while there is something to pause or go on with, because else it scrolls the page.
 */
export function ours(event, { inside, everywhere, phase }) {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false;
  if (inside) {
    if (event.target.closest("select")) return event.ctrlKey || event.altKey;
    return !(event.key === " " && event.target.closest(SPACE_PRESSES));
  }
  if (!everywhere || event.target.closest?.(HANDS_OFF)) return false;
  return event.key !== " " || phase === "playing" || phase === "paused" || phase === "asking";
}
