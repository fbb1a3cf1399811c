// Text from Word or another page goes past the server first, which makes it plain in the same way as it does on saving
// (articles/body). So what is seen is what will be kept, and none of it is parsed in this page as it came.

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

// True if this paste is taken care of. Text cut or copied in this editor, and plain text, are left to the editor.
export function takeOver(event, view, address) {
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!html || html.includes("data-pm-slice")) return false;
  event.preventDefault();
  pasteClean(view, address, html, event.clipboardData.getData("text/plain"));
  return true;
}

// Where the server cannot be asked (no connection, signed out, too long), the bare words are pasted.
async function pasteClean(view, address, html, text) {
  let clean = null;
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ html }), headers: { "X-CSRFToken": token() } });
    if (answer.ok) ({ html: clean } = await answer.json());
  } catch {
    clean = null;
  }
  if (clean === null) view.pasteText(text);
  else if (clean) view.pasteHTML(clean);
}
