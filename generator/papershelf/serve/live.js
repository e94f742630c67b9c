// In every page that `papershelf serve` gives out, and in no published one: reloads the page when a newer one
// is there, and shows what is wrong with the content above the page.

const here = new URL(import.meta.url);
const version = here.searchParams.get("version");
const CLOSED = "papershelf-closed";
const LOOK = `
  dialog { box-sizing: border-box; width: min(880px, 100vw - 32px); max-height: calc(100vh - 32px); padding: 0 24px 16px;
    overflow: auto; border: 0; border-top: 5px solid #d32f2f; border-radius: 6px; box-shadow: 0 8px 32px #0006;
    background: #fff; color: #1a1a1a; font: 16px/1.5 system-ui, sans-serif; }
  dialog::backdrop { background: #0007; }
  header { position: sticky; top: 0; display: flex; align-items: center; justify-content: space-between; padding: 12px 0;
    background: inherit; }
  h2 { margin: 0; font-size: 18px; }
  ol { margin: 0; padding: 0; list-style: none; }
  li { padding: 10px 0; border-top: 1px solid #8884; overflow-wrap: anywhere; white-space: pre-line; }
  code { display: block; font: 600 14px/1.5 ui-monospace, monospace; color: #b3261e; }
  small { display: block; font-size: 15px; color: #555; }
  p { margin: 8px 0; font-size: 14px; color: #555; }
  button { padding: 4px 14px; border: 1px solid #8888; border-radius: 5px; background: none; color: inherit; font: inherit;
    cursor: pointer; }
  @media (prefers-color-scheme: dark) {
    dialog { background: #1e2129; color: #e8e8ea; }
    code { color: #ff8a80; }
    small, p { color: #b4b6bd; }
  }`;

const host = document.createElement("papershelf-problems");
const dialog = document.createElement("dialog");
dialog.setAttribute("aria-labelledby", "title");
dialog.addEventListener("close", () => {
  if (dialog.dataset.problems) sessionStorage.setItem(CLOSED, dialog.dataset.problems);
});
const sheet = new CSSStyleSheet();
sheet.replaceSync(LOOK);
const shadow = host.attachShadow({ mode: "open" });
shadow.adoptedStyleSheets = [sheet];
shadow.append(dialog);
document.documentElement.append(host);

function element(name, text, properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

function item({ at, message, hint }) {
  const made = document.createElement("li");
  made.append(...[at && element("code", at), element("span", message), hint && element("small", hint)].filter(Boolean));
  return made;
}

function show({ count, problems }) {
  const told = count ? JSON.stringify(problems) : "";
  if (told === dialog.dataset.problems) return;
  dialog.dataset.problems = told;
  const header = document.createElement("header");
  header.append(
    element("h2", count === 1 ? "1 problem" : `${count} problems`, { id: "title" }),
    element("button", "Close", { onclick: () => dialog.close() }),
  );
  const list = document.createElement("ol");
  list.append(...problems.map(item));
  if (count > problems.length) list.append(element("li", `… and ${count - problems.length} more`));
  const after = "The page below is the last good one. This goes away when all is well again.";
  dialog.replaceChildren(header, list, element("p", after));
  if (!told) sessionStorage.removeItem(CLOSED);
  if (!told || sessionStorage.getItem(CLOSED) === told) dialog.close();
  else if (!dialog.open) dialog.showModal();
}

// A new index removes the parts of the old one, so a page that searched already must begin again.
function renew() {
  if (!performance.getEntriesByType("resource").some(({ name }) => name.includes("/pagefind/"))) return;
  const open = document.querySelector("dialog[open]");
  if (open) open.addEventListener("close", () => location.reload(), { once: true });
  else location.reload();
}

let source;
let index;

function hear({ data }) {
  const now = JSON.parse(data);
  if (now.version !== version) return location.reload();
  if (index !== undefined && now.index !== index) renew();
  index = now.index;
  show(now);
}

// Browsers allow six connections to one server: only tabs that are seen keep one.
function listen() {
  source?.close();
  source = document.hidden ? undefined : new EventSource(new URL("events", here));
  if (source) source.onmessage = hear;
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && listen());
listen();
