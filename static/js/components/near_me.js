// <near-me>: a form whose latitude and longitude the device fills in, rounded here, before anything is sent.

// Two decimals: about half a mile.
const rounded = (degrees) => degrees.toFixed(2);

class NearMe extends HTMLElement {
  connectedCallback() {
    if (!navigator.geolocation) return;
    this.form = this.querySelector("form");
    this.form.querySelector("button").hidden = false;
    this.querySelector("[data-without]").hidden = true;
    this.form.addEventListener("submit", (event) => {
      if (this.form.elements.latitude.value) return;
      event.preventDefault();
      this.say("waiting");
      navigator.geolocation.getCurrentPosition(this.found, () => this.say("refused"), { timeout: 15_000, maximumAge: 600_000 });
    });
  }

  found = ({ coords }) => {
    this.form.elements.latitude.value = rounded(coords.latitude);
    this.form.elements.longitude.value = rounded(coords.longitude);
    this.form.submit();
  };

  say(name) {
    const status = this.querySelector("[role=status]");
    status.textContent = status.dataset[name];
  }
}

customElements.define("near-me", NearMe);
