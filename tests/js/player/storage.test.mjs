import assert from "node:assert/strict";
import test from "node:test";

import { DEFAULTS } from "../../../static/js/components/player/state.js";
import { createStorage, find } from "../../../static/js/components/player/storage.js";

const PACE = { count: 1, characters: 10, squares: 100, ms: 700, products: 7000 };
const DAY = 24 * 60 * 60 * 1000;

function start({ given, off, open } = {}) {
  const rows = new Map(given === undefined ? [] : [["player", given]]);
  const device = { getItem: (key) => rows.get(key) ?? null, setItem: (key, value) => rows.set(key, value), removeItem: (key) => rows.delete(key) };
  const time = { now: 0 };
  const tab = () => createStorage({ open: open ?? (() => device), now: () => time.now, off });
  return { storage: tab(), tab, rows, time };
}

/** A device on which somebody has asked for their place to be remembered. */
const remembering = () => start({ given: JSON.stringify({ version: 1, settings: { remember: true }, paces: {}, places: {} }) });

test("settings and paces come back, under one key with a version", () => {
  const { storage, rows } = start();
  storage.keepSettings({ ...DEFAULTS, rate: 1.5 });
  storage.keepPaces({ "1 v": PACE });
  assert.deepEqual([...rows.keys()], ["player"]);
  assert.equal(JSON.parse(rows.get("player")).version, 1);
  assert.equal(storage.settings.rate, 1.5);
  assert.deepEqual(storage.paces, { "1 v": PACE });
});

test("nothing is written before there is something to keep", () => {
  const { storage, rows } = start();
  assert.deepEqual([storage.settings, storage.paces, storage.place("/a/")], [DEFAULTS, {}, null]);
  assert.equal(rows.size, 0);
});

test("a place is found again when the text around it has changed, and holds no words", () => {
  const { storage, rows } = remembering();
  storage.keepPlace("/a/", 1, "Somebody listens.");
  assert.ok(!rows.get("player").includes("Somebody"));
  const place = storage.place("/a/");
  const say = (...words) => words.map((spoken) => ({ spoken }));
  assert.equal(find(say("One.", "Somebody listens."), place), 1);
  assert.equal(find(say("New.", "One.", "Somebody listens."), place), 2);
  assert.equal(find(say("One.", "Nobody listens."), place), -1);
  assert.equal(find([], place), -1);
});

test("a place is forgotten when asked, after 30 days, and when places are not asked for any more", () => {
  const { storage, tab, rows, time } = remembering();
  for (const path of ["/a/", "/b/", "/c/"]) storage.keepPlace(path, 1, "Words.");
  storage.forget("/a/");
  assert.deepEqual([storage.place("/a/"), storage.place("/b/").index], [null, 1]);
  time.now = 29 * DAY;
  assert.ok(storage.place("/b/"));
  time.now = 31 * DAY;
  assert.equal(storage.place("/b/"), null);
  const onDevice = () => Object.keys(JSON.parse(rows.get("player")).places);
  assert.deepEqual(onDevice(), ["/b/", "/c/"]);
  tab(); // to come back is enough
  assert.deepEqual(onDevice(), []);
  storage.keepPlace("/d/", 1, "Words.");
  assert.deepEqual(onDevice(), ["/d/"]);
  storage.keepSettings({ remember: false });
  assert.equal(storage.place("/d/"), null);
  assert.deepEqual(onDevice(), []);
});

test("two tabs write only what changed in them, and one alone can end the remembering", () => {
  const { storage, tab, rows } = remembering();
  const other = tab();
  storage.keepSettings({ rate: 1.5 });
  other.keepSettings({ pitch: 0.8 });
  storage.keepPaces({ "1 v": PACE });
  other.keepPaces({ "2 v": PACE });
  assert.deepEqual(storage.settings, { ...DEFAULTS, rate: 1.5, pitch: 0.8, remember: true });
  assert.deepEqual(Object.keys(storage.paces), ["1 v", "2 v"]);
  storage.keepSettings({ remember: false });
  other.keepPlace("/a/", 1, "Words.");
  other.keepSettings({ rate: 1 });
  assert.equal(other.settings.remember, false);
  assert.deepEqual(JSON.parse(rows.get("player")).places, {});
});

test("the newest 20 places are kept", () => {
  const { storage, time } = remembering();
  for (let i = 0; i < 25; i++) {
    time.now = i;
    storage.keepPlace(`/${i}/`, 1, "Words.");
  }
  assert.deepEqual([storage.place("/4/"), storage.place("/5/").index], [null, 1]);
});

const WILD = {
  "1 a": { ...PACE, ms: -1, characters: 0 }, "1 b": { ...PACE, characters: 1e400 }, "1 c": { ...PACE, ms: 1e300 },
  "1 d": { ...PACE, squares: 1 }, "1 e": { ...PACE, ms: [], products: {} }, "1 f": { ms: 700, characters: 10 },
  "1 g": { ...PACE, count: 0 }, h: PACE,
};

test("junk is taken for nothing", () => {
  for (const given of ["", "{", "null", "7", '{"version":2,"settings":{"rate":2}}', '{"version":1,"settings":7,"paces":[1],"places":{"/a/":null}}']) {
    const { storage } = start({ given });
    assert.deepEqual([storage.settings, storage.paces, storage.place("/a/")], [DEFAULTS, {}, null], given);
    assert.equal(storage.place("constructor"), null);
  }
  const { storage } = start({ given: JSON.stringify({ version: 1, settings: { rate: "fast", calm: true }, paces: WILD }) });
  assert.deepEqual([storage.settings, storage.paces], [{ ...DEFAULTS, calm: true }, {}]);
});

test("everything works when storage throws, wherever it throws", () => {
  const boom = () => {
    throw new Error("SecurityError");
  };
  for (const open of [boom, () => ({ getItem: boom, setItem: boom }), () => ({ getItem: () => null, setItem: boom })]) {
    const { storage } = start({ open });
    storage.keepSettings(DEFAULTS);
    storage.keepPlace("/a/", 1, "Words.");
    storage.keepPaces({});
    assert.deepEqual([storage.settings, storage.place("/a/")], [DEFAULTS, null]);
  }
});

test("nothing is read or written in discreet mode, nor once somebody is leaving", () => {
  const given = JSON.stringify({ version: 1, settings: { rate: 2 }, paces: {}, places: {} });
  const discreet = start({ off: true, given });
  discreet.storage.keepSettings({ ...DEFAULTS, rate: 0.5 });
  discreet.storage.keepPlace("/a/", 1, "Words.");
  assert.equal(discreet.storage.settings.rate, 1);
  assert.equal(discreet.rows.size, 0); // what was kept before is gone too
  assert.equal(start({ off: true, open: () => { throw new Error("SecurityError"); } }).storage.place("/a/"), null);
  const leaving = remembering();
  leaving.rows.clear();
  leaving.storage.close();
  leaving.storage.keepPlace("/a/", 1, "Words.");
  assert.equal(leaving.rows.size, 0);
});
