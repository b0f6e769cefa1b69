/** What a release is made of. The build writes this file anew, with the version and the hashes of the modules it found. */
const unknown = { sha256: null, bytes: null };
export const RELEASE = { version: "0.0.0", wasm: { quotes: unknown, navigator: unknown } };
