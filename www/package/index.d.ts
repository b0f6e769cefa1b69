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
  /** The WebAssembly module, where it is not the `engine.wasm` beside this package: an address, its bytes, or compiled. */
  wasm?: string | URL | Response | BufferSource | WebAssembly.Module | Promise<Response>;
  /** The folder that holds `packs.json`, or the address of a manifest, where it is not the one of this package. */
  packs?: string | URL;
  /** In place of the global `fetch`, for everything but files on disk. */
  fetch?: typeof fetch;
}

/**
 * Fetches the module and the manifest of packs. Each call then fetches the packs that it lacks, once, and checks each against
 * the manifest's SHA-256.
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
  /** Fetches now what such a call would need. */
  prepare(method: "quote", request: QuoteRequest): Promise<void>;
  prepare(method: "search" | "browse", query?: { destination?: string }): Promise<void>;
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
  /** A state or province, where the place has taxes by region. */
  region?: string | null;
  /** Where the parcel is sent from. It need not be where the goods were made. */
  shipFrom?: string | null;
  /** The currency of all amounts of this request. */
  currency: string;
  items: QuoteItem[];
  freight?: Decimal | null;
  insurance?: Decimal | null;
  discount?: Decimal | null;
  /** `DDP`: the seller sees to duty and tax. `DAP`: whoever delivers asks the buyer for them. */
  incoterm?: "DDP" | "DAP" | (string & {}) | null;
  transport?: "post" | "express" | "air" | "sea" | "road" | "rail" | null;
  buyer?: { kind: "consumer" | "business" } | null;
  seller?: { registrations?: string[]; trustedTrader?: boolean } | null;
  /** Who collects: found out from the rest unless said. */
  collection?: "auto" | "vendor" | "intermediary" | "buyer" | "border" | null;
  gift?: boolean | null;
  /** In place of the published rates, by pair: `{ "USD/GBP": "0.76" }` means one US dollar is 0.76 pounds. */
  exchangeRates?: Record<string, Decimal> | null;
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
 * - `partial`: some charge is unknown; totals that it touches are null, and `soFar` holds the sums of what is known
 * - `prohibited`: an item may not be imported
 */
export type QuoteStatus = "complete" | "range" | "partial" | "prohibited";

export interface Quote {
  status: QuoteStatus;
  /** The destination's, in which everything but `totalsInRequestCurrency` is reckoned. */
  currency: string;
  regime: { id: string; collection: string; releaseCategory: number; declaration: string } | null;
  lines: QuoteLine[];
  totals: Totals;
  /** Goods, freight and insurance as the request states them, charges converted; they add up. */
  totalsInRequestCurrency: Totals & { currency: string };
  soFar: Totals | null;
  range: { low: Totals; high: Totals } | null;
  exchangeRates: { from: string; to: string; rate: Decimal; source: string; date: IsoDate | null }[];
  notices: Notice[];
  unknown: UnknownField[];
  /** By the ids that lines name. */
  sources: Record<string, Source>;
  packs: { id: string; sha256: string }[];
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
  payer: string;
  payee: string;
  collectedBy: string;
  when: "checkout" | "delivery" | (string & {});
  refundable: "claim" | "no" | (string & {});
  source: string;
  confidence: Confidence;
}

export type Confidence =
  | "official" | "verified-primary" | "verified-secondary" | "derived" | "derived-exact" | "derived-inferred" | "derived-partial"
  | "reported" | "estimate" | "memory-unverified" | "caller";

/** Null where a part of the sum is unknown: an unknown is never counted as nothing. */
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
}

export interface Notice {
  /** A stable dotted code, such as `us.remedies-not-included`. */
  code: string;
  severity: "info" | "warning" | (string & {});
  params: Record<string, string>;
}

export interface UnknownField {
  /** The field that would settle it: `items[0].netWeightKg`. */
  field: string;
  /** What is needed there: a kind of value, or a unit of measure. */
  needs: string;
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
}

export interface SearchResult {
  hits: SearchHit[];
  /** What the query lacks, where there is no answer to give. */
  needs: { reason: string } | null;
}

export interface SearchHit {
  code: string;
  title: string | null;
  /** A calibrated probability, or null where none is claimed. */
  confidence: Decimal | null;
  /** The designations above it, the section first. */
  path: string[];
  /** The words that matched. */
  matched: string[];
  why: { asked: string; word: string; in: "title" | "ancestor" | "term" | "line"; how: "exact" | "prefix" | "typo" }[];
}

export interface BrowseQuery {
  code?: string | null;
  destination?: string;
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

// — the release —

export interface ReleaseInfo {
  version: string;
  wasm: { sha256: string | null; bytes: number | null };
  packs: PackInfo[];
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
