/**
 * <read-aloud for="article">: brings the player of components/player.html to life for the text under that id.
 *
 * The words it shows are the server's, in data attributes. Nothing is stored, and nothing is spoken or cancelled until
 * somebody presses Play.
 */

import { createEngine } from "./engine.js";
import { createHighlighter } from "./highlight.js";
import { command, ours } from "./keys.js";
import { createPlayer } from "./player.js";
import { clockTime } from "./state.js";
import { collect, rangeOf, sentences } from "./text.js";

const clock = {
  now: () => performance.now(),
  set: (act, ms) => setTimeout(act, ms),
  clear: (id) => clearTimeout(id),
};

class ReadAloud extends HTMLElement {
  #player = null;
  #highlighter = createHighlighter(window);
  #sentences = [];
  #parts = {};
  #tick = null;
  #listening = null;

  connectedCallback() {
    const article = document.getElementById(this.getAttribute("for"));
    this.#parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.#sentences = read(article);
    this.#player = createPlayer({ engine: engine(), synth: window.speechSynthesis, clock, changed: this.#show });
    this.#listen();
    this.#player.load(this.#sentences, language(article));
    this.#showTimes();
  }

  disconnectedCallback() {
    this.#quiet();
    this.#listening.abort();
    clearInterval(this.#tick);
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { send } = this.#player;
    const { volume, progress } = this.#parts;
    this.addEventListener("click", ({ target }) => {
      const action = target.closest("[data-do]")?.dataset.do;
      if (action) send({ back: { type: "move", by: -1 }, skip: { type: "move", by: 1 } }[action] ?? { type: action });
    }, { signal });
    volume.addEventListener("input", () => send({ type: "volume", to: volume.valueAsNumber }), { signal });
    progress.addEventListener("change", () => send({ type: "seek", index: progress.valueAsNumber }), { signal });
    document.addEventListener("keydown", this.#key, { signal });
    window.addEventListener("pagehide", this.#quiet, { signal });
    window.addEventListener("leave", this.#quiet, { signal });
  }

  #quiet = () => this.#player.send({ type: "pause" });

  #key = (event) => {
    const asked = command(event);
    const { phase, started } = this.#player.state;
    const place = { inside: this.contains(event.target), everywhere: started && this.#parts.everywhere.checked, phase };
    if (!asked || !ours(event, place)) return;
    event.preventDefault();
    if (asked.type !== "keys") return this.#player.send(asked);
    this.#parts.keys.open = true;
    this.#parts.keys.querySelector("summary").focus();
  };

  #show = (state, before) => {
    const { status, toggle, mute, volume, loudness, progress } = this.#parts;
    const usable = state.phase !== "loading" && state.phase !== "silent";
    const playing = state.phase === "playing";
    this.dataset.phase = state.phase;
    for (const control of this.querySelectorAll("button, input")) control.disabled = !usable;
    write(status, status.dataset[state.problem ? word(status, state.problem) : state.phase]);
    status.toggleAttribute("data-problem", state.problem !== "");
    write(toggle, toggle.dataset[playing ? "pause" : "play"]);
    mute.setAttribute("aria-pressed", state.muted);
    volume.value = state.volume;
    volume.style.setProperty("--filled", `${state.muted ? 0 : state.volume}%`);
    write(loudness, state.muted ? loudness.dataset.muted : `${state.volume}%`);
    progress.max = Math.max(1, state.sizes.length - 1);
    progress.value = state.index;
    progress.style.setProperty("--filled", `${(100 * state.index) / progress.max}%`);
    const place = { number: state.index + 1, count: state.sizes.length };
    progress.setAttribute("aria-valuetext", progress.dataset.value.replace(/{(\w+)}/g, (_, name) => place[name]));
    this.#showTimes();
    this.#mark(state, before);
    clearInterval(this.#tick);
    if (playing) this.#tick = setInterval(() => this.#showTimes(), 500);
  };

  #showTimes() {
    const { elapsed, left } = this.#parts;
    const times = this.#player.times();
    if (!times) return;
    write(elapsed, clockTime(times.elapsed));
    write(left, left.dataset.left.replace("{time}", clockTime(times.left)));
  }

  #mark(state, before) {
    const shown = state.phase === "playing" || state.phase === "paused";
    if (!shown) return this.#highlighter.clear();
    if (state.index === before.index && state.phase === before.phase) return;
    this.#highlighter.show(rangeOf(document, this.#sentences[state.index]));
  }
}

function engine() {
  const { speechSynthesis: synth, SpeechSynthesisUtterance: Utterance } = window;
  return synth && Utterance ? createEngine({ synth, Utterance, clock }) : null;
}

const language = (article) => article?.closest("[lang]")?.lang || "en";

/** The sentences of the readable parts of `article`, or of all of it where no part is marked. */
function read(article) {
  if (!article) return [];
  const parts = article.querySelectorAll("[data-readable]");
  return sentences([...(parts.length ? parts : [article])].flatMap(collect), language(article));
}

/** Live regions and screen readers speak up for every write, so the same words are not written twice. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** "no-voice" as the name of its data attribute, where the server has words for it, else of those that fit any. */
function word(element, problem) {
  const name = problem.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return name in element.dataset ? name : "failed";
}

customElements.define("read-aloud", ReadAloud);
