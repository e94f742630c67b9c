// The page for lost addresses: papers that the words in the address may mean.

import { $, each, empty, everything, make, pagefind, root } from "./base.js";

const SHOWN = 5;
const place = $("#ps-missing");

// Text without what was percent-encoded but is no text.
function decoded(path) {
  return path.replace(/(%[\da-f]{2})+|%[\da-f]?/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return " ";
    }
  });
}

const path = decoded(location.pathname.slice(root.pathname.length)).replace(/\.\w+$/, "");
const said = empty ? [] : path.split(/[^\p{L}\p{N}]+/u);
const parts = [...new Set(said)].filter((part) => part && !/^(papers|topics|index)$/.test(part)).slice(0, 12);
const index = parts.length && (await pagefind());
const scores = new Map();

// A word that few papers have says more.
for (const { results } of await Promise.all(parts.map((part) => index.search(part))))
  for (const result of results) {
    const [, score] = scores.get(result.id) ?? [];
    scores.set(result.id, [result, (score ?? 0) + 1 / results.length]);
  }
const best = [...scores.values()].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
const listed = ({ url, meta }) => make("li", {}, make("a", { href: url, dir: "auto" }, meta.title));
$("ul", place).append(...(await each(best.map(([result]) => result), listed)));
const all = $(".ps-more a", place);
all.href = everything(parts.join(" "));
all.append(` “${parts.join(" ")}”`);
place.hidden = !parts.length;
