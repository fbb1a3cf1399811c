// What an article can hold, as the editor's building blocks. articles/body.py allows the same on the server.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Gapcursor, HardBreak, Heading, History, Italic, Link, ListItem, Node,
  OrderedList, Paragraph, Text, TrailingNode, mergeAttributes,
} from "../../../django_prose_editor/editor.js";
import { UniqueIds } from "./ids.js";

// A heading keeps its id while its words change, so that a link to a part of an article goes on working.
// Other levels come in with pasted text: they become the nearest level that an article has.
const ArticleHeading = Heading.extend({
  addAttributes() {
    return { ...this.parent?.(), id: { default: null, keepOnSplit: false } };
  },
  parseHTML() {
    const level = (number) => ({ level: number });
    return [
      { tag: "h1", attrs: level(2) },
      { tag: "h2", attrs: level(2) },
      ...["h3", "h4", "h5", "h6"].map((tag) => ({ tag, attrs: level(3) })),
    ];
  },
}).configure({ levels: [2, 3] });

// A link is its address and nothing else: no window of its own, no looks.
const ArticleLink = Link.extend({
  addAttributes() {
    const { href } = this.parent();
    return { href };
  },
}).configure({ autolink: false, protocols: ["mailto", "tel", "sms"] });

// A point and a quote hold no headings, cards or pictures.
const PLAIN = "(paragraph | bulletList | orderedList)";
const Point = ListItem.extend({ content: `paragraph ${PLAIN}*` });
const Quote = Blockquote.extend({ content: `${PLAIN}+` });

// Numbers are numbers: no letters, no start of their own.
const Numbers = OrderedList.extend({ addAttributes: () => ({}) });

// A block with a strip of its own above it, which says what the block is and cannot be typed into.
function labelled(tag, label) {
  return ({ node }) => {
    const dom = document.createElement(tag);
    const strip = document.createElement("span");
    const contentDOM = document.createElement("div");
    strip.className = "prose-strip";
    strip.contentEditable = "false";
    dom.append(strip, contentDOM);
    const show = (shown) => {
      const [, attributes] = shown.type.spec.toDOM(shown);
      for (const [name, value] of Object.entries(attributes)) dom.setAttribute(name, value);
      strip.textContent = label(dom);
    };
    show(node);
    const update = (next) => {
      if (next.type !== node.type) return false;
      show(next);
      return true;
    };
    return { dom, contentDOM, update, ignoreMutation: (mutation) => !contentDOM.contains(mutation.target) };
  };
}

const dataAttribute = (name, fallback) => ({
  default: fallback,
  parseHTML: (element) => element.getAttribute(`data-${name}`) || fallback,
  renderHTML: (attributes) => ({ [`data-${name}`]: attributes[name] }),
});

const CareCard = Node.create({
  name: "careCard",
  group: "block",
  content: `paragraph ${PLAIN}*`,
  defining: true,
  addOptions: () => ({ labels: {} }),
  addAttributes: () => ({ level: dataAttribute("level", "calm") }),
  parseHTML: () => [{ tag: "section.care-card" }],
  renderHTML: ({ HTMLAttributes }) => ["section", mergeAttributes({ class: "care-card" }, HTMLAttributes), 0],
  addNodeView() {
    return labelled("section", (dom) => this.options.labels[dom.dataset.level] ?? "");
  },
});

const ContentNote = Node.create({
  name: "contentNote",
  group: "block",
  content: "(paragraph | heading | bulletList | orderedList | blockquote | careCard | picture)+",
  defining: true,
  addOptions: () => ({ label: "" }),
  addAttributes: () => ({ note: dataAttribute("note", "") }),
  parseHTML: () => [{ tag: "div.content-note" }],
  renderHTML: ({ HTMLAttributes }) => ["div", mergeAttributes({ class: "content-note" }, HTMLAttributes), 0],
  addNodeView() {
    return labelled("div", (dom) => `${this.options.label} ${dom.dataset.note}`);
  },
});

// Only the picture's number is kept: the server draws it with its own sizes and alternative text.
const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "inline*",
  marks: "italic bold link",
  draggable: true,
  isolating: true,
  addOptions: () => ({ address: (id) => id, caption: "" }),
  addAttributes: () => ({ picture: dataAttribute("picture", null) }),
  parseHTML: () => [{ tag: "figure[data-picture]", contentElement: caption }],
  renderHTML: ({ HTMLAttributes, node }) => ["figure", HTMLAttributes, ...(node.content.size ? [["figcaption", 0]] : [])],
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("figure");
      const image = document.createElement("img");
      const contentDOM = document.createElement("figcaption");
      image.src = this.options.address(node.attrs.picture);
      image.alt = "";
      image.contentEditable = "false";
      contentDOM.dataset.placeholder = this.options.caption;
      dom.append(image, contentDOM);
      return { dom, contentDOM };
    };
  },
});

const caption = (element) => element.querySelector("figcaption") ?? document.createElement("figcaption");

export function extensions({ labels, note, address, captionHint }) {
  return [
    Document, Paragraph, Text, HardBreak, History, Dropcursor, Gapcursor, UniqueIds, TrailingNode,
    Bold, Italic, BulletList, Numbers, Point, Quote, ArticleHeading,
    ArticleLink, CareCard.configure({ labels }), ContentNote.configure({ label: note }), Picture.configure({ address, caption: captionHint }),
  ];
}
