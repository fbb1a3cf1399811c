// Text from Word or a web page, made plain before the editor reads it. What stays is decided by the editor's own blocks;
// here is only what they could not know: Word's lists are paragraphs, bold can be a style, and other pages' ids are not ours.

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const HIDDEN = /<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;

export function tidy(html) {
  if (html.includes("data-pm-slice")) return html; // cut or copied in this editor: keep its heading ids
  // The page's security policy reports every style and handler that is parsed, so they are renamed first.
  const safe = html.replace(HIDDEN, "").replace(TAG, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-pasted-$1="));
  const { body } = new DOMParser().parseFromString(safe, "text/html");
  makeWordLists(body);
  makeMarks(body);
  for (const element of body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (name !== "href") element.removeAttribute(name);
    }
  }
  return body.innerHTML;
}

const style = (element) => element.getAttribute("data-pasted-style") ?? "";

// Word writes each point as <p class="MsoListParagraph" style="mso-list:..."> with its bullet as text in a span.
function makeWordLists(body) {
  for (const point of body.querySelectorAll("p[class^=MsoListParagraph]")) {
    const marker = [...point.querySelectorAll("span")].find((span) => style(span).includes("mso-list"));
    const kind = /^\s*(\d+|[a-z])[.)]/i.test(marker?.textContent ?? "") ? "OL" : "UL";
    marker?.remove();
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.append(...point.childNodes);
    item.append(text);
    const before = point.previousElementSibling;
    const list = before?.nodeName === kind && before.hasAttribute("data-word") ? before : document.createElement(kind);
    list.setAttribute("data-word", "");
    list.append(item);
    if (list === before) point.remove();
    else point.replaceWith(list);
  }
}

// Google Docs wraps the whole text in a <b> of normal weight, and says bold and italic in styles.
function makeMarks(body) {
  for (const element of body.querySelectorAll("b, strong, i, em, span")) {
    const plain = /(^|;)\s*font-(weight|style)\s*:\s*(normal|400)/i.test(style(element)) && element.nodeName !== "SPAN";
    const marks = element.nodeName === "SPAN" ? [
      /font-weight\s*:\s*(bold|[6-9]00)/i.test(style(element)) && "strong",
      /font-style\s*:\s*italic/i.test(style(element)) && "em",
    ].filter(Boolean) : [];
    for (const mark of marks) {
      const wrapper = document.createElement(mark);
      wrapper.append(...element.childNodes);
      element.append(wrapper);
    }
    if (plain) element.replaceWith(...element.childNodes);
  }
}
