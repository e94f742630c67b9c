// The search dialog: Pagefind's index, loaded when the dialog first opens, and keys to use it without a mouse.

const SHOWN = 12;
const PAUSE = 120;
const EXCERPT = 30;
const BEFORE = 8;
const ZERO_WIDTH = "\u200B";

const dialog = document.getElementById("ps-search");
const input = dialog.querySelector("input");
const list = document.getElementById("ps-results");
const status = dialog.querySelector("[role=status]");
const root = new URL(dialog.dataset.root + "/", location.href).pathname.replace(/\/+$/, "/");

let loading;
let latest = 0;

function load() {
  loading ??= import(`${root}pagefind/pagefind.js`)
    .then(async (pagefind) => {
      await pagefind.options({ baseUrl: root });
      await pagefind.init();
      return pagefind;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

function open() {
  if (!dialog.open) dialog.showModal();
  input.select();
  load().catch(failed);
}

// Without the blur the hidden input would keep the keyboard until the next frame, and "/" with it.
function close() {
  input.blur();
  dialog.close();
}

function failed() {
  show([], dialog.dataset.failed);
}

function sentence(count, words) {
  const { one, other, none } = dialog.dataset;
  if (count === 0) return none.replace("{words}", () => words);
  return count === 1 ? one : other.replace("{n}", count.toLocaleString(document.documentElement.lang));
}

async function search() {
  const words = input.value.trim();
  const mine = ++latest;
  if (!words) return show([], "");
  try {
    const pagefind = await load();
    const found = await pagefind.search(words);
    const papers = await Promise.all(found.results.slice(0, SHOWN).map((result) => result.data()));
    if (mine === latest) show(papers, sentence(found.results.length, words));
  } catch {
    if (mine === latest) failed();
  }
}

function show(papers, message) {
  list.replaceChildren(...papers.map(option));
  status.textContent = message;
  input.setAttribute("aria-expanded", String(papers.length > 0));
  choose(list.firstElementChild);
}

function option(paper, number) {
  const link = element("a", { role: "option", id: `ps-result-${number}`, href: paper.url, tabindex: "-1" });
  const title = element("strong", { dir: "auto" }, paper.meta.title ?? "");
  const words = element("span", { dir: "auto" });
  words.append(...excerpt(paper));
  link.append(title, element("small", {}, paper.meta.date ?? ""), words);
  return link;
}

// Some words of the paper around the first one that was searched for, the title left out. Pagefind gives text
// and the places of the words found in it; languages without spaces have zero-width ones.
function excerpt({ raw_content: text, meta, locations }) {
  const space = text.includes(ZERO_WIDTH) ? ZERO_WIDTH : " ";
  const words = text.split(space === " " ? /\s+/ : space);
  const title = (meta.title ?? "").split(/\s+/).length;
  const found = new Set(locations);
  const first = Math.min(...locations.filter((place) => place >= title));
  const start = first === Infinity ? title : Math.max(title, first - BEFORE);
  return words.slice(start, start + EXCERPT).flatMap((word, place) => [
    found.has(start + place) ? element("mark", {}, word) : word,
    space,
  ]);
}

function element(name, attributes, content = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = content;
  return made;
}

function chosen() {
  return list.querySelector("[aria-selected=true]");
}

function choose(link) {
  chosen()?.setAttribute("aria-selected", "false");
  if (!link) return input.removeAttribute("aria-activedescendant");
  link.setAttribute("aria-selected", "true");
  link.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", link.id);
}

const moves = {
  ArrowDown: () => choose(chosen()?.nextElementSibling ?? list.firstElementChild),
  ArrowUp: () => choose(chosen()?.previousElementSibling ?? list.lastElementChild),
  Enter: () => (chosen() ? chosen().click() : search()),
  Escape: close,
};

let pause;
input.addEventListener("input", () => {
  choose(null);
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE);
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing || !moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) close();
});
for (const button of document.querySelectorAll("[data-ps-open]")) button.addEventListener("click", open);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (!slash && !control) return;
  event.preventDefault();
  open();
});

const scheme = document.querySelector("[data-ps-scheme]");

function shade(name) {
  document.body.dataset.mdColorScheme = name;
  scheme.setAttribute("aria-pressed", name === "slate");
}

scheme.addEventListener("click", () => {
  shade(document.body.dataset.mdColorScheme === "slate" ? "default" : "slate");
  localStorage.psScheme = document.body.dataset.mdColorScheme;
});
shade(document.body.dataset.mdColorScheme);
