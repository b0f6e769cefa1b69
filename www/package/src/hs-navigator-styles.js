import { sheet } from "./dom.js";

/** The list lies over the page beneath it, so it brings a surface and a text colour that belong together. */
export const hsNavigatorStyles = sheet(`
.base { display: grid; gap: var(--space) }
[part="label"] { font-weight: 600 }
.field { position: relative }
[part="input"] {
  inline-size: 100%;
  min-block-size: 2.75rem;
  padding: .5rem 2.75rem .5rem .75rem;
  border: var(--border) solid color-mix(in srgb, currentColor 55%, transparent);
  border-radius: var(--radius);
  background: var(--dutiable-color-surface, transparent);
  text-overflow: ellipsis;
}
:dir(rtl) > * > [part="input"] { padding: .5rem .75rem .5rem 2.75rem }
[part="input"][dir="auto"] { text-align: -webkit-match-parent; text-align: match-parent }
[part="input"]::placeholder { color: var(--muted); opacity: 1 }
[part="input"]:focus-visible { outline-offset: 0; border-color: var(--focus) }
[part="input"]:disabled { opacity: .6 }
[part="clear"] { position: absolute; inset-inline-end: .25rem; inset-block: .25rem; inline-size: 2.25rem; padding: 0; border: 0; color: var(--muted) }
[part="clear"]::before { content: "×"; font-size: 1.375em; line-height: 1 }
[part="listbox"] {
  position: absolute;
  z-index: 10;
  inset-inline: 0;
  inset-block-start: calc(100% + .25rem);
  max-block-size: var(--dutiable-max-list-height, 26rem);
  overflow-y: auto;
  overscroll-behavior: contain;
  border: var(--border) solid var(--line);
  border-radius: var(--radius);
  color: var(--dutiable-color-text, CanvasText);
  background: var(--dutiable-color-surface, Canvas);
  box-shadow: 0 .5rem 1.5rem rgb(0 0 0 / .16);
}
[part="option"] {
  display: grid;
  grid-template-columns: 6.75rem 1fr;
  gap: .125rem .75rem;
  padding: .5rem .75rem;
  cursor: pointer;
}
[part="option"] + [part="option"] { border-block-start: var(--border) solid var(--line) }
[part="option"]:hover { background: color-mix(in srgb, currentColor 6%, transparent) }
[part="option"][aria-selected="true"] { background: color-mix(in srgb, currentColor 11%, transparent); box-shadow: inset 3px 0 var(--accent) }
[part="option"][aria-selected="true"]:dir(rtl) { box-shadow: inset -3px 0 var(--accent) }
.code { font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap }
[part="option"] [part="option-text"], [part="trail"] li > span:last-child, .row > [part="option-text"], [part="selected"] > span:last-child {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; text-wrap: pretty;
}
[part="trail"] li > span:last-child { -webkit-line-clamp: 2 }
.context { grid-column: 2; font-size: .875em; display: grid; gap: .125rem }
.parents { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: .12em; text-underline-offset: .15em }
.told { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space) }
[part="status"]:empty { display: none }
[part="status"], [part="hint"] { font-size: .9375em }
:host(:state(error)) [part="status"] { color: var(--danger) }
.chosen { padding-inline-start: .75rem; border-inline-start: 3px solid var(--accent) }
[part="selected"] { font-weight: 600; display: flex; gap: .75rem }
ol { margin: .25rem 0 0; padding: 0; list-style: none; font-size: .875em; color: var(--muted) }
[part="trail"] li { display: flex; gap: .75rem }
[part="trail"] .code { min-inline-size: 3.25rem; font-weight: 400 }
.quiet { justify-self: start; border: 0; padding-inline: 0; color: var(--accent); text-decoration: underline; text-underline-offset: .15em }
.panel { border: var(--border) solid var(--line); border-radius: var(--radius); max-block-size: var(--dutiable-max-list-height, 26rem); overflow-y: auto; padding: .25rem }
.row { display: flex; gap: .625rem; padding: .3125rem .5rem; border-radius: var(--radius); cursor: pointer; min-block-size: 24px }
.row > [part="option-text"], .chosen span:last-child { flex: 1 }
.row > .code { flex: none; min-inline-size: 2.75rem }
.still.row { cursor: default; color: var(--muted) }
.row:hover { background: color-mix(in srgb, currentColor 6%, transparent) }
.row:focus-visible { outline: var(--ring) solid var(--focus); outline-offset: -2px }
[role="group"] { padding-inline-start: 1.25rem }
.row::before { content: ""; flex: none; inline-size: .5rem; block-size: .5rem; margin-block-start: .45em }
.branch::before { border: solid var(--muted); border-width: 0 2px 2px 0; rotate: -45deg }
.branch:dir(rtl)::before { rotate: 135deg }
.branch[aria-expanded="true"]::before { rotate: 45deg }
.row[aria-selected="true"] { background: color-mix(in srgb, var(--accent) 16%, transparent) }
.row[aria-selected="true"]::before { border: solid var(--accent); border-width: 0 2px 2px 0; rotate: 45deg; inline-size: .375rem; block-size: .75rem; margin-block-start: .2em }
@container (max-width: 30rem) {
  [part="option"] { grid-template-columns: 1fr }
  .context { grid-column: 1 }
  [role="group"] { padding-inline-start: .75rem }
}
@media (forced-colors: active) {
  [part="option"][aria-selected="true"] { background: Highlight; color: HighlightText; forced-color-adjust: none }
  [part="option"][aria-selected="true"] .muted { color: inherit }
}
@media print { [part="clear"], .quiet, [part="listbox"] { display: none } }
`);
