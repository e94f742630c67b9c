// The page for lost addresses: papers that the words in the address may mean.

import { $, everything, make, pagefind, root } from "./base.js";

const SHOWN = 5;
const place = $("#ps-missing");
const path = decodeURI(location.pathname).slice(root.pathname.length).replace(/\.\w+$/, "");
const parts = [...new Set(path.split(/[^\p{L}\p{N}]+/u))].filter((part) => part && !/^(papers|topics|index)$/.test(part)).slice(0, 12);
const index = await pagefind();
const scores = new Map();

// A word that few papers have says more.
for (const { results } of await Promise.all(parts.map((part) => index.search(part))))
  for (const result of results) {
    const [, score] = scores.get(result.id) ?? [];
    scores.set(result.id, [result, (score ?? 0) + 1 / results.length]);
  }
const best = [...scores.values()].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
const found = await Promise.all(best.map(([result]) => result.data()));
$("ul", place).append(...found.map(({ url, meta }) => make("li", {}, make("a", { href: url, dir: "auto" }, meta.title))));
const all = $(".ps-more a", place);
all.href = everything(parts.join(" "));
all.append(` “${parts.join(" ")}”`);
place.hidden = !parts.length;
