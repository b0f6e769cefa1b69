/** The form of a seller who has a code: what speaks against it, in sentences, and the codes to look at instead. */

import { sayFindings } from "dutiable";

import { dotted } from "./dotted.js";
import { engineOf } from "./engine.js";
import { locale, say } from "./language.js";

const VERDICTS = {
  sound: "Nothing speaks against this code. That does not make it right.",
  doubtful: "Look at this code again.",
  wrong: "This code cannot stay as it is.",
};

/** Codes of a finding that are shown at once: a code of an earlier edition can have a dozen successors. */
const SHOWN = 5;

/**
 * @param {HTMLFormElement} form with fields `code` and `description`, and elements `.verdict` and `.findings`
 * @param {{ destination: () => string, choose: (code: string) => void }} page
 */
export function checkForm(form, { destination, choose }) {
  const verdict = form.querySelector(".verdict");
  const findings = form.querySelector(".findings");
  let running = new AbortController();

  function show(text, items = []) {
    verdict.textContent = text;
    findings.replaceChildren(...items);
  }

  /** What was found is of what was asked: once that changes, it is found no more. */
  function forget() {
    running.abort();
    show("");
  }

  async function check() {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const { code, description } = Object.fromEntries(new FormData(form));
    show(say("Checking"));
    try {
      const engine = await engineOf();
      const checked = await engine.checkCode({ code, description, destination: destination(), classifier: true }, { signal });
      const sentences = await sayFindings(checked, locale);
      signal.throwIfAborted();
      show(say(VERDICTS[checked.status]), checked.findings.map((finding, at) => findingItem(sentences[at], finding, choose)));
    } catch {
      if (!signal.aborted) show(say("That did not work. Check your connection and try again."));
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void check();
  });
  form.addEventListener("input", forget);
  return { forget };
}

function findingItem(sentence, { severity, candidates = [] }, choose) {
  const item = document.createElement("li");
  item.className = severity;
  item.append(sentence);
  const items = candidates.map((candidate) => candidateItem(candidate, choose));
  if (items.length > 0) item.append(listOf(items.slice(0, SHOWN)));
  if (items.length > SHOWN) {
    const more = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = say("More codes");
    more.append(summary, listOf(items.slice(SHOWN)));
    item.append(more);
  }
  return item;
}

function listOf(items) {
  const list = document.createElement("ul");
  list.append(...items);
  return list;
}

/** "Other" says little without its heading, which stands small beneath it. Designations are in English, whatever the page speaks. */
function candidateItem({ code, title, heading }, choose) {
  const item = document.createElement("li");
  item.lang = "en";
  item.dir = "ltr";
  const button = document.createElement("button");
  button.type = "button";
  button.append(text("strong", dotted(code)), ` ${title ?? ""}`);
  button.addEventListener("click", () => choose(code));
  item.append(button);
  if (heading) item.append(text("small", heading));
  return item;
}

function text(name, said) {
  const made = document.createElement(name);
  made.textContent = said;
  return made;
}
