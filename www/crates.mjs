// Whose code the engine is made of: the crates compiled into the wasm, each with its licence, as their licences ask.

import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const TARGET = "wasm32-unknown-unknown";

/**
 * The licences of the crates, for the package's NOTICE.
 * @param {string} top the checkout
 */
export async function crateLicences(top) {
  const cargo = async (...args) => (await promisify(execFile)("cargo", args, { cwd: top, maxBuffer: 1 << 26 })).stdout;
  const { packages } = JSON.parse(await cargo("metadata", "--format-version", "1", "--filter-platform", TARGET));
  // What runs in the page: neither build scripts nor macros, which end when they have compiled, nor what only our tests need.
  const tree = await cargo("tree", "--package", "dutiable", "--target", TARGET, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}");
  const compiledIn = new Set(tree.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")));
  const crates = packages.filter(({ name, version }) => name !== "dutiable" && compiledIn.has(`${name} v${version}`));
  const parts = await Promise.all(crates.map(async (crate) =>
    [`${crate.name} ${crate.version}: ${crate.license}`, crate.repository, await licence(dirname(crate.manifest_path))].filter(Boolean).join("\n\n")));
  return ["The engine is compiled from these libraries, and from the standard library of Rust (MIT OR Apache-2.0):", ...parts.sort()].join("\n\n----\n\n") + "\n";
}

/** Under MIT where there is a choice: the shorter text. */
async function licence(folder) {
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying)/i.test(name)).sort();
  const chosen = files.find((name) => /mit/i.test(name)) ?? files[0];
  return chosen ? (await readFile(join(folder, chosen), "utf8")).trim() : null;
}
