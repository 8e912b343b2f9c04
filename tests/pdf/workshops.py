#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the booklets of a workshop against the edition, with other people's
readers.

    workshops.py PROGRAM WORKSHOP EDITION [PROJECT]

in the project, whose build/workshops/WORKSHOP/EDITION/ has been made:

- no piece of a trainer's note, and none of a text for other readers, is in a
  handout; all those of the chapters are in the trainer's copy;
- nothing of a chapter that the workshop does not name is set but its titles;
- the contents and the outline name the same titles, on the pages where they
  stand, numbered as the whole manual numbers them;
- every link lands on a page of the file;
- the title page says what the workshop is.

Writes TAP.
"""
import functools
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET

from pdfjson import Pdf

count = failed = 0
PIECE = 36


def report(fine, what, notes=()):
    global count, failed
    count += 1
    failed += not fine
    print(f"{'ok' if fine else 'not ok'} {count} - {what}")
    for note in list(notes)[:12] if not fine else []:
        print(f"#   {note}")


def output(*command):
    return subprocess.run(command, capture_output=True, text=True,
                          check=True).stdout


def squeeze(text):
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return re.sub(r"\s+", "", text)


@functools.cache
def pages_of(path):
    return [squeeze(page)
            for page in output("pdftotext", "-raw", path, "-").split("\f")[:-1]]


def texts(block):
    """Text that is set in one: between references and notes."""
    found = []

    def walk(node):
        if node.tag in ("xref", "note-ref", "image"):
            found.append("\n")
        elif node.tag in ("paragraph", "cell", "title", "heading", "caption"):
            found.append("\n")
        found.append(node.text or "")
        for child in node:
            walk(child)
            found.append(child.tail or "")
        if node.tag in ("paragraph", "cell", "title", "heading", "caption"):
            found.append("\n")

    walk(block)
    return [squeeze(line) for line in "".join(found).split("\n") if squeeze(line)]


def pieces(block):
    return [text[at:at + PIECE] for text in texts(block)
            for at in range(0, max(len(text) - PIECE, 0) + 1, PIECE)
            if len(text[at:at + PIECE]) >= 16]


def sort_blocks(chapters, audience):
    """Of all chapters: the trainer's, other readers', everybody's pieces, each
    with its chapter."""
    trainers, others, everybody = [], [], []

    def walk(node, chapter):
        meant = (node.get("audience") or "").split()
        if node.tag == "callout" and node.get("kind") == "trainer":
            trainers.extend((piece, chapter) for piece in pieces(node))
        elif meant and not set(meant) & set(audience):
            others.extend((piece, chapter) for piece in pieces(node))
        elif len(node) and node.tag not in ("paragraph", "heading", "caption",
                                            "row", "title"):
            for child in node:
                walk(child, chapter)
        else:
            everybody.extend((piece, chapter) for piece in pieces(node))

    for chapter in chapters:
        for node in chapter:
            walk(node, chapter.get("id"))
    return trainers, others, everybody


def check_texts(folder, document, workshop):
    chapters = [c for c in document.iter("chapter") if c.get("role") != "form"]
    named = {c.get("ref") for c in workshop.findall("{*}chapter")}
    trainers, others, everybody = sort_blocks(
        chapters, workshop.get("audience").split())
    kept = "\n".join(squeeze("".join(c.itertext())) for c in chapters)
    unique = [(p, c) for p, c in trainers + others if kept.count(p) == 1]
    ours = [(p, c) for p, c in unique if c in named]
    report(bool(ours), f"there are texts to be kept from participants ({len(ours)})")
    for file in ("handout", "handout-print", "handout-sheets"):
        text = "".join(pages_of(f"{folder}/{file}.pdf"))
        found = [f"{c}: {p}" for p, c in unique if p in text]
        report(not found, f"none of them is in {file}", found)
    for file in ("trainer", "trainer-print", "trainer-sheets"):
        text = "".join(pages_of(f"{folder}/{file}.pdf"))
        # a page may end in one
        lost = [f"{c}: {p}" for p, c in ours if p not in text]
        report(len(lost) <= len(ours) // 10, f"they are in {file}", lost)
    booklet = "".join(pages_of(f"{folder}/handout.pdf"))
    here = "\n".join(squeeze("".join(c.itertext()))
                     for c in [document.find("edition"), *chapters]
                     if c.tag == "edition" or c.get("id") in named)
    found = [f"{c}: {p}" for p, c in everybody
             if len(p) == PIECE and c not in named and p in booklet
             and p not in here]
    titles = "\n".join(squeeze("".join(h.itertext()))
                       for h in document.iter("heading"))
    found = [f for f in found if f.split(": ", 1)[1] not in titles]
    report(not found, "nothing else is of other chapters", found)


def numbered_titles(document, named):
    """[squeezed "2.1Title"] as the whole manual numbers them."""
    result, chapters, annexes = [], 0, 0
    for chapter in document.iter("chapter"):
        role = chapter.get("role")
        if role == "chapter":
            chapters += 1
        elif role == "annex":
            annexes += 1
        number = {"chapter": str(chapters),
                  "annex": chr(ord("A") + annexes - 1)}.get(role, "")
        sections = 0
        for heading in chapter.iter("heading"):
            level = int(heading.get("level"))
            sections += level == 2
            if level > 2 or chapter.get("id") not in named:
                continue
            for note in heading.findall(".//note-ref"):
                note.text = ""
            title = squeeze("".join(heading.itertext()))
            own = number if level == 1 or not number else f"{number}.{sections}"
            result.append(own + title)
    return result


def check_contents(path, titles):
    outline = []
    for line in output("mutool", "show", path, "outline").splitlines():
        match = re.match(r'[|+-]\s+"(.*)"\s+#page=(\d+)', line)
        if match:
            outline.append((squeeze(match.group(1)), int(match.group(2))))
    pages = pages_of(path)
    name = path.rsplit("/", 1)[1]
    report([title for title, _ in outline[1:]] == titles,
           f"{name}: the outline has the titles with the manual's numbers",
           [f"{outline[1:][:3]} {titles[:3]}"])
    listed = output("pdftotext", "-layout", "-f", str(outline[0][1]), "-l",
                    str(outline[1][1] - 1), path, "-")
    # a title may take two lines
    lines = re.findall(r"(?s)(?:^|\n)(.*?)[. ]*\.[. ]* (\d+)(?=\n)", listed)
    contents = [(squeeze(title), int(page)) for title, page in lines]
    wrong = [f"{title} {page}" for title, page in outline[1:]
             if not any(page == there and line.endswith(title)
                        for line, there in contents)]
    report(not wrong, f"{name}: the contents name the same pages", wrong)
    wrong = [f"{title} {page}" for title, page in outline[1:]
             if title not in pages[page - 1]]
    report(not wrong, f"{name}: and there they stand", wrong)


def check_links(path):
    pdf = Pdf.load(path)
    names = set()

    def collect(node):
        listed = pdf.get(node, "/Names", [])
        names.update(listed[::2])
        for kid in pdf.get(node, "/Kids", []):
            collect(kid)

    collect(pdf.get(pdf.get(pdf.root, "/Names"), "/Dests"))
    links, nowhere = 0, []
    for entry in pdf.objects.values():
        value = entry.get("value")
        if not isinstance(value, dict) or value.get("/Subtype") != "/Link":
            continue
        to = pdf.get(value, "/Dest") or pdf.get(pdf.get(value, "/A"), "/D")
        if to is not None:
            links += 1
            if isinstance(to, str) and to not in names:
                nowhere.append(to)
    report(links and not nowhere,
           f"{path.rsplit('/', 1)[1]}: every link leads somewhere ({links})", nowhere)


def main():
    program, name, edition = sys.argv[1:4]
    root = sys.argv[4] if len(sys.argv) > 4 else "."
    folder = f"{root}/build/workshops/{name}/{edition}"
    workshop = next(w for w in ET.parse(f"{root}/manual/workshops.xml").getroot()
                    if w.get("id") == name)
    document = ET.fromstring(output(program, "-C", root, "build", edition,
                                    "--audience", "trainer", "--stop-after=facts"))
    check_texts(folder, document, workshop)
    named = {c.get("ref") for c in workshop.findall("{*}chapter")}
    titles = numbered_titles(document, named)
    for file in ("handout", "trainer"):
        check_contents(f"{folder}/{file}.pdf", titles)
        check_links(f"{folder}/{file}.pdf")
    title = next(t.text for t in workshop.findall("{*}title")
                 if t.get("lang") == edition)
    for file in ("handout", "trainer", "handout-print"):
        first = pages_of(f"{folder}/{file}.pdf")[0]
        report(squeeze(title) in first, f"{file}: the title page has its title",
               [first])
    print(f"1..{count}")
    sys.exit(failed > 0)


main()
