// The reader's own list, kept in this browser and nowhere else: by a paper's id its title, facts and text as
// a card shows them, and the days (ISO) on which it was saved and read, "" for never.

import { root } from "./base.js";

const key = `papershelf:${root.pathname}`;
let here; // the list itself, where the browser keeps nothing

const forms = { title: /^/, facts: /^/, text: /^/, saved: /^\d{4}-\d\d-\d\d$/, read: /^\d{4}-\d\d-\d\d$/ };

// The papers in what is said to be a list, without all that is none.
export function sound(found) {
  const text = (value, form) => (typeof value === "string" && form.test(value) ? value : "");
  const papers = Object.entries(found ?? {}).map(([id, paper]) => [
    id,
    Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, text(paper?.[name], form)])),
  ]);
  return Object.fromEntries(papers.filter(([id, { title }]) => /^[a-z0-9-]+$/.test(id) && title));
}

function parsed(kept) {
  try {
    return sound(JSON.parse(kept));
  } catch {
    return {};
  }
}

export function papers() {
  try {
    return here ?? parsed(localStorage.getItem(key));
  } catch {
    return {};
  }
}

// Whether the browser keeps a list. One that is damaged is put aside before, as only a part of it was read.
function keeps(list) {
  try {
    const before = localStorage.getItem(key);
    if (before && before !== JSON.stringify(parsed(before))) localStorage.setItem(`${key}:damaged`, before);
    localStorage.setItem(key, JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}

// Change papers, by their ids; those neither saved nor read are forgotten. Whether the browser keeps it: if
// not, the change lasts as long as this page, but for `all` or nothing.
export function put(changed, all) {
  const papersNow = Object.entries({ ...papers(), ...sound(changed) });
  const wanted = Object.fromEntries(papersNow.filter(([, { saved, read }]) => saved || read));
  const kept = keeps(wanted);
  if (kept || !all) {
    here = kept ? undefined : wanted;
    dispatchEvent(new Event("ps-list"));
  }
  return kept;
}

addEventListener("storage", (event) => event.key === key && dispatchEvent(new Event("ps-list")));
