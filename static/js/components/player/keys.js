/** Which key does what, and where it may. Arrows need Ctrl, so nothing here is ever a Shift pressed alone. */

const SPACE_PRESSES = "button, summary, a[href], select, input[type=checkbox]";
const HANDS_OFF = "a[href], button, input, select, textarea, summary, dialog, iframe, audio, video, [contenteditable], [role=dialog]";

/** The event for the player (state.js, or `{type: "keys"}` for the list of keys) that a key press asks for, or null. */
export function command({ key, ctrlKey, altKey, metaKey, shiftKey, repeat }) {
  if (altKey || metaKey) return null;
  if (ctrlKey) return shiftKey ? null : ({ ArrowLeft: { type: "move", by: -1 }, ArrowRight: { type: "move", by: 1 } }[key] ?? null);
  if (repeat) return null;
  if (key === "?") return { type: "keys" };
  if (shiftKey) return null;
  return { " ": { type: "toggle" }, Escape: { type: "stop" }, m: { type: "mute" }, M: { type: "mute" } }[key] ?? null;
}

/**
 * Whether the press is ours to take. In the player all are, but for Space where it presses what has the focus.
 * Elsewhere: once listening has begun, outside of anything that has keys of its own, and Space only while there is
 * something to pause or go on with, because else it scrolls the page.
 */
export function ours(event, { inside, everywhere, phase }) {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false;
  if (inside) return !(event.key === " " && event.target.closest(SPACE_PRESSES));
  if (!everywhere || event.target.closest?.(HANDS_OFF)) return false;
  return event.key !== " " || phase === "playing" || phase === "paused";
}
