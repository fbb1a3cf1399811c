// Tells three lone taps of Shift from every other use of the key. Knows nothing of the page, so it is tested by itself.
//
// A tap is Shift pressed and released with nothing in between: no other key, no other modifier, no second Shift key, no
// mouse, no automatic repeat. The three must be done within 2 seconds, from the first press to the last release.

const TAPS = 3;
const WITHIN = 2000;

export class ShiftTaps {
  #begun = []; // when each tap so far was pressed, in milliseconds
  #pressed = null; // when the Shift now held went down; null when none is held, or when it has been put to other use

  /** Take a keydown event. */
  down(event) {
    if (!isAlone(event) || event.repeat || this.#pressed !== null) return this.spoil();
    this.#pressed = event.timeStamp;
  }

  /** Take a keyup event. Returns true when it ends the third tap. */
  up(event) {
    if (!isAlone(event) || this.#pressed === null) return this.spoil();
    this.#begun = [...this.#begun, this.#pressed].filter((begun) => event.timeStamp - begun <= WITHIN);
    this.#pressed = null;
    if (this.#begun.length < TAPS) return false;
    return !this.spoil();
  }

  /** Something else was used: the count starts again. */
  spoil() {
    this.#begun = [];
    this.#pressed = null;
    return false;
  }
}

function isAlone(event) {
  return event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
}
