// Keys without a modifier: along a list, and what can be done with its papers.

import { $, $$, root } from "./base.js";
import { link, toggle } from "./cards.js";

const off = `papershelf-keys:${root.pathname}`;
let at;

const current = () => document.activeElement.closest(".ps-card") ?? (at?.isConnected ? at : undefined);

function move(by) {
  const all = $$(".ps-card");
  at = all[current() ? all.indexOf(current()) + by : by > 0 ? 0 : -1] ?? current();
  if (at) link(at).focus();
}

// Whether the keys are turned off, or turn them off or on: a reader who speaks to the browser may want that.
export function kept(value) {
  try {
    return value === undefined ? localStorage.getItem(off) : localStorage.setItem(off, value);
  } catch {
    return null;
  }
}

const does = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current() && link(current()).click(),
  s: () => (current() ?? $(".ps-paper")) && toggle(current() ?? $(".ps-paper"), "saved"),
  "?": async () => (await import("./help.js")).open(),
};

export function keys(open) {
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const typing = target.closest("input:not([type=checkbox]),textarea,select,[contenteditable]");
    const act = key === "/" || (control && key.toLowerCase() === "k") ? open : does[key];
    if (!act || (control ? key === "/" || act !== open || event.shiftKey : typing || $("dialog[open]"))) return;
    if (!control && key !== "?" && kept()) return;
    event.preventDefault();
    act();
  });
}
