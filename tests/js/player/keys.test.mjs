import assert from "node:assert/strict";
import test from "node:test";

import { command, ours } from "../../../static/js/components/player/keys.js";

const press = (key, more) => ({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, repeat: false, ...more });
const on = (tag, key = " ", more) => ({ ...press(key, more), target: { closest: (selectors) => (tag && selectors.split(", ").some((one) => one.split("[")[0] === tag) ? {} : null) } });

test("each key of the hint does what it says", () => {
  assert.deepEqual(command(press(" ")), { type: "toggle" });
  assert.deepEqual(command(press("Escape")), { type: "stop" });
  assert.deepEqual(command(press("m")), { type: "mute" });
  assert.deepEqual(command(press("r")), { type: "repeat" });
  assert.deepEqual(command(press("?", { shiftKey: true })), { type: "keys" });
});

test("arrows move by sentence, paragraph and section, with Ctrl or with Alt and Shift", () => {
  const moves = (keys, more) => keys.map((key) => command(press(key, more))).map((event) => event && [event.unit, event.by]);
  const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
  const steps = [["sentence", -1], ["sentence", 1], ["paragraph", -1], ["paragraph", 1]];
  const sections = [["section", -1], ["section", 1]];
  assert.deepEqual(moves(arrows, { ctrlKey: true }), steps);
  assert.deepEqual(moves(arrows, { ctrlKey: true, shiftKey: true }), [...sections, ...sections]);
  assert.deepEqual(moves(arrows, { altKey: true, shiftKey: true }), steps);
  assert.deepEqual(moves(["PageUp", "PageDown"], { altKey: true, shiftKey: true }), sections);
});

test("keys of the browser and of the leave control are left alone", () => {
  for (const event of [
    press("Shift", { shiftKey: true }),
    press("ArrowRight"),
    press("ArrowRight", { ctrlKey: true, altKey: true, shiftKey: true }),
    press("Shift", { ctrlKey: true, shiftKey: true }),
    press("Shift", { altKey: true, shiftKey: true }),
    press("toString", { ctrlKey: true }),
    press("ArrowRight", { altKey: true }),
    press(" ", { shiftKey: true }),
    press("m", { ctrlKey: true }),
    press("m", { metaKey: true }),
    press("a"),
  ]) {
    assert.equal(command(event), null, JSON.stringify(event));
  }
});

test("a key held down plays and pauses once, and skips on and on", () => {
  assert.equal(command(press(" ", { repeat: true })), null);
  assert.deepEqual(command(press("ArrowRight", { ctrlKey: true, repeat: true })), { type: "move", by: 1, unit: "sentence" });
});

test("in the player all keys work, but Space presses the button that has the focus", () => {
  const inside = { inside: true, everywhere: false, phase: "ready" };
  assert.ok(ours(on("input", "m"), inside));
  assert.ok(ours(on(null, " "), inside));
  assert.ok(!ours(on("button", " "), inside));
  assert.ok(ours(on("button", "Escape"), inside));
  assert.ok(!ours(on("select", "m"), inside));
  assert.ok(ours(on("select", "ArrowRight", { ctrlKey: true }), inside));
});

test("elsewhere keys work only once listening has begun, and never in what has keys of its own", () => {
  const started = { inside: false, everywhere: true, phase: "playing" };
  assert.ok(!ours(on(null), { ...started, everywhere: false }));
  assert.ok(ours(on(null), started));
  for (const tag of ["input", "textarea", "select", "button", "a", "summary", "dialog"]) {
    assert.ok(!ours(on(tag, "Escape"), started), tag);
  }
});

test("Space scrolls the page while there is nothing to pause or go on with", () => {
  for (const phase of ["ready", "finished", "silent"]) assert.ok(!ours(on(null), { inside: false, everywhere: true, phase }), phase);
  assert.ok(ours(on(null), { inside: false, everywhere: true, phase: "paused" }));
});

test("an input method and a key somebody else took are not ours", () => {
  const inside = { inside: true, everywhere: true, phase: "playing" };
  for (const more of [{ isComposing: true }, { keyCode: 229 }, { defaultPrevented: true }]) assert.ok(!ours(on(null, " ", more), inside));
});
