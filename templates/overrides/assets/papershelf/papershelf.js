// On every page: the search, the colours, and what is copied.

import { $, $$ } from "./base.js";
import { open } from "./search.js";

for (const button of $$("[data-ps-open]")) button.onclick = open;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (!slash && !control) return;
  event.preventDefault();
  open();
});

const scheme = $("[data-ps-scheme]");

function shade(name) {
  document.body.dataset.mdColorScheme = name;
  scheme.setAttribute("aria-pressed", name === "slate");
}

scheme.onclick = () => {
  shade(document.body.dataset.mdColorScheme === "slate" ? "default" : "slate");
  localStorage.psScheme = document.body.dataset.mdColorScheme;
};
shade(document.body.dataset.mdColorScheme);

for (const button of $$("[data-ps-copy]"))
  button.onclick = async () => {
    await navigator.clipboard.writeText($("code", button.closest("div")).textContent);
    button.textContent = button.dataset.psCopy;
  };
