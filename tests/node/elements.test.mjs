// `custom-elements.json`, which editors and documentation read, says what the elements are: held against the classes as built,
// their sources, their types and the README, so that none of them can go stale alone.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, describe, it } from "node:test";

import { buildFake } from "../support/fake/build.mjs";

const PACKAGE = fileURLToPath(new URL("../../www/package/", import.meta.url));
const SOURCES = join(PACKAGE, "src");
const read = (name) => readFile(join(PACKAGE, name), "utf8");
const names = (entries = []) => entries.map(({ name }) => name).sort();
const unique = (values) => [...new Set(values)].sort();
const all = (text, pattern) => unique([...text.matchAll(pattern)].map(([, name]) => name));

/** The source of an element: its module and all that it imports, at once or later. */
async function sourceOf(entry) {
  const found = new Map();
  const follow = async (name) => {
    if (found.has(name)) return;
    found.set(name, "");
    const text = await readFile(join(SOURCES, name), "utf8");
    found.set(name, text);
    for (const imported of all(text, /(?:from|import\()\s*"\.\/([\w-]+\.js)"/g)) {
      if (!["quotes-glue.js", "navigator-glue.js", "release.js"].includes(imported)) await follow(imported);
    }
  };
  await follow(entry);
  return [...found.values()].join("\n");
}

/** What a class of `element.d.ts` declares: one member a line. */
function declared(types, name) {
  const body = types.split(new RegExp(`class ${name} [^{]*\\{\\n`))[1].split("\n}\n")[0];
  const members = [...body.matchAll(/^ {2}(readonly )?(\w+)(\(.*\))?: (.*);$/gm)];
  return members.map(([, readonly, name, parameters, type]) => ({ name, kind: parameters ? "method" : "field", readonly: Boolean(readonly), type }));
}

/** The events of an interface of `element.d.ts`. */
function declaredEvents(types, name) {
  const body = types.split(`interface ${name} {\n`)[1].split("\n}\n")[0];
  return [...body.matchAll(/^ {2}"([\w-]+)": (.*);$/gm)].map(([, name, type]) => `${name}: ${type}`).sort();
}

describe("the custom elements manifest", () => {
  let fake, manifest, classes, types, readme;
  before(async () => {
    fake = await buildFake();
    manifest = JSON.parse(await read("custom-elements.json"));
    classes = await import(join(fake.dist, "element.js"));
    [types, readme] = await Promise.all([read("element.d.ts"), read("README.md")]);
  });
  after(() => fake.remove());

  it("is found by tools, packed with the package, and names modules that it exports", async () => {
    const { customElements, exports } = JSON.parse(await read("package.json"));
    assert.equal(customElements, "custom-elements.json");
    const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: PACKAGE });
    assert.ok(JSON.parse(stdout)[0].files.some(({ path }) => path === customElements));
    assert.deepEqual([manifest.schemaVersion, manifest.readme], ["1.0.0", "README.md"]);
    const [element, define] = manifest.modules;
    assert.deepEqual([`./${element.path}`, `./${define.path}`], [exports["./element"].default, exports["./define"].default]);
    assert.deepEqual(element.declarations.map(({ name, tagName }) => [name, tagName]), [["LandedCost", "landed-cost"], ["HsNavigator", "hs-navigator"]]);
    assert.deepEqual(names(element.exports), Object.keys(classes).sort());
    const defined = [...(await readFile(join(SOURCES, "define.js"), "utf8")).matchAll(/\["([\w-]+)", (\w+)\]/g)];
    assert.deepEqual(define.exports.map(({ name, declaration }) => [name, declaration.name]), defined.map(([, tag, name]) => [tag, name]));
  });

  for (const [name, tag] of [["LandedCost", "landed-cost"], ["HsNavigator", "hs-navigator"]]) {
    describe(`of <${tag}>`, () => {
      let said, source;
      before(async () => {
        said = manifest.modules[0].declarations.find((declaration) => declaration.name === name);
        source = await sourceOf(`${tag}.js`);
      });

      it("names the attributes that the class observes, each with the property it has", () => {
        assert.deepEqual(names(said.attributes), [...classes[name].observedAttributes].sort());
        const camel = (attribute) => attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
        for (const { name: attribute, fieldName } of said.attributes) {
          const settable = classes[name].properties.includes(camel(attribute));
          assert.equal(fieldName, settable ? camel(attribute) : undefined, attribute);
          const field = said.members.find((member) => member.attribute === attribute);
          assert.equal(field?.name, fieldName, attribute);
        }
      });

      it("names the properties and methods that the types declare, and that are there", () => {
        const own = [...declared(types, name), ...declared(types, "DutiableElement")];
        const flat = said.members.map(({ name, kind, readonly = false, type, return: result }) => ({ name, kind, readonly, type: (type ?? result.type).text }));
        const byName = (a, b) => (a.name < b.name ? -1 : 1);
        assert.deepEqual(flat.sort(byName), own.sort(byName));
        for (const { name: member } of own) assert.ok(member in classes[name].prototype, member);
        const settable = own.filter(({ kind, readonly }) => kind === "field" && !readonly).map((field) => field.name);
        assert.deepEqual(settable.sort(), [...classes[name].properties].sort());
      });

      it("names the events that the types declare and the source sends, and the native ones", () => {
        const ours = said.events.filter((event) => event.type.text !== "Event");
        assert.deepEqual(ours.map((event) => `${event.name}: ${event.type.text}`).sort(), declaredEvents(types, `${name}EventMap`));
        const prefix = tag === "landed-cost" ? "lc" : "hs";
        assert.deepEqual(names(ours), all(source, new RegExp(`"(${prefix}-(?!navigator)[a-z-]+)"`, "g")));
        const native = said.events.filter((event) => event.type.text === "Event");
        assert.deepEqual(names(native), tag === "landed-cost" ? [] : ["change", "input"]);
        for (const { name: event, description } of ours) {
          const cancelable = new RegExp(`emit\\("${event}",[^;]*cancelable: true`).test(source);
          assert.equal(description.includes("Cancelable"), cancelable, event);
        }
      });

      it("names the parts, slots and states of the templates, and the custom properties of the styles", () => {
        assert.deepEqual(names(said.cssParts), all(source, /\bpart: "([a-z-]+)"/g));
        assert.deepEqual(names(said.slots), all(source, /h\("slot", \{ name: "([a-z-]+)"/g));
        assert.deepEqual(names(said.cssProperties), all(source, /var\((--dutiable-[a-z-]+)/g));
        const styled = all(source, /:state\(([a-z]+)\)/g);
        assert.deepEqual(styled.filter((state) => !names(said.cssStates).includes(state)), []);
      });

      it("is what README and types say in words", () => {
        const section = readme.split(`\n## \`<${tag}>\`\n`)[1].split("\n## ")[0];
        const row = (title) => unique([...section.split(`\n| ${title} | `)[1].split("\n")[0].matchAll(/`([^`]+)`/g)].map(([, word]) => word.replace(/\(.*/, "")));
        assert.deepEqual(row("parts"), names(said.cssParts));
        assert.deepEqual(row("states"), names(said.cssStates));
        assert.deepEqual(row("events"), names(said.events));
        if (said.slots) assert.deepEqual(row("slots"), names(said.slots));
        const values = new Set(said.attributes.flatMap(({ type }) => all(type.text, /"(\w+)"/g)));
        assert.deepEqual(row("attributes").filter((word) => !values.has(word)), names(said.attributes).filter((word) => !values.has(word)));
        const comment = types.split(new RegExp(`export class ${name} `))[0].split("/**").at(-1);
        const parts = all(comment.split("Parts:")[1].split(/States:|Slots:/)[0], /`([a-z-]+)`/g);
        assert.deepEqual(parts, names(said.cssParts));
        for (const property of names(said.cssProperties)) {
          assert.ok(readme.includes(`\`${property}\``) || readme.includes(`\`${property.replace("--dutiable-color", "")}\``), property);
        }
      });
    });
  }
});
