// What the scripts share: where the site begins, its words, elements made of text, and the search index.

import words, { empty } from "./words.js";

export { empty, words };
export const root = new URL("../../", import.meta.url);
export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// An element. Attributes that are undefined are left out; content is text or elements, never HTML.
export function make(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const key in attributes) if (attributes[key] !== undefined) made.setAttribute(key, attributes[key]);
  made.append(...content);
  return made;
}

export const fill = (text, values) => text.replace(/{(\w+)}/g, (whole, key) => values[key] ?? whole);

export const counted = ({ one, other }, n) =>
  n === 1 ? one : fill(other, { n: n.toLocaleString(document.documentElement.lang) });

// A page's text as the index has it, and its words. Languages without spaces have zero-width ones, which
// Pagefind leaves in the text that it has escaped for HTML, and in that only.
export const content = (page) => (page.raw_content.includes("\u200B") ? page.raw_content : page.content);
export const space = (text) => (text.includes("\u200B") ? "\u200B" : " ");
export const split = (text) => text.split(space(text) === " " ? /\s+/ : "\u200B");

// The address of all that a search finds.
export const everything = (text) => new URL(`browse/?q=${encodeURIComponent(text)}`, root).href;

let index;
export function pagefind() {
  index ??= import(new URL("pagefind/pagefind.js", root)).then(async (found) => {
    await found.options({ baseUrl: root.pathname });
    await found.init();
    return found;
  });
  index.catch(() => (index = undefined));
  return index;
}

// What is made of the data of each result. What cannot be loaded or made is left out, and the console says
// why; that nothing can be loaded is an error.
export async function each(results, make) {
  let loaded = !results.length;
  const made = results.map(async (result) => {
    try {
      const data = await result.data();
      loaded = true;
      return make(data);
    } catch (error) {
      console.error(error);
    }
  });
  const all = await Promise.all(made);
  if (!loaded) throw new Error("none of the results could be loaded");
  return all.filter(Boolean);
}
