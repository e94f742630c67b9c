// The reader's own list, kept in this browser and nowhere else: by a paper's id its title, facts and text as
// a card shows them, and the days (ISO) on which it was saved and read, "" for never.

import { root } from "./base.js";

const key = `papershelf:${root.pathname}`;
let here; // the list itself, where the browser keeps nothing

function sound(found) {
  const papers = Object.entries(found ?? {}).filter(([id, { title } = {}]) => /^[a-z0-9-]+$/.test(id) && title);
  const text = (paper) => ["title", "facts", "text", "saved", "read"].map((name) => [name, `${paper[name] ?? ""}`]);
  return Object.fromEntries(papers.map(([id, paper]) => [id, Object.fromEntries(text(paper))]));
}

export function papers() {
  try {
    return here ?? sound(JSON.parse(localStorage.getItem(key)));
  } catch {
    return {};
  }
}

// Change papers, by their ids; those neither saved nor read are forgotten. Whether the browser keeps it.
export function put(changed) {
  const all = Object.entries({ ...papers(), ...sound(changed) });
  const wanted = Object.fromEntries(all.filter(([, { saved, read }]) => saved || read));
  try {
    localStorage.setItem(key, JSON.stringify(wanted));
    here = undefined;
  } catch {
    here = wanted;
  }
  dispatchEvent(new Event("ps-list"));
  return !here;
}

addEventListener("storage", (event) => event.key === key && dispatchEvent(new Event("ps-list")));
