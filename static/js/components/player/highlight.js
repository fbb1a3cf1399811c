/** Marks what is being read, as with a highlighter, without touching the text. */

const NAME = "read-aloud";

/** `{show(range), clear()}` for the page: the CSS Custom Highlight API where there is one, else boxes laid over it. */
export function createHighlighter(window) {
  return window.CSS?.highlights && window.Highlight ? painted(window) : laidOver(window);
}

function painted({ CSS, Highlight }) {
  return {
    show: (range) => CSS.highlights.set(NAME, new Highlight(range)),
    clear: () => CSS.highlights.delete(NAME),
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
    clear() {
      shown = null;
      draw();
    },
  };
}
