/**
 * A name for the field inside. `<label for>` reaches the host element only, so the label's elements are referenced from inside
 * where the browser can do that, and their text is copied where it cannot.
 */

/** @param {HTMLElement & { labels: NodeList }} host @param {HTMLInputElement} input @param {import("./messages.js").Messages} words */
export function nameInput(host, input, words) {
  const labels = [...host.labels];
  if (host.hasAttribute("label")) {
    input.ariaLabelledByElements = null;
    input.removeAttribute("aria-label"); // the element's own <label for="input"> names it
    return;
  }
  const outside = labels.map((label) => label.textContent.trim()).join(" ");
  if (labels.length > 0 && "ariaLabelledByElements" in input) {
    input.ariaLabelledByElements = labels;
    input.removeAttribute("aria-label");
  } else {
    input.setAttribute("aria-label", outside || host.getAttribute("aria-label") || words.text("navigator.label"));
  }
}
