/** The player's controls: shows a state on them. Every word comes from the server, in the markup or in data attributes. */

import { clockTime } from "./state.js";
import { idOf, onDevice, speaks } from "./voices.js";

const KEEPING = "[data-part=remember], [data-do=forget]";

/** Over the `<read-aloud>` element: `{parts, show, showTimes, showVoices, showResume, tell}`. */
export function createControls(root) {
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));

  /** `note` is what the passage ahead is about; `dragging` leaves the progress where the thumb is. */
  function show(state, { note, dragging }) {
    const { toggle, mute, loudness, volume, progress, rate, pitch } = parts;
    const { settings } = state;
    root.dataset.phase = state.phase;
    document.body.toggleAttribute("data-listening", state.started && ["playing", "paused", "asking"].includes(state.phase));
    const inside = root.contains(document.activeElement);
    enable(state);
    showStatus(state, note);
    if (inside && (document.activeElement.disabled || document.activeElement === document.body)) parts.status.focus();
    write(toggle, toggle.dataset[state.phase === "playing" ? "pause" : "play"]);
    mute.setAttribute("aria-pressed", state.muted);
    const answered = state.phase !== "asking" && parts.ask.contains(document.activeElement);
    parts.ask.hidden = state.phase !== "asking";
    if (answered) toggle.closest("button").focus(); // what had the focus is gone
    for (const [name, value] of Object.entries(settings)) put(parts[name], value);
    fill(volume, state.muted ? 0 : settings.volume / 100);
    write(loudness, state.muted ? loudness.dataset.muted : `${settings.volume}%`);
    volume.setAttribute("aria-valuetext", loudness.textContent);
    for (const [slider, shown] of [[rate, parts.rateShown], [pitch, parts.pitchShown]]) {
      write(shown, shown.dataset.value.replace("{number}", slider.value));
      slider.setAttribute("aria-valuetext", shown.textContent);
      fill(slider, (slider.value - slider.min) / (slider.max - slider.min));
    }
    if (dragging) return;
    progress.max = Math.max(1, state.text.length - 1);
    progress.value = state.index;
    showPlace(state.index, state.text.length);
  }

  /**
   * Without a voice nothing can be played; but a voice that is there may be chosen, even if none speaks by itself, and what
   * is kept on the device can always be forgotten.
   */
  function enable({ phase, problem }) {
    const usable = phase !== "loading" && phase !== "silent";
    for (const control of root.querySelectorAll("button, input, select")) control.disabled = !usable && !control.matches(KEEPING);
    if (problem !== "online-only" && problem !== "no-language") return;
    for (const control of [parts.voice, ...parts.consent.querySelectorAll("button")]) control.disabled = false;
  }

  function showStatus({ phase, problem }, note) {
    const { status } = parts;
    status.toggleAttribute("data-problem", problem !== "");
    write(status, status.dataset[problem ? word(status, problem) : phase].replace("{note}", note));
  }

  function showPlace(index, count) {
    const { progress } = parts;
    fill(progress, index / progress.max);
    const place = { number: index + 1, count };
    progress.setAttribute("aria-valuetext", progress.dataset.value.replace(/{(\w+)}/g, (_, name) => place[name]));
  }

  function showTimes(times) {
    if (!times) return;
    const { elapsed, left } = parts;
    write(elapsed, clockTime(times.elapsed));
    write(left, left.dataset.left.replace("{time}", clockTime(times.left)));
  }

  /** Those of the page's language, on the device and then online, and whatever else there is. */
  function showVoices(voices, language, chosen) {
    const { voice } = parts;
    const groups = { own: [], online: [], others: [] };
    for (const each of voices) groups[!speaks(each, language) ? "others" : onDevice(each) ? "own" : "online"].push(each);
    const lists = Object.entries(groups).filter(([, list]) => list.length);
    const options = lists.map(([name, list]) => {
      const group = document.createElement("optgroup");
      group.label = voice.dataset[name];
      group.append(...list.map((each) => new Option(`${each.name} (${each.lang})`, idOf(each))));
      return group;
    });
    voice.replaceChildren(new Option(voice.dataset.best, ""), ...options);
    put(voice, chosen);
  }

  return {
    parts,
    show,
    showPlace,
    showTimes,
    showVoices,

    /** Offers to go on where somebody was, in its own words; null takes the offer back. */
    showResume(words) {
      parts.resume.hidden = words === null;
      if (words) write(parts.resumeWords, parts.resumeWords.dataset.value.replace("{words}", words));
    },
    /** One of the status's own words that is no state: "select", "forgotten". */
    tell: (name) => write(parts.status, parts.status.dataset[name]),
  };
}

const fill = (slider, share) => slider.style.setProperty("--filled", `${100 * share}%`);

function put(control, value) {
  if (!control || control === document.activeElement) return; // nobody's hand is moved
  if (typeof value === "boolean") control.checked = value;
  else control.value = value;
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
