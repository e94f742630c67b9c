// The search dialog, and keys to use it without a mouse.

import { $, content, counted, each, empty, everything, fill, make, pagefind, space, split, words as shared } from "./base.js";
import { dialog as made } from "./dialog.js";
import late from "./late-words.js";

const words = { ...shared.search, ...late.search };
const SHOWN = 12;
const PAUSE = 120;
const EXCERPT = 30;
const BEFORE = 8;

const dialog = made(
  { class: "ps-dialog ps-search", "aria-label": words.label },
  '<form method="dialog"><input type="search" role="combobox" aria-expanded="false" aria-autocomplete="list" ' +
    'aria-controls="ps-results" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search">' +
    '<button class="ps-icon ps-close"></button></form><p role="status"></p><div id="ps-results" role="listbox"></div>',
);
const input = $("input", dialog);
const status = $("p", dialog);
const list = $("#ps-results", dialog);
input.placeholder = words.hint;
input.ariaLabel = words.label;
list.ariaLabel = words.results;
$("button", dialog).ariaLabel = words.close;

let latest = 0;

export function open(typed) {
  if (!dialog.open) dialog.showModal();
  input.select();
  if (!empty) pagefind().catch(failed);
  if (typed) {
    input.value = typed;
    search();
  }
}

// Without the blur the hidden input would keep the keyboard until the next frame, and "/" with it.
function close() {
  input.blur();
  dialog.close();
}

function failed(error) {
  console.error(error);
  show([], words.failed);
}

async function search() {
  const text = input.value.trim();
  const mine = ++latest;
  if (!text || empty) return show([], text && words.empty);
  try {
    const { results } = await (await pagefind()).search(text);
    const papers = await each(results.slice(0, SHOWN), option);
    if (mine !== latest) return;
    const message = papers.length ? counted(words.found, results.length) : fill(words.none, { words: text });
    const all = make("a", { role: "option", href: everything(text), tabindex: -1 }, words.all);
    all.onclick = () => {
      all.href = everything(input.value.trim());
    };
    show(papers.length ? [...papers, all] : [], message);
  } catch (error) {
    if (mine === latest) failed(error);
  }
}

function show(options, message) {
  for (const [n, made] of options.entries()) made.id = `ps-result-${n}`;
  list.replaceChildren(...options);
  status.textContent = message;
  input.setAttribute("aria-expanded", options.length > 0);
  choose();
}

function option(paper) {
  const { title, date } = paper.meta;
  return make(
    "a",
    { role: "option", href: paper.url, tabindex: -1 },
    make("strong", { dir: "auto" }, title),
    make("small", {}, date),
    make("span", { dir: "auto" }, ...excerpt(paper)),
  );
}

// Some words of the paper around the first one that was searched for, the title left out.
function excerpt(page) {
  const { meta, locations } = page;
  const text = content(page);
  const title = split(meta.title).length;
  const first = Math.min(...locations.filter((place) => place >= title));
  const start = first === Infinity ? title : Math.max(title, first - BEFORE);
  return split(text)
    .slice(start, start + EXCERPT)
    .flatMap((word, n) => [locations.includes(start + n) ? make("mark", {}, word) : word, space(text)]);
}

const chosen = () => $("[aria-selected=true]", list);

function choose(link) {
  chosen()?.setAttribute("aria-selected", false);
  if (!link) return input.removeAttribute("aria-activedescendant");
  link.setAttribute("aria-selected", true);
  link.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", link.id);
}

const moves = {
  ArrowDown: () => choose(chosen()?.nextElementSibling ?? list.firstElementChild),
  ArrowUp: () => choose(chosen()?.previousElementSibling ?? list.lastElementChild),
  Enter: () => (chosen() ? chosen().click() : location.assign(everything(input.value.trim()))),
  Escape: close,
};

let pause;
input.oninput = () => {
  choose();
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE);
};
input.onkeydown = (event) => {
  if (event.isComposing || !moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
};
dialog.onclick = (event) => {
  if (event.target === dialog) close();
};
