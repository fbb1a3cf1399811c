// <visitor-time>: when a meeting online is, by the clock of whoever reads, too. Nothing about that leaves the page.

/** The city that a zone is named for: "New York". */
export const city = (zone) => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/** From `starts` to `ends` by the clock in `zone`, with the day where it is another one than in `there`; "" if all is alike. */
export function told(starts, ends, zone, there, language) {
  const parts = (timeZone, options) => new Intl.DateTimeFormat(language, { timeZone, ...options });
  const day = { weekday: "long", month: "long", day: "numeric" };
  const hours = { hour: "numeric", minute: "2-digit" };
  const whole = (timeZone) => parts(timeZone, { ...day, ...hours }).format(starts);
  if (whole(zone) === whole(there)) return "";
  const isSameDay = parts(zone, day).format(starts) === parts(there, day).format(starts);
  const when = parts(zone, isSameDay ? hours : { ...day, ...hours }).formatRange(starts, ends);
  return when.replace(/(\d):(\d\d)/g, "$1.$2").replace(/[AP]M/g, (half) => half.toLowerCase()); // as the house writes it
}

class VisitorTime extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    const { starts, ends, zone: there, said } = this.dataset;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || this.textContent) return;
    const when = told(new Date(starts), new Date(ends), zone, there, document.documentElement.lang || "en-US");
    if (when) this.textContent = said.replace("{city}", city(zone)).replace("{when}", when);
  }
}

globalThis.customElements?.define("visitor-time", VisitorTime);
