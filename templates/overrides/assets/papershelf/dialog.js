// A dialog. Its styles come with the first one.

import { make } from "./base.js";

const styles = make("link", { rel: "stylesheet", href: new URL("dialog.css", import.meta.url) });
const loaded = new Promise((done) => (styles.onload = styles.onerror = done));
document.head.append(styles);
await loaded;

export function dialog(attributes, html) {
  const made = make("dialog", attributes);
  made.innerHTML = html;
  document.body.append(made);
  return made;
}
