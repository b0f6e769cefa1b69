/**
 * How bytes come in: by `fetch` in a browser, from disk where the package lies on one (Node). Every transfer has a size limit,
 * a watch for silence, and, where the hash is known, a check of what arrived.
 */

import { DutiableError } from "./errors.js";
import { LIMITS } from "./limits.js";

/**
 * @param {string | URL} url
 * @param {object} options
 * @param {typeof fetch} [options.fetch] in place of the global one
 * @param {number} options.limit most bytes accepted
 * @param {string | null} [options.sha256] what the file must be, in hex
 * @param {string} [options.mismatch] error code where it is not
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function readBytes(url, { fetch, limit, sha256 = null, mismatch = "pack.hash" }) {
  const address = new URL(url, globalThis.document?.baseURI);
  const bytes =
    address.protocol === "file:" ? await fromDisk(address, limit) : await fromNetwork(address, { fetch, limit, sha256 });
  if (sha256 !== null && globalThis.crypto?.subtle && (await hashOf(bytes)) !== sha256) {
    throw new DutiableError(mismatch, { about: nameOf(address) });
  }
  return bytes;
}

/** `process.getBuiltinModule` rather than `import("node:fs")`: bundlers for browsers stumble over the latter. */
async function fromDisk(address, limit) {
  const files = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  try {
    const bytes = new Uint8Array(await files.readFile(address));
    if (bytes.length > limit) throw new DutiableError("network.too-large", { about: nameOf(address) });
    return bytes;
  } catch (cause) {
    if (cause instanceof DutiableError) throw cause;
    throw new DutiableError("network.status", { about: nameOf(address), cause });
  }
}

async function fromNetwork(address, { fetch = globalThis.fetch, limit, sha256 }) {
  const silence = watchForSilence();
  try {
    const response = await fetch(address.href, {
      credentials: "same-origin",
      signal: silence.signal,
      // A file that carries its hash in its name never changes, so a copy in the cache serves, even offline.
      ...(sha256 !== null && { cache: "force-cache" }),
      // Without `crypto.subtle` (pages served over plain http) the browser itself must check. Elsewhere we check, because a
      // mismatch it finds looks like a lost connection, and ours has a name.
      ...(sha256 !== null && !globalThis.crypto?.subtle && { integrity: `sha256-${hexToBase64(sha256)}` }),
    });
    if (!response.ok) throw new DutiableError("network.status", { about: `${nameOf(address)}, ${response.status}` });
    return await drain(response, limit, silence.heard);
  } catch (cause) {
    if (cause instanceof DutiableError) throw cause.code === "network.too-large" ? named(cause, address) : cause;
    const code = silence.signal.aborted ? "network.timeout" : "network.offline";
    throw new DutiableError(code, { about: nameOf(address), cause });
  } finally {
    silence.end();
  }
}

/** Aborts when nothing has been heard for too long. */
function watchForSilence() {
  const controller = new AbortController();
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), LIMITS.stalledAfterMs);
  };
  heard();
  return { signal: controller.signal, heard, end: () => clearTimeout(timer) };
}

async function drain(response, limit, heard) {
  if (!response.body) return checked(new Uint8Array(await response.arrayBuffer()), limit);
  const chunks = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    heard();
    chunks.push(value);
    length += value.length;
    if (length > limit) {
      void reader.cancel();
      throw new DutiableError("network.too-large");
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function checked(bytes, limit) {
  if (bytes.length > limit) throw new DutiableError("network.too-large");
  return bytes;
}

function named(error, address) {
  return new DutiableError(error.code, { about: nameOf(address), cause: error });
}

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function hexToBase64(hex) {
  return btoa(hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));
}

/** The file's name alone: addresses of other people's servers or disks do not belong in an error. */
function nameOf(address) {
  return address.pathname.split("/").pop() ?? "";
}
