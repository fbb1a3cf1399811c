// What each button of the editor does, when it is lit, and when it has nothing to do.
import { ask } from "./dialogs.js";
import { choosePicture } from "./pictures.js";

const at = (editor) => editor.chain().focus();

async function link(editor, { dialogs }) {
  const before = editor.getAttributes("link").href ?? "";
  if (editor.state.selection.empty && !before) return ask(dialogs.nothing);
  const answer = await ask(dialogs.link, { href: before });
  if (answer?.choice === "remove") at(editor).extendMarkRange("link").unsetLink().run();
  if (answer?.choice === "save") at(editor).extendMarkRange("link").setLink({ href: address(answer.href) }).run();
}

// "example.org" and "name@example.org" are what people type.
export function address(typed) {
  const text = typed.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || /^[/#?]/.test(text)) return text;
  return text.includes("@") ? `mailto:${text}` : `https://${text}`;
}

async function careCard(editor, { dialogs }) {
  const inside = editor.isActive("careCard");
  const answer = await ask(dialogs.care, { level: editor.getAttributes("careCard").level ?? "calm" }, { inside });
  if (answer?.choice === "remove") return at(editor).lift("careCard").run();
  if (answer?.choice !== "save") return;
  if (inside) return at(editor).updateAttributes("careCard", { level: answer.level }).run();
  const { level } = answer;
  if (!at(editor).wrapIn("careCard", { level }).run()) {
    at(editor).insertContent({ type: "careCard", attrs: { level }, content: [{ type: "paragraph" }] }).run();
  }
}

async function contentNote(editor, { dialogs }) {
  const inside = editor.isActive("contentNote");
  const answer = await ask(dialogs.note, { note: editor.getAttributes("contentNote").note ?? "" }, { inside });
  if (answer?.choice === "remove") return at(editor).lift("contentNote").run();
  if (answer?.choice !== "save") return;
  if (inside) return at(editor).updateAttributes("contentNote", { note: answer.note }).run();
  at(editor).wrapIn("contentNote", { note: answer.note }).run();
}

async function picture(editor, prose) {
  const id = await choosePicture(prose);
  if (id) at(editor).insertContent({ type: "picture", attrs: { picture: String(id) } }).run();
}

export const commands = {
  heading: { run: (editor) => at(editor).toggleHeading({ level: 2 }).run(), on: (editor) => editor.isActive("heading", { level: 2 }) },
  subheading: { run: (editor) => at(editor).toggleHeading({ level: 3 }).run(), on: (editor) => editor.isActive("heading", { level: 3 }) },
  bold: { run: (editor) => at(editor).toggleBold().run(), on: (editor) => editor.isActive("bold") },
  italic: { run: (editor) => at(editor).toggleItalic().run(), on: (editor) => editor.isActive("italic") },
  list: { run: (editor) => at(editor).toggleBulletList().run(), on: (editor) => editor.isActive("bulletList") },
  numbers: { run: (editor) => at(editor).toggleOrderedList().run(), on: (editor) => editor.isActive("orderedList") },
  quote: { run: (editor) => at(editor).toggleBlockquote().run(), on: (editor) => editor.isActive("blockquote") },
  link: { run: link, on: (editor) => editor.isActive("link") },
  picture: { run: picture },
  care: { run: careCard, on: (editor) => editor.isActive("careCard") },
  note: { run: contentNote, on: (editor) => editor.isActive("contentNote") },
  undo: { run: (editor) => at(editor).undo().run(), can: (editor) => editor.can().undo() },
  redo: { run: (editor) => at(editor).redo().run(), can: (editor) => editor.can().redo() },
};
