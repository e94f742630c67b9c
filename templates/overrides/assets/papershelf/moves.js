// What the keys do with the papers of a page. Loaded with the first key.

import { $, $$ } from "./base.js";
import { link, toggle } from "./cards.js";

let at;

const current = () => document.activeElement.closest(".ps-card") ?? (at?.isConnected ? at : undefined);

function move(by) {
  const all = $$(".ps-card");
  at = all[current() ? all.indexOf(current()) + by : by > 0 ? 0 : -1] ?? current();
  if (at) link(at).focus();
}

export const does = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current() && link(current()).click(),
  s: () => (current() ?? $(".ps-paper")) && toggle(current() ?? $(".ps-paper"), "saved"),
  "?": async () => (await import("./help.js")).open(),
};
