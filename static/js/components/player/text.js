/**
 * From a page to sentences that can be spoken, and back to places on the page.
 *
 * The page is only read, never changed: a sentence knows the text nodes it came from.
 */

const INLINE = new Set(
  ("a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q rp rt ruby s samp small span strong sub sup time " +
    "u var wbr").split(" "),
);
const SILENT =
  "nav, read-aloud, script, style, template, noscript, svg, button, input, select, textarea, audio, video, iframe, " +
  "[hidden], [aria-hidden=true], [data-silent], .skip-note";
const PHONE_LINK = "a[href^='tel:'], a[href^='sms:']";
const ELEMENT = 1;
const TEXT = 3;

/**
 * The readable text under `root`, one entry per block (heading, paragraph, list item, quote, caption), in page order.
 *
 * Each is `{kind, text, pieces: [{node, start}], phones: [[start, end]]}`: `kind` is the tag name, `text` has every
 * white space as one plain space so that an offset in it is an offset in the nodes, `phones` are the linked numbers.
 */
export function collect(root) {
  const blocks = [];
  let owner = null;
  let block = null;

  const enter = (element) => {
    if (block && owner === element) return block;
    owner = element;
    block = { kind: element.localName, text: "", pieces: [], phones: [] };
    blocks.push(block);
    return block;
  };

  const walk = (element, holder) => {
    for (const node of element.childNodes) {
      if (node.nodeType === TEXT) {
        const into = enter(holder);
        into.pieces.push({ node, start: into.text.length });
        into.text += node.data.replace(/\s/g, " ");
      } else if (node.nodeType === ELEMENT && node.localName === "br") {
        enter(holder).text += " ";
      } else if (node.nodeType === ELEMENT && !node.matches(SILENT)) {
        if (!INLINE.has(node.localName)) {
          owner = null; // what follows a block inside its parent starts a new one
          walk(node, node);
          owner = null;
        } else if (node.matches(PHONE_LINK)) {
          const into = enter(holder);
          const start = into.text.length;
          walk(node, holder);
          into.phones.push([start, into.text.length]);
        } else {
          walk(node, holder);
        }
      }
    }
  };

  walk(root, root);
  return blocks.filter((each) => /[\p{L}\p{N}]/u.test(each.text));
}

/**
 * Every sentence of `blocks`: `{block, start, end, spoken, paragraph}`, offsets into the text of its block.
 *
 * `spoken` is what a voice is given; `paragraph` counts the blocks.
 */
export function sentences(blocks, language) {
  return blocks.flatMap((block, paragraph) =>
    split(block.text, language).map(([start, end]) => {
      const phones = block.phones
        .filter(([from, to]) => from < end && to > start)
        .map(([from, to]) => [Math.max(from, start) - start, Math.min(to, end) - start]);
      return { block, start, end, paragraph, spoken: spoken(block.text.slice(start, end), language, phones) };
    }),
  );
}

/** The DOM Range of a sentence (or of any part of a block) in `document`. */
export function rangeOf(document, { block, start, end }) {
  const range = document.createRange();
  const backwards = [...block.pieces].reverse();
  const first = backwards.find((piece) => piece.start <= start);
  const last = backwards.find((piece) => piece.start < end);
  range.setStart(first.node, Math.min(start - first.start, first.node.data.length));
  range.setEnd(last.node, Math.min(end - last.start, last.node.data.length));
  return range;
}

// -- Sentences ---------------------------------------------------------------------------------

// Where a full stop does not end a sentence, whatever follows.
const ABBREVIATION =
  /(?:^|[\s("“‘])(?:dr|mr|mrs|ms|mx|prof|rev|fr|sr|sra|st|mt|gen|col|lt|sgt|capt|hon|vs|approx|dept|i\.e|e\.g|cf|u\.s|[a-hj-z])\.$/i;
const NUMBERED = /^[\s(]*\d+[.)]$/;
const WORDLESS = /^[^\p{L}\p{N}]*$/u;
const STARTS_SMALL = /^["“‘'([]*\p{Ll}/u;

/** Where the sentences of `text` are: `[[start, end], ...]`, trimmed, none of them without a letter or a digit. */
export function split(text, language, Segmenter = globalThis.Intl?.Segmenter) {
  const parts = Segmenter ? segments(text, language, Segmenter) : byPattern(text);
  const merged = [];
  for (const [start, end] of parts) {
    const previous = merged.at(-1);
    const before = previous && text.slice(previous[0], previous[1]).trimEnd();
    const here = text.slice(start, end);
    const joined =
      previous &&
      (ABBREVIATION.test(before) || NUMBERED.test(before) || WORDLESS.test(before) || WORDLESS.test(here) || STARTS_SMALL.test(here));
    if (joined) previous[1] = end;
    else merged.push([start, end]);
  }
  return merged.map(([start, end]) => trimmed(text, start, end)).filter(([start, end]) => !WORDLESS.test(text.slice(start, end)));
}

function segments(text, language, Segmenter) {
  const segmenter = new Segmenter(language, { granularity: "sentence" });
  return Array.from(segmenter.segment(text), ({ index, segment }) => [index, index + segment.length]);
}

/** The same for browsers without Intl.Segmenter: a full stop, a question mark or their like, then a space. */
function byPattern(text) {
  const parts = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?]+["'”’)\]]*\s+|[。！？]+/g)) {
    parts.push([start, match.index + match[0].length]);
    start = match.index + match[0].length;
  }
  if (start < text.length) parts.push([start, text.length]);
  return parts;
}

function trimmed(text, start, end) {
  const part = text.slice(start, end);
  return [start + part.length - part.trimStart().length, end - (part.length - part.trimEnd().length)];
}

// -- What a voice is given -----------------------------------------------------------------------

// Some voices take text for markup and go silent at these signs.
const SIGNS = {
  en: { "&": "and", "<": "less than", ">": "greater than" },
  es: { "&": "y", "<": "menor que", ">": "mayor que" },
};

// Numbers a person would dial: a whole one; a short one known as such; a code that a word is texted to.
const DIALED =
  /((?:\+?\d[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d))|(^|[^\w$.,#-])(988|911|211)(?![\w-]|[.,]\d)|([A-Z]{3,} to |[Tt]ext )(\d{5,6}|\d{3}-\d{3})(?!\d)/g;

/** `text` as a voice should get it; `phones` are `[start, end]` of numbers known to be dialed. */
export function spoken(text, language = "en", phones = []) {
  text = text.replace(/[‐‑]/g, "-").replace(/\s/g, " "); // signs that look alike, one for one
  let out = "";
  let at = 0;
  for (const [start, end] of phones) {
    out += plain(text.slice(at, start)) + text.slice(start, end).replace(/[+(]*\d[\d().\s-]*/g, digits);
    at = end;
  }
  out += plain(text.slice(at));
  const words = SIGNS[language.slice(0, 2).toLowerCase()] ?? {};
  return out
    .replace(/[&<>]/g, (sign) => ` ${words[sign] ?? ""} `)
    .replace(/\s+/g, " ")
    .trim();
}

function plain(text) {
  return text.replace(DIALED, (_, whole, before = "", short, lead = "", code) => before + lead + digits(whole ?? short ?? code));
}

/** "1-800-662-4357" as "1, 8 0 0, 6 6 2, 4 3 5 7": digit by digit, with a breath between the groups. */
function digits(number) {
  const tail = number.match(/[\s.]*$/)[0];
  return number.match(/\d+/g).map((group) => [...group].join(" ")).join(", ") + tail;
}

/** `text` in parts of at most `limit` characters, cut where a speaker would breathe if there is such a place. */
export function chunks(text, limit) {
  const parts = [];
  let rest = text;
  while (rest.length > limit) {
    const head = rest.slice(0, limit + 1);
    const breath = Math.max(...[", ", "; ", ": ", ") ", " – ", " — "].map((mark) => head.lastIndexOf(mark) + mark.length - 1));
    const space = head.lastIndexOf(" ");
    const cut = breath > limit / 3 ? breath : space > 0 ? space : limit;
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest ? [...parts, rest] : parts;
}
