/** The page's engine, for what no element does. */

import { createEngine } from "dutiable";

/** @type {Promise<import("dutiable").Engine> | null} */
let engine = null;

/** Its files are fetched when it is first asked for; after a failure they are asked for again. */
export function engineOf() {
  engine ??= createEngine({ ahead: ["navigator"] }).catch((error) => {
    engine = null;
    throw error;
  });
  return engine;
}
