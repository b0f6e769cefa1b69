import { sheet } from "./dom.js";

export const guideStyles = sheet(`
[part="question"] { display: grid; gap: var(--space); padding: .75rem; border: var(--border) solid var(--line); border-radius: var(--radius) }
[part="question"] legend { padding: 0; font-weight: 600; float: inline-start; inline-size: 100% }
[part="question"] legend + * { clear: both }
[part="question"] p { font-size: .9375em }
.choices { display: flex; flex-wrap: wrap; gap: var(--space) }
[part="choice"] { min-block-size: 2.75rem; text-align: start }
.actions { display: flex; flex-wrap: wrap; gap: var(--space) 1.25rem }
.fitting button { display: flex; gap: .75rem; inline-size: 100%; border: 0; text-align: start }
.fitting .code { flex: none; min-inline-size: 6rem }
.deciding li { font-size: .9375em; margin-block-start: .25rem }
@container (max-width: 30rem) {
  [part="choice"] { inline-size: 100% }
}
@media print { [part="question"] { display: none } }
`);
