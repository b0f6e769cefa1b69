// Our tables as objects.

import { readFileSync } from "node:fs";

/** Rows of a CSV file. @param {string | URL} path @returns {Record<string, string>[]} */
export function readCsv(path) {
  const [head, ...rows] = parse(readFileSync(path, "utf8"));
  return rows.map((row) => Object.fromEntries(head.map((name, column) => [name, row[column]])));
}

function parse(text) {
  const rows = [];
  for (const line of text.matchAll(/((?:[^\n"]|"(?:[^"]|"")*")*)\n/g)) {
    // What comes before a cell is looked back at, not taken: an empty first cell would take the comma after it.
    const cells = [...line[1].matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
    rows.push(cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
  }
  return rows;
}
