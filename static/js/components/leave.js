// <leave-site data-exit="https://..."><a href="/leave/">: leave in one press, or by three lone taps of Shift.
//
// The page is emptied before anything else is done, and stays empty should the browser ever bring it back. Then the
// server is asked to sign out and to clear what it may; whether or not it answers, the exit page takes this page's place
// in the history. Without JavaScript the link does what it can by itself.

import { ShiftTaps } from "./shift_taps.js";

// How long the exit page may wait for the server. The request outlives this page, so nothing is lost by going first.
const PATIENCE = 700;

// Written for a moment, so that the other tabs of this browser hear of it and leave too.
const LEAVING = "leaving";

let left = null; // the exit address, once we have left

export async function leave(exit, server) {
  left = exit;
  hide(exit);
  silence();
  forget();
  await Promise.race([signOut(server), new Promise((done) => setTimeout(done, PATIENCE))]);
  location.replace(exit);
}

function hide(exit) {
  document.querySelectorAll("audio, video").forEach((media) => media.pause());
  document.body.replaceChildren();
  document.title = new URL(exit).hostname;
}

function silence() {
  window.dispatchEvent(new CustomEvent("leave")); // whoever speaks or plays stops here
  try {
    window.speechSynthesis?.cancel();
  } catch {
    // Forbidden in this browser: then nobody speaks.
  }
}

function forget() {
  try {
    localStorage.setItem(LEAVING, "1");
  } catch {
    // Full, or switched off: then the other tabs stay, as /safety/ says.
  }
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].clear();
    } catch {
      // Storage is switched off in this browser: then there is nothing in it.
    }
  }
}

async function signOut(server) {
  try {
    await fetch(server, { keepalive: true, cache: "no-store" });
  } catch {
    // No connection. We leave all the same.
  }
}

class LeaveSite extends HTMLElement {
  #taps = new ShiftTaps();
  #listening = null;

  connectedCallback() {
    this.#listening = new AbortController();
    const on = (target, type, act) =>
      target.addEventListener(type, act, { capture: true, passive: type === "wheel", signal: this.#listening.signal });
    on(window, "click", (event) => {
      // Any link to /leave/ in a text leads out the same way as the control itself.
      if (event.target.closest?.("a")?.href !== this.server) return;
      event.preventDefault();
      this.leave();
    });
    on(window, "keydown", (event) => this.#taps.down(event));
    on(window, "keyup", (event) => this.#taps.up(event) && this.leave());
    on(window, "storage", ({ key, newValue }) => key === LEAVING && newValue && this.leave());
    for (const use of ["pointerdown", "wheel", "blur"]) on(window, use, () => this.#taps.spoil());
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  get server() {
    return this.querySelector("a").href;
  }

  leave() {
    if (left === null) leave(this.dataset.exit || this.server, this.server);
  }
}

customElements.define("leave-site", LeaveSite);

// A page kept in memory by the browser shows nothing of us once it has been left.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && left) location.replace(left);
});
