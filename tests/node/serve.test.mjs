// The server of the demo pages: what it sends, and what it does not.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { POLICY, serve } from "../../www/serve.mjs";

/** `fetch` would tidy the path before it is sent; this sends it as it stands. */
function get(url, path, method = "GET") {
  const { hostname, port } = new URL(url);
  return new Promise((done, failed) => {
    request({ hostname, port, path, method }, async (response) => {
      const chunks = await response.toArray();
      done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
    })
      .on("error", failed)
      .end();
  });
}

describe("the server of the demo pages", () => {
  let root, server;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "dutiable-"));
    await mkdir(join(root, "demo", "deep"), { recursive: true });
    await mkdir(join(root, "package", "dist"), { recursive: true });
    await writeFile(join(root, "secret.txt"), "secret");
    await writeFile(join(root, "demo", "index.html"), "<!doctype html>start");
    await writeFile(join(root, "demo", "deep", "index.html"), "<!doctype html>deep");
    await symlink("../secret.txt", join(root, "demo", "link.txt"));
    for (const name of ["quotes.wasm", "index.js", "packs.json", "us.pack"]) {
      await writeFile(join(root, "package", "dist", name), name);
    }
    server = await serve({ root });
  });

  after(async () => {
    await server.close();
    await rm(root, { recursive: true });
  });

  it("sends each file as what it is", async () => {
    const types = {
      "/": "text/html; charset=utf-8",
      "/deep/?a=b": "text/html; charset=utf-8",
      "/dutiable/quotes.wasm": "application/wasm",
      "/dutiable/index.js": "text/javascript; charset=utf-8",
      "/dutiable/packs.json": "application/json",
      "/dutiable/us.pack": "application/octet-stream",
    };
    for (const [path, type] of Object.entries(types)) {
      const { status, headers } = await get(server.url, path);
      assert.deepEqual([path, status, headers["content-type"]], [path, 200, type]);
    }
  });

  it("sends the strict policy with every answer, refusals included", async () => {
    for (const path of ["/", "/dutiable/index.js", "/absent", "/%"]) {
      const { headers } = await get(server.url, path);
      assert.equal(headers["content-security-policy"], POLICY);
      assert.equal(headers["x-content-type-options"], "nosniff");
    }
    assert.match(POLICY, /(^|; )script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    assert.doesNotMatch(POLICY, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  it("gives out nothing beside its folders", async () => {
    const refused = {
      "/../secret.txt": 400,
      "/%2e%2e/secret.txt": 400,
      "/deep/..%2f..%2fsecret.txt": 400,
      "/dutiable/../../secret.txt": 400,
      "/dutiable/..%5c..%5csecret.txt": 400,
      "/secret.txt%00.html": 400,
      "/%": 400,
      "/%252e%252e/secret.txt": 404,
      "//secret.txt": 404,
      "/link.txt": 404,
      "/secret.txt": 404,
      "/deep": 404,
      "/dutiable/": 404,
    };
    for (const [path, expected] of Object.entries(refused)) {
      const { status, body } = await get(server.url, path);
      assert.deepEqual([path, status], [path, expected]);
      assert.doesNotMatch(body, /secret/);
    }
  });

  it("only reads", async () => {
    assert.equal((await get(server.url, "/", "POST")).status, 405);
    const head = await get(server.url, "/", "HEAD");
    assert.deepEqual([head.status, head.body, head.headers["content-length"]], [200, "", "20"]);
  });
});
