// The browser of these tests: the system's own Chromium, driven by Playwright's core, which downloads none.
// `.ci/env` says where it is and with which flags.

import { chromium } from "playwright-core";

/** Starts Chromium. Whoever starts it closes it. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: (process.env.CHROMIUM_FLAGS ?? "--headless --no-sandbox --disable-gpu").split(/\s+/),
  });
}

/**
 * Opens a page that keeps account of what must not happen: breaches of the policy, errors, and requests to anyone but us.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} url where our own files are
 * @param {object} [options] Playwright's, for a new context (viewport, locale, …)
 */
export async function watchedPage(browser, url, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { violations: [], errors: [], foreign: [] };
  await page.exposeFunction("reportViolation", (violation) => void seen.violations.push(violation));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      globalThis.reportViolation(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  page.on("request", (request) => request.url().startsWith(url) || seen.foreign.push(request.url()));
  return { page, seen };
}
