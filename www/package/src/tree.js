/**
 * The nomenclature as a tree, from the 21 sections down, to the pattern of the WAI-ARIA Authoring Practices. Children are fetched
 * when a branch is first opened, so every row says how deep it lies, how many siblings it has and which of them it is.
 */

import { h } from "./dom.js";
import { dotted } from "./format.js";

const TYPED_TOGETHER_MS = 700;

/**
 * @typedef {object} TreeOwner
 * @property {(code: string | null) => Promise<any[]>} children
 * @property {(node: any) => boolean} isLeaf whether a row is chosen rather than opened
 * @property {(node: any) => void} chosen
 * @property {(error: unknown) => void} failed
 */

export class Tree {
  #owner;
  #nodes = new WeakMap();
  #typed = "";
  #typedAt = 0;
  #selected = null;

  element = h("ul", { part: "tree", role: "tree" });

  /** @param {TreeOwner} owner */
  constructor(owner) {
    this.#owner = owner;
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  get isEmpty() {
    return !this.element.firstChild;
  }

  /** Forgets all rows: another destination has other lines. */
  clear() {
    this.element.replaceChildren();
  }

  async start() {
    if (this.isEmpty) await this.#fill(this.element, null, 1);
  }

  /** @param {string | null} code */
  mark(code) {
    this.#selected = code;
    for (const row of this.#all()) this.#markRow(row);
  }

  /** Opens the way to a code and returns its row. @param {string[]} way the codes from the section down @param {string} code */
  async reveal(way, code) {
    await this.start();
    for (const step of way) {
      const row = this.#row(step);
      if (row?.hasAttribute("aria-expanded") && row.getAttribute("aria-expanded") === "false") await this.#open(row);
    }
    const row = await this.#rowWithin(code);
    if (row) this.#goTo(row, { focus: false });
    row?.scrollIntoView({ block: "nearest" });
    return row;
  }

  /** A line may lie under rows that only gather others; those have no code to go by, and are opened until it is found. */
  async #rowWithin(code) {
    for (let shut; !this.#row(code); await this.#open(shut)) {
      shut = this.#all().find((row) => row.getAttribute("aria-expanded") === "false" && holds(this.#nodes.get(row), code));
      if (!shut) return undefined;
    }
    return this.#row(code);
  }

  #row(code) {
    return this.#all().find((row) => this.#nodes.get(row)?.code === code);
  }

  #all() {
    return [...this.element.querySelectorAll("[role=treeitem]")];
  }

  /** Rows under a closed branch are not there to go to. */
  #visible() {
    return this.#all().filter((row) => !row.closest("[role=group][hidden]"));
  }

  async #fill(list, node, level) {
    const children = node?.children ?? nested(await this.#owner.children(node?.code ?? null));
    if (list.firstChild) return; // filled by another call meanwhile
    list.replaceChildren(...children.map((node, at) => this.#make(node, level, children.length, at + 1)));
    if (level === 1 && list.firstChild) list.firstChild.firstChild.tabIndex = 0;
  }

  #make(node, level, size, position) {
    const leaf = this.#owner.isLeaf(node);
    const branch = !leaf && node.hasChildren;
    const row = h("div", {
      part: "treeitem", role: "treeitem", tabindex: "-1", "aria-level": level, "aria-setsize": size, "aria-posinset": position,
      "aria-expanded": branch && "false", class: `row ${branch ? "branch" : leaf ? "leaf" : "still"}`,
    }, node.code && h("span", { part: "option-code", class: "code" }, dotted(node.code)), h("span", { part: "option-text", dir: "auto" }, node.title ?? ""));
    this.#nodes.set(row, node);
    this.#markRow(row);
    // The group stands beside its row, not in it: else the row's name would be that of all below it.
    return h("li", { role: "none" }, row, branch && h("ul", { role: "group", hidden: true }));
  }

  #markRow(row) {
    if (!row.classList.contains("leaf")) return;
    row.setAttribute("aria-selected", String(this.#nodes.get(row).code === this.#selected));
  }

  async #open(row) {
    const group = row.nextElementSibling;
    row.setAttribute("aria-busy", "true");
    try {
      if (!group.firstChild) await this.#fill(group, this.#nodes.get(row), Number(row.getAttribute("aria-level")) + 1);
      group.hidden = false;
      row.setAttribute("aria-expanded", "true");
    } catch (error) {
      this.#owner.failed(error);
    } finally {
      row.removeAttribute("aria-busy");
    }
  }

  #close(row) {
    row.setAttribute("aria-expanded", "false");
    row.nextElementSibling.hidden = true;
  }

  #goTo(row, { focus = true } = {}) {
    for (const other of this.element.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
    row.tabIndex = 0;
    if (focus) row.focus();
  }

  #act(row) {
    if (row.classList.contains("leaf")) return this.#owner.chosen(this.#nodes.get(row));
    const open = row.getAttribute("aria-expanded");
    if (open === "true") this.#close(row);
    else if (open === "false") void this.#open(row);
  }

  #clicked(event) {
    const row = event.target.closest("[role=treeitem]");
    if (!row) return;
    this.#goTo(row);
    this.#act(row);
  }

  #key(event) {
    const row = event.target.closest("[role=treeitem]");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!this.#moved(row, this.#mirrored(event.key)) && !this.#sought(row, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where text runs from right to left, the arrows that open and close change places. */
  #mirrored(key) {
    if (getComputedStyle(this.element).direction !== "rtl") return key;
    return { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[key] ?? key;
  }

  #moved(row, key) {
    const rows = this.#visible();
    const at = rows.indexOf(row);
    const go = (to) => {
      if (to) this.#goTo(to);
      return true;
    };
    switch (key) {
      case "ArrowDown":
        return go(rows[at + 1]);
      case "ArrowUp":
        return go(rows[at - 1]);
      case "Home":
        return go(rows[0]);
      case "End":
        return go(rows.at(-1));
      case "ArrowRight":
        return this.#inward(row, go);
      case "ArrowLeft":
        return this.#outward(row, go);
      case "Enter":
      case " ":
        this.#act(row);
        return true;
      case "*":
        for (const { firstChild: sibling } of row.closest("ul").children) {
          if (sibling.getAttribute("aria-expanded") === "false") void this.#open(sibling);
        }
        return true;
      default:
        return false;
    }
  }

  #inward(row, go) {
    if (row.getAttribute("aria-expanded") !== "true") {
      if (row.hasAttribute("aria-expanded")) void this.#open(row);
      return true;
    }
    return go(row.nextElementSibling.querySelector("[role=treeitem]"));
  }

  #outward(row, go) {
    if (row.getAttribute("aria-expanded") === "true") {
      this.#close(row);
      return true;
    }
    return go(row.closest("[role=group]")?.previousElementSibling);
  }

  /** Letters and digits typed in one go lead to the next row that begins with them. */
  #sought(row, key) {
    if (key.length !== 1) return false;
    const now = performance.now();
    this.#typed = (now - this.#typedAt < TYPED_TOGETHER_MS ? this.#typed : "") + key.toLowerCase();
    this.#typedAt = now;
    const rows = this.#visible();
    const from = rows.indexOf(row) + (this.#typed.length === 1 ? 1 : 0);
    const begins = (other) => {
      const { code, title } = this.#nodes.get(other);
      return title?.toLowerCase().startsWith(this.#typed) || code?.toLowerCase().startsWith(this.#typed);
    };
    const found = [...rows.slice(from), ...rows.slice(0, from)].find(begins);
    if (found) this.#goTo(found);
    return true;
  }
}

/** Rows that gather others come before them in one list, each with its depth; here what is deeper goes beneath. */
function nested(rows) {
  const top = [];
  const open = [];
  for (const row of rows) {
    const node = row.code === null ? { ...row, children: [] } : row;
    while (open.length > 0 && open.at(-1).depth >= (row.depth ?? 0)) open.pop();
    (open.at(-1)?.children ?? top).push(node);
    if (node.children) open.push(node);
  }
  return top;
}

function holds(node, code) {
  return node.children?.some((child) => child.code === code || holds(child, code)) ?? false;
}
