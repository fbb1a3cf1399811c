/** Marks what is being read, as with a highlighter, without touching the text, and keeps it in sight. */

const SENTENCE = "read-aloud";
const WORD = "read-aloud-word";

/**
 * For the page: `show(range)` marks a sentence, `word(range)` a word of it, `clear()` neither. By the CSS Custom Highlight
 * API where there is one, else by boxes laid over the sentence.
 */
export function createHighlighter(window) {
  return window.CSS?.highlights && window.Highlight ? painted(window) : laidOver(window);
}

function painted({ CSS, Highlight }) {
  return {
    show(range) {
      CSS.highlights.delete(WORD);
      CSS.highlights.set(SENTENCE, new Highlight(range));
    },
    word: (range) => CSS.highlights.set(WORD, Object.assign(new Highlight(range), { priority: 1 })),
    clear: () => [SENTENCE, WORD].forEach((name) => CSS.highlights.delete(name)),
  };
}

function laidOver(window) {
  const { document } = window;
  const layer = document.createElement("div");
  layer.className = "player-overlay";
  layer.setAttribute("aria-hidden", "true");
  let shown = null;

  const draw = () => {
    layer.replaceChildren();
    if (!shown) return;
    for (const { left, top, width, height } of shown.getClientRects()) {
      const box = document.createElement("div");
      Object.assign(box.style, {
        left: `${left + window.scrollX}px`,
        top: `${top + window.scrollY}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
      layer.append(box);
    }
  };

  return {
    show(range) {
      shown = range;
      if (!layer.isConnected) {
        document.body.append(layer); // outside the article, which stays as it is
        new window.ResizeObserver(draw).observe(document.body);
      }
      draw();
    },
    word() {}, // boxes that hop from word to word would be no help
    clear() {
      shown = null;
      draw();
    },
  };
}

const HIGH = 0.1;
const LOW = 0.75;
const REST = 0.3;

/**
 * Scrolls along with what is read: `follow(range)`, for each new sentence.
 *
 * It only goes on where it was: the page moves when the sentence before was in sight. So a reader who scrolls away is
 * left alone until they are back at the sentence, and one who presses Play beside the buttons keeps the buttons in
 * sight. `lead()` takes the reader there all the same: they have asked for it.
 */
export function createFollower(window) {
  let inSight = false;
  let last = null;

  const visible = (range) => {
    const { top, bottom } = range.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  };
  // Asked when it matters, and not on events of scrolling: those come late on a slow phone.
  const look = () => {
    if (last) inSight = visible(last);
  };

  return {
    lead() {
      inSight = true;
      last = null;
    },
    follow(range) {
      look();
      const { top, bottom } = range.getBoundingClientRect();
      const { innerHeight: height } = window;
      if (inSight && (top < height * HIGH || bottom > height * LOW)) {
        window.scrollBy({ top: top - height * REST, behavior: "instant" });
      }
      last = range;
    },
    rest() {
      look();
      last = null;
    },
  };
}
