/** Building elements without markup: text is always text. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` are listeners; `null`, `undefined` and `false` are left out
 * @param {...unknown} children nodes or text
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** An amount or a name kept apart from the direction of the text around it. @param {string | Node} text */
export function isolated(text) {
  return h("bdi", {}, text);
}

/** A link that leads to a page, or plain text where the address is not one: only `https:` is followed. */
export function link(url, text, attributes = {}) {
  const safe = typeof url === "string" && URL.canParse(url) && new URL(url).protocol === "https:";
  return safe ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank", ...attributes }, text) : h("span", {}, text);
}

/** @param {string} css */
export function sheet(css) {
  let made;
  // Made when first asked for: importing must not need a document.
  return () => {
    if (!made) {
      made = new CSSStyleSheet();
      made.replaceSync(css);
    }
    return made;
  };
}
