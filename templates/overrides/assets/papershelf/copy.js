// On the page of a paper: the citation is copied as text or Markdown, the entry for BibTeX as it is.

import { $ } from "./base.js";

const escaped = (text) => text.replace(/[\\`*_[\]<>#|&~$]/g, "\\$&");
const marked = { EM: (text) => `*${escaped(text)}*`, A: (text) => `<${text}>` };

const markdown = ({ childNodes }) =>
  [...childNodes].map(({ nodeName, textContent }) => (marked[nodeName] ?? escaped)(textContent)).join("");

export async function copy(button) {
  const cited = $("p", button.closest(".ps-cited") ?? button);
  const asMarkdown = "psMarkdown" in button.dataset;
  const text = cited ? (asMarkdown ? markdown(cited) : cited.textContent) : $(".ps-bibtex code").textContent;
  await navigator.clipboard.writeText(text);
  button.textContent = button.dataset.psCopy;
}
