/**
 * What the build reads for the demo out of the manifest and the tables; `www/build.mjs` writes this file anew.
 * @type {string[]}
 */
export const DESTINATIONS = [];
/** The regions that a place's taxes differ by. @type {Record<string, string[]>} */
export const REGIONS = {};
/** Carriers' published prices, by place: examples. @type {Record<string, { id: string, carrier: string, what: string, currency: string }[]>} */
export const FEES = {};
