// The files of tests/worked.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** Every example with its name, in the order of names. */
export function examples() {
  const folder = fileURLToPath(new URL("../worked/", import.meta.url));
  const places = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return places.flatMap(({ name: place }) =>
    readdirSync(join(folder, place)).sort().map((file) => ({
      name: `${place}/${file.replace(".json", "")}`,
      ...JSON.parse(readFileSync(join(folder, place, file), "utf8")),
    })),
  );
}
