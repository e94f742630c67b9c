// The keys, in a dialog, and the box that turns them off.

import { $, make } from "./base.js";
import { dialog as made } from "./dialog.js";
import { kept } from "./keys.js";
import words from "./late-words.js";

const keys = { "/": "search", j: "down", k: "up", o: "open", s: "save", "?": "help" };
const dialog = made(
  { id: "ps-keys", class: "ps-dialog", "aria-labelledby": "ps-keys-title" },
  '<form method="dialog"><h2 id="ps-keys-title"></h2><button class="ps-icon ps-close"></button></form><dl></dl>' +
    '<label><input type="checkbox"> </label>',
);
$("h2", dialog).textContent = words.keys.title;
$("button", dialog).ariaLabel = words.keys.close;
for (const key in keys) $("dl", dialog).append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, words.keys[keys[key]]));
$("label", dialog).append(words.keys.use);
const box = $("input", dialog);
box.checked = !kept();
box.onchange = () => kept(box.checked ? "" : "off");

export const open = () => dialog.showModal();
