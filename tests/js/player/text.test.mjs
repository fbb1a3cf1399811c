import assert from "node:assert/strict";
import test from "node:test";

import { chunks, collect, rangeOf, rewrite, sentences, split, wordAt } from "../../../static/js/components/player/text.js";
import { page, rangeDocument } from "../fakes/dom.mjs";

const spoken = (...given) => rewrite(...given).text;
const texts = (html) => collect(page(html)).map((block) => block.text.trim());
const cut = (text, ...segmenter) => split(text, "en", ...segmenter).map(([start, end]) => text.slice(start, end));

test("headings, paragraphs, lists, quotes and captions are read in the order of the page", () => {
  const html =
    "<h2>One</h2><p>Two <strong>and</strong> more.</p><ul><li>Three<ul><li>Four</li></ul>Five</li></ul>" +
    "<blockquote><p>Six</p></blockquote><figure><img alt=''><figcaption>Seven</figcaption></figure>";
  assert.deepEqual(texts(html), ["One", "Two and more.", "Three", "Four", "Five", "Six", "Seven"]);
});

test("navigation, the player, controls and what is hidden are not read", () => {
  const html =
    "<nav><a>Contents</a></nav><read-aloud><h2>Listen</h2></read-aloud><p>Read me<button>Not me</button><span hidden>nor me</span></p>" +
    '<p aria-hidden="true">Secret</p><svg><title>Drawing</title></svg><p data-silent>Not here</p><a class="skip-note">Skip this part</a><p> — </p>';
  assert.deepEqual(texts(html), ["Read me"]);
});

test("a line break parts words, and white space never shifts an offset", () => {
  const [block] = collect(page("<p>One\n  line<br>and\tanother</p>"));
  assert.equal(block.text, "One   line and another");
});

test("every sentence maps back to exactly its place on the page", () => {
  const root = page("<p>First <em>one</em>. Then <a><b>second</b> one</a>! Third</p>");
  const found = sentences(collect(root), "en").map((sentence) => {
    const range = rangeOf(rangeDocument, sentence);
    return [range.startContainer.data.slice(range.startOffset), range.endContainer.data.slice(0, range.endOffset)];
  });
  assert.deepEqual(found, [
    ["First ", "."],
    ["Then ", "!"],
    ["Third", "! Third"],
  ]);
});

for (const [name, segmenter] of [["Intl.Segmenter", Intl.Segmenter], ["the fallback", null]]) {
  test(`a full stop that ends no sentence does not cut it, by ${name}`, () => {
    assert.deepEqual(cut("Ask Dr. Smith. He knows.", segmenter), ["Ask Dr. Smith.", "He knows."]);
    assert.deepEqual(cut("Time banks, i.e. The Bench, work. So do e.g. Circles.", segmenter).length, 2);
    assert.deepEqual(cut("J. R. Jones came. She sat.", segmenter), ["J. R. Jones came.", "She sat."]);
    assert.deepEqual(cut("In the U.S. Many do. Mrs. Lee too.", segmenter), ["In the U.S. Many do.", "Mrs. Lee too."]);
    assert.deepEqual(cut("At 9 p.m. we close. At 8.30 we open.", segmenter), ["At 9 p.m. we close.", "At 8.30 we open."]);
    assert.deepEqual(cut("1. Start small. 2. Go on.", segmenter), ["1. Start small.", "2. Go on."]);
    assert.deepEqual(cut("“Sit down.” She sat. Why? So do I. No. Now!", segmenter), ["“Sit down.”", "She sat.", "Why?", "So do I.", "No.", "Now!"]);
  });
}

test("a line feed in the markup does not end a sentence", () => {
  const root = page("<p>All of us\n have something\n to give. Yes.</p>");
  assert.deepEqual(sentences(collect(root), "en").map(({ spoken }) => spoken), ["All of us have something to give.", "Yes."]);
});

test("the sentences of a text without words are none", () => {
  assert.deepEqual(split("  … — 🙂 ", "en"), []);
  assert.deepEqual(split("", "en"), []);
});

test("signs that voices choke on are spoken as words", () => {
  assert.equal(spoken("Peer & family: 3 < 5 > 2"), "Peer and family: 3 less than 5 greater than 2");
  assert.equal(spoken("pan & sal", "es"), "pan y sal");
  assert.equal(spoken("Brot & Salz", "de"), "Brot Salz");
});

test("phone numbers are spoken digit by digit, other numbers as they are", () => {
  assert.equal(spoken("Call 988, day or night."), "Call 9 8 8, day or night.");
  assert.equal(spoken("988"), "9 8 8");
  assert.equal(spoken("Call 1-800-662-4357 (TTY 1-800-487-4889)."), "Call 1, 8 0 0, 6 6 2, 4 3 5 7 (TTY 1, 8 0 0, 4 8 7, 4 8 8 9).");
  assert.equal(spoken("Call 1\u2011800\u2011662\u20114357 or 1\u00a0800\u00a0662\u00a04357"), "Call 1, 8 0 0, 6 6 2, 4 3 5 7 or 1, 8 0 0, 6 6 2, 4 3 5 7");
  assert.equal(spoken("Ring +1 (214) 245 9442 now"), "Ring 1, 2 1 4, 2 4 5, 9 4 4 2 now");
  assert.equal(spoken("Text HOME to 741741, or START to 678-678."), "Text HOME to 7 4 1 7 4 1, or START to 6 7 8, 6 7 8.");
  const others = "In 2008, over 50,000 people, 3 to 5 each, 24/7, $988 or 988.5 at 988lifeline.org; from 10000 to 20000.";
  assert.equal(spoken(others), others);
});

test("a number does not run into the words beside it", () => {
  const linked = (text) => rewrite(text, "en", [[0, text.length]]).text;
  assert.equal(linked("988 (press 1)"), "9 8 8 (press 1");
  assert.equal(linked("1-800-273-TALK"), "1, 8 0 0, 2 7 3-TALK");
  assert.equal(spoken("(800)662-4357"), "8 0 0, 6 6 2, 4 3 5 7");
});

test("a number that is linked to be dialed is one, whatever it looks like", () => {
  const root = page('<p>Ring <a href="tel:+12142459442">2142459442</a> today. Text <a href="sms:88788">88788</a>.</p>');
  const said = sentences(collect(root), "en").map(({ spoken }) => spoken);
  assert.deepEqual(said, ["Ring 2 1 4 2 4 5 9 4 4 2 today.", "Text 8 8 7 8 8."]);
});

test("a long text is cut where a speaker breathes, never over the limit, and nothing is lost", () => {
  const text = "When the week has been long, you can sit down; nobody asks why, and nobody hurries you along at all.";
  const parts = chunks(text, 40);
  const words = (...given) => chunks(...given).map((part) => part.text);
  assert.ok(parts.every((part) => part.text.length <= 40 && part.text.trim()), parts);
  assert.ok(parts.every((part) => text.startsWith(part.text, part.start)));
  assert.equal(words(text, 40).join(" "), text);
  assert.equal(parts[0].text, "When the week has been long,");
  assert.deepEqual(words("a".repeat(25), 10), ["a".repeat(10), "a".repeat(10), "a".repeat(5)]);
  assert.deepEqual(words("aaaaa bbb", 4), ["aaaa", "a", "bbb"]);
  assert.deepEqual(words("short", 10), ["short"]);
});

test("a place in what is spoken leads back to its word on the page", () => {
  const [one] = sentences(collect(page("<p>Peer & family, call 1-800-662-4357 or 988 now.</p>")), "en");
  const word = (part) => {
    const { block, start, end } = wordAt(one, one.spoken.indexOf(part));
    return block.text.slice(start, end);
  };
  assert.equal(one.spoken, "Peer and family, call 1, 8 0 0, 6 6 2, 4 3 5 7 or 9 8 8 now.");
  const found = ["Peer", "and", "family", "call", "6 6 2", "or", "9 8 8", "now"].map(word);
  assert.deepEqual(found, ["Peer", "&", "family,", "call", "1-800-662-4357", "or", "988", "now."]);
});

test("paragraphs, sections and passages are counted", () => {
  const note = '<section class="content-note"><p class="content-note-text">This part talks about loss.</p>\n';
  const html = `<h1>Title</h1><p>One. Two.</p><h2>Part</h2>${note}<div class="content-note-passage"><p>A.</p><p>B.</p></div></section><p>After.</p>`;
  const found = sentences(collect(page(html)), "en");
  assert.deepEqual(found.map(({ paragraph }) => paragraph), [0, 1, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(found.map(({ section }) => section), [0, 0, 0, 1, 1, 1, 1, 1]);
  const notes = found.map(({ block }) => block.note);
  assert.deepEqual(notes.map((each) => each?.words), [...Array(5).fill(undefined), ...Array(2).fill("This part talks about loss."), undefined]);
  assert.equal(notes[5], notes[6]);
});

test("the time to take a text apart grows with its length and no faster", () => {
  const article = (times) => page(`<p>${"Somebody listens to Dr. Smith for an hour, and calls 988 then. ".repeat(10)}</p>`.repeat(times));
  const seconds = (root) => Math.min(...[1, 2, 3].map(() => {
    const before = performance.now();
    sentences(collect(root), "en");
    return performance.now() - before;
  }));
  assert.equal(sentences(collect(article(417)), "en").length, 4170);
  assert.ok(seconds(article(400)) < 40 * seconds(article(40)));
});
