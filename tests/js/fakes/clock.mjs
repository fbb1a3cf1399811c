/** A clock that stands still until it is told to go on: `{now, set, clear}` as the player takes it. */
export function virtualClock() {
  let time = 0;
  let next = 1;
  const timers = new Map();

  return {
    now: () => time,
    set(act, ms) {
      timers.set(next, { act, at: time + ms });
      return next++;
    },
    clear: (id) => timers.delete(id),
    get waiting() {
      return timers.size;
    },
    /** Lets `ms` pass, running on the way what falls due, in order. */
    pass(ms) {
      const until = time + ms;
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= until).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
        if (!due) break;
        timers.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].act();
      }
      time = until;
    },
  };
}
