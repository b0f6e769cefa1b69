// A page of the package as built, under the strict policy of every page here, in Chromium.

import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, watchedPage } from "../../browser/chromium.mjs";
import { serve } from "../../../www/serve.mjs";

/**
 * Hands over a page that has `/dutiable/`, these folders and MiniSearch with its index beside it, and sees that it kept to the policy.
 *
 * The page is isolated from other origins by the two headers for it: without them the clock of a page runs in steps of 100 µs, with them
 * in steps of 5 µs, and it may ask how much memory it holds.
 */
export async function withPage(root, miniSearch, json, work) {
  const served = await mkdtemp(join(tmpdir(), "dutiable-bench-"));
  let server, browser;
  try {
    await mkdir(join(served, "demo"));
    await symlink(join(root, "www/package"), join(served, "package"));
    for (const folder of ["search", "titles"]) await cp(join(root, "tests/bench", folder), join(served, "demo", folder), { recursive: true });
    await cp(join(root, "www/demo/icon.svg"), join(served, "demo/icon.svg"));
    await cp(miniSearch, join(served, "demo/minisearch.js"));
    await writeFile(join(served, "demo/minisearch.json"), json);
    [server, browser] = await Promise.all([serve({ root: served }), launch()]);
    const { page, seen } = await watchedPage(browser, server.url);
    await page.route(`${server.url}titles/`, async (route) => {
      const response = await route.fetch();
      const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
      await route.fulfill({ response, headers: { ...response.headers(), ...isolated } });
    });
    await page.goto(`${server.url}titles/`);
    if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error("the page is not isolated: its clock is too coarse");
    const result = await work(page, browser.version());
    if (Object.values(seen).flat().length > 0) throw new Error(JSON.stringify(seen));
    return result;
  } finally {
    await browser?.close();
    await server?.close();
    await rm(served, { recursive: true });
  }
}
