// <hs-navigator>: the keyboard of EMBEDDING's table, what is heard, and the mistakes that comboboxes and trees make elsewhere.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, it } from "node:test";

import { axe, useStage } from "../support/stage.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const stage = useStage();

const PUT = (given = {}) => stage.append(make("hs-navigator", { label: "Product", ...given }));
const input = (page) => page.locator("hs-navigator input");

/** Types, and waits for the list. */
async function ask(page, text) {
  await input(page).click();
  await page.keyboard.type(text);
  await page.waitForFunction((text) => heard.some(({ type, detail }) => type === "hs-results" && detail.query === text), text);
}

const look = (page) =>
  page.evaluate(() => {
    const root = document.querySelector("hs-navigator").shadowRoot;
    const field = root.querySelector("input");
    const active = field.getAttribute("aria-activedescendant");
    const row = active && root.getElementById(active);
    return {
      text: field.value,
      focused: root.activeElement === field,
      expanded: field.getAttribute("aria-expanded"),
      listed: !root.getElementById(field.getAttribute("aria-controls")).hidden,
      active: row ? row.querySelector(".code").textContent : active,
      marked: row ? row.getAttribute("aria-selected") === "true" && row.checkVisibility() && row.role === "option" : null,
      selected: root.querySelectorAll("[role=option][aria-selected=true]").length,
    };
  });
const value = (page) => page.evaluate(() => document.querySelector("hs-navigator").value);

describe("<hs-navigator>: the field", () => {
  it("moves by arrows with the focus in the field, and every id leads to a visible, marked row (7)", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await ask(page, "t-shirts smartphones headphones cotton");
      const opened = await look(page);
      assert.deepEqual([opened.expanded, opened.listed, opened.active, opened.selected], ["true", true, null, 0]);
      const seen = [];
      for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]) {
        await page.keyboard.press(key);
        const { active, marked, focused, selected } = await look(page);
        assert.equal(focused, true);
        if (active) assert.deepEqual([marked, selected], [true, 1]);
        seen.push(active);
      }
      assert.deepEqual(seen, ["6109.10", "8517.13", "8518.30", null, "8518.30", "8517.13"]);
      await page.keyboard.press("Alt+ArrowUp");
      assert.equal((await look(page)).expanded, "false");
      await page.keyboard.press("Alt+ArrowDown");
      const again = await look(page);
      assert.deepEqual([again.expanded, again.active], ["true", null]);
    }));

  it("takes Enter only for an active row, leaves Tab, Home and End alone", () =>
    stage.open(async (page) => {
      await page.evaluate(() => {
        const form = make("form", {}, make("hs-navigator", { label: "Product", name: "code" }), make("button", {}, "Send"));
        form.addEventListener("submit", (event) => (event.preventDefault(), (globalThis.sent = Object.fromEntries(new FormData(form)))));
        stage.append(form);
      });
      await ask(page, "smartphones");
      await page.keyboard.press("Home");
      assert.equal(await page.evaluate(() => document.querySelector("hs-navigator").shadowRoot.querySelector("input").selectionStart), 0);
      await page.keyboard.press("Tab");
      assert.equal(await value(page), "");
      assert.equal((await look(page)).listed, false);
      await input(page).click();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "851713");
      const events = await page.evaluate(() => heard.filter(({ type }) => ["hs-select", "change"].includes(type)));
      assert.deepEqual(events[0].detail, { code: "851713", label: "Smartphones", source: "search", rank: 1, confidence: null });
      assert.equal(events[1].type, "change");
      await page.getByRole("button", { name: "Send" }).click();
      assert.deepEqual(await page.evaluate(() => sent), { code: "851713" });
    }));

  it("gives Escape to the list, then to the text, then to the dialog around it (4)", () =>
    stage.open(async (page) => {
      await page.evaluate(() => {
        const dialog = make("dialog", { "aria-label": "Product" }, make("hs-navigator", { label: "Product", value: "610910" }));
        stage.append(dialog);
        dialog.showModal();
      });
      await page.waitForFunction(() => document.querySelector("hs-navigator").selected?.title);
      await input(page).fill("");
      await ask(page, "smartphones");
      const steps = [];
      for (let time = 0; time < 3; time++) {
        await page.keyboard.press("Escape");
        const { listed, text } = await look(page);
        steps.push([listed, text, await page.evaluate(() => document.querySelector("dialog").open)]);
      }
      assert.deepEqual(steps, [[false, "smartphones", true], [false, "6109.10 Of cotton", true], [false, "6109.10 Of cotton", false]]);
    }));

  it("chooses nothing while a word is being composed, and a click replaces what was composed (3)", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      const client = await page.context().newCDPSession(page);
      await ask(page, "smartphones");
      await page.keyboard.press("ArrowDown");
      await client.send("Input.imeSetComposition", { text: "で", selectionStart: 1, selectionEnd: 1 });
      await client.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229 });
      await page.evaluate(() => {
        const field = document.querySelector("hs-navigator").shadowRoot.querySelector("input");
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true }));
      });
      assert.equal(await value(page), "");
      await client.send("Input.insertText", { text: "" });
      await input(page).fill("");
      await ask(page, "cotton");
      await client.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
      await page.evaluate(() => document.querySelector("hs-navigator").search("cotton").catch(() => {}));
      await page.waitForTimeout(50);
      const row = page.locator("hs-navigator [role=option]").first();
      await row.click();
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "610910");
      assert.equal((await look(page)).text, "6109.10 Of cotton");
    }));

  it("is named by a label outside, also when its words change, and takes the focus from it (5)", () =>
    stage.open(async (page) => {
      await page.evaluate(() => stage.append(make("label", { for: "code" }, "What you sell"), make("hs-navigator", { id: "code" })));
      await page.evaluate(() => document.querySelector("hs-navigator").ready);
      const client = await page.context().newCDPSession(page);
      const name = async () => {
        const { root } = await client.send("DOM.getDocument", { depth: -1, pierce: true });
        const { nodes } = await client.send("Accessibility.queryAXTree", { backendNodeId: root.backendNodeId, role: "combobox" });
        return nodes[0].name.value;
      };
      assert.equal(await name(), "What you sell");
      await page.evaluate(() => (document.querySelector("label").textContent = "Your product"));
      assert.equal(await name(), "Your product");
      await page.locator("main > label").click();
      assert.equal((await look(page)).focused, true);
    }));

  it("drops answers to what is no longer asked, and tells searching from nothing found (1)", () =>
    stage.open(async (page) => {
      const result = await page.evaluate(async () => {
        const engine = manualEngine();
        const element = make("hs-navigator", { label: "Product", ".engine": engine });
        stage.append(element);
        const turn = () => new Promise((done) => setTimeout(done, 10));
        const hit = (title) => ({ code: "610910", title, path: [], matched: [], why: [], confidence: null });
        const states = [];
        const note = () => states.push(["searching", "none"].filter((state) => element.matches(`:state(${state})`)).join());
        element.query = "first";
        await turn();
        note();
        element.query = "second";
        await turn();
        engine.calls[1].resolve({ hits: [], needs: null });
        await turn();
        note();
        engine.calls[0].resolve({ hits: [hit("late")], needs: null });
        await turn();
        note();
        return { states, candidates: element.candidates.length, said: element.shadowRoot.querySelector("[part=status]").textContent };
      });
      assert.deepEqual(result, { states: ["searching", "none", "none"], candidates: 0, said: 'Nothing found for "second". Try what it is made of or used for.' });
    }));

  it("asks for what is missing when the words say nothing", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await ask(page, "gift");
      await page.getByText('"gift" is too general.').waitFor();
    }));

  it("asks the classifier where the page wants it, and says so where none of the codes is likely", () =>
    stage.open(async (page) => {
      const result = await page.evaluate(async () => {
        const engine = manualEngine();
        const element = make("hs-navigator", { label: "Product", "with-classifier": "", ".engine": engine });
        stage.append(element);
        const turn = () => new Promise((done) => setTimeout(done, 10));
        element.query = "phone case";
        await turn();
        const hit = { code: "420232", title: "Of plastics", path: [], matched: [], why: [], confidence: "0.30" };
        engine.calls[0].resolve({ hits: [hit], needs: { reason: "unsure", lacks: ["material"] } });
        await turn();
        const said = element.shadowRoot.querySelector("[part=status]").textContent;
        return { property: element.withClassifier, asked: engine.calls[0].argument.classifier, candidates: element.candidates.length, said };
      });
      assert.deepEqual(result, {
        property: true, asked: true, candidates: 1,
        said: "None of these is likely. Say more: what it is, what it is made of or what it is used for.",
      });
    }));

  it("takes a typed code, dotted or not, and refuses one that does not exist", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await ask(page, "8517.13");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "851713");
      assert.equal(await page.evaluate(() => heard.find(({ type }) => type === "hs-select").detail.source), "typed");
      await input(page).fill("9999.99");
      await page.getByText("There is no product code 9999.99.").waitFor();
      assert.equal(await value(page), "851713");
    }));

  it("marks what matched without markup, whatever was typed (12)", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await ask(page, "cotton <img src=x>(");
      const option = page.locator("hs-navigator [role=option]").first();
      assert.equal(await option.locator("[part=option-match]").innerText(), "cotton");
      assert.equal(await page.locator("hs-navigator img").count(), 0);
    }));

  it("sends events that any host can use, and lets the page refuse a code (11)", () =>
    stage.open(async (page) => {
      await page.evaluate(() => {
        const host = make("div");
        host.attachShadow({ mode: "open" });
        stage.append(host);
        globalThis.element = make("hs-navigator", { label: "Product" });
        host.shadowRoot.append(element);
        document.addEventListener("input", () => heard.push({ type: "input", detail: null }));
      });
      const field = page.locator("hs-navigator input");
      await field.pressSequentially("smartphones");
      await page.waitForFunction(() => heard.some(({ type, detail }) => type === "hs-results" && detail.query === "smartphones"));
      const refuse = () => page.evaluate(() => document.addEventListener("hs-select", (event) => event.preventDefault(), { once: true }));
      await refuse();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => heard.some(({ type }) => type === "hs-select"));
      assert.deepEqual(await page.evaluate(() => [element.value, heard.some(({ type }) => type === "change")]), ["", false]);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => element.value === "851713");
      const events = await page.evaluate(() => heard);
      const types = ["input", "hs-results", "hs-open", "hs-select", "hs-close", "change"];
      assert.deepEqual(types.filter((type) => !events.some((event) => event.type === type)), []);
      assert.doesNotMatch(JSON.stringify(events), /</);
      const { query, count, durationMs } = events.findLast(({ type }) => type === "hs-results").detail;
      assert.deepEqual([query, count, typeof durationMs], ["smartphones", 1, "number"]);
    }));

  it("says that the codes did not come, keeps what was typed, and finds them when asked again (13)", () =>
    stage.open(
      async (page, seen) => {
        await page.evaluate(PUT, { name: "code" });
        await input(page).fill("smartphones");
        await page.waitForFunction(() => heard.some(({ type }) => type === "hs-error"));
        const { detail } = await page.evaluate(() => heard.find(({ type }) => type === "hs-error"));
        assert.deepEqual(detail, { code: "network.offline", field: null, recoverable: true });
        assert.equal(await page.evaluate(() => document.querySelector("hs-navigator").matches(":state(error)")), true);
        assert.equal(await page.locator("hs-navigator [part=status]").innerText(), "Could not load the product codes. Try again.");
        assert.equal((await look(page)).text, "smartphones");
        await page.unroute("**/navigator.wasm");
        await page.locator("hs-navigator").getByRole("button", { name: "Try again" }).click();
        await page.locator("hs-navigator [role=option]").first().waitFor();
        assert.equal(await page.evaluate(() => document.querySelector("hs-navigator").matches(":state(error)")), false);
        seen.errors = [];
      },
      { before: (page) => page.route("**/navigator.wasm", (route) => route.abort()) },
    ));

  it("keeps a title of another direction whole, in the list and in the field", () =>
    stage.open(async (page) => {
      await page.evaluate(() => Object.assign(document.documentElement, { lang: "ar", dir: "rtl" }));
      await page.evaluate(PUT);
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("hs-navigator").shadowRoot.querySelector("input")).direction), "rtl");
      await ask(page, "smartphones");
      const directions = () => page.evaluate(() => {
        const root = document.querySelector("hs-navigator").shadowRoot;
        return ["input", "[part=option-text]"].map((selector) => getComputedStyle(root.querySelector(selector)).direction);
      });
      assert.deepEqual(await directions(), ["ltr", "ltr"]);
      const boxes = await page.evaluate(() => {
        const root = document.querySelector("hs-navigator").shadowRoot;
        const [input, clear] = ["input", "[part=clear]"].map((selector) => root.querySelector(selector));
        return [parseFloat(getComputedStyle(input).paddingLeft), clear.getBoundingClientRect().right - input.getBoundingClientRect().left];
      });
      assert.ok(boxes[0] >= boxes[1], `the text begins at ${boxes[0]}, the button ends at ${boxes[1]}`);
    }));

  it("keeps what was set before the upgrade, and knows reset, disabled and required (10)", () =>
    stage.open(
      async (page) => {
        await page.evaluate(async () => {
          const element = make("hs-navigator", { label: "Product", name: "code", required: "" });
          element.value = "8517.13";
          stage.append(make("form", {}, make("fieldset", {}, element)));
          await import("/dutiable/define.js");
        });
        await page.waitForFunction(() => document.querySelector("hs-navigator").selected?.title === "Smartphones");
        const form = () => page.evaluate(() => [document.querySelector("form").checkValidity(), ...new FormData(document.querySelector("form")).values()]);
        assert.deepEqual(await form(), [true, "851713"]);
        await page.evaluate(() => document.querySelector("form").reset());
        assert.deepEqual(await form(), [false]);
        assert.equal(await page.evaluate(() => document.querySelector("hs-navigator").validity.valueMissing), true);
        await page.evaluate(() => (document.querySelector("hs-navigator").value = "6109"));
        assert.equal(await page.evaluate(() => document.querySelector("hs-navigator").validity.tooShort), true);
        await page.evaluate(() => (document.querySelector("fieldset").disabled = true));
        assert.equal(await input(page).isDisabled(), true);
        assert.deepEqual(await form(), [true]);
      },
      { path: "?undefined" },
    ));
});

describe("<hs-navigator>: what is heard (6)", () => {
  it("says once, after a pause, how many there are; repeats nothing; is silent without focus", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await page.evaluate(() => {
        globalThis.said = listen(document.querySelector("hs-navigator"));
        stage.append(make("button", {}, "Elsewhere"));
      });
      await input(page).click();
      await page.keyboard.type("smartph", { delay: 60 });
      await page.waitForTimeout(500);
      assert.deepEqual(await page.evaluate(() => said), []);
      await page.waitForTimeout(800);
      await page.keyboard.type("ones", { delay: 60 });
      await page.waitForTimeout(1300);
      assert.deepEqual(await page.evaluate(() => said), ["1 suggestion."]);
      await page.keyboard.type(" cotton");
      await page.waitForTimeout(1300);
      assert.deepEqual(await page.evaluate(() => said), ["1 suggestion.", "2 suggestions. Use up and down arrows, or touch, to choose."]);
      await page.keyboard.type("x");
      await page.getByRole("button", { name: "Elsewhere" }).focus(); // the list lies over it
      await page.evaluate(() => (document.querySelector("hs-navigator").query = "headphones"));
      await page.waitForTimeout(1300);
      assert.equal(await page.evaluate(() => said.length), 2);
    }));
});

describe("<hs-navigator>: the tree", () => {
  const rows = (page) =>
    page.evaluate(() =>
      [...document.querySelector("hs-navigator").shadowRoot.querySelectorAll("[role=treeitem]")]
        .filter((row) => row.checkVisibility())
        .map((row) => [row.textContent.split(" ")[0], ...["level", "setsize", "posinset"].map((name) => Number(row.getAttribute(`aria-${name}`)))]),
    );
  const at = (page) => page.evaluate(() => document.querySelector("hs-navigator").shadowRoot.activeElement.querySelector(".code").textContent);
  const open = async (page, given = {}) => {
    await page.evaluate(PUT, { mode: "browse", ...given });
    await page.locator("hs-navigator [role=treeitem]").first().waitFor();
    await page.locator("hs-navigator").getByRole("button", { name: "Hide the sections" }).focus();
    await page.keyboard.press("Tab");
  };
  const opened = (page, count) => page.waitForFunction((count) => document.querySelector("hs-navigator").shadowRoot.querySelectorAll("[role=treeitem]").length === count, count);

  it("walks by keyboard, and every row knows its level, its siblings and its place (8)", () =>
    stage.open(async (page) => {
      await open(page);
      assert.equal(await at(page), "I");
      await page.keyboard.press("End");
      assert.equal(await at(page), "XVI");
      await page.keyboard.press("ArrowRight");
      await opened(page, 5);
      await page.keyboard.press("ArrowRight");
      assert.equal(await at(page), "84");
      await page.keyboard.type("elec");
      assert.equal(await at(page), "85");
      await page.keyboard.press("Enter");
      await opened(page, 7);
      await page.keyboard.press("*");
      assert.deepEqual((await rows(page)).map(([, ...numbers]) => numbers), [
        [1, 3, 1], [1, 3, 2], [1, 3, 3], [2, 2, 1], [2, 2, 2], [3, 2, 1], [3, 2, 2],
      ]);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowLeft");
      assert.equal(await at(page), "85");
      await page.keyboard.press("ArrowLeft");
      assert.equal((await rows(page)).length, 5);
      await page.keyboard.press("Home");
      assert.equal(await at(page), "I");
      const stops = await page.evaluate(() => document.querySelector("hs-navigator").shadowRoot.querySelectorAll("[role=tree] [tabindex='0']").length);
      assert.equal(stops, 1);
    }));

  it("is one stop for Tab, chooses a leaf by Space, and does not choose by moving (8)", () =>
    stage.open(async (page) => {
      await open(page);
      await page.evaluate(() => stage.append(make("button", {}, "After")));
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "After");
      await page.keyboard.press("Shift+Tab");
      assert.equal(await at(page), "I");
      assert.equal(await page.evaluate(() => document.querySelector("hs-navigator").reveal("851713")), true);
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Tab");
      assert.equal(await at(page), "8517.13");
      assert.equal(await value(page), "");
      await page.keyboard.press("Space");
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "851713");
      const chosen = page.locator("hs-navigator [role=treeitem][aria-selected=true]");
      assert.equal(await chosen.count(), 1);
      const trail = await page.evaluate(() => document.querySelector("hs-navigator").trail.map(({ code }) => code));
      assert.deepEqual(trail, ["XVI", "85", "8517"]);
    }));

  it("swaps the arrows where text runs from right to left", () =>
    stage.open(async (page) => {
      await page.evaluate(() => Object.assign(document.documentElement, { lang: "ar", dir: "rtl" }));
      await page.evaluate(PUT, { mode: "browse" });
      await page.locator("hs-navigator [role=treeitem]").first().waitFor();
      await page.locator("hs-navigator [role=treeitem]").first().focus();
      await page.keyboard.press("ArrowLeft");
      await opened(page, 5);
      await page.keyboard.press("ArrowLeft");
      assert.equal(await at(page), "01");
      await page.keyboard.press("ArrowRight");
      assert.equal(await at(page), "I");
    }));
});

describe("<hs-navigator>: guided questions", () => {
  const guide = (page) => page.evaluate(() => {
    const root = document.querySelector("hs-navigator").shadowRoot;
    const question = root.querySelector("[part=question]");
    return {
      asked: question?.querySelector("legend").textContent ?? null,
      focused: root.activeElement?.localName ?? null,
      choices: [...root.querySelectorAll("[part=choice]")].map((choice) => choice.textContent),
      actions: [...root.querySelectorAll(".actions button")].map((button) => button.textContent),
      guiding: document.querySelector("hs-navigator").matches(":state(guiding)"),
    };
  });
  const shown = (page, text) => page.waitForFunction((text) => document.querySelector("hs-navigator").shadowRoot.querySelector("legend")?.textContent === text, text);
  const start = async (page, text) => {
    await ask(page, text);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Answer a few questions" }).click();
  };

  it("ask by keyboard alone, with the focus on each new question, and choose the code that is left", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await start(page, "cotton smartphones");
      await shown(page, "Which of these is it?");
      assert.deepEqual(await guide(page), {
        asked: "Which of these is it?", focused: "legend", choices: ["T-shirts, singlets and other vests, knitted or crocheted", "Telephone sets, including smartphones"],
        actions: ["I don’t know", "Stop the questions"], guiding: true,
      });
      assert.equal(await page.getByRole("button", { name: "Answer a few questions" }).count(), 0);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await shown(page, "What is it made of?");
      const second = await guide(page);
      assert.deepEqual([second.focused, second.choices, second.actions[0]], ["legend", ["cotton", "None of these"], "Back"]);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "610910");
      const events = await page.evaluate(() => heard.filter(({ type }) => ["hs-question", "hs-answer", "hs-select", "change"].includes(type)).map(({ type, detail }) => [type, detail]));
      assert.deepEqual(events, [
        ["hs-question", { id: "goods", remaining: 3 }], ["hs-answer", { id: "goods", value: "6109", remaining: 2 }],
        ["hs-question", { id: "material", remaining: 2 }], ["hs-answer", { id: "material", value: "cotton", remaining: 1 }],
        ["hs-select", { code: "610910", label: "Of cotton", source: "guide", rank: null, confidence: null }], ["change", null],
      ]);
      assert.deepEqual([(await guide(page)).asked, (await guide(page)).guiding], [null, false]);
    }));

  it("go back, take I don't know, offer what is left, and stop", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await start(page, "cotton smartphones");
      await shown(page, "Which of these is it?");
      await page.getByRole("button", { name: /^T-shirts/ }).click();
      await shown(page, "What is it made of?");
      await page.getByRole("button", { name: "Back" }).click();
      await shown(page, "Which of these is it?");
      assert.ok(!(await guide(page)).actions.includes("Back"));
      await page.getByRole("button", { name: "I don’t know" }).click();
      await shown(page, "What is it made of?");
      await page.getByRole("button", { name: "I don’t know" }).click();
      await shown(page, "No further question tells these apart. Choose one.");
      await page.getByRole("button", { name: "8517.13" }).click();
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "851713");
      await page.evaluate(() => document.querySelector("hs-navigator").clear());
      await start(page, "cotton smartphones");
      await shown(page, "Which of these is it?");
      await page.getByRole("button", { name: "Stop the questions" }).click();
      assert.deepEqual([(await guide(page)).asked, (await guide(page)).focused], [null, "input"]);
    }));

  it("begin with Enter where the page wants them, and leave it to the form where there is nothing to ask", () =>
    stage.open(async (page) => {
      const press = async (given, text) => {
        await page.evaluate(() => document.querySelector("hs-navigator")?.remove());
        await page.evaluate(PUT, given);
        await page.evaluate(() => {
          globalThis.left = 0;
          document.querySelector("hs-navigator").addEventListener("keydown", ({ key }) => key === "Enter" && left++);
        });
        await ask(page, text);
        await page.keyboard.press("Enter");
      };
      await press({ mode: "guide" }, "cotton smartphones");
      await shown(page, "Which of these is it?");
      assert.deepEqual([(await guide(page)).focused, await page.evaluate(() => left)], ["legend", 0]);
      // A marked suggestion is taken as ever, and of a code that is chosen nothing is asked.
      await page.getByRole("button", { name: "Stop the questions" }).click();
      await input(page).fill("");
      await ask(page, "cotton t-shirts");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "610910");
      await page.keyboard.press("Enter");
      assert.deepEqual([(await guide(page)).guiding, await page.evaluate(() => left)], [false, 1]);
      for (const given of [{}, { mode: "guide", "without-guide": "" }]) {
        await press(given, "cotton smartphones");
        assert.deepEqual([(await guide(page)).guiding, await page.evaluate(() => left)], [false, 1], JSON.stringify(given));
      }
    }));

  it("say what the words told already, and read well from right to left and on a phone", () =>
    stage.open(async (page) => {
      await page.evaluate(() => (document.documentElement.dir = "rtl"));
      await page.evaluate(PUT, { locale: "ar" });
      await page.setViewportSize({ width: 320, height: 640 });
      await ask(page, "cotton textile t-shirts");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "أجب عن بضعة أسئلة" }).click();
      await shown(page, "من أي مادة صُنع؟");
      const { choices } = await guide(page);
      assert.deepEqual(choices, ["قطن", "لا شيء منها"]);
      const box = await page.evaluate(() => {
        const root = document.querySelector("hs-navigator").shadowRoot;
        const widths = [...root.querySelectorAll("[part=choice]")].map((choice) => choice.getBoundingClientRect().width);
        return { told: root.querySelector("[part=question] p").textContent, wide: Math.min(...widths), over: document.documentElement.scrollWidth > innerWidth };
      });
      assert.match(box.told, /محبوك/);
      assert.ok(box.wide > 200 && !box.over, JSON.stringify(box));
    }));

  it("are without faults for a screen reader, and absent where the page wants none", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT);
      await start(page, "cotton smartphones");
      await shown(page, "Which of these is it?");
      const { violations, incomplete } = await axe(page, AXE);
      assert.deepEqual([violations, incomplete], [[], []]);
      await page.evaluate(() => document.querySelector("hs-navigator").setAttribute("without-guide", ""));
      await page.getByRole("button", { name: "Stop the questions" }).click();
      assert.equal(await page.getByRole("button", { name: "Answer a few questions" }).count(), 0);
    }));
});
