/** The page for lists: a file is chosen, its columns are chosen, its rows get codes, and it is taken home. */

import { classifyCsv, previewCsv } from "dutiable/catalogue";

import { dotted } from "./dotted.js";
import { engineOf } from "./engine.js";
import { EXAMPLE } from "./example-list.js";
import { locale, say } from "./language.js";
import { fillPlaces } from "./places.js";

const $ = (id) => document.getElementById(id);
const number = new Intl.NumberFormat(locale);
const percent = new Intl.NumberFormat(locale, { style: "percent" });
/** What stands where there is nothing to say. */
const NONE = "–";
/** Rows that are shown of either file. */
const SHOWN = 5;
/** What a column of a product's name or description is called: the first two that are, are read unless the reader says otherwise. */
const SAYS_WHAT = /desc|title|name|bezeichnung|beschreibung|désignation|titre|nom|الوصف|الاسم/i;
/** What a column of codes is called: where there is one, its codes are checked unless the reader says otherwise. */
const HAS_CODES = /(^|[^a-z])(hs|hts|sh|taric)([^a-z]|$)|tariff|commodity|customs.?code|zolltarif|warennummer|douan|رمز/i;
/** Codes to look at instead that are shown of a row. */
const INSTEAD = 3;
/** What the page says of a reason in `hs_needs`, of a verdict or a finding in `hs_check`, or of a file that is refused. */
const SENTENCES = {
  "field-count": "The row has more or fewer cells than the first row",
  "not-utf-8": "Letters that cannot be read: save the file as “CSV UTF-8”",
  "quote-not-closed": "A quotation mark is not closed",
  "no-text": "The row does not say what the product is",
  "no-words": "No word that says what the product is",
  "no-match": "No code found for these words",
  "too-vague": "Too general to classify: add",
  unsure: "Not sure: add",
  kind: "what the product is",
  material: "what it is made of",
  use: "what it is used for",
  "what-of": "what it belongs to",
  contents: "what is in it",
  sound: "Nothing speaks against it",
  doubtful: "Look at it again:",
  wrong: "Cannot stay:",
  "code.malformed": "not a product code",
  "code.leading-zero": "a 0 is missing at the front",
  "code.unknown": "there is no such code",
  "code.of-earlier-edition": "the code is out of date",
  "code.too-short": "too few digits",
  "code.too-long": "the country has no such code",
  "code.not-in-tariff": "the country has no such code",
  "code.unlikely": "the description speaks for other codes",
  "description.vague": "the description is too general",
  "csv.empty": "The file is empty.",
  "csv.not-utf-8": "The letters of the file cannot be read. Save it as “CSV UTF-8” and choose it again.",
  "csv.quote-not-closed": "A quotation mark in the first row is not closed.",
  "csv.record-too-long": "A row is far too long: a quotation mark may not be closed ({field}).",
  "csv.column-missing": "Choose a column that says what the product is.",
  "csv.column-exists": "The file already has a column {field}. Rename it or take it out, and choose the file again.",
};

/** @type {File | null} */
let chosen = null;
/** @type {AbortController | null} */
let running = null;

const sentence = (code, field = "") => say(SENTENCES[code] ?? code).replace("{field}", () => field);

function tell(error) {
  const text = Object.hasOwn(SENTENCES, error.code) ? sentence(error.code, error.field) : say("That did not work. Check your connection and try again.");
  $("file-problem").textContent = text;
  $("file-problem").hidden = false;
}

/** A cell of a role of its own, since a phone shows rows as blocks, and a table of blocks is none to a screen reader. */
function cell(role, text) {
  const made = document.createElement(role === "cell" ? "td" : "th");
  made.setAttribute("role", role);
  if (role !== "cell") made.scope = role === "rowheader" ? "row" : "col";
  made.append(ofFile("span", text));
  return made;
}

/** What stands in a file has a direction of its own. */
function ofFile(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  made.dir = "auto";
  return made;
}

/** What one cell lists. */
const parts = (cell) => cell.split(" ").filter(Boolean);

const of = (kind, made) => (made.classList.add(kind), made);

/** The code's own designation, and small beneath it those that it stands under. */
function titleCell(title) {
  const names = title.split(" > ");
  const made = of("covers", cell("cell", names.at(-1)));
  if (names.length > 1) made.append(of("above", ofFile("small", names.slice(0, -1).join(" › "))));
  return made;
}

function fill(head, body, names, rows) {
  $(head).replaceChildren(row(names.map((name) => cell("columnheader", name))));
  $(body).replaceChildren(...rows.map((cells) => {
    cells.forEach((made, at) => (made.dataset.name = names[at] ?? ""));
    return row(cells);
  }));
}

function row(cells) {
  const made = document.createElement("tr");
  made.setAttribute("role", "row");
  made.append(...cells);
  return made;
}

/** Puts a file into the field, which then shows its name, as if it had been chosen there. */
function take(file) {
  const list = new DataTransfer();
  list.items.add(file);
  $("file").files = list.files;
  chooseFile();
}

function chooseFile() {
  const [file] = $("file").files;
  if (file && file !== chosen) void choose(file);
}

async function choose(file) {
  running?.abort();
  for (const id of ["settings", "result", "work", "file-problem"]) $(id).hidden = true;
  try {
    chosen = file;
    const { columns, rows } = await previewCsv(file, { rows: SHOWN });
    showColumns(columns);
    fill("sample-head", "sample-rows", columns, rows.map((fields) => fields.map((field) => cell("cell", field))));
    $("settings").hidden = false;
    await showPlaces();
  } catch (error) {
    tell(error);
  }
}

function showColumns(columns) {
  const named = columns.flatMap((column, at) => (SAYS_WHAT.test(column) ? [at] : [])).slice(0, 2);
  if (named.length === 0) named.push(0);
  const codes = columns.findIndex((column) => HAS_CODES.test(column));
  const [none] = $("code-column").options;
  $("code-column").replaceChildren(none, ...columns.map((column, at) => new Option(column || NONE, column, false, at === codes)));
  $("columns").replaceChildren(...columns.map((column, at) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: "column", value: column, checked: named.includes(at) });
    label.append(box, ofFile("span", column || NONE));
    return label;
  }));
}

/** The places whose own codes are at hand. */
async function showPlaces() {
  const select = $("destination");
  if (select.options.length > 1) return;
  const [any] = select.options;
  const { packs } = (await engineOf()).releaseInfo();
  const places = packs.filter(({ kind, destinations }) => kind === "text" && destinations).flatMap(({ destinations }) => destinations);
  fillPlaces(select, [...new Set(places)], "");
  select.prepend(any);
  any.selected = true;
}

async function classify() {
  const text = [...document.querySelectorAll("[name=column]:checked")].map(({ value }) => value);
  if (text.length === 0) return tell({ code: "csv.column-missing" });
  const { selectedIndex, value: codes } = $("code-column");
  const code = selectedIndex > 0 ? codes : undefined;
  running?.abort();
  const mine = (running = new AbortController());
  for (const id of ["result", "file-problem"]) $(id).hidden = true;
  $("work").hidden = false;
  $("bar").removeAttribute("value");
  $("done").textContent = say("Getting ready");
  $("speed").textContent = "";
  $("work-title").focus();
  let begun = null;
  try {
    const done = await classifyCsv(chosen, {
      engine: engineOf(), text, code, destination: $("destination").value || undefined, signal: mine.signal,
      onProgress: (progress) => {
        begun ??= performance.now();
        showProgress(progress, performance.now() - begun);
      },
    });
    await showResult(done, text, code);
  } catch (error) {
    if (mine.signal.aborted) $("status").textContent = say("Stopped. Nothing has been kept.");
    else tell(error);
  } finally {
    if (running === mine) {
      running = null;
      $("work").hidden = true;
    }
  }
}

function showProgress({ rows, bytes, totalBytes }, took) {
  $("bar").value = bytes / totalBytes;
  $("done").textContent = say("Rows: {count}").replace("{count}", () => number.format(rows));
  if (took > 500) $("speed").textContent = say("{count} a second").replace("{count}", () => number.format(Math.round((rows * 1000) / took)));
}

/** The code that a row has, and small beneath it how it stands. */
function checkCell(code, check, instead) {
  const made = cell("cell", code || NONE);
  const [status, ...findings] = parts(check);
  if (!status) return made;
  const small = document.createElement("small");
  small.className = status;
  small.append([status, ...findings].map((word) => sentence(word)).join(" "));
  const codes = ofFile("bdi", parts(instead).slice(0, INSTEAD).map(dotted).join(", "));
  if (codes.textContent) small.append(" (", codes, ")");
  made.append(small);
  return made;
}

async function showResult({ csv, rows, faults, doubted }, text, codeColumn) {
  const { columns, rows: shown } = await previewCsv(csv, { rows: SHOWN });
  const said = text.map((name) => columns.indexOf(name.trim()));
  const codeAt = codeColumn === undefined ? -1 : columns.indexOf(codeColumn.trim());
  const isSure = shown.some((fields) => fields.at(-3) !== "");
  const codes = codeAt < 0 ? ["Code"] : ["Your code", "Code found"];
  const names = ["Product", ...codes, ...(isSure ? ["How sure"] : []), "What the code covers", "Other codes", "Missing"].map(say);
  fill("found-head", "found-rows", names, shown.map((fields) => {
    const [code, title, confidence, alternatives, needs] = fields.slice(-5);
    const why = parts(needs).map((need) => sentence(need));
    return [
      cell("rowheader", said.map((at) => fields[at]).filter(Boolean).join(" · ")),
      ...(codeAt < 0 ? [] : [checkCell(fields[codeAt], ...fields.slice(-7, -5))]),
      of("code", cell("cell", dotted(code) || NONE)),
      ...(isSure ? [cell("cell", confidence ? percent.format(confidence) : NONE)] : []),
      titleCell(title || NONE),
      cell("cell", parts(alternatives).map(dotted).join(", ") || NONE),
      cell("cell", why.join(" ") || NONE),
    ];
  }));
  for (const element of document.querySelectorAll("#result [data-codes]")) element.hidden = (element.dataset.codes === "yes") !== (codeAt >= 0);
  const counted = (count, sentence) => (count > 0 ? say(sentence).replace("{count}", () => number.format(count)) : "");
  $("outcome").textContent = [
    say("Rows looked at: {count}.").replace("{count}", () => number.format(rows)),
    counted(faults, "Rows that could not be read: {count}. They are in the list, with the reason."),
    counted(doubted, "Codes to look at again: {count}. The list says why."),
  ].filter(Boolean).join(" ");
  const link = $("download");
  if (link.href) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(csv);
  link.download = chosen.name.replace(/(\.\w+)?$/, "-hs$&");
  $("result").hidden = false;
  $("result-title").focus();
  $("status").textContent = $("outcome").textContent;
}

$("file").addEventListener("change", chooseFile);
// On the way back the browser may have put the file as it was.
addEventListener("pageshow", chooseFile);
$("example").addEventListener("click", () => take(new File([EXAMPLE], "example.csv", { type: "text/csv" })));
$("settings").addEventListener("submit", (event) => {
  event.preventDefault();
  void classify();
});
$("cancel").addEventListener("click", () => {
  running?.abort();
  $("go").focus();
});

// A file may be dropped anywhere on the page: beside the card the browser would open it and leave.
addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  $("file-card").classList.add("dropping");
});
addEventListener("dragleave", (event) => event.relatedTarget || $("file-card").classList.remove("dropping"));
addEventListener("drop", (event) => {
  $("file-card").classList.remove("dropping");
  const [file] = event.dataTransfer?.files ?? [];
  if (!file) return;
  event.preventDefault();
  take(file);
});
