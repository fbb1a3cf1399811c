// <keep-draft> guards what is being typed: it asks before the page is left, and keeps a copy in this tab until the server
// has saved it (a session that ran out, a crash, a closed laptop). The copy is gone when the tab is closed.

const WAIT = 400;

class KeepDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.key = `draft:${this.dataset.article}`;
    this.dirty = "unsaved" in this.dataset; // the page shows what was typed, with what the server says about it
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("submit", () => this.sent());
    window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    for (const button of this.querySelectorAll("button")) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    if (!this.dirty) this.offer();
  }

  get fields() {
    const named = this.dataset.fields.split(" ").map((name) => [name, this.form.elements[name]]);
    return Object.fromEntries(named.filter(([, field]) => field));
  }

  get version() {
    return Number(this.form.elements.opened?.value || 0);
  }

  typed({ isTrusted, target }) {
    if (!this.form.contains(target) || (!isTrusted && target.nodeName !== "TEXTAREA")) return;
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), WAIT);
  }

  keep(sent = false) {
    const values = Object.fromEntries(Object.entries(this.fields).map(([name, field]) => [name, field.value]));
    const draft = { version: this.version, at: Date.now(), sent, values };
    try {
      sessionStorage.setItem(this.key, JSON.stringify(draft));
    } catch {
      // No room or no leave to store: the question before leaving still stands.
    }
  }

  sent() {
    clearTimeout(this.timer);
    this.keep(true);
    this.dirty = false;
  }

  // A draft that was sent and came back as a newer version is saved. Any other that differs is offered.
  offer() {
    if (this.read("draft:new")?.values.title === this.fields.title?.value) sessionStorage.removeItem("draft:new");
    const draft = this.read();
    if (!draft) return;
    const differs = Object.entries(this.fields).some(([name, field]) => draft.values[name] !== undefined && draft.values[name] !== field.value);
    if ((draft.sent && this.version > draft.version) || !differs) return this.forget();
    this.querySelector("time").textContent = new Date(draft.at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    this.hidden = false;
  }

  read(key = this.key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  restore() {
    for (const [name, value] of Object.entries(this.read()?.values ?? {})) {
      const field = this.fields[name];
      const prose = field?.closest("prose-editor");
      if (prose?.editor) prose.fill(value);
      else if (field) field.value = value;
    }
    this.dirty = true;
    this.hidden = true;
    this.fields.title?.focus();
  }

  forget() {
    sessionStorage.removeItem(this.key);
    this.hidden = true;
  }
}

customElements.define("keep-draft", KeepDraft);
