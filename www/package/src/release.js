/** What a release is made of. The build writes this file anew, with the version and the hash of the wasm it found. */
export const RELEASE = { version: "0.0.0", wasm: { sha256: null, bytes: null } };
