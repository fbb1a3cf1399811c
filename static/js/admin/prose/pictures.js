// Choose a picture that is there, or add one. The server checks it; its words stand beside the field they are about.

export function choosePicture({ dialogs, dataset }) {
  const dialog = dialogs.picture;
  const shelf = dialog.querySelector("[data-shelf]");
  const search = dialog.querySelector("[data-search]");
  const form = dialog.querySelector("form");
  const trouble = dialog.querySelector("[data-trouble]");
  const stop = new AbortController();
  const { signal } = stop;
  form.reset();
  trouble.replaceChildren();

  return new Promise((resolve) => {
    const finish = (id) => {
      stop.abort();
      dialog.close();
      resolve(id);
    };
    let latest = 0;
    const show = async () => {
      const turn = ++latest;
      const answer = await fetch(`${dataset.pictures}?${new URLSearchParams({ q: search.value })}`, { signal }).catch(() => null);
      if (!answer?.ok) return;
      const { pictures } = await answer.json();
      if (turn !== latest) return; // a slow answer to earlier words
      shelf.replaceChildren(...pictures.map((picture) => card(picture, () => finish(picture.id))));
      dialog.querySelector("[data-empty]").hidden = pictures.length > 0;
    };
    const send = async (event) => {
      event.preventDefault();
      trouble.replaceChildren();
      const answer = await fetch(dataset.upload, {
        method: "POST", body: new FormData(form), headers: { "X-CSRFToken": token() }, signal,
      }).catch(() => null);
      const said = answer?.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
      if (answer?.ok && said) return finish(said.id);
      const words = said ? Object.values(said.errors).flat() : [trouble.dataset.trouble];
      trouble.replaceChildren(...words.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
      trouble.focus();
    };
    search.addEventListener("input", show, { signal });
    form.addEventListener("submit", send, { signal });
    dialog.querySelector("[data-close]").addEventListener("click", () => finish(null), { signal });
    dialog.addEventListener("close", () => finish(null), { signal });
    dialog.showModal();
    show();
  });
}

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

function card({ src, name }, choose) {
  const button = document.createElement("button");
  const image = Object.assign(document.createElement("img"), { src, alt: "", loading: "lazy" });
  const words = Object.assign(document.createElement("span"), { textContent: name });
  button.type = "button";
  button.className = "prose-shelf-picture";
  button.append(image, words);
  button.addEventListener("click", choose);
  return button;
}
