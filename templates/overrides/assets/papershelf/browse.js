// The browse page: the form's words and facets are the address, the search and the list of what is found.

import { $, $$, content, counted, each, empty, fill, pagefind, root, space, split, words } from "./base.js";
import { card, link } from "./cards.js";

const said = words.browse;
const PAGE = 20;
const EVERY = "zzall"; // a word of every page
const PAUSE = 250;
const form = $("#ps-browse");
const list = $("#ps-found");
const more = $("#ps-more");
const status = $("#ps-count");
const relax = $("#ps-relax");
const facets = $$("[data-facet]").map((box) => box.dataset.facet);

let found = [];
let draw;
let shown = 0;
let latest = 0;
let unknown = []; // values in the address that no facet has

const boxes = (facet, checked = "") => $$(`[name=${facet}]${checked}`, form);
const values = (facet) => boxes(facet, ":checked").map((box) => box.value);

// The address of what the form says, without what is empty.
function address() {
  const given = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value.trim());
  return `?${new URLSearchParams(given)}`;
}

function fillForm() {
  const given = new URLSearchParams(location.search);
  for (const name of ["q", "sort", "state"]) form[name].value = given.get(name) ?? "";
  form.saved.disabled = !given.has("saved");
  form.classList.toggle("ps-saving", given.has("saved"));
  $(given.has("saved") ? "#ps-mine" : "#ps-all").setAttribute("aria-current", "true");
  unknown = [];
  for (const facet of facets) {
    unknown.push(...given.getAll(facet).filter((value) => !boxes(facet).some((box) => box.value === value)));
    for (const box of boxes(facet)) box.checked = given.getAll(facet).includes(box.value);
    if (values(facet).length) $(`[data-facet=${facet}]`).open = true;
  }
}

// A year stands for its months and for papers of no known month, unless some of its months are chosen.
const within = (date, chosen) =>
  chosen.some((value) => date.startsWith(value) && !chosen.some((other) => other !== value && other.startsWith(value)));

function filters(dates, without) {
  const chosen = facets.filter((facet) => facet !== without && values(facet).length);
  const any = (facet) => (facet === "date" ? dates.filter((date) => within(date, values(facet))) : values(facet));
  return Object.fromEntries(chosen.map((facet) => [facet, { any: any(facet) }]));
}

// The index is in order, newest first: a result's id is a part of it and a number there.
async function sorted(results) {
  const by = form.sort.value || (form.q.value.trim() ? "" : "date");
  if (!by || !results.length) return results;
  const load = async (path) => (await fetch(new URL(path, root))).json();
  const before = {};
  let size = 0;
  for (const [part, pages] of (await load("pagefind/pagefind-entry.json")).parts) [before[part], size] = [size, size + pages];
  const rank = by === "date" ? [] : (await load("browse/ranks.json"))[by];
  const placed = results.map((result) => [before[result.id.split("/")[0]] + Number(result.id.split("/")[1]), result]);
  placed.sort(([a], [b]) => (rank[b] ?? 0) - (rank[a] ?? 0) || a - b);
  return placed.map(([, result]) => result);
}

async function search() {
  if (empty) return { results: [] };
  const index = await pagefind();
  const totals = await index.filters();
  const dates = Object.keys(totals.date ?? {});
  const text = form.q.value.trim();
  const ask = (without, said = text) => index.search(said || EVERY, { filters: filters(dates, without) });
  const active = facets.filter((facet) => values(facet).length);
  const [all, ...others] = await Promise.all([ask(), ...active.map((facet) => ask(facet))]);
  const counts = { ...all.filters, ...Object.fromEntries(active.map((facet, n) => [facet, others[n].filters[facet]])) };
  const less = active.map((facet, n) => [facet, others[n].results.length]);
  const relax = async () => (await import("./relax.js")).suggest(less, text, ask, went);
  return { results: await sorted(all.results), counts, relax };
}

function count(counts) {
  for (const facet of facets) {
    const here = counts[facet] ?? {};
    for (const box of boxes(facet)) {
      const [year, month] = box.value.split("-");
      const n = facet === "date" && !month ? Object.keys(here).reduce((sum, key) => sum + (key.startsWith(year) ? here[key] : 0), 0) : (here[box.value] ?? 0);
      $(".ps-count", box.parentElement).textContent = n || "";
      const folded = facet === "date" && month && !$(`[value="${year}"]:checked`, form);
      box.parentElement.hidden = !box.checked && (!n || folded);
    }
  }
}

async function page(size) {
  const mine = latest;
  const next = found.slice(shown, shown + size);
  const made = await each(next, (of) => card(draw(of)));
  if (mine !== latest) return [];
  list.append(...made);
  shown += next.length;
  more.hidden = shown >= found.length;
  history.replaceState({ shown }, "");
  return made;
}

// A topic as its box names it.
function topic(id) {
  const [box] = boxes("topic", `[value="${id}"]`);
  return box && [box.nextElementSibling.textContent, `topics/${id}/`, box.dataset.mark ? "ps-topic ps-mark" : "ps-topic", box.dataset.mark];
}

// Two elements tell where the text of the card begins and ends; the id of the second is the rest of it.
function drawn(of) {
  const [from, to] = of.anchors.filter(({ id }) => /^[-{]/.test(id));
  const { facts, links = [], topics = [], folded } = JSON.parse(to.id);
  const text = content(of);
  return {
    url: of.url,
    title: of.meta.title,
    facts,
    text: split(text).slice(from.location, to.location).join(space(text)),
    folded,
    chips: [...links.map(([name, href, kind]) => [name, href, `ps-resource ps-${kind}`]), ...topics.map(topic).filter(Boolean)],
  };
}

function failed(error) {
  console.error(error);
  status.textContent = words.search.failed;
}

async function run(size) {
  const mine = ++latest;
  const told = (error) => mine === latest && failed(error);
  const saved = form.saved.disabled ? undefined : await import("./saved.js");
  const answer = saved ? saved.find() : await search().catch(told);
  if (mine !== latest || !answer) return;
  const { results, counts, relax: offer } = answer;
  if (counts) count(counts);
  list.replaceChildren();
  [found, draw, shown, relax.hidden] = [results, saved ? (paper) => paper : drawn, 0, true];
  if (!(await page(Math.max(size ?? 0, PAGE)).catch(told)) || mine !== latest) return;
  const none = saved ? words.own.none : empty ? words.search.empty : said.none;
  const number = results.length ? counted(words.search.found, results.length) : none;
  status.textContent = unknown.length ? `${number} · ${fill(said.unknown, { names: unknown.join(", ") })}` : number;
  if (!results.length) await offer?.();
}

function went(replace) {
  history[replace ? "replaceState" : "pushState"](null, "", address());
  unknown = [];
  run();
}

let pause;
form.q.oninput = () => {
  clearTimeout(pause);
  pause = setTimeout(went, PAUSE, true);
};
form.onchange = ({ target }) => {
  if (target !== form.q && target.type !== "file") went();
};
form.onsubmit = (event) => {
  event.preventDefault();
  clearTimeout(pause);
  went();
};
more.onclick = async () => {
  const made = await page(PAGE).catch(failed);
  if (made?.length) link(made[0]).focus();
};
addEventListener("popstate", () => {
  fillForm();
  run();
});
addEventListener("ps-list", () => form.saved.disabled || run(shown));
$(".ps-facets", form).open = matchMedia("(min-width: 60em)").matches;
fillForm();
run(history.state?.shown);
