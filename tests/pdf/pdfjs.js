// SPDX-License-Identifier: MIT
/* What pdf.js reads of a file, as JSON on standard output: a reader written by
 * others, in another language, which follows the tags.
 *
 *     node pdfjs.js FILE.pdf
 *
 * For each page its label and the text of its marked content in the order of
 * the structure tree; beside that title, language, outline, and the warnings.
 */
"use strict";

const fs = require("fs");
// pdf.js warns by log, already when it is loaded
const warnings = [];
console.log = console.warn = (...words) => warnings.push(words.join(" "));
const folder = process.env.PDFJS || "/usr/share/javascript/pdf/build";
const pdfjs = require(folder + "/pdf.js");

/* marked content id -> the text in it */
function textById(content) {
  const texts = new Map();
  const open = [];
  for (const item of content.items) {
    if (item.type === "beginMarkedContentProps" ||
        item.type === "beginMarkedContent") {
      open.push(item.id || (open.length ? open[open.length - 1] : null));
    } else if (item.type === "endMarkedContent") {
      open.pop();
    } else if (open.length && open[open.length - 1]) {
      const id = open[open.length - 1];
      texts.set(id, (texts.get(id) || "") + item.str);
    }
  }
  return texts;
}

/* [role, text or children...] in the tree's order */
function readNode(node, texts, used) {
  if (node.type === "content") {
    used.add(node.id);
    return texts.get(node.id) || "";
  }
  if (node.type)
    return "";
  const own = [node.role];
  if (node.alt)
    own.push({ alt: node.alt });
  for (const child of node.children || [])
    own.push(readNode(child, texts, used));
  return own;
}

function flatten(outline, level, list) {
  for (const entry of outline || []) {
    list.push([level, entry.title]);
    flatten(entry.items, level + 1, list);
  }
  return list;
}

async function readPage(document, number) {
  const page = await document.getPage(number);
  const content = await page.getTextContent({
    includeMarkedContent: true,
    disableCombineTextItems: true,
  });
  const texts = textById(content);
  const used = new Set();
  const tree = await page.getStructTree();
  const result = {
    tree: tree ? readNode(tree, texts, used) : [],
    untagged: [...texts].filter(([id, text]) => !used.has(id) && text.trim())
      .map(([, text]) => text),
  };
  page.cleanup();
  return result;
}

async function main() {
  const task = pdfjs.getDocument({
    data: new Uint8Array(fs.readFileSync(process.argv[2])),
    verbosity: pdfjs.VerbosityLevel.WARNINGS,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
  });
  const document = await task.promise;
  const metadata = await document.getMetadata();
  const pages = [];
  for (let number = 1; number <= document.numPages; number++)
    pages.push(await readPage(document, number));
  process.stdout.write(JSON.stringify({
    title: metadata.info.Title,
    language: metadata.info.Language,
    marked: (await document.getMarkInfo() || {}).Marked === true,
    labels: await document.getPageLabels(),
    outline: flatten(await document.getOutline(), 1, []),
    pages,
    // said of the machine, not of the file
    warnings: warnings.filter((text) => !/Cannot polyfill|Setting up fake/.test(text)),
  }));
}

main().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
