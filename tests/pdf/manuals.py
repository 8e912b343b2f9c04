#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds a finished PDF against its source with other people's readers.

    manuals.py PROGRAM EDITION [pdf.js]

The file is made here, on the day that all tests have: `make` marks what is
overdue on its own day.

- every block of the document (--stop-after=facts) stands, word for word, in the
  logical text of the pages, and every letter of every page is read back by
  poppler from the page it was set on;
- the page numbers of the contents are the pages where the headings stand;
- every link lands on the page where its target stands;
- every font is embedded and a subset;
- pdf.js, following the tags, reads the source in the source's order, each note
  beside its caller, with title, language, page labels and outline;
- qpdf, mutool and ghostscript read the file without a word.

With "pdf.js" by that reader alone; PDFJS names the folder of another one than
Debian's.  Writes TAP.
"""
import collections
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET

count = failed = 0


def report(fine, what, notes=()):
    global count, failed
    count += 1
    failed += not fine
    print(f"{'ok' if fine else 'not ok'} {count} - {what}")
    for note in list(notes)[:12]:
        print(f"#   {note}")


def output(*command):
    return subprocess.run(command, capture_output=True, text=True)


def squeeze(text):
    """Letters only: poppler's blanks, our soft hyphens and ligatures are not
    words of the source."""
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return re.sub(r"\s+", "", text)


BLOCKS = {"heading", "paragraph", "caption", "cell", "title"}


def source_blocks(document):
    """(id, squeezed text) of every leaf block, in the source's order."""
    blocks = []

    def walk(node):
        if node.tag in ("raw", "edition", "words"):
            return
        if node.tag in BLOCKS or (node.tag == "code" and "id" in node.attrib):
            pieces = [squeeze(piece) for piece in words(node)]
            blocks.append((node.get("id") or node.tag,
                           # underscores alone: room to write by hand
                           [piece for piece in pieces if piece.strip("_")]))
            return
        for child in node:
            walk(child)

    def words(node):
        """The text, cut where the layout puts in numbers of its own."""
        parts = [node.text or ""]
        for child in node:
            if child.tag in ("note-ref", "xref", "image"):
                parts.append(None)
            else:
                parts += words(child)
            parts.append(child.tail or "")
        joined, result = "", []
        for part in parts:
            if part is None:
                result.append(joined)
                joined = ""
            else:
                joined += part
        return result + [joined]

    walk(document)
    return blocks


def check_text(document, pages):
    """Every piece of every block stands in the text of the logical structure,
    where no page ends.  check_order ties that text to the PDF, page by page."""
    text = squeeze("".join(slot.text or ""
                           for slot in pages.find("structure").iter("slot")))
    lost = [f"{name}: {piece[:70]}"
            for name, pieces in source_blocks(document)
            for piece in pieces if piece not in text]
    report(not lost, "every block of the source is in the book", lost)


def check_order(pages, pdf):
    """poppler's words on each page come in the order of the page's items."""
    wrong = []
    read = output("pdftotext", "-raw", pdf, "-").stdout.split("\f")
    for number, page in enumerate(pages.iter("page"), 1):
        ours = collections.Counter(squeeze("".join(
            item.text or "" for item in page.iter("text"))))
        theirs = collections.Counter(squeeze(read[number - 1]))
        # pictures have words of their own
        missing, more = ours - theirs, theirs - ours
        if missing or (more and page.find("graphic") is None):
            wrong.append(f"page {number}: not read {''.join(missing)}, "
                         f"not set {''.join(more)}")
    report(not wrong, "every letter set on a page is read from it", wrong)


def check_destinations(pages, pdf):
    """Page references in the text and link targets are the pages of the ids."""
    where = {d.get("id"): int(d.get("page")) for d in pages.iter("destination")}
    found = {}
    listing = output("pdfinfo", "-dests", pdf).stdout
    for line in listing.splitlines():
        match = re.match(r'\s*(\d+)\s+\[.*\]\s+"(.*)"', line)
        if match:
            found[match.group(2)] = int(match.group(1))
    links = {link.get("to") for link in pages.iter("link") if link.get("to")}
    links |= {bookmark.get("to") for bookmark in pages.iter("bookmark")}
    wrong = [f"{name}: set on {where[name]}, lands on {found.get(name)}"
             for name in sorted(links & where.keys())
             if found.get(name) != where[name]]
    report(links and not wrong,
           f"every link lands on the page of its target ({len(links)})", wrong)
    nowhere = sorted({link for link in links if link not in where})
    report(links and not nowhere, "every link leads somewhere", nowhere)


def check_contents(pages):
    """The numbers at the ends of the lines of the contents."""
    where = {d.get("id"): int(d.get("page")) for d in pages.iter("destination")}
    listing = list(pages.iter("page"))
    sequence = listing[where["vadovas.contents"] - 1].get("sequence")
    entries, wrong = 0, []
    for page in listing:
        if page.get("sequence") != sequence:
            continue
        for link in page.iter("link"):
            contents = (link.get("contents") or "").strip()
            number = re.search(r"(\d+)$", contents)
            entries += 1
            if not number or int(number.group(1)) != where[link.get("to")]:
                wrong.append(f"{contents}: stands on {where[link.get('to')]}")
    report(entries > 0 and not wrong,
           f"the page numbers of the contents are right ({entries})", wrong)


def spell(text):
    """Letters only, ligatures apart, but 147\u00b9 is not 1471."""
    text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    text = re.sub("[\ufb00-\ufb06]",
                  lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return re.sub(r"\s+", "", text).replace("\u2026", "...")


def reading_order(document):
    """(id, piece, tag of the block) of all leaf blocks as they must be heard: a
    note after the piece that calls it."""
    notes = {note.get("id"): note for note in document.iter("footnote")}
    heard = set()

    def of_block(block):
        name = block.get("id") or block.tag
        piece = block.text or ""
        for child in block:
            if child.tag in ("note-ref", "xref", "image"):
                yield name, spell(piece), block.tag
                piece = child.tail or ""
                note = notes.get(child.get("ref"))
                if child.tag == "note-ref" and child.get("ref") not in heard:
                    heard.add(child.get("ref"))
                    yield from ((*piece_of_note, "caption")
                                if block.tag == "caption" else
                                (*piece_of_note, tag)
                                for *piece_of_note, tag in walk(note))
            elif len(child):
                inner = list(of_block(child))
                yield name, spell(piece) + inner[0][1], block.tag
                yield from inner[1:-1]
                piece = (inner[-1][1] if len(inner) > 1 else "") + (child.tail or "")
            else:
                piece += (child.text or "") + (child.tail or "")
        yield name, spell(piece), block.tag

    def walk(node):
        if node.tag in BLOCKS or (node.tag == "code" and "id" in node.attrib):
            yield from of_block(node)
            return
        for child in node:
            if child.tag not in ("raw", "edition", "words", "footnote"):
                yield from walk(child)

    return walk(document)


def tree_text(node):
    return node if isinstance(node, str) else "".join(
        tree_text(child) for child in node[1:] if not isinstance(child, dict))


def over_pages(text, ends, piece, at, is_note):
    """A piece whose rest stands on the next pages, where what belongs to earlier
    blocks (the rest of a note) is heard first; where to go on, or None."""
    first = None
    while piece:
        cut = next((cut for cut in range(len(piece), 0, -1)
                    if text.find(piece[:cut], at) >= 0), 0)
        start = text.find(piece[:cut], at)
        if cut == 0 or (first is not None and start > at + 6000):
            return None
        first = start + cut if first is None else first
        piece, last = piece[cut:], start + cut
        at = next((end for end in ends if end >= last), None)
        if at is None and piece:
            return None
    return first if is_note else last


def check_pdfjs(document, pages, pdf):
    done = output("node", "tests/pdf/pdfjs.js", pdf)
    report(done.returncode == 0, "pdf.js opens it", done.stderr.splitlines())
    if done.returncode != 0:
        return
    read = json.loads(done.stdout)
    report(not read["warnings"], "pdf.js reads it in silence", read["warnings"])
    loose = [text for page in read["pages"] for text in page["untagged"]]
    report(read["marked"] and not loose, "pdf.js finds all text in the tree", loose)
    texts = [spell(tree_text(page["tree"])) for page in read["pages"]]
    text = "".join(texts)
    ends = list(itertools.accumulate(map(len, texts)))
    at = section = 0
    wrong = []
    for name, piece, tag in reading_order(document):
        if not piece.strip("_"): # room to write by hand
            continue
        moves = tag == "caption" # is set before its table
        found = text.find(piece, section if moves else at)
        if found >= 0 and not moves:
            at = found + len(piece)
            section = at if tag == "heading" else section
        elif found < 0:
            end = over_pages(text, ends, piece, section if moves else at,
                             ".fn." in name)
            if end is None:
                wrong.append(f"{name}: not after "
                             f"'{text[max(at - 30, 0):at]}': {piece[:60]}")
            elif not moves:
                at = end
    report(at > 0 and not wrong, "pdf.js reads the source in its order, notes "
           "beside their callers", wrong)
    labels = [page.get("folio") for page in pages.iter("page")]
    outline = [bookmark.text for bookmark in pages.iter("bookmark")]
    facts = [("language", read["language"], document.get("lang")),
             ("labels", read["labels"], labels),
             ("outline", [title for _, title in read["outline"]], outline)]
    wrong = [f"{name}: {str(theirs)[:100]}, not {str(ours)[:100]}"
             for name, theirs, ours in facts if theirs != ours]
    report(not wrong, "pdf.js finds language, page labels, outline", wrong)


def check_fonts(pdf):
    lines = output("pdffonts", pdf).stdout.splitlines()[2:]
    wrong = [line for line in lines
             if not re.search(r"\s+yes\s+yes\s+(yes|no)\s+\d+\s+\d+$", line)]
    report(lines and not wrong, "every font is embedded and a subset", wrong)


def check_readers(pdf):
    qpdf = output("qpdf", "--check", pdf)
    report(qpdf.returncode == 0, "qpdf finds no fault",
           qpdf.stderr.splitlines())
    mutool = output("mutool", "draw", "-q", "-F", "trace", "-o", "/dev/null", pdf)
    # Debian's mutool says this of itself for every file with a profile
    said = [line for line in mutool.stderr.splitlines()
            if line != "warning: ICC support is not available"]
    report(mutool.returncode == 0 and not said,
           "mutool reads it in silence", said)
    gs = output("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR",
                "-sDEVICE=nullpage", pdf)
    report(gs.returncode == 0 and not (gs.stdout + gs.stderr).strip(),
           "ghostscript reads it in silence", (gs.stdout + gs.stderr).splitlines())
    poppler = output("pdftotext", pdf, "-")
    report(poppler.returncode == 0 and not poppler.stderr.strip(),
           "poppler reads it in silence", poppler.stderr.splitlines())


def check_verapdf(pdf):
    """Where veraPDF is installed its word counts; Debian does not have it, so
    that nothing is skipped where it is missing."""
    if shutil.which("verapdf") is None:
        return
    for flavour in ("ua1", "2a"):
        judged = output("verapdf", "--format", "text", "--flavour", flavour, pdf)
        report(judged.stdout.startswith("PASS"), f"veraPDF {flavour}",
               (judged.stdout + judged.stderr).splitlines())


def main():
    program, edition = sys.argv[1:3]
    folder = tempfile.TemporaryDirectory(prefix="vadovas-test.")
    pdf = os.path.join(folder.name, "manual.pdf")
    made = output(program, "build", edition, "-o", pdf)
    report(made.returncode == 0, "the manual is made", made.stderr.splitlines())
    stage = lambda name: ET.fromstring(
        output(program, "build", edition, f"--stop-after={name}").stdout)
    document, pages = stage("facts"), stage("pages")
    check_pdfjs(document, pages, pdf)
    if sys.argv[3:] != ["pdf.js"]:
        check_text(document, pages)
        check_order(pages, pdf)
        check_destinations(pages, pdf)
        check_contents(pages)
        check_fonts(pdf)
        check_readers(pdf)
        check_verapdf(pdf)
    print(f"1..{count}")
    return 1 if failed else 0


sys.exit(main())
