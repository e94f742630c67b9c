// What the browse page offers where nothing is found: the same with a filter or a word less.

import { $, counted, fill, make, words } from "./base.js";

const said = words.browse;
const relax = $("#ps-relax");

// ask: how many papers there are for other words and without facets; less: [name, papers, what it does].
export async function suggest(less, text, ask, word) {
  const parts = text.split(/\s+/);
  if (text)
    for (const part of parts) {
      const rest = parts.filter((other) => other !== part).join(" ");
      less.push([`“${part}”`, (await ask("", rest)).results.length, () => word(rest)]);
    }
  const button = ([name, papers, act]) => {
    const made = make("button", { type: "button", class: "ps-near" }, fill(said.without, { name, papers: counted(words.papers, papers) }));
    made.onclick = act;
    return made;
  };
  const helpful = less.filter(([, papers]) => papers);
  relax.replaceChildren(...(helpful.length ? [said.relax, ...helpful.map(button)] : [said.relax_all]));
  relax.hidden = false;
}
