// Django's choosers stand in for a hidden list and lose its label: give it back to them, for people who hear the page.
window.addEventListener("load", () => {
  for (const list of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${list.id}"]`);
    const chooser = list.parentElement.querySelector(".select2-selection");
    if (!label || !chooser) continue;
    label.id ||= `${list.id}_label`;
    chooser.setAttribute("aria-labelledby", `${label.id} ${chooser.getAttribute("aria-labelledby") ?? ""}`.trim());
    chooser.querySelector("input")?.setAttribute("aria-labelledby", label.id);
  }
});
