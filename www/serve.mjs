// A small static server for the demo pages and the built package, on this machine only. It sends the policy we ask every
// embedder to be able to keep, so that whatever breaks under it breaks here first.
//
//   node www/serve.mjs [port]

import { createServer } from "node:http";
import { readFile, realpath } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The strict policy. Trusted Types are demanded too: text goes through `textContent`, or not at all. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
].join("; ");

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".pack": "application/octet-stream",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Where a path of ours begins and which folder answers for it; the longer prefix comes first. */
const MOUNTS = [
  ["/dutiable/", "package/dist"],
  ["/", "demo"],
];

const WWW = fileURLToPath(new URL(".", import.meta.url));

/**
 * Serves `root/demo` at `/` and `root/package/dist` at `/dutiable/`.
 *
 * @param {{ root?: string, port?: number }} [options] `root` is this folder and `port` a free one unless said.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends in a slash.
 */
export async function serve({ root = WWW, port = 0 } = {}) {
  const server = createServer((request, response) => void answer(root, request, response));
  await new Promise((done, failed) => {
    server.once("error", failed).listen(port, "127.0.0.1", done);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(root, request, response) {
  response.setHeader("Content-Security-Policy", POLICY);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Cache-Control", "no-cache");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405);
  }
  const path = decode(request.url);
  if (path === null) return refuse(response, 400);
  try {
    const file = await locate(root, path);
    const body = await readFile(file);
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    response.setHeader("Content-Length", body.length);
    response.end(request.method === "HEAD" ? undefined : body);
  } catch {
    refuse(response, 404);
  }
}

/** The path without its query, decoded once; `null` where no honest page would ask like this. */
function decode(url) {
  try {
    const path = decodeURIComponent(url.split("?", 1)[0]);
    return !path.startsWith("/") || path.split("/").includes("..") || /[\\\0]/.test(path) ? null : path;
  } catch {
    return null; // a malformed escape
  }
}

/** The file behind a path. A link that leads out of its folder counts as absent, as does a folder without an index. */
async function locate(root, path) {
  const [prefix, folder] = MOUNTS.find(([prefix]) => path.startsWith(prefix));
  const home = await realpath(resolve(root, folder));
  const name = path.slice(prefix.length);
  const file = await realpath(join(home, name === "" || name.endsWith("/") ? `${name}index.html` : name));
  if (!file.startsWith(home + sep)) throw new Error("outside");
  return file;
}

function refuse(response, status) {
  response.statusCode = status;
  response.setHeader("Content-Type", TYPES[".txt"]);
  response.end(`${status}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { url } = await serve({ port: Number(process.argv[2] ?? 8080) });
  console.log(`The demo pages are at ${url} (stop with Ctrl-C).`);
}
