/**
 * Landed costs and commodity codes, computed where this is called: in the visitor's browser, in a worker, in Node.
 *
 * All amounts, rates and quantities are decimal strings (`"12.00"`), never numbers: a binary fraction is not the price that was
 * meant. Dates are ISO (`"2026-11-23"`), places ISO 3166-1 alpha-2, currencies ISO 4217.
 */

/** A plain decimal number such as `"1234.56"`. */
export type Decimal = string;
/** An ISO date such as `"2026-11-23"`. */
export type IsoDate = string;

export interface EngineOptions {
  /** The WebAssembly modules, where they are not the `quotes.wasm` and `navigator.wasm` beside this package. */
  wasm?: { quotes?: WasmSource; navigator?: WasmSource };
  /** The folder that holds `packs.json`, or the address of a manifest, where it is not the one of this package. */
  packs?: string | URL;
  /** In place of the global `fetch`, for everything but files on disk. */
  fetch?: typeof fetch;
  /** Modules to fetch at once, beside the manifest, where it is known what will be called. A failure is told by the first call. */
  ahead?: readonly ("quotes" | "navigator")[];
}

/** A WebAssembly module: an address, its bytes, or compiled. */
export type WasmSource = string | URL | Response | BufferSource | WebAssembly.Module | Promise<Response>;

/**
 * Fetches the manifest of packs. Each call then fetches what it lacks, once: the module that answers it (`quotes.wasm` for quotes,
 * `navigator.wasm` for searching and browsing) and its packs, each checked against the manifest's SHA-256.
 * @throws {DutiableError}
 */
export function createEngine(options?: EngineOptions): Promise<Engine>;

export interface CallOptions {
  /** Cancels the call, which then rejects with the signal's reason. Packs on their way still arrive and serve the next call. */
  signal?: AbortSignal;
}

export interface Engine {
  /** What the goods cost at the door, line by line. The same request with the same packs gives the same cents, for ever. */
  quote(request: QuoteRequest, options?: CallOptions): Promise<Quote>;
  /** Codes for a product in the words of whoever sells or buys it. With a `destination` down to its national lines. */
  search(query: SearchQuery, options?: CallOptions): Promise<SearchResult>;
  /** One step of the nomenclature: a node, the way to it, and what lies beneath. Without a code, the 21 sections. */
  browse(query?: BrowseQuery, options?: CallOptions): Promise<BrowseResult>;
  /**
   * What to ask next of what may be meant, after the answers so far, and what is left. Nothing is kept between two calls: to go back, leave
   * off the last answer.
   */
  guide(query: GuideQuery, options?: CallOptions): Promise<Guided>;
  /** Whether a code that you have is one, is enough for the destination, and fits the description. */
  checkCode(query: CheckQuery, options?: CallOptions): Promise<CodeCheck>;
  /** Fetches now what such a call would need: its module and its packs. */
  prepare(method: "quote", request: QuoteRequest): Promise<void>;
  prepare(method: "search" | "browse" | "guide" | "checkCode", query?: { destination?: string; language?: NavigatorLanguage }): Promise<void>;
  /** What this engine is made of: versions and hashes of code and data, and where the data comes from. */
  releaseInfo(): ReleaseInfo;
  /** Gives the memory back. Every later call is refused with `engine.freed`. */
  free(): void;
}

// — the request —

export interface QuoteRequest {
  /** The day the goods arrive: it decides which rules apply. */
  date: IsoDate;
  destination: string;
  /** A state or province (`"ON"`), where the place has taxes by region; without one such a quote names it in `unknown`. */
  region?: string | null;
  /** Where the parcel is sent from. It need not be where the goods were made. */
  shipFrom?: string | null;
  /** The currency of all amounts of this request. */
  currency: string;
  items: QuoteItem[];
  /**
   * What is charged apart for the carriage. Where the prices cover it (`DAP`, `DDP`, `CIF`, …) nothing is, unless said; where the buyer
   * bears it (`EXW`, `FCA`, `FAS`, `FOB`) and this is missing it is not known, and neither is any sum that it belongs to.
   */
  freight?: Decimal | null;
  insurance?: Decimal | null;
  discount?: Decimal | null;
  /** `DDP`: the seller sees to duty and tax. `DAP`: whoever delivers asks the buyer for them. */
  incoterm?: "DDP" | "DAP" | (string & {}) | null;
  transport?: "post" | "express" | "air" | "sea" | "road" | "rail" | null;
  /** `registrations` by their names in the rules: a registered business may account for tax itself. */
  buyer?: { kind?: "consumer" | "business"; registrations?: string[] } | null;
  seller?: { registrations?: string[]; trustedTrader?: boolean } | null;
  /** Who collects, by role or by party: found out from the rest unless said. */
  collection?: "auto" | "vendor" | "intermediary" | "buyer" | "border" | "marketplace" | "carrier" | "post" | "qualified-party" | null;
  gift?: boolean | null;
  /** What other parcels of the same day to the same recipient are worth, in `currency`, where the place counts them together. */
  sameDayValue?: Decimal | null;
  /** What whoever delivers charges for clearing the goods. None unless said: no carrier's prices are in the rules. */
  carrierFees?: CarrierFee[] | null;
  /** In place of the published rates, by pair: `{ "USD/GBP": "0.76" }` means one US dollar is 0.76 pounds. */
  exchangeRates?: Record<string, Decimal> | null;
}

/** A fixed amount, a rate, or both together, within `min` and `max`. */
export interface CarrierFee {
  /** Names the fee in the quote's lines. */
  id: string;
  fixed?: Decimal | null;
  /** In per cent, of what the carrier pays in advance (unless said) or of the goods. */
  rate?: Decimal | null;
  of?: "advanced" | "goods" | null;
  min?: Decimal | null;
  max?: Decimal | null;
  /** The request's unless said. */
  currency?: string | null;
}

export interface QuoteItem {
  /** Names the item in the quote's lines. */
  id: string;
  /** 6 to 10 digits. A code that is shorter than the destination's lines gives a range. */
  code: string;
  /** Where the goods were made. Without it nothing that depends on it is guessed. */
  origin?: string | null;
  quantity: Decimal;
  unitPrice: Decimal;
  /** Of one unit of `quantity`. */
  netWeightKg?: Decimal | null;
  /** Of one unit of `quantity`: `[{ unit: "l", quantity: "0.75" }]`. */
  supplementary?: { unit: string; quantity: Decimal }[] | null;
  /** Asks for the rate of a trade agreement, for which there is proof of origin. */
  claimPreference?: boolean | null;
  /** The caller's own rate in per cent (`"5"`), marked as such in the quote. */
  dutyRate?: Decimal | null;
  description?: string | null;
  additionalCode?: string | null;
  certificates?: string[] | null;
}

// — the quote —

/**
 * - `complete`: every charge is known
 * - `range`: some duty lies between two ends; `totals` hold the median
 * - `partial`: something is unknown; the totals that it belongs to are null, the others are stated, and `soFar` holds the sums of what is
 *   known
 * - `prohibited`: an item may not be imported
 */
export type QuoteStatus = "complete" | "range" | "partial" | "prohibited";

export interface Quote {
  status: QuoteStatus;
  /** The destination's, in which everything but `totalsInRequestCurrency` is reckoned. */
  currency: string;
  /** How the consignment is treated: of several regimes the one whose declaration takes all goods. */
  regime: Regime | null;
  /** By item id, only where items are treated differently. */
  itemRegimes?: Record<string, Regime>;
  lines: QuoteLine[];
  totals: Totals;
  /** Goods, freight and insurance as the request states them, charges converted; they add up. */
  totalsInRequestCurrency: Totals & { currency: string };
  /** The sums of what is known, where something is not: never the price at the door. */
  soFar: Totals | null;
  /** The totals at both ends, where a duty lies between two; also beside something unknown. */
  range: { low: Totals; high: Totals } | null;
  /** The rate used, then the pegs it rests on. No `date`: the caller's own (`source` is `caller`), or fixed by law or a central bank. */
  exchangeRates: { from: string; to: string; rate: Decimal; source: string; date: IsoDate | null; confidence: Confidence }[];
  notices: Notice[];
  unknown: UnknownField[];
  /** By the ids that lines name. */
  sources: Record<string, Source>;
  packs: { id: string; sha256: string }[];
}

export interface Regime {
  id: string;
  collection: string;
  releaseCategory: number;
  declaration: string;
}

export interface QuoteLine {
  kind: "duty" | "tax" | "fee" | "relief";
  /** What is charged: `third-country-duty`, `import-vat`, … */
  measure: string;
  /** Of an additional duty: the programme, and the heading of the tariff that charges it. */
  programme?: string;
  heading?: string;
  /** The item's id; null for the whole order. */
  item: string | null;
  basis: Decimal | null;
  /** As the law writes it: `12 %`, `17.6 EUR/100 kg`, `4.3 % MIN 700 JPY/pair`. */
  rate: string;
  amount: Decimal | null;
  low: Decimal | null;
  high: Decimal | null;
  /** The working, to be redone with a pocket calculator. */
  formula: string;
  payer: "buyer" | "vendor";
  payee: string;
  collectedBy: "vendor" | "marketplace" | "carrier" | "post" | "qualified-party" | "customs" | "buyer" | "tax-authority" | (string & {});
  /** `return`: a business accounts for it in its tax return. */
  when: "checkout" | "delivery" | "return";
  /** Whether it comes back with the goods: from the seller, on a claim, as drawback on export, or through the tax return. */
  refundable: "seller" | "claim" | "drawback" | "return" | "no" | "unknown";
  source: string;
  confidence: Confidence;
}

export type Confidence =
  | "official" | "verified-primary" | "verified-secondary" | "derived" | "derived-exact" | "derived-inferred" | "derived-partial"
  | "reported" | "estimate" | "memory-unverified" | "caller";

/** Null where a part of the sum is unknown: an unknown is never counted as nothing, and nulls no sum that it is no part of. */
export interface Totals {
  goods: Decimal | null;
  freight: Decimal | null;
  insurance: Decimal | null;
  duties: Decimal | null;
  taxes: Decimal | null;
  fees: Decimal | null;
  landedCost: Decimal | null;
  dueAtCheckout: Decimal | null;
  dueAtDelivery: Decimal | null;
  /** What a business accounts for in its tax return; absent where that is nothing, null where it is unknown. */
  dueOnReturn?: Decimal | null;
}

export interface Notice {
  /** A stable dotted code, such as `us.remedies-not-included`. */
  code: string;
  severity: "info" | "warning" | (string & {});
  params: Record<string, string>;
}

export interface UnknownField {
  /** The field that would settle it: `items[0].netWeightKg`, `region`, `shipFrom`. */
  field: string;
  /** What is needed there: a kind of value, or a unit of measure. */
  needs: string;
  /**
   * Why it cannot be known without that, as a stable dotted code, where the field alone does not tell. Of a `dutyRate`:
   * `duty.tariff-not-at-hand` we hold no tariff of the place · `duty.line-not-at-hand` ours lacks the line · `duty.rate-not-at-hand` it has
   * the line without a rate that can be reckoned with, as where its publisher leaves it in words · `preference.rate-not-at-hand` the claimed
   * rate is not in our data.
   */
  reason?: string;
}

export interface Source {
  title: string;
  publisher: string;
  url: string;
  asOf: IsoDate | null;
}

// — the navigator —

export interface SearchQuery {
  text: string;
  /** At most so many hits; 10 unless said. */
  limit?: number;
  destination?: string;
  language?: NavigatorLanguage;
  /**
   * Whether the classifier ranks too: better for titles and descriptions of several words. It is 698 KB more, fetched by the first query that
   * asks for it. False unless said.
   */
  classifier?: boolean;
}

/**
 * The language of the words that are looked for, and of the designations of hits: English unless said. Each has an index of its own
 * that is fetched when first asked for; where the packs have none, the call is refused with `pack.missing`. A tag with a country
 * (`de-AT`) counts as its language. Below six digits a destination's designations stay in their own language. Portuguese and Japanese
 * are those of Brazil's and Japan's tariffs, which print no titles of sections and chapters: these are in English.
 */
export type NavigatorLanguage = "en" | "de" | "fr" | "es" | "pt" | "ja" | (string & {});

export interface SearchResult {
  hits: SearchHit[];
  /** What the query lacks, where there is no answer to give, or none to rely on: then there are hits beside it. */
  needs: SearchNeeds | null;
}

export interface SearchNeeds {
  /**
   * `no-words` nothing in it says anything of goods · `no-match` no word is known, or there is no such code · `too-vague` its words do not
   * say what the goods are (`gift`, `parts`) · `unsure` the classifier finds none of the codes likely: two in three of such first hits
   * are wrong.
   */
  reason: "no-words" | "no-match" | "too-vague" | "unsure" | (string & {});
  /** What would tell. */
  lacks?: Lack[];
}

export interface SearchHit {
  code: string;
  title: string | null;
  /**
   * How likely it is the right one (`"0.82"`): the share that was right of such answers to texts that the classifier did not learn from. A
   * national line has its subheading's. Null where the classifier does not rank.
   */
  confidence: Decimal | null;
  /** The designations above it, the section first. */
  path: string[];
  /** The words that matched. */
  matched: string[];
  why: { asked: string; word: string; in: "title" | "ancestor" | "term" | "line" | "learned"; how: "exact" | "prefix" | "typo" }[];
}

export interface GuideQuery {
  /** What the goods are called: what the words say is not asked. Without `codes`, what a search for them finds is asked about. */
  text?: string;
  /** Codes to tell apart, at most 100; of a heading or chapter, all that lies under it. */
  codes?: readonly string[];
  /** At most five, the first first. `"unknown"` is the value of "I don't know", `"other"` of "none of these". */
  answers?: readonly { facet: string; value: string }[];
  /** Whether the search for the text ranks by the classifier too. Every call of one series says the same, or other codes are asked about. */
  classifier?: boolean;
  destination?: string;
}

export interface Guided {
  /** Null where one code is left, where nothing tells those left apart, or after the fifth answer. */
  question: GuideQuestion | null;
  /** Questions answered so far. */
  step: number;
  /** What the words of the query say already. The answer `"unknown"` for a facet takes it back. */
  told: { facet: string; ids: string[] }[];
  /** What is left, the likeliest first. A share is a weight of the search, not a probability. */
  candidates: { code: string; title: string | null; path: string[]; share: Decimal }[];
  /** The rules and notes of the nomenclature that decide between what is left, in plain words. */
  notes: { note: string; words: string; keepsOutOf: string[]; belongsTo: string[] }[];
  needs: SearchNeeds | null;
}

export interface GuideQuestion {
  /** What an answer names: a facet such as `material`, or `goods` or `size`, whose answers are codes. */
  facet: string;
  /** The key of its message: `facet.material`. */
  id: string;
  /** What the answer is expected to tell, in 256ths of a bit. */
  information: number;
  answers: {
    value: string;
    /** Message keys, of several values that leave the same: `material.cotton`. None of goods, whose designation says them. */
    ids: string[];
    title: string | null;
    /** What it stands under, where that is needed to know the goods. */
    under: string | null;
    /** How many codes it leaves. */
    leaves: number;
  }[];
}

export interface BrowseQuery {
  code?: string | null;
  destination?: string;
  language?: NavigatorLanguage;
}

export type Level = "section" | "chapter" | "heading" | "subheading" | "national" | "group";

export interface BrowseResult {
  node: { code: string; title: string | null; level: Level } | null;
  path: { code: string; title: string | null }[];
  children: BrowseChild[];
}

export interface BrowseChild {
  /** Null for a row that only gathers those after it. */
  code: string | null;
  title: string | null;
  level: Level;
  /** How much deeper it stands than the first of its siblings. */
  depth: number;
  declarable: boolean;
  hasChildren: boolean;
}

export interface CheckQuery {
  /** 2 to 10 digits; dots and spaces are passed over. What is no code is a finding, not an error. */
  code: string;
  /** Whether this place's tariff has the code, down to its own lines. */
  destination?: string;
  /** What the goods are, as it would be declared: looked at for what it leaves unsaid, and held against the code. */
  description?: string;
  /**
   * Whether the description is held against the code by the classifier, which is fetched for it (some 700 KB), rather than by the index of words
   * alone: of descriptions that it did not learn from, it doubts 94 % of the codes of other chapters in place of 36, 56 % of those of the same
   * heading in place of 1, and 1.4 % of right ones by either.
   */
  classifier?: boolean;
}

export interface CodeCheck {
  /** The code as it was read, without dots; null where it is none. */
  code: string | null;
  /** By the gravest finding. `sound`: nothing speaks against it, which does not make it right. */
  status: "sound" | "doubtful" | "wrong";
  findings: CodeFinding[];
}

export interface CodeFinding {
  code: FindingCode | (string & {});
  /** `error`: it cannot stay so · `warning`: to be looked at · `info`: good to know. */
  severity: "info" | "warning" | "error";
  /** How many codes or lines are open. */
  count?: number;
  /** How many digits are wanted: six, or those of the destination. */
  digits?: number;
  /** As many of the code's first digits as are known. */
  known?: string;
  /** The last edition of the Harmonized System that had the code: 2012 or 2017. */
  edition?: number;
  /** How the goods of such a code lie among its successors: renumbered, split over several, merged with others', or both. */
  relation?: "1:1" | "split" | "merged" | "n:n";
  /** The words of the description that it is about, as typed. */
  words?: string[];
  /** What the description leaves unsaid. */
  lacks?: Lack[];
  /**
   * Codes to look at instead: all successors of a code of an earlier edition, those that the description speaks for first; a few of the
   * lines below one that is too short; the best hits of the search where the code is unlikely.
   */
  candidates?: { code: string; title: string | null; heading: string | null }[];
}

/** Stable codes: none is ever renamed, new ones may be added. {@link sayFindings} has a sentence for each. */
export type FindingCode =
  | "code.malformed" | "code.leading-zero" | "code.unknown" | "code.of-earlier-edition" | "code.too-short" | "code.too-long"
  | "code.not-in-tariff" | "code.line-not-at-hand" | "code.lines-not-at-hand" | "code.national-unchecked" | "code.unlikely"
  | "description.vague" | "description.not-understood" | "description.set" | "description.parts" | "description.gift";

/** What the goods are, are made of, are for; what a part is of; what is in a set. */
export type Lack = "kind" | "material" | "use" | "what-of" | "contents";

/** What a check found in sentences, one for each finding: in English, German, French or Arabic, fetched when first asked for. */
export function sayFindings(checked: { findings: readonly CodeFinding[] }, locale?: string): Promise<string[]>;

// — the release —

export interface ReleaseInfo {
  version: string;
  wasm: Record<"quotes" | "navigator", ModuleInfo>;
  packs: PackInfo[];
}

export interface ModuleInfo {
  sha256: string | null;
  bytes: number | null;
  /** Whether this engine has fetched it, or is about to. */
  loaded: boolean;
}

export interface PackInfo {
  id: string;
  kind: "tariff" | "measures" | "rules" | "rates" | "nomenclature" | "index" | "text" | "unknown";
  destinations: readonly string[] | null;
  origins: readonly string[] | null;
  language: string | null;
  asOf: IsoDate | null;
  coversFrom: IsoDate | null;
  coversTo: IsoDate | null;
  url: string;
  bytes: number;
  sha256: string;
  sources: readonly { id: string | null; title: string | null; publisher: string | null; licence: string | null; url: string | null; asOf: string | null }[];
  /** Whether this engine has fetched it, or is about to. */
  loaded: boolean;
}

// — errors —

/** Stable codes: none is ever renamed, new ones may be added. The first block is the engine's, the second the loader's. */
export type ErrorCode =
  | "input.malformed" | "input.missing" | "input.type" | "input.too-long" | "input.choice"
  | "amount.malformed" | "amount.negative" | "amount.out-of-range"
  | "date.impossible" | "date.outside-coverage"
  | "place.malformed" | "place.unknown" | "currency.malformed" | "exchange-rate.missing"
  | "code.malformed" | "code.unknown"
  | "basket.empty" | "basket.too-large" | "item.duplicate" | "overflow"
  | "rule.conflict" | "rule.missing"
  | "pack.corrupt" | "pack.format" | "pack.missing" | "pack.mismatch"
  //
  | "network.offline" | "network.timeout" | "network.status" | "network.too-large"
  | "manifest.malformed" | "manifest.format" | "pack.hash"
  | "wasm.hash" | "wasm.blocked" | "wasm.malformed"
  | "engine.trap" | "engine.freed" | "engine.unknown";

/** What every call rejects with, cancelled calls excepted. */
export class DutiableError extends Error {
  readonly name: "DutiableError";
  readonly code: ErrorCode;
  /** The field it is about, as in `items[3].unitPrice`. */
  readonly field: string | null;
  /** Whether trying again can help. */
  readonly retry: "never" | "now" | "later";
  constructor(code: ErrorCode, details?: { field?: string | null; cause?: unknown; about?: string });
}
