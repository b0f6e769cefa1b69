/**
 * `<landed-cost>` and `<hs-navigator>`. `dutiable/define` registers both; `dutiable/element` has the classes alone.
 *
 * Every attribute but `level`, `min-chars` and `max-results` has a property of the same name in camel case. Events bubble and cross
 * shadow roots; amounts in them are `{ amount: "50.54", currency: "GBP" }`.
 */

import type { CallOptions, Engine, ErrorCode, Quote, QuoteItem, QuoteLine, QuoteRequest, SearchHit } from "./index.js";

export interface Money {
  amount: string;
  currency: string;
}

/** `recoverable`: trying again can help. */
export interface ElementError {
  code: ErrorCode;
  field: string | null;
  recoverable: boolean;
}

/** A message, or one for each plural form of `count`. */
export type Messages = Record<string, string | Record<string, string>>;

/** What both elements share. */
declare class DutiableElement extends HTMLElement {
  static readonly formAssociated: true;
  /** Resolves once the words are there and the element has drawn itself. */
  readonly ready: Promise<this>;
  /** The last error, until something else happens. */
  readonly error: ElementError | null;
  /** Words of the page's own, over those of the language, by message key. */
  messages: Messages;
  /** One engine for several elements. Without it, elements that name the same `packs` share one of their own. */
  engine: Engine | Promise<Engine> | null;
  /** Attribute `locale`: else the nearest `lang`, else the browser's. */
  locale: string | null;
  /** Attribute `packs`: the folder that holds `packs.json`. */
  packs: string | null;
  /** Attribute `as-of`: the date that answers are for; the visitor's today unless said. */
  asOf: string | null;
  /** Attribute `theme`: `inherit` (the page's `color-scheme`), `light`, `dark`, or `auto` (the system's). */
  theme: string | null;
  name: string | null;
  disabled: boolean;
  required: boolean;
  readonly form: HTMLFormElement | null;
  readonly labels: NodeList;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
}

/** Each is a `:state()` of the element too. `stale`, `offline` and `restricted` may stand beside another. */
export type LandedCostState = "empty" | "incomplete" | "loading" | "updating" | "quoted" | "range" | "unknown" | "prohibited" | "error";

export type Terms = "ddp" | "dap";

/**
 * Duty and tax on a basket, with the working folded beneath.
 *
 * Parts: `base` `summary` `total` `terms` `terms-option` `breakdown` `line` `line-label` `line-rate` `line-amount` `note` `source`
 * `status` `retry` `skeleton` `print-button`.
 * Slots: `heading` `prepaid-note` `unpaid-note` `footer` `error-actions`.
 * States: {@link LandedCostState}, `restricted`, `stale`, `offline`.
 * Form entries under `name`: the quote's id; `name.total` (or `name.low` and `name.high`), `name.currency`, `name.terms`.
 */
export class LandedCost extends DutiableElement {
  destination: string | null;
  region: string | null;
  /** Where the items were made unless one says otherwise, and where they are sent from unless `shipment` does. */
  origin: string | null;
  /** The currency of the items' prices. */
  currency: string | null;
  /** `ddp`, `dap`, or `both` to let the shopper choose. */
  terms: string | null;
  open: boolean;
  compact: boolean;
  withoutBreakdown: boolean;
  withoutSources: boolean;
  withPrint: boolean;

  /** The basket. `quantity` may be a whole number; prices are decimal strings. */
  items: readonly (Omit<QuoteItem, "quantity"> & { quantity: string | number })[] | null;
  /** What else the request needs: freight, insurance, discount, where it is sent from, buyer, seller. */
  shipment: Partial<Pick<QuoteRequest, "shipFrom" | "freight" | "insurance" | "discount" | "transport" | "buyer" | "seller" | "collection" | "gift" | "sameDayValue" | "carrierFees" | "exchangeRates">> | null;

  readonly state: LandedCostState;
  readonly quote: Quote | null;
  readonly quoteId: string | null;
  readonly lines: readonly (QuoteLine & { id: string })[];
  /** The terms in force: the shopper's choice where `terms` is `both`. */
  readonly chosenTerms: Terms;

  /** Asks now, whether or not the element is near the viewport. A newer request takes an older one's place. */
  requestQuote(options?: CallOptions): Promise<Quote>;
  /** Asks again for the same. */
  refresh(): Promise<Quote>;
  /** Opens the working at a line, and returns the line. */
  explain(lineId: string): (QuoteLine & { id: string }) | null;
  /** Unfolds the working and prints the page. */
  print(): Promise<void>;
  toJSON(): { state: LandedCostState; terms: Terms; quoteId: string | null; quote: Quote | null; error: ElementError | null };
}

export interface LandedCostQuoteDetail {
  quoteId: string;
  state: LandedCostState;
  terms: Terms;
  totals: Record<string, Money | null>;
  lines: (Omit<QuoteLine, "amount" | "low" | "high"> & { id: string; amount: Money | null; low: Money | null; high: Money | null })[];
  packs: { id: string; sha256: string }[];
  asOf: string;
  durationMs: number;
}

export interface LandedCostEventMap {
  /** Once, when the element has drawn itself. */
  "lc-ready": CustomEvent<{}>;
  "lc-statechange": CustomEvent<{ from: LandedCostState; to: LandedCostState }>;
  /** Once for each answer that is shown. */
  "lc-quote": CustomEvent<LandedCostQuoteDetail>;
  /** The shopper chose when to pay. Cancelable. */
  "lc-terms-change": CustomEvent<{ terms: Terms }>;
  "lc-toggle": CustomEvent<{ open: boolean }>;
  /** A source is about to be opened. Cancelable. `lineId` is null from the list of sources. */
  "lc-source-open": CustomEvent<{ lineId: string | null; url: string }>;
  "lc-error": CustomEvent<ElementError>;
}

/**
 * From words to a commodity code: a text field with suggestions, and the tree of sections to walk down.
 * `startGuide()`, and a button beneath the field, ask what tells the codes found apart.
 *
 * Parts: `base` `label` `hint` `input` `clear` `listbox` `option` `option-code` `option-text` `option-match` `tree` `treeitem`
 * `question` `choice` `trail` `selected` `status` `retry`.
 * States: `open` `searching` `none` (searched, and nothing found) `chosen` `guiding` `error`.
 */
export class HsNavigator extends DutiableElement {
  /** The code chosen: digits, or empty. */
  value: string;
  /** The text in the field. Setting it searches. */
  query: string;
  label: string | null;
  hint: string | null;
  /** `search`, `browse` to show the tree from the start, or `guide`, where Enter asks questions about what was typed. */
  mode: string | null;
  readonly: boolean;
  destination: string | null;
  /** Rank by the classifier too: better for titles and descriptions, 0.7 MB more, fetched by the first search. */
  withClassifier: boolean;
  withoutTree: boolean;
  withoutGuide: boolean;

  readonly candidates: readonly (SearchHit & { source: "search" | "typed" })[];
  readonly selected: { code: string; title: string; path: readonly { code: string; title: string }[] } | null;
  /** The way from the section down to what is chosen. */
  readonly trail: readonly { code: string; title: string }[];

  search(query: string, options?: CallOptions): Promise<readonly SearchHit[]>;
  /** Chooses a code. Resolves with false where there is none such, or a listener of `hs-select` refused. */
  select(code: string, how?: { source?: "search" | "browse" | "guide" | "typed"; rank?: number | null; confidence?: string | null }): Promise<boolean>;
  /** Asks questions about what is in the field until one code is left. Resolves with whether there is something to ask or to choose. */
  startGuide(): Promise<boolean>;
  /** Opens the tree at a code. */
  reveal(code: string): Promise<boolean>;
  /** Opens the tree one step above what is chosen. */
  back(): Promise<boolean>;
  clear(): void;
  setCustomValidity(message: string): void;
}

export interface HsNavigatorEventMap {
  "hs-results": CustomEvent<{ query: string; count: number; durationMs: number }>;
  /** A code is about to be chosen. Cancelable; the native `change` follows. */
  "hs-select": CustomEvent<{ code: string; label: string; source: "search" | "browse" | "guide" | "typed"; rank: number | null; confidence: string | null }>;
  /** A guided question is shown; so many codes are left. */
  "hs-question": CustomEvent<{ id: string; remaining: number }>;
  /** It was answered; so many codes will be left. */
  "hs-answer": CustomEvent<{ id: string; value: string; remaining: number }>;
  "hs-open": CustomEvent<{}>;
  "hs-close": CustomEvent<{}>;
  "hs-error": CustomEvent<ElementError>;
}

declare global {
  interface HTMLElementTagNameMap {
    "landed-cost": LandedCost;
    "hs-navigator": HsNavigator;
  }
  interface HTMLElementEventMap extends LandedCostEventMap, HsNavigatorEventMap {}
}
