#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The checkers find nothing in good files and each fault in a broken one.

    checkers.py FOLDER      with screen.pdf, truetype.pdf, print.pdf

A broken file is the good one with one thing changed in qpdf's JSON; the
checker must name exactly that fault.  Writes TAP.
"""
import base64
import copy
import os
import re
import sys

import uacheck
import x4check
from pdfjson import Pdf, load_json


class Broken:
    """A copy of a file to break."""

    def __init__(self, data):
        self.data = copy.deepcopy(data)
        self.objects = self.data["qpdf"][1]
        self.pdf = Pdf(self.data)
        self.root = self.pdf.root

    def dictionaries(self, key, value):
        """All dictionaries where key has this value."""
        for entry in self.objects.values():
            found = entry.get("value", entry.get("stream", {}).get("dict"))
            if isinstance(found, dict) and found.get(key) == value:
                yield found

    def first(self, key, value):
        return next(self.dictionaries(key, value))

    def elements(self, kind):
        """Structure elements of a kind, in logical order."""
        def walk(reference):
            node = self.pdf.resolve(reference)
            if not isinstance(node, dict) or "/S" not in node:
                return
            if node["/S"] == "/" + kind:
                yield node
            for kid in self.pdf.array(node.get("/K")):
                yield from walk(kid)
        tree = self.pdf.resolve(self.root["/StructTreeRoot"])
        for kid in self.pdf.array(tree["/K"]):
            yield from walk(kid)

    def element(self, kind):
        return next(self.elements(kind))

    def replace(self, reference, pattern, value):
        """Changes the first match in a stream's decoded bytes."""
        stream = self.objects["obj:" + reference]["stream"]
        content, count = re.subn(pattern, value,
                                 base64.b64decode(stream["data"]), count=1,
                                 flags=re.S)
        assert count == 1, "nothing to break"
        stream["data"] = base64.b64encode(content).decode()

    def change_content(self, pattern, value, page=0):
        self.replace(self.pdf.pages()[page][1]["/Contents"], pattern, value)

    def change_xmp(self, pattern, value):
        self.replace(self.root["/Metadata"], pattern, value)


FAULTS = []


def fault(*numbers):
    """The checker must name these numbers, and no others."""
    def remember(function):
        FAULTS.append((numbers, function))
        return function
    return remember


@fault("06-001")
def no_metadata(b):
    del b.root["/Metadata"]


@fault("06-002")
def no_claim(b):
    b.change_xmp(rb"<pdfuaid:part>1</pdfuaid:part>", b"")


@fault("06-003")
def no_title(b):
    b.change_xmp(rb"<dc:title>.*</dc:title>", b"")


@fault("07-001")
def no_shown_title(b):
    del b.root["/ViewerPreferences"]


@fault("07-002")
def title_hidden(b):
    b.root["/ViewerPreferences"]["/DisplayDocTitle"] = False


@fault("6.2")
def not_marked(b):
    del b.root["/MarkInfo"]


@fault("01-007")
def suspects(b):
    b.root["/MarkInfo"]["/Suspects"] = True


@fault("11-001")
def language_invalid(b):
    b.element("Span")["/Lang"] = "u:english language"


@fault("11-001", "11-002", "11-003", "11-004", "11-006")
def no_language(b):
    del b.root["/Lang"]


@fault("7.1-11", "01-005", "28-011")
def no_tree(b):
    del b.root["/StructTreeRoot"]


@fault("02-001")
def unknown_type(b):
    b.element("Figure")["/S"] = "/Picture"


@fault("02-003", "02-001")
def circular_roles(b):
    tree = b.pdf.resolve(b.root["/StructTreeRoot"])
    tree["/RoleMap"] = {"/A": "/B", "/B": "/A"}
    b.element("Figure")["/S"] = "/A"


@fault("02-004")
def remapped(b):
    tree = b.pdf.resolve(b.root["/StructTreeRoot"])
    tree["/RoleMap"] = {"/Reference": "/Span"}


@fault("09-004")
def row_without_cells(b):
    b.element("TD")["/S"] = "/P"


@fault("09-005")
def item_without_body(b):
    b.element("LBody")["/S"] = "/Div"


@fault("09-006")
def entry_without_contents(b):
    b.element("P")["/S"] = "/TOCI"


@fault("13-004")
def no_alt(b):
    del b.element("Figure")["/Alt"]


@fault("14-002")
def first_heading(b):
    b.element("H1")["/S"] = "/H2"


@fault("14-003")
def heading_skipped(b):
    b.element("H2")["/S"] = "/H3"


@fault("14-007")
def heading_mixed(b):
    b.element("H2")["/S"] = "/H"


@fault("15-003")
def no_scope(b):
    del b.element("TH")["/A"]["/Scope"]


@fault("19-003")
def note_unnamed(b):
    del b.element("Note")["/ID"]


@fault("01-005")
def untagged(b):
    b.change_content(rb"/Artifact<<[^B]*BDC(.*?)EMC", rb"\1")


@fault("01-004")
def tag_in_artifact(b):
    b.change_content(rb"/H1<</MCID 0>>BDC",
                     b"/Artifact BMC /H1<</MCID 0>>BDC EMC")


@fault("01-003")
def artifact_in_tag(b):
    b.change_content(rb"(/H1<</MCID 0>>BDC)", rb"\1 /Artifact BMC EMC")


@fault("parent-tree")
def parents_crossed(b):
    tree = b.pdf.resolve(b.root["/StructTreeRoot"])
    kid = b.pdf.resolve(b.pdf.resolve(tree["/ParentTree"])["/Kids"][0])
    first = kid["/Nums"][1]
    first[0], first[1] = first[1], first[0]


@fault("28-008")
def no_tabs(b):
    del next(b.dictionaries("/Tabs", "/S"))["/Tabs"]


@fault("28-009")
def tabs_by_row(b):
    next(b.dictionaries("/Tabs", "/S"))["/Tabs"] = "/R"


@fault("28-011")
def link_in_span(b):
    b.element("Link")["/S"] = "/Span"


@fault("28-012")
def link_mute(b):
    del b.first("/Subtype", "/Link")["/Contents"]


@fault("28-002")
def other_annotation(b):
    b.first("/Subtype", "/Link")["/Subtype"] = "/Text"


@fault("31-009")
def font_gone(b):
    b.first("/Type", "/FontDescriptor").pop("/FontFile3")


@fault("31-027")
def no_unicode(b):
    del b.first("/Subtype", "/Type0")["/ToUnicode"]


@fault("31-029")
def unicode_bom(b):
    font = b.first("/Subtype", "/Type0")
    b.replace(font["/ToUnicode"], rb"(beginbfchar\s*<\w+>\s*)<\w+>",
              rb"\1<FEFF>")


@fault("10-001")
def unicode_incomplete(b):
    font = b.first("/Subtype", "/Type0")
    b.replace(font["/ToUnicode"], rb"beginbfchar.*?endbfchar", b"")


def no_glyph_map(b):
    del b.first("/Subtype", "/CIDFontType2")["/CIDToGIDMap"]


TRUETYPE_FAULTS = [(("31-005",), no_glyph_map)]
PRINT_FAULTS = []


def print_fault(*names):
    def remember(function):
        PRINT_FAULTS.append((names, function))
        return function
    return remember


@print_fault("version")
def version(b):
    b.data["qpdf"][0]["pdfversion"] = "1.7"


@print_fault("id")
def no_id(b):
    del b.pdf.trailer["/ID"]


@print_fault("xmp")
def no_x4(b):
    b.change_xmp(rb"<pdfxid:GTS_PDFXVersion>.*</pdfxid:GTS_PDFXVersion>", b"")


@print_fault("info")
def dates_differ(b):
    b.pdf.resolve(b.pdf.trailer["/Info"])["/ModDate"] = "u:D:20200101000000Z"


@print_fault("info", "xmp")
def trapped(b):
    b.pdf.resolve(b.pdf.trailer["/Info"])["/Trapped"] = "/Unknown"
    b.change_xmp(rb"<pdf:Trapped>False</pdf:Trapped>", b"")


@print_fault("intent")
def no_condition(b):
    for intent in b.root["/OutputIntents"]:
        if intent["/S"] == "/GTS_PDFX":
            del intent["/OutputConditionIdentifier"]


@print_fault("box")
def no_trim(b):
    del b.first("/Type", "/Page")["/TrimBox"]


@print_fault("box")
def bleed_too_large(b):
    b.first("/Type", "/Page")["/BleedBox"] = [-9, -9, 2000, 2000]


@print_fault("annotation")
def annotation(b):
    b.first("/Type", "/Page")["/Annots"] = [
        {"/Subtype": "/Link", "/Rect": [100, 100, 200, 200]}]


@print_fault("colour")
def screen_colour(b):
    b.change_content(rb"BT", b"1 0 0 rg BT")


@print_fault("colour")
def screen_picture(b):
    b.first("/Subtype", "/Image")["/ColorSpace"] = "/DeviceRGB"


@print_fault("black")
def four_colour_text(b):
    b.change_content(rb"(/H1<</MCID 0>>BDC)",
                     rb"\1 0.7 0.6 0.6 0.9 k BT /f-0-0 1 Tf (a) Tj ET")


@print_fault("action")
def action(b):
    b.first("/Type", "/Page")["/X"] = "99999 0 R"
    b.objects["obj:99999 0 R"] = {"value": {"/S": "/URI"}}


@print_fault("catalog")
def opens_something(b):
    b.root["/OpenAction"] = {}


@print_fault("stream")
def lzw(b):
    b.first("/Subtype", "/Image")["/Filter"] = "/LZWDecode"


count = 0
failed = 0


def report(is_fine, what, notes=()):
    global count, failed
    count += 1
    failed += not is_fine
    print("%s %d - %s" % ("ok" if is_fine else "not ok", count, what))
    for note in () if is_fine else notes:
        print("#   %s" % (note,))


def run(path, check, faults):
    data = load_json(path)
    found = check(Pdf(data))
    name = os.path.basename(path)
    report(not found, name + " is clean", found[:5])
    for expected, function in faults:
        broken = Broken(data)
        function(broken)
        found = check(broken.pdf)
        kinds = {kind for kind, _ in found}
        report(kinds == set(expected), "%s, %s: %s" % (
            name, function.__name__, " ".join(expected)), found[:5])


def main(folder):
    run(os.path.join(folder, "screen.pdf"), uacheck.check, FAULTS)
    # the screen's file is no print file: the other checker must see that
    screen = Pdf.load(os.path.join(folder, "screen.pdf"))
    kinds = {kind for kind, _ in x4check.check(screen)}
    report(kinds == {"version", "xmp", "intent", "box", "colour"},
           "screen.pdf is not PDF/X-4", sorted(kinds))
    run(os.path.join(folder, "truetype.pdf"), uacheck.check, TRUETYPE_FAULTS)
    file = os.path.join(folder, "print.pdf")
    run(file, uacheck.check, [])
    run(file, lambda pdf: x4check.check(pdf, set()), PRINT_FAULTS)
    print("1..%d" % count)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
