/**
 * The keys for play and pause on keyboards, headphones and lock screens. Fetched only when somebody asks for them.
 *
 * Browsers give these keys to a page that plays a sound file, and not to one that speaks: so silence is played along.
 * What a lock screen shows is neutral.
 */

/** `sound`: the address of some seconds of silence; `title`: what a lock screen shows; `wanted()`: still, now? */
export function createMedia({ window, sound, title, send, wanted }) {
  const { mediaSession } = window.navigator;
  const audio = Object.assign(new window.Audio(sound), { loop: true });
  const actions = {
    play: { type: "play" },
    pause: { type: "pause" },
    stop: { type: "stop" },
    previoustrack: { type: "move", by: -1, unit: "paragraph" },
    nexttrack: { type: "move", by: 1, unit: "paragraph" },
    seekbackward: { type: "move", by: -1 },
    seekforward: { type: "move", by: 1 },
  };

  function take(on) {
    if (!mediaSession) return;
    mediaSession.metadata = on ? new window.MediaMetadata({ title }) : null;
    for (const [name, event] of Object.entries(actions)) {
      try {
        mediaSession.setActionHandler(name, on ? () => send(event) : null);
      } catch {
        // This browser does not know this key.
      }
    }
  }

  return {
    release() {
      take(false);
      audio.pause();
      if (mediaSession) mediaSession.playbackState = "none";
    },
    show(playing) {
      const on = wanted();
      take(on);
      if (on && playing) audio.play().catch(() => {}); // refused: then the keys stay with somebody else
      else audio.pause();
      if (mediaSession) mediaSession.playbackState = on ? (playing ? "playing" : "paused") : "none";
    },
  };
}
