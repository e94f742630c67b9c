// The reader's own list on the browse page: shown, taken away as a file, and brought in from one.

import { $, $$, counted, make, root } from "./base.js";
import { say } from "./cards.js";
import words from "./late-words.js";
import { papers, put, sound } from "./list.js";

const AT_ONCE = 8;
const form = $("#ps-browse");
const page = (id) => new URL(`papers/${id}/`, root).href;
let listed = [];

// The saved papers that the form asks for, last saved first.
export function find() {
  const parts = form.q.value.toLowerCase().split(/\s+/);
  const state = form.state.value;
  const given = ({ title, facts, text }) => `${title} ${facts} ${text}`.toLowerCase();
  listed = Object.entries(papers())
    .filter(([, paper]) => paper.saved && (!state || (state === "read") === Boolean(paper.read)))
    .filter(([, paper]) => parts.every((part) => given(paper).includes(part)))
    .sort(([, a], [, b]) => b.saved.localeCompare(a.saved));
  return { results: listed.map(([id, { title, facts, text }]) => ({ data: () => ({ url: page(id), title, text, facts: [[facts]] }) })) };
}

// What is made of each listed paper, its id and its page; the page is empty where it cannot be had.
async function each(make) {
  const made = [];
  const waiting = listed.entries();
  const work = async () => {
    for (const [at, [id, paper]] of waiting) {
      const answer = await fetch(page(id)).catch(() => ({}));
      const html = answer.ok ? await answer.text() : "";
      made[at] = make(paper, id, new DOMParser().parseFromString(html, "text/html"));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

const markdown = (text) => text.replace(/[\\`*_[\]<>#|&~$]/g, "\\$&");
const tex = (text) => text.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, "\\$&").replace(/[~^]/g, "\\$&{}");

const bibtex = ({ title }, id, there) =>
  $(".ps-bibtex code", there)?.textContent.trim() ?? `@misc{${id},\n  title = {${tex(title)}},\n  url = {${page(id)}}\n}`;

// An item as far as the page tells, with what is kept here, so that it can be brought in elsewhere.
function item(paper, id, there) {
  const { author = [], datePublished, sameAs = [] } = JSON.parse($("[type='application/ld+json']", there)?.textContent ?? "{}");
  const names = author.map(({ name, "@type": type }) =>
    type === "Person" ? name.match(/^(?:(?<given>.*) )?(?<family>.+)$/).groups : { literal: name },
  );
  const doi = sameAs.find((link) => link.startsWith("https://doi.org/"));
  return {
    id: bibtex(paper, id, there).match(/{(.*),/)[1],
    type: "article",
    title: paper.title,
    author: names.length ? names : undefined,
    issued: datePublished && { "date-parts": [datePublished.split("-").map(Number)] },
    DOI: doi?.slice(16),
    URL: sameAs[0] ?? page(id),
    custom: { papershelf: { id, ...paper } },
  };
}

const forms = {
  bib: async () => `${(await each(bibtex)).join("\n\n")}\n`,
  json: async () => `${JSON.stringify(await each(item), null, 1)}\n`,
  md: async () => listed.map(([id, { title, facts }]) => `- [${markdown(title)}](${page(id)}) ${markdown(facts)}\n`).join(""),
};

for (const button of $$("[data-export]"))
  button.onclick = async () => {
    say(words.own.waiting);
    const file = new Blob([await forms[button.dataset.export]()], { type: "text/plain" });
    const link = make("a", { href: URL.createObjectURL(file), download: `papers.${button.dataset.export}` });
    link.click();
    URL.revokeObjectURL(link.href);
    say(counted(words.own.taken, listed.length));
  };

// What an item of a file holds for the list, as [id, paper]; nothing if we did not write it.
function kept(item) {
  const paper = item?.custom?.papershelf;
  return typeof paper?.id === "string" ? Object.entries(sound({ [paper.id]: paper })).filter(([, { saved }]) => saved) : [];
}

async function items(file) {
  try {
    return [JSON.parse(await file.text())].flat();
  } catch {
    return []; // no JSON
  }
}

$("#ps-import").onchange = async ({ target }) => {
  const all = await items(target.files[0]);
  const brought = Object.fromEntries(all.flatMap(kept));
  const count = Object.keys(brought).length;
  const left = all.length - count;
  const told = [counted(words.own.brought, count), left ? counted(words.own.skipped, left) : ""].join(" ");
  say(count ? (put(brought, true) ? told : words.own.no_room) : words.own.not_brought);
  target.value = "";
};
