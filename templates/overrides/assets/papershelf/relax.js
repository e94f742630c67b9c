// What the browse page offers where nothing is found: the same with a filter or a word less.

import { $, $$, counted, fill, make } from "./base.js";
import words from "./late-words.js";

const said = words.browse;
const relax = $("#ps-relax");

function clear(facet) {
  for (const box of $$(`[name=${facet}]:checked`)) box.checked = false;
}

// facets: [facet, how many papers there are without it]; ask: what there is for other words, of the form too;
// went: asks for what the form says now.
export async function suggest(facets, text, ask, went) {
  const without = ([facet, papers]) => [$(`[data-facet=${facet}] summary`).textContent, papers, () => clear(facet)];
  const less = facets.map(without);
  const parts = text.split(/\s+/);
  if (text)
    for (const part of parts) {
      const rest = parts.filter((other) => other !== part).join(" ");
      less.push([`“${part}”`, (await ask("", rest)).results.length, () => ($("#ps-browse").q.value = rest)]);
    }
  const button = ([name, papers, act]) => {
    const made = make("button", { type: "button", class: "ps-near" }, fill(said.without, { name, papers: counted(words.papers, papers) }));
    made.onclick = () => {
      act();
      went();
    };
    return made;
  };
  const helpful = less.filter(([, papers]) => papers);
  relax.replaceChildren(...(helpful.length ? [said.relax, ...helpful.map(button)] : [said.relax_all]));
  relax.hidden = false;
}
