import { sheet } from "./dom.js";

/**
 * What both elements look like unless the page says otherwise: the page's own font and colour, and mixtures of that colour, so that
 * they read on any ground, declared dark or merely painted so. What covers the page (the list of suggestions) brings a matching
 * pair of the system's. Every colour is behind a custom property; none is the only sign of anything.
 */
export const sharedStyles = sheet(`
:host {
  display: block;
  container-type: inline-size;
  --text: var(--dutiable-color-text, inherit);
  --muted: var(--dutiable-color-muted, color-mix(in srgb, currentColor 72%, transparent));
  --line: var(--dutiable-color-border, color-mix(in srgb, currentColor 22%, transparent));
  --accent: var(--dutiable-color-accent, currentColor);
  --danger: var(--dutiable-color-danger, color-mix(in srgb, currentColor 60%, #e5484d));
  --warning: var(--dutiable-color-warning, color-mix(in srgb, currentColor 65%, #e09000));
  --focus: var(--dutiable-color-focus, var(--accent));
  --space: var(--dutiable-space, .5rem);
  --radius: var(--dutiable-radius, .375rem);
  --border: var(--dutiable-border-width, 1px);
  --ring: var(--dutiable-focus-width, 2px);
  color: var(--text);
  font: var(--dutiable-font, inherit);
  font-size: var(--dutiable-font-size, inherit);
  line-height: 1.45;
}
:host([hidden]) { display: none }
:host([theme="light"]) { color-scheme: light }
:host([theme="dark"]) { color-scheme: dark }
:host([theme="auto"]) { color-scheme: light dark }
*, ::before, ::after { box-sizing: border-box }
p, ul, dl, dd, table, fieldset { margin: 0; padding: 0 }
ul { list-style: none }
fieldset { border: 0; min-inline-size: 0 }
[hidden] { display: none !important }
.heard { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.muted { color: var(--muted) }
button, input { font: inherit; color: inherit }
a { color: var(--accent); text-underline-offset: .15em }
button {
  min-block-size: 2.25rem;
  padding: .25rem .875rem;
  border: var(--border) solid var(--line);
  border-radius: var(--radius);
  background: transparent;
  cursor: pointer;
}
button:hover { border-color: currentColor }
button:disabled { cursor: default; opacity: .6 }
:focus-visible { outline: var(--ring) solid var(--focus); outline-offset: 2px }
summary { cursor: pointer; min-block-size: 24px; padding-block: .125rem; inline-size: fit-content }
@media (forced-colors: active) {
  :host { --line: ButtonBorder; --accent: LinkText; --focus: Highlight; --muted: CanvasText }
}
`);
