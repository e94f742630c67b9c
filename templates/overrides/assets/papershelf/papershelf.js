// On every page: search, colours, keys, what is copied, the reader's own list. Some pages have a script of their own.

import { $, $$, everything, root } from "./base.js";
import { cards, equip, refresh } from "./cards.js";
import { keys } from "./keys.js";

const scheme = $("[data-ps-scheme]");

function shade(name) {
  document.body.dataset.mdColorScheme = name;
  scheme.setAttribute("aria-pressed", name === "slate");
}

scheme.onclick = () => {
  shade(document.body.dataset.mdColorScheme === "slate" ? "default" : "slate");
  try {
    localStorage[`psScheme${root.pathname}`] = document.body.dataset.mdColorScheme;
  } catch {
    // the browser keeps nothing
  }
};
shade(document.body.dataset.mdColorScheme);

// On a phone the sections are a row wider than the screen.
$(".ps-sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

const copying = $("[data-ps-copy]") && import("./copy.js");
for (const button of $$("[data-ps-copy]")) button.onclick = async () => (await copying).copy(button);

// The search is loaded when it is opened; what is typed until then goes to it.
let typed;
async function open() {
  if (typed !== undefined) return;
  typed = "";
  try {
    (await import("./search.js")).open(typed);
  } finally {
    typed = undefined;
  }
}

function type(event) {
  if (typed === undefined || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") location.assign(everything(typed));
  if (event.key.length === 1) typed += event.key;
  event.preventDefault();
}
addEventListener("keydown", type, true);

for (const button of $$("[data-ps-open]")) button.onclick = open;
keys(open);
cards().forEach(equip);
refresh();
addEventListener("ps-list", refresh);
for (const place of $$("[data-ps-script]")) import(`./${place.dataset.psScript}.js`);
