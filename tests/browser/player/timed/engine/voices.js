// An engine for Chromium that makes no sound and keeps time: 40 ms a character at speed 1. "Told" tells each word,
// "Far" is online and, like Google's voices, dies without a word where it would have to speak for more than 14 seconds.

const PACE_MS = 40;
const DEADLY_MS = 14_000;
let timers = [];

const silence = () => {
  timers.forEach(clearTimeout);
  timers = [];
};

chrome.ttsEngine.onSpeak.addListener((text, { rate = 1, voiceName }, send) => {
  silence();
  const pace = PACE_MS / rate;
  const after = (characters, event) => timers.push(setTimeout(() => send({ charIndex: characters, ...event }), characters * pace));
  send({ type: "start", charIndex: 0 });
  if (voiceName === "Told") for (const { 0: word, index } of text.matchAll(/\S+/g)) after(index, { type: "word", length: word.length });
  if (voiceName === "Far" && text.length * pace > DEADLY_MS) return;
  after(text.length, { type: "end" });
});
chrome.ttsEngine.onStop.addListener(silence);
