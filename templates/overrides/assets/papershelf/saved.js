// The reader's own list on the browse page: shown, taken away as a file, and brought in from one.

import { $, $$, counted, make, root, words } from "./base.js";
import { say } from "./cards.js";
import { papers, put } from "./list.js";

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
  return { results: listed.map(([id, { title, facts, text }]) => ({ url: page(id), title, text, facts: [[facts]] })) };
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
  const names = author.map(({ name }) => name.match(/^(?:(?<given>.*) )?(?<family>.+)$/).groups);
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

$("#ps-import").onchange = async ({ target }) => {
  try {
    const items = JSON.parse(await target.files[0].text()).flatMap(({ custom }) => custom?.papershelf ?? []);
    put(Object.fromEntries(items.map((paper) => [paper.id, paper])));
    say(items.length ? counted(words.own.brought, items.length) : words.own.not_brought);
  } catch {
    say(words.own.not_brought);
  }
  target.value = "";
};
