import { sheet } from "./dom.js";

/**
 * The summary keeps the height of its longest usual text, so that nothing beneath it moves when the answer comes. Narrow
 * containers (not screens: the element may sit in a side column) wrap more and lay the table out as blocks.
 */
export const landedCostStyles = sheet(`
.base { display: grid; gap: var(--space) }
.summary { position: relative; min-block-size: var(--dutiable-min-height, 6.75rem) }
.headline { display: flex; flex-wrap: wrap; align-items: center; gap: 0 calc(var(--space) * 2); min-block-size: 2em }
.label { font-weight: 600 }
[part="total"] { flex: 1; font-size: 1.25em; font-weight: 650; font-variant-numeric: tabular-nums; text-align: end }
[part="status"] { text-wrap: pretty }
:host(:state(prohibited)) [part="status"], :host(:state(error)) [part="status"] { color: var(--danger); font-weight: 600 }
[part="note"] p { font-size: .875em }
.dimmed { opacity: .6 }
.updating { font-size: .875em }
.trouble { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space); margin-block-start: var(--space) }
.support { font-size: .875em }
[part="skeleton"] { position: absolute; inset: 0; display: grid; gap: .625rem; align-content: start; padding-block-start: .25rem }
[part="skeleton"] i { block-size: .875rem; border-radius: var(--radius); background: var(--line); animation: wait 1.4s ease-in-out infinite alternate }
[part="skeleton"] i:nth-child(1) { inline-size: 100%; block-size: 1.25rem }
[part="skeleton"] i:nth-child(2) { inline-size: 82% }
[part="skeleton"] i:nth-child(3) { inline-size: 46% }
:host(:state(loading)) .headline { visibility: hidden }
@keyframes wait { to { opacity: .45 } }

.terms { display: grid; gap: .25rem }
.terms legend { padding: 0; font-weight: 600; margin-block-end: .25rem }
.terms label { display: flex; gap: var(--space); align-items: center; min-block-size: 1.75rem; cursor: pointer }
.terms input { accent-color: var(--accent); inline-size: 1.125rem; block-size: 1.125rem; margin: 0 }

.breakdown { border-block-start: var(--border) solid var(--line); padding-block-start: var(--space) }
.breakdown > summary { color: var(--accent) }
.breakdown.waiting { visibility: hidden }
.working { display: grid; gap: calc(var(--space) * 2); padding-block: var(--space) }
table { inline-size: 100%; border-collapse: collapse; font-size: .9375em }
caption { text-align: start; font-weight: 600; padding-block-end: var(--space) }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; font-weight: inherit; border-block-start: var(--border) solid var(--line) }
:dir(rtl) :is(th, td) { padding: .5rem 0 .5rem .75rem }
thead th { font-size: .875em; color: var(--muted); border: 0; padding-block: 0 .25rem }
th:last-child, td:last-child { text-align: end; padding-inline-end: 0; font-variant-numeric: tabular-nums; white-space: nowrap }
tbody th { min-inline-size: 7.5rem }
tbody .group th { text-align: start; font-weight: 600; padding-block-start: 1rem }
tbody:first-of-type .group th { padding-block-start: .5rem }
td > span, .group span { display: block }
.group span { font-weight: 400; font-size: .9em }
td > span.muted { font-size: .9em }
.formula { font-variant-numeric: tabular-nums }
tfoot th { color: var(--muted) }
tfoot tr:first-child > * { border-block-start: 2px solid var(--line) }
tfoot tr + tr > * { border: 0; padding-block-start: 0 }
tfoot .total > * { color: inherit; font-weight: 650; font-size: 1.0625em }
tfoot .other td { color: var(--muted) }
td .unknown { color: var(--warning); font-weight: 600 }
.title { font-size: .9375em; font-weight: 600; margin-block-end: .25rem }
section li { font-size: .9375em; padding-block: .125rem }
section li + li { margin-block-start: .125rem }
ol { margin: 0; padding-inline-start: 1.5em }
.small { font-size: .8125em }

@container (max-width: 30rem) {
  .summary { min-block-size: var(--dutiable-min-height, 8.25rem) }
  table, tbody, tfoot { display: block }
  thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
  caption, tbody .group, tbody .group th { display: block }
  tbody .group td { display: none }
  tbody tr:not(.group) { display: grid; grid-template-columns: 1fr auto; gap: 0 .75rem; padding-block: .5rem; border-block-start: var(--border) solid var(--line) }
  tbody tr:not(.group) > * { border: 0; padding: 0 }
  tbody tr:not(.group) > td:nth-child(2) { grid-row: 2; grid-column: 1 / -1 }
  tbody tr:not(.group) > th { font-weight: 500 }
  tfoot { border-block-start: 2px solid var(--line); padding-block-start: .25rem }
  tfoot tr { display: flex; justify-content: space-between; gap: .75rem }
  tfoot tr > :is(th, td), tfoot tr:first-child > :is(th, td) { border: 0; padding: .25rem 0 }
}
:host([compact]) .summary { min-block-size: var(--dutiable-min-height, 4.75rem) }

@media (prefers-reduced-motion: reduce) { [part="skeleton"] i { animation: none } }
@media (forced-colors: active) { [part="skeleton"] i { border: 1px solid GrayText } .dimmed { opacity: 1 } }
@media print {
  details::details-content { content-visibility: visible; block-size: auto }
  button, .terms, .support { display: none }
}
`);
