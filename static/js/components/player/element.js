/**
 * <read-aloud for="article">: brings the player of components/player.html to life for all that is marked data-readable.
 *
 * Nothing is spoken or cancelled until somebody presses Play, and nothing is stored until somebody changes a setting.
 */

import { createControls } from "./controls.js";
import { createEngine } from "./engine.js";
import { createFollower, createHighlighter } from "./highlight.js";
import { command, ours } from "./keys.js";
import { createPlayer } from "./player.js";
import { createStorage, find, KEY } from "./storage.js";
import { collect, locate, rangeOf, sentences, wordAt } from "./text.js";
import { idOf, onDevice } from "./voices.js";

const READABLE = "[data-readable]";
const HAS_ITS_OWN_CLICK = "a, button, input, select, textarea, summary, label, audio, video";
const TICK_MS = 500;

const clock = {
  now: () => performance.now(),
  set: (act, ms) => setTimeout(act, ms),
  clear: (id) => clearTimeout(id),
};

class ReadAloud extends HTMLElement {
  #player = null;
  #controls = null;
  #storage = null;
  #media = null;
  #highlighter = createHighlighter(window);
  #follower = createFollower(window);
  #sentences = [];
  #voices = [];
  #language = "en";
  #selected = null;
  #asked = ""; // the online voice that waits for a yes
  #dragging = false;
  #givenUp = false; // a drag that is still under the hand
  #told = false;
  #tick = null;
  #listening = null;

  connectedCallback() {
    const off = document.documentElement.hasAttribute("data-discreet");
    this.#storage = createStorage({ open: () => window.localStorage, now: Date.now, off });
    this.#controls = createControls(this);
    this.#language = document.getElementById(this.getAttribute("for"))?.lang || "en";
    this.#sentences = sentences([...document.querySelectorAll(READABLE)].flatMap(collect), this.#language);
    this.#player = createPlayer({
      engine: engine(),
      clock,
      changed: this.#changed,
      listed: this.#listed,
      word: this.#word,
      settings: this.#storage.settings,
      paces: this.#storage.paces,
    });
    this.#listen();
    this.#player.load(this.#sentences, this.#language, this.dataset.question);
    this.#controls.showTimes(this.#player.times());
    this.#offerToResume();
  }

  disconnectedCallback() {
    this.#storage.close(); // the page is being emptied: what is cleared stays cleared
    this.#quiet();
    this.#media?.then((media) => media.release());
    this.#listening.abort();
    clearInterval(this.#tick);
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { progress, settings, voice } = this.#controls.parts;
    const on = (target, type, act) => target.addEventListener(type, act, { signal });
    on(this, "click", ({ target }) => this.#do(target.closest("[data-do]")?.dataset ?? {}));
    on(progress, "input", this.#drag);
    on(progress, "change", this.#drop);
    for (const end of ["pointerup", "pointercancel", "keyup", "blur"]) on(progress, end, this.#letGo);
    on(settings, "input", ({ target }) => target !== voice && this.#set(target));
    on(this.#controls.parts.volume, "input", ({ target }) => this.#set(target));
    on(this.#controls.parts.everywhere, "input", ({ target }) => this.#set(target));
    on(voice, "change", () => this.#chooseVoice(voice.value));
    on(document, "keydown", this.#key);
    on(document, "click", this.#click);
    on(document, "selectionchange", this.#select);
    on(window, "pagehide", this.#quiet);
    on(window, "leave", this.#quiet);
    on(window, "storage", this.#otherTab);
  }

  #quiet = () => this.#player.send({ type: "pause" });

  #do({ do: action, by, unit }) {
    const { send } = this.#player;
    if (action === "move") send({ type: "move", by: Number(by), unit });
    else if (action === "selection") this.#playSelection();
    else if (action === "resume") this.#resume();
    else if (action === "forget") this.#forget();
    else if (action === "use-online") this.#useOnline();
    else if (action === "keep-local") this.#refuseOnline();
    else if (action) send({ type: action });
  }

  // -- What the player says ----------------------------------------------------------------------

  #changed = (state, before) => {
    const { block } = this.#sentences[state.index] ?? {};
    this.#controls.show(state, { note: block?.note?.words ?? "", dragging: this.#dragging });
    if (!this.#dragging) this.#controls.showTimes(this.#player.times());
    if (state.turn !== before.turn && before.phase !== "playing") this.#dropQuestion();
    this.#mark(state, before);
    this.#keep(state, before);
    if (state.started && !before.started) this.#controls.showResume(null);
    if (state.settings.media && state.started) this.#useMediaKeys();
    this.#media?.then((media) => media.show(this.#player.state.phase === "playing"));
    clearInterval(this.#tick);
    if (state.phase === "playing") this.#tick = setInterval(this.#beat, TICK_MS);
  };

  #beat = () => !this.#dragging && this.#controls.showTimes(this.#player.times());

  #listed = (voices) => {
    this.#voices = voices;
    this.#controls.showVoices(voices, this.#language, this.#player?.state.settings.voice ?? "");
  };

  #word = (offset) => this.#highlighter.word(rangeOf(document, wordAt(this.#sentences[this.#player.state.index], offset)));

  #mark(state, before) {
    if (!["playing", "paused", "asking"].includes(state.phase) || !state.started) {
      this.#follower.rest();
      return this.#highlighter.clear();
    }
    if (state.index === before.index && state.phase === before.phase) return;
    const range = rangeOf(document, this.#sentences[state.index]);
    this.#highlighter.show(range);
    if (state.settings.follow) this.#follower.follow(range);
  }

  // -- What is remembered ------------------------------------------------------------------------

  #keep(state, before) {
    const { settings } = state;
    if (settings !== before.settings) this.#storage.keepSettings(changes(settings, before.settings));
    if (state.paces !== before.paces) this.#storage.keepPaces(changes(state.paces, before.paces));
    if (before.settings.remember && !settings.remember) this.#controls.showResume(null);
    if (!settings.remember || !state.started) return;
    if (state.phase === "finished") this.#storage.forget(location.pathname);
    else if (state.index && state.index !== before.index) this.#keepPlace();
  }

  /** Forgotten in another tab is forgotten here, and cleared there is no more written here. */
  #otherTab = ({ key, newValue }) => {
    if (key !== KEY && key !== null) return;
    if (newValue === null) this.#storage.close();
    const { remember } = this.#storage.settings;
    if (remember !== this.#player.state.settings.remember) this.#player.send({ type: "set", settings: { remember } });
    if (this.#place() < 0) this.#controls.showResume(null);
  };

  #keepPlace() {
    const { index } = this.#player.state;
    this.#storage.keepPlace(location.pathname, index, this.#sentences[index].spoken);
  }

  #place() {
    const place = this.#storage.place(location.pathname);
    return place ? find(this.#sentences, place) : -1;
  }

  #offerToResume() {
    const index = this.#place();
    if (index < 0) return;
    const { block, start, end } = this.#sentences[index];
    this.#controls.showResume(block.text.slice(start, end));
  }

  #resume() {
    this.#player.send({ type: "seek", index: this.#place() });
    this.#player.send({ type: "play" });
    this.#controls.parts.toggle.closest("button").focus();
  }

  #forget() {
    this.#storage.forget(location.pathname);
    this.#controls.showResume(null);
    this.#controls.tell("forgotten");
    this.#controls.parts.toggle.closest("button").focus();
  }

  // -- Settings ----------------------------------------------------------------------------------

  #set({ dataset, type, checked, value }) {
    const kind = { checkbox: () => checked, range: () => Number(value) }[type] ?? (() => value);
    this.#player.send({ type: "set", settings: { [dataset.part]: kind() } });
    if (dataset.part === "remember" && checked && this.#player.state.index) this.#keepPlace();
  }

  /** The text leaves the device with an online voice, so it is asked about before the first use. */
  #chooseVoice(id) {
    const voice = this.#voices.find((each) => idOf(each) === id);
    const { consent } = this.#controls.parts;
    consent.hidden = !voice || onDevice(voice) || this.#player.state.settings.online === id;
    this.#asked = id;
    if (consent.hidden) this.#player.send({ type: "set", settings: { voice: id, online: "" } });
    else consent.querySelector("button").focus();
  }

  #useOnline() {
    const { consent, voice } = this.#controls.parts;
    consent.hidden = true;
    this.#player.send({ type: "set", settings: { voice: this.#asked, online: this.#asked } });
    voice.focus();
  }

  #refuseOnline() {
    this.#dropQuestion();
    this.#controls.parts.voice.focus();
  }

  /** No answer is a no. */
  #dropQuestion() {
    const { consent, voice } = this.#controls.parts;
    if (!consent.hidden) voice.value = this.#player.state.settings.voice;
    consent.hidden = true;
  }

  /** The module is fetched once; without it the keys stay with whoever has them. */
  #useMediaKeys() {
    const { dataset } = this.#controls.parts.media;
    const { send } = this.#player;
    const wanted = () => this.isConnected && this.#player.state.settings.media;
    this.#media ??= import("./media.js").then(
      ({ createMedia }) => createMedia({ window, ...dataset, send, wanted }),
      () => ({ show() {}, release() {} }),
    );
  }

  // -- The progress, the text and the keys -------------------------------------------------------

  #drag = () => {
    if (this.#givenUp) return this.#refresh();
    const { progress } = this.#controls.parts;
    this.#dragging = true;
    this.#controls.showPlace(progress.valueAsNumber, this.#sentences.length);
    this.#controls.showTimes(this.#player.times(progress.valueAsNumber));
  };

  /** A drag that ends where it began, or is given up, ends without a change. */
  #letGo = ({ key }) => {
    if ((!this.#dragging && !this.#givenUp) || key === "Escape") return; // the hand is still on it
    setTimeout(() => {
      if (!this.#dragging && !this.#givenUp) return; // the change has come
      this.#dragging = this.#givenUp = false;
      this.#refresh();
    });
  };

  #refresh = () => this.#changed(this.#player.state, this.#player.state);

  #drop = () => {
    if (this.#givenUp) return;
    this.#dragging = false;
    this.#player.send({ type: "seek", index: this.#controls.parts.progress.valueAsNumber });
  };

  #select = () => {
    const selection = document.getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return; // pressing a button takes it away on some phones
    const range = selection.getRangeAt(0);
    const inText = [...document.querySelectorAll(READABLE)].some((part) => range.intersectsNode(part));
    this.#selected = inText ? range.cloneRange() : null;
    if (inText && this.#told) this.#refresh(); // what it asked for has been done
    if (inText) this.#told = false;
  };

  #playSelection() {
    const { startContainer, startOffset } = this.#selected ?? {};
    const index = startContainer ? locate(document, this.#sentences, startContainer, startOffset) : -1;
    this.#told = index < 0;
    if (index < 0) return this.#controls.tell("select");
    document.getSelection().removeAllRanges();
    this.#selected = null;
    this.#playAt(index);
  }

  #playAt(index) {
    this.#follower.lead();
    this.#player.send({ type: "seek", index });
    const { phase } = this.#player.state;
    if (phase !== "playing" && phase !== "asking") this.#player.send({ type: "play" }); // a question is not answered by it
  }

  /** Once listening has begun, a sentence is a place to go to, and the one being read a way to pause. */
  #click = (event) => {
    const { state } = this.#player;
    if (event.defaultPrevented || event.detail > 1 || !["playing", "paused", "asking"].includes(state.phase) || !state.started) return;
    if (!event.target.closest?.(READABLE) || event.target.closest(HAS_ITS_OWN_CLICK)) return;
    if (!document.getSelection().isCollapsed) return;
    const index = sentenceAt(this.#sentences, event);
    if (index < 0) return;
    if (index === state.index && state.phase === "asking") return;
    if (index === state.index) this.#player.send({ type: "toggle" });
    else this.#playAt(index);
  };

  #key = (event) => {
    const asked = command(event);
    const { phase, started, settings } = this.#player.state;
    const inside = this.contains(event.target);
    if (!asked || !ours(event, { inside, everywhere: started && settings.everywhere, phase })) return;
    event.preventDefault();
    if (!inside) this.#follower.lead();
    if (asked.type === "stop" && this.#dragging) [this.#dragging, this.#givenUp] = [false, true];
    if (asked.type === "stop" && inside && !this.#controls.parts.consent.hidden) return this.#refuseOnline();
    if (asked.type !== "keys") return this.#player.send(asked);
    this.#controls.parts.keys.open = true;
    this.#controls.parts.keys.querySelector("summary").focus();
  };
}

function engine() {
  try {
    const { speechSynthesis: synth, SpeechSynthesisUtterance: Utterance } = window;
    return synth && Utterance ? createEngine({ synth, Utterance, clock }) : null;
  } catch {
    return null; // forbidden is as good as absent
  }
}

/** The entries of `now` that are other than those of `before`. */
const changes = (now, before) => Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name]));

/** The number of the sentence under a click, or -1 where there is none. */
function sentenceAt(list, { clientX: x, clientY: y }) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? null : document.caretRangeFromPoint?.(x, y);
  const [node, offset] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
  const index = node ? locate(document, list, node, offset) : -1;
  if (index < 0) return -1;
  const boxes = [...rangeOf(document, list[index]).getClientRects()];
  return boxes.some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom) ? index : -1;
}

customElements.define("read-aloud", ReadAloud);
