// Cards of papers: made from data as the pages have them, and the buttons that save and mark as read.

import { $, $$, fill, make, root, words } from "./base.js";
import { papers, put } from "./list.js";

const span = ([text, kind, label]) =>
  make("span", { class: kind, dir: "auto", role: label && "img", "aria-label": label }, text);

const chip = ([text, href, kind, colour]) =>
  make("a", { class: kind, href: new URL(href, root), style: colour && `--ps-mark:${colour}` }, text);

// facts: [text, class, label]; chips: [text, address, class, colour]; all but the text may be left out.
export function card({ url, title, facts, text, chips = [], folded }) {
  const made = make("article", { class: folded ? "ps-card ps-folded" : "ps-card" });
  made.append(make("h2", { dir: "auto" }, make("a", { href: url }, title)));
  const line = make("p", { class: "ps-facts" });
  for (const [n, fact] of facts.entries()) line.append(n ? (fact[1] ? " " : " · ") : "", span(fact));
  made.append(line);
  if (text) made.append(make("p", { class: "ps-text", dir: "auto" }, text));
  if (chips.length) made.append(make("p", { class: "ps-chips" }, ...chips.map(chip)));
  equip(made);
  return made;
}

export const cards = () => $$(".ps-card,.ps-paper");
export const link = (of) => $(":is(h2,h3) a", of);

function id(of) {
  const at = link(of) ?? location;
  return at.pathname.startsWith(`${root.pathname}papers/`) ? at.pathname.split("/").at(-2) : "";
}

const text = (selector, of) => $(selector, of)?.textContent.replace(/\s+/g, " ").trim() ?? "";

const told = { saved: ["saved_off", "saved_on"], read: ["read_off", "read_on"] };
const today = () => new Date().toISOString().slice(0, 10);

// Turn `saved` or `read` on or off for the paper of a card.
export function toggle(of, state) {
  const name = id(of);
  const shown = { title: text(":is(h1,h2,h3)", of), facts: text(".ps-facts", of).replace(/^.*? · (?=.* · )/, (place) => ($(".ps-position", of) ? "" : place)), text: text(".ps-text,.ps-summary", of) };
  const paper = { saved: "", read: "", ...papers()[name], ...shown };
  const kept = put({ [name]: { ...paper, [state]: paper[state] ? "" : today() } });
  say(words.own[kept ? told[state][paper[state] ? 0 : 1] : "not_kept"]);
}

export function say(message) {
  let status = $("#ps-said");
  if (!status) {
    status = make("p", { id: "ps-said", role: "status" });
    document.body.append(status);
  }
  status.textContent = message;
}

// Give a card its buttons, once.
export function equip(of) {
  if (!id(of) || $(".ps-tools", of)) return;
  const tools = make("span", { class: "ps-tools" });
  for (const state of ["saved", "read"]) {
    const button = make("button", { type: "button", class: `ps-icon ps-${state}`, title: words.own[state] });
    button.setAttribute("aria-label", `${words.own[state]}: ${text(":is(h1,h2,h3)", of)}`);
    button.onclick = () => toggle(of, state);
    tools.append(button);
  }
  of.append(tools);
  if (of.matches(".ps-folded")) of.append(unfolding(link(of).href));
  mark(of);
}

// The abstract, taken from the paper's page when it is opened.
function unfolding(page) {
  const details = make("details", {}, make("summary", {}, words.abstract));
  details.ontoggle = async () => {
    details.ontoggle = null;
    const there = new DOMParser().parseFromString(await (await fetch(page)).text(), "text/html");
    details.append($(".ps-abstract", there));
  };
  return details;
}

function mark(of, all = papers()) {
  for (const state of ["saved", "read"]) $(`.ps-${state}`, of)?.setAttribute("aria-pressed", Boolean(all[id(of)]?.[state]));
}

function progress(all) {
  for (const place of $$("[data-ps-progress]")) {
    const ids = place.dataset.psProgress.split(" ").filter(Boolean);
    const steps = ids.length ? ids : $$(".ps-card").map(id);
    const read = steps.filter((name) => all[name]?.read).length;
    place.textContent = fill(words.own.progress, { read, total: steps.length });
  }
}

export function refresh() {
  const all = papers();
  for (const of of cards()) mark(of, all);
  progress(all);
}
