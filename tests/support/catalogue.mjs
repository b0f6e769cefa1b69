// The catalogues of `tests/catalogue`, with what is asked of each; and the command line, which must answer the same.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TOP = new URL("../../", import.meta.url);

/** @type {{ name: string, text?: string | string[], code?: string, destination?: string, limit?: number, faults: number, doubted?: number }[]} */
export const CATALOGUES = [
  { name: "spreadsheet", text: "description", limit: 3, faults: 4 },
  { name: "two-columns", text: ["title", "description"], destination: "GB", faults: 1 },
  { name: "careless", faults: 2 },
  { name: "with-codes", text: "description", code: "hs_code", destination: "GB", faults: 2, doubted: 7 },
];

export const fileOf = (name) => readFileSync(new URL(`tests/catalogue/${name}.csv`, TOP));

/** What the command line makes of it: the file, and of one that it refuses why. */
export function onTheCommandLine(input, { text = [], code, destination, limit } = {}) {
  const columns = [...[text].flat().flatMap((column) => ["--text", column]), ...(code ? ["--code", code] : [])];
  const settings = [...columns, ...(destination ? ["--destination", destination] : []), ...(limit ? ["--limit", String(limit)] : [])];
  const program = fileURLToPath(new URL("target/debug/dutiable", TOP));
  const { stdout, stderr, error } = spawnSync(program, ["classify", "--csv", ...settings], { input, cwd: TOP, maxBuffer: 2 ** 26 });
  // A file that is refused is not read to its end.
  if (error && error.code !== "EPIPE") throw new Error(`${program}: ${error.message}; \`make test\` compiles it`);
  const said = stderr.toString();
  return { csv: stdout, error: said.startsWith("{") ? JSON.parse(said).error : null };
}
