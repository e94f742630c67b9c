// In every page that `papershelf serve` sends, and in no published one: reloads the page when there is a newer
// version, and shows the problems of the content in a dialog above the page.

const here = new URL(import.meta.url);
const version = here.searchParams.get("version");
const CLOSED_KEY = "papershelf-closed";
const STYLE = `
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
  if (dialog.dataset.problems) sessionStorage.setItem(CLOSED_KEY, dialog.dataset.problems);
});
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
const shadow = host.attachShadow({ mode: "open" });
shadow.adoptedStyleSheets = [sheet];
shadow.append(dialog);
document.documentElement.append(host);

function element(name, text, properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

function problemItem({ at, message, hint }) {
  const row = document.createElement("li");
  row.append(...[at && element("code", at), element("span", message), hint && element("small", hint)].filter(Boolean));
  return row;
}

function show({ count, problems }) {
  const shown = count ? JSON.stringify(problems) : "";
  if (shown === dialog.dataset.problems) return;
  dialog.dataset.problems = shown;
  const header = document.createElement("header");
  header.append(
    element("h2", count === 1 ? "1 problem" : `${count} problems`, { id: "title" }),
    element("button", "Close", { onclick: () => dialog.close() }),
  );
  const list = document.createElement("ol");
  list.append(...problems.map(problemItem));
  if (count > problems.length) list.append(element("li", `… and ${count - problems.length} more`));
  const after = "The page below is the last good one. This goes away when all is well again.";
  dialog.replaceChildren(header, list, element("p", after));
  if (!shown) sessionStorage.removeItem(CLOSED_KEY);
  if (!shown || sessionStorage.getItem(CLOSED_KEY) === shown) dialog.close();
  else if (!dialog.open) dialog.showModal();
}

// A new index replaces the files of the old one, so a page that has loaded some of them must be loaded again.
function reloadIfSearched() {
  if (!performance.getEntriesByType("resource").some(({ name }) => name.includes("/pagefind/"))) return;
  const open = document.querySelector("dialog[open]");
  if (open) open.addEventListener("close", () => location.reload(), { once: true });
  else location.reload();
}

let source;
let index;

function onStatus({ data }) {
  const status = JSON.parse(data);
  if (status.version !== version) return location.reload();
  if (index !== undefined && status.index !== index) reloadIfSearched();
  index = status.index;
  show(status);
}

// Browsers allow six connections to one server: only visible tabs keep one.
function listen() {
  source?.close();
  source = document.hidden ? undefined : new EventSource(new URL("events", here));
  if (source) source.onmessage = onStatus;
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && listen());
listen();
