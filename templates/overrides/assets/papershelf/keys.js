// Keys without a modifier: along a list, and what can be done with its papers.

import { $, root } from "./base.js";

const off = `papershelf-keys:${root.pathname}`;

// Whether the keys are turned off, or turn them off or on: a reader who speaks to the browser may want that.
export function kept(value) {
  try {
    return value === undefined ? localStorage.getItem(off) : localStorage.setItem(off, value);
  } catch {
    return null;
  }
}

const move = async (key) => (await import("./moves.js")).does[key]();

export function keys(open) {
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const typing = target.closest("input:not([type=checkbox]),textarea,select,[contenteditable]");
    const act = key === "/" || (control && key.toLowerCase() === "k") ? open : /^[jkos?]$/.test(key) && move;
    if (!act || (control ? key === "/" || act !== open || event.shiftKey : typing || $("dialog[open]"))) return;
    if (!control && key !== "?" && kept()) return;
    event.preventDefault();
    act(key);
  });
}
