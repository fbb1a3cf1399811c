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
const PASSAGE = ".content-note-passage";
const HEADING = /^h[1-6]$/;
const ELEMENT = 1;
const TEXT = 3;

/**
 * The readable text under `root`, one entry per block (heading, paragraph, list item, quote, caption), in page order.
 *
 * Each is `{kind, text, pieces: [{node, start}], phones: [[start, end]], note}`: `kind` is the tag name, `text` has every
 * white space as one plain space so that an offset in it is an offset in the nodes, `phones` are the linked numbers.
 * `note` says what a passage is about that nobody should have to hear unasked; all blocks of it share one object.
 */
export function collect(root) {
  const blocks = [];
  let owner = null;
  let block = null;
  let note = null;

  const enter = (element) => {
    if (block && owner === element) return block;
    owner = element;
    block = { kind: element.localName, text: "", pieces: [], phones: [], note };
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
          const outside = note;
          if (node.matches(PASSAGE)) note = { words: blocks.filter(hasWords).at(-1)?.text.trim() ?? "" }; // the block before it
          walk(node, node);
          note = outside;
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
  return blocks.filter(hasWords);
}

const hasWords = ({ text }) => /[\p{L}\p{N}]/u.test(text);

/**
 * Every sentence of `blocks`: `{block, start, end, paragraph, section, spoken, at}`, offsets into the text of its block.
 *
 * `spoken` is what a voice is given, `at` leads from an offset in it to one in the sentence; `paragraph` counts the
 * blocks, `section` the headings.
 */
export function sentences(blocks, language) {
  let section = 0;
  return blocks.flatMap((block, paragraph) => {
    if (paragraph && HEADING.test(block.kind)) section += 1;
    return split(block.text, language).map(([start, end]) => {
      const phones = block.phones
        .filter(([from, to]) => from < end && to > start)
        .map(([from, to]) => [Math.max(from, start) - start, Math.min(to, end) - start]);
      const { text, at } = rewrite(block.text.slice(start, end), language, phones);
      return { block, start, end, paragraph, section, spoken: text, at };
    });
  });
}

/** The word of `sentence` that is spoken at `offset` of what the voice was given, as a part of its block. */
export function wordAt({ block, start, end, at }, offset) {
  const here = Math.min(start + at(offset), end - 1);
  const before = block.text.lastIndexOf(" ", here);
  const after = block.text.indexOf(" ", here + 1);
  return { block, start: Math.max(start, before + 1), end: Math.min(end, after < 0 ? end : after) };
}

/** Which of `list` holds a place on the page, or begins first after it; -1 behind the last one. */
export function locate(document, list, node, offset) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rangeOf(document, list[middle]).comparePoint(node, offset) > 0) low = middle + 1;
    else high = middle;
  }
  return low < list.length ? low : -1;
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
const PLAIN =
  /(?<whole>(?:\+?\d[-. ]?)?\(?\d{3}(?:\)[-. ]?|[-. ])\d{3}[-. ]\d{4}(?!\d))|(?<before>^|[^\w$.,#-])(?<short>988|911|211)(?![\w-]|[.,]\d)|(?<lead>[A-Z]{3,} to |[Tt]ext )(?<code>\d{5,6}|\d{3}-\d{3})(?!\d)|\s*(?<sign>[&<>])\s*|\s{2,}/g;
const LINKED = /(?<whole>[+(]*\d(?:[\d().\s-]*\d)?\)?)|\s*(?<sign>[&<>])\s*|\s{2,}/g;

/**
 * What a voice should get for `text`: `{text, at}`. `phones` are `[start, end]` of numbers known to be dialed.
 *
 * `at(offset)` leads from a place in what is spoken back to the place in `text` that it came from.
 */
export function rewrite(text, language = "en", phones = []) {
  const words = SIGNS[language.slice(0, 2).toLowerCase()] ?? {};
  const pieces = []; // {out, from, same}: where a piece begins in either text, and whether it is there as it was
  let out = "";

  const put = (piece, from, same = false) => {
    if (piece === " " && (!out || out.endsWith(" "))) return;
    pieces.push({ out: out.length, from, same });
    out += piece;
  };
  const part = (from, to, pattern) => {
    let at = from;
    for (const match of text.slice(from, to).matchAll(pattern)) {
      const here = from + match.index;
      const { whole, before = "", short, lead = "", code, sign } = match.groups;
      const number = whole ?? short ?? code;
      if (here > at) put(text.slice(at, here), at, true);
      at = here + match[0].length;
      if (before + lead) put(before + lead, here, true);
      if (number) put(digits(number), here + (before + lead).length);
      else for (const piece of sign ? [" ", words[sign] ?? "", " "] : [" "]) put(piece, here);
    }
    if (to > at) put(text.slice(at, to), at, true);
  };

  text = text.replace(/[‐‑]/g, "-").replace(/\s/g, " "); // signs that look alike, one for one
  let done = 0;
  for (const [start, end] of phones) {
    part(done, start, PLAIN);
    part(start, end, LINKED);
    done = end;
  }
  part(done, text.length, PLAIN);
  return {
    text: out.trimEnd(),
    at(offset) {
      let i = pieces.length - 1;
      while (i > 0 && pieces[i].out > offset) i -= 1;
      return pieces[i].from + (pieces[i].same ? offset - pieces[i].out : 0);
    },
  };
}

/** "1-800-662-4357" as "1, 8 0 0, 6 6 2, 4 3 5 7": digit by digit, with a breath between the groups. */
function digits(number) {
  const tail = number.match(/[\s.]*$/)[0];
  return number.match(/\d+/g).map((group) => [...group].join(" ")).join(", ") + tail;
}

/** `text` as `[{text, start}]`, parts of at most `limit` characters, cut where a speaker would breathe if there is such a place. */
export function chunks(text, limit) {
  const parts = [];
  let start = 0;
  while (text.length - start > limit) {
    const head = text.slice(start, start + limit + 1);
    const breath = Math.max(...[", ", "; ", ": ", ") ", " – ", " — "].map((mark) => head.lastIndexOf(mark) + mark.length - 1));
    const space = head.lastIndexOf(" ");
    const cut = breath > limit / 3 ? breath : space > 0 ? space : limit;
    parts.push({ text: head.slice(0, cut).trim(), start });
    start += cut + text.slice(start + cut).search(/\S|$/);
  }
  if (start < text.length) parts.push({ text: text.slice(start), start });
  return parts;
}
