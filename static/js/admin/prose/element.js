// <prose-editor> turns the plain text box inside it into the article's editor. Without JavaScript the box itself is sent.
import { Editor } from "../../../django_prose_editor/editor.js";
import { commands } from "./commands.js";
import { extensions } from "./extensions.js";
import { takeOver } from "./paste.js";

class ProseEditor extends HTMLElement {
  connectedCallback() {
    if (this.editor) return;
    this.box = this.querySelector("textarea");
    const parts = this.querySelector("template").content.cloneNode(true);
    this.dialogs = Object.fromEntries([...parts.querySelectorAll("dialog")].map((dialog) => [dialog.dataset.dialog, dialog]));
    // A dialog has a form of its own, and a form may not stand inside the page's form.
    document.body.append(...Object.values(this.dialogs));
    this.append(parts);
    this.buttons = [...this.querySelectorAll("[data-command]")];
    this.editor = this.open(this.querySelector(".prose-page"));
    this.box.hidden = true;
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.command(button.dataset.command));
    }
    const label = document.querySelector(`label[for="${this.box.id}"]`);
    label?.addEventListener("click", () => this.editor.commands.focus());
    this.refresh();
    this.dispatchEvent(new CustomEvent("prose-ready", { bubbles: true }));
  }

  // Whatever was pressed or asked, and even if nothing was answered, the next key writes.
  async command(name) {
    await commands[name].run(this.editor, this);
    this.editor.commands.focus();
  }

  disconnectedCallback() {
    this.editor?.destroy();
    for (const dialog of Object.values(this.dialogs ?? {})) dialog.remove();
  }

  open(element) {
    const label = document.querySelector(`label[for="${this.box.id}"]`)?.textContent.trim().replace(/:$/, "");
    return new Editor({
      element,
      injectCSS: false, // its one inline rule is in admin-editor.css: the page allows no inline style
      content: this.box.value,
      extensions: extensions({
        labels: { calm: this.dataset.calm, concern: this.dataset.concern, urgent: this.dataset.urgent },
        note: this.dataset.note,
        captionHint: this.dataset.caption,
        address: (id) => this.dataset.picture.replace("/0/", `/${id}/`),
      }),
      editorProps: {
        attributes: {
          "aria-label": label ?? "",
          "aria-multiline": "true",
          class: "prose",
          role: "textbox",
          spellcheck: "true",
          ...(this.box.getAttribute("aria-describedby") && { "aria-describedby": this.box.getAttribute("aria-describedby") }),
        },
        handleDOMEvents: { paste: (view, event) => takeOver(event, view, this.dataset.clean) },
      },
      onUpdate: ({ editor }) => this.write(editor.isEmpty ? "" : editor.getHTML()),
      onTransaction: () => this.refresh(),
    });
  }

  // The empty line that the editor keeps at the end, to go on writing after a picture, is not part of the text.
  write(html) {
    const text = html.replace(/(<p><\/p>)+$/, "");
    if (text === this.box.value) return;
    this.box.value = text;
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Another part of the page puts text back, such as a draft that was not saved.
  fill(html) {
    this.editor.commands.setContent(html);
    this.write(html);
  }

  refresh() {
    if (!this.editor) return;
    for (const button of this.buttons) {
      const { on, can } = commands[button.dataset.command];
      if (on) button.setAttribute("aria-pressed", String(on(this.editor)));
      if (can) button.setAttribute("aria-disabled", String(!can(this.editor)));
    }
  }
}

customElements.define("prose-editor", ProseEditor);
