import assert from "node:assert/strict";
import test from "node:test";

import { ShiftTaps } from "../../static/js/components/shift_taps.js";

const PLAIN = { repeat: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false };

/** Play "S" (Shift down), "s" (Shift up) and other keys in the same way, `step` ms apart; return how often it fired. */
function play(script, { step = 50, change = {} } = {}) {
  const taps = new ShiftTaps();
  let fired = 0;
  [...script].forEach((sign, index) => {
    const isDown = sign === sign.toUpperCase();
    const key = sign.toLowerCase() === "s" ? "Shift" : sign.toLowerCase();
    const event = { ...PLAIN, key, timeStamp: index * step, ...change[index] };
    if (isDown) taps.down(event);
    else if (taps.up(event)) fired += 1;
  });
  return fired;
}

test("three lone taps leave", () => assert.equal(play("SsSsSs"), 1));
test("two taps do not", () => assert.equal(play("SsSs"), 0));
test("six taps leave twice, five once", () => {
  assert.equal(play("SsSsSsSsSsSs"), 2);
  assert.equal(play("SsSsSsSsSs"), 1);
});

test("the three count only within two seconds, from first press to last release", () => {
  assert.equal(play("SsSsSs", { step: 400 }), 1); // 5 steps: exactly 2000 ms
  assert.equal(play("SsSsSs", { step: 401 }), 0);
});
test("a slow first tap falls away and three quick ones after it count", () => {
  const late = Object.fromEntries([2, 3, 4, 5, 6, 7].map((index) => [index, { timeStamp: 5000 + index * 50 }]));
  assert.equal(play("SsSsSsSs", { change: late }), 1);
});

test("a capital letter never counts", () => assert.equal(play("SAasSAasSAas"), 0));
test("a key between the taps starts the count again", () => {
  assert.equal(play("SsSsAaSs"), 0);
  assert.equal(play("SsSsAaSsSsSs"), 1);
});
test("a key held across the taps and let go between them starts the count again", () => assert.equal(play("ASsSsaSs"), 0));
test("the player's Ctrl+Shift+Arrow never counts", () => {
  const held = { ctrlKey: true };
  const change = Object.fromEntries([...Array(18).keys()].map((index) => [index, held]));
  assert.equal(play("SAasSAasSAas", { change }), 0);
  assert.equal(play("SsSsSs", { change }), 0);
});
test("Alt or Meta held never counts", () => {
  assert.equal(play("SsSsSs", { change: { 2: { altKey: true } } }), 0);
  assert.equal(play("SsSsSs", { change: { 3: { metaKey: true } } }), 0);
});
test("Shift held until it repeats is not a tap", () => {
  assert.equal(play("SSsSsSs", { change: { 1: { repeat: true } } }), 0);
});
test("both Shift keys at once are not a tap", () => assert.equal(play("SSssSsSs"), 0));
test("writing with an input method never counts", () => {
  assert.equal(play("SsSsSs", { change: { 4: { isComposing: true } } }), 0);
});
test("a Shift whose press was not seen does not count", () => assert.equal(play("sSsSs"), 0));
test("a click in between starts the count again", () => {
  const taps = new ShiftTaps();
  const tap = (at) => {
    taps.down({ ...PLAIN, key: "Shift", timeStamp: at });
    return taps.up({ ...PLAIN, key: "Shift", timeStamp: at + 20 });
  };
  tap(0);
  tap(100);
  taps.spoil();
  assert.equal(tap(200), false);
  assert.equal(tap(300), false);
  assert.equal(tap(400), true);
});
