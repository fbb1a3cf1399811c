// Ask one small question in a <dialog> that the server wrote, and give back what was answered.

// Returns {choice, ...the fields}, or null when it was closed. A button marked data-inside shows only for something that is there already.
export function ask(dialog, values = {}, { inside = Boolean(Object.values(values)[0]) } = {}) {
  const form = dialog.querySelector("form");
  form.reset();
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  for (const part of dialog.querySelectorAll("[data-inside]")) part.hidden = !inside;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        const choice = dialog.returnValue;
        resolve(choice && choice !== "cancel" ? { choice, ...Object.fromEntries(new FormData(form)) } : null);
      },
      { once: true },
    );
  });
}
