/** Just enough of a document to read text from: `page("<p>Hi</p>")`, for well-formed markup without comments. */

const VOID = new Set(["br", "img", "hr", "input"]);

class Text {
  nodeType = 3;
  constructor(data) {
    this.data = data;
  }
}

class Element {
  nodeType = 1;
  childNodes = [];
  constructor(localName, attributes) {
    this.localName = localName;
    this.attributes = attributes;
  }
  /** Selector lists of tag, .class, [name], [name=value] and [name^='value']. */
  matches(selectors) {
    return selectors.split(",").some((selector) => {
      const [, tag, named, tests] = selector.trim().match(/^([\w-]*)(?:\.([\w-]+))?(.*)$/);
      if (tag && tag !== this.localName) return false;
      if (named && !(this.attributes.class ?? "").split(" ").includes(named)) return false;
      return [...tests.matchAll(/\[([\w-]+)(?:(\^?)=["']?([^\]"']*)["']?)?\]/g)].every(([, name, starts, value]) => {
        const own = this.attributes[name];
        if (own === undefined) return false;
        return value === undefined || (starts ? own.startsWith(value) : own === value);
      });
    });
  }
}

export function page(html) {
  const root = new Element("article", {});
  const stack = [root];
  for (const [, closing, tag, attributes, text] of html.matchAll(/<(\/?)([\w-]+)([^>]*)>|([^<]+)/g)) {
    if (text !== undefined) stack.at(-1).childNodes.push(new Text(text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")));
    else if (closing) stack.pop();
    else {
      const pairs = [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value = ""]) => [name, value]);
      const element = new Element(tag, Object.fromEntries(pairs));
      stack.at(-1).childNodes.push(element);
      if (!VOID.has(tag)) stack.push(element);
    }
  }
  return root;
}

/** A document whose ranges know the text they hold. */
export const rangeDocument = {
  createRange: () => ({
    setStart(node, offset) {
      Object.assign(this, { startContainer: node, startOffset: offset });
    },
    setEnd(node, offset) {
      Object.assign(this, { endContainer: node, endOffset: offset });
    },
  }),
};
