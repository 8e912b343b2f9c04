#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""PDF/UA-1 as far as a machine can see it.

Findings carry the numbers of the Matterhorn Protocol 1.1.  Not checked here:
font programs (31-001..003, 31-007..018 and others), 17-003, irregular tables.

    uacheck.py FILE...      exit 1 where one fails
"""
import re
import sys

from pdfjson import Pdf, operators, report, string_bytes, text

STANDARD_TYPES = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct "
    "Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody "
    "TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP "
    "Warichu WT WP Figure Formula Form".split())
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
SHOWING = {"Tj", "TJ", "'", '"'}
PAINTING = SHOWING | {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh",
                      "Do", "BI"}
TABLE_ROWS = {"Table", "THead", "TBody", "TFoot"}

# type: (Matterhorn number, types it may stand in)
PARENTS = {
    "TR": ("09-004", TABLE_ROWS),
    "THead": ("09-004", {"Table"}),
    "TBody": ("09-004", {"Table"}),
    "TFoot": ("09-004", {"Table"}),
    "TH": ("09-004", {"TR"}),
    "TD": ("09-004", {"TR"}),
    "LI": ("09-005", {"L"}),
    "LBody": ("09-005", {"LI"}),
    "TOCI": ("09-006", {"TOC"}),
    "RB": ("09-007", {"Ruby"}),
    "RT": ("09-007", {"Ruby"}),
    "RP": ("09-007", {"Ruby"}),
    "WT": ("09-008", {"Warichu"}),
    "WP": ("09-008", {"Warichu"}),
}
# type: (Matterhorn number, types it may hold)
KIDS = {
    "TR": ("09-004", {"TH", "TD"}),
    "Table": ("09-004", {"TR", "THead", "TBody", "TFoot", "Caption"}),
    "THead": ("09-004", {"TR"}),
    "TBody": ("09-004", {"TR"}),
    "TFoot": ("09-004", {"TR"}),
    "L": ("09-005", {"L", "LI", "Caption"}),
    "LI": ("09-005", {"Lbl", "LBody"}),
    "TOC": ("09-006", {"TOC", "TOCI", "Caption"}),
    "TOCI": ("09-006", {"Lbl", "Reference", "NonStruct", "P", "TOC"}),
}


class Element:
    """A structure element."""

    def __init__(self, kind, dictionary, parent, reference):
        self.kind = kind              # its standard type
        self.dictionary = dictionary
        self.parent = parent
        self.reference = reference    # None where it is a direct object
        self.kids = []                # Elements only
        self.language = None          # its own or inherited


class Mark:
    """An open marked content sequence."""

    def __init__(self, kind, element, has_language, has_text):
        self.kind = kind              # "artifact", "tagged", "other"
        self.element = element
        self.has_language = has_language
        self.has_text = has_text      # ActualText


class Font:
    def __init__(self, name, is_composite):
        self.name = name
        self.is_composite = is_composite
        self.is_readable = False      # its encoding alone gives Unicode
        self.has_map = False
        self.map = {}                 # ToUnicode: code -> hex digits


class Checker:
    def __init__(self, pdf):
        self.pdf = pdf
        self.findings = []
        self.language = text(pdf.get(pdf.root, "/Lang"))
        self.elements = []            # in logical order
        self.by_reference = {}
        self.owner_of_mark = {}       # (page or form, MCID) -> Element
        self.owner_of_object = {}     # annotation -> Element
        self.parents = {}             # ParentTree
        self.fonts = {}
        self.form_uses = {}

    def add(self, number, message):
        self.findings.append((number, message))

    def run(self):
        self.check_metadata()
        self.check_catalog()
        self.read_structure()
        for element in self.elements:
            self.check_element(element)
        self.check_headings()
        self.check_notes()
        for number, (reference, page) in enumerate(self.pdf.pages(), 1):
            self.check_page(reference, page, "page %d" % number)
        self.check_languages_of_rest()
        self.check_attachments()
        return self.findings

    # ---- the document ----

    def metadata(self):
        return self.pdf.stream(self.pdf.root.get("/Metadata"))

    def check_metadata(self):
        xmp = self.metadata()
        if not xmp:
            self.add("06-001", "no XMP metadata")
            return
        claim = rb'pdfuaid:part(\s*=\s*["\']1|>\s*1\s*<)'
        other_prefix = rb"<\w+:part[^>]*pdfua"
        if not re.search(claim, xmp) and not re.search(other_prefix, xmp):
            self.add("06-002", "no pdfuaid:part")
        title = rb"<dc:title[\s>].*?<rdf:li[^>]*>\s*[^<\s]"
        if not re.search(title, xmp, re.S):
            self.add("06-003", "no dc:title")

    def check_catalog(self):
        pdf, root = self.pdf, self.pdf.root
        preferences = pdf.get(root, "/ViewerPreferences", {})
        shown = pdf.get(preferences, "/DisplayDocTitle")
        if shown is None:
            self.add("07-001", "no DisplayDocTitle")
        elif shown is not True:
            self.add("07-002", "DisplayDocTitle is false")
        marks = pdf.get(root, "/MarkInfo", {})
        if pdf.get(marks, "/Marked") is not True:
            self.add("6.2", "not marked")
        if pdf.get(marks, "/Suspects") is True:
            self.add("01-007", "Suspects is true")
        encryption = pdf.get(pdf.trailer, "/Encrypt")
        if encryption is not None:
            permissions = pdf.get(encryption, "/P")
            if permissions is None:
                self.add("26-001", "encrypted without P")
            elif not permissions >> 9 & 1:
                self.add("26-002", "no permission for accessibility")
        if self.language is not None and not LANGUAGE.fullmatch(self.language):
            self.add("11-001", "catalog Lang %r" % self.language)
        self.check_layers(pdf.get(root, "/OCProperties"))

    def check_layers(self, properties):
        if properties is None:
            return
        pdf = self.pdf
        first = pdf.get(properties, "/D", {})
        others = [pdf.resolve(c) for c in pdf.get(properties, "/Configs", [])]
        for index, configuration in enumerate([first] + others):
            if not text(pdf.get(configuration, "/Name")):
                self.add("20-002" if index == 0 else "20-001",
                         "layer configuration without Name")
            if "/AS" in configuration:
                self.add("20-003", "AS in a layer configuration")

    def check_attachments(self):
        for entry in self.pdf.objects.values():
            value = entry.get("value")
            if (isinstance(value, dict) and value.get("/Type") == "/Filespec"
                    and "/EF" in value
                    and not ("/F" in value and "/UF" in value)):
                self.add("21-001", "Filespec without F and UF")

    def check_languages_of_rest(self):
        if self.language:
            return
        outlines = self.pdf.get(self.pdf.root, "/Outlines")
        if outlines and self.pdf.get(outlines, "/First"):
            self.add("11-003", "no language for outlines")
        xmp = self.metadata()
        if b"x-default" in xmp and not re.search(
                rb'xml:lang="(?!x-default)', xmp):
            self.add("11-006", "no language for metadata")

    # ---- the structure tree ----

    def read_structure(self):
        pdf = self.pdf
        tree = pdf.get(pdf.root, "/StructTreeRoot")
        if not tree:
            self.add("7.1-11", "no structure tree")
            return
        roles = pdf.get(tree, "/RoleMap", {})
        self.check_roles(roles)
        for kid in pdf.array(tree.get("/K")):
            self.read_element(kid, None, None, roles, 0)
        self.read_number_tree(tree.get("/ParentTree"), 0)

    def check_roles(self, roles):
        for name in roles:
            if name[1:] in STANDARD_TYPES:
                self.add("02-004", "standard type remapped: " + name)
            seen, target = set(), name
            while target in roles and target not in seen:
                seen.add(target)
                target = self.pdf.resolve(roles[target])
            if target in seen:
                self.add("02-003", "circular role map: " + name)

    def standard_type(self, name, roles):
        seen = set()
        while name in roles and name not in seen:
            seen.add(name)
            name = self.pdf.resolve(roles[name])
        return name[1:]

    def read_element(self, reference, parent, page, roles, depth):
        pdf = self.pdf
        dictionary = pdf.resolve(reference)
        if not isinstance(dictionary, dict) or depth > 200:
            return
        name = pdf.get(dictionary, "/S", "")
        element = Element(self.standard_type(name, roles), dictionary, parent,
                          reference if isinstance(reference, str) else None)
        if element.kind not in STANDARD_TYPES:
            self.add("02-001", "%s is no standard type" % name)
        if element.reference:
            self.by_reference[reference] = element
        self.elements.append(element)
        if parent:
            parent.kids.append(element)
        self.read_language(element)
        page = dictionary.get("/Pg", page)
        for kid in pdf.array(dictionary.get("/K")):
            self.read_kid(kid, element, page, roles, depth)

    def read_language(self, element):
        own = text(self.pdf.get(element.dictionary, "/Lang"))
        if own is not None and not LANGUAGE.fullmatch(own):
            self.add("11-001", "Lang %r on %s" % (own, element.kind))
        above = element.parent.language if element.parent else None
        element.language = own or above
        has_words = any(key in element.dictionary
                        for key in ("/Alt", "/ActualText", "/E"))
        if has_words and not element.language and not self.language:
            self.add("11-002", "no language for the text of " + element.kind)

    def read_kid(self, kid, element, page, roles, depth):
        pdf = self.pdf
        value = pdf.resolve(kid)
        if isinstance(value, int):
            self.owner_of_mark[page, value] = element
        elif not isinstance(value, dict):
            return
        elif pdf.get(value, "/Type") == "/MCR":
            place = value.get("/Stm", value.get("/Pg", page))
            self.owner_of_mark[place, pdf.get(value, "/MCID")] = element
        elif pdf.get(value, "/Type") == "/OBJR":
            self.owner_of_object[value.get("/Obj")] = element
        elif "/S" in value:
            if value.get("/P") is None:
                self.add("7.1-x", "structure element without P")
            self.read_element(kid, element, page, roles, depth + 1)

    def read_number_tree(self, node, depth):
        node = self.pdf.resolve(node)
        if not isinstance(node, dict) or depth > 40:
            return
        numbers = self.pdf.array(node.get("/Nums"))
        for key, value in zip(numbers[::2], numbers[1::2]):
            self.parents[self.pdf.resolve(key)] = value
        for kid in self.pdf.array(node.get("/Kids")):
            self.read_number_tree(kid, depth + 1)

    # ---- elements ----

    def attribute(self, element, owner, key):
        for reference in self.pdf.array(element.dictionary.get("/A")):
            attributes = self.pdf.resolve(reference)
            if (isinstance(attributes, dict) and key in attributes
                    and self.pdf.get(attributes, "/O") == owner):
                return self.pdf.get(attributes, key)
        return None

    def has_alternative(self, element):
        alt = text(self.pdf.get(element.dictionary, "/Alt"))
        actual = text(self.pdf.get(element.dictionary, "/ActualText"))
        return bool(alt) or actual is not None

    def check_element(self, element):
        kind = element.kind
        above = element.parent.kind if element.parent else None
        below = [kid.kind for kid in element.kids]
        if kind in PARENTS and above not in PARENTS[kind][1]:
            self.add(PARENTS[kind][0], "%s in %s" % (kind, above))
        if kind in KIDS and any(k not in KIDS[kind][1] for k in below):
            self.add(KIDS[kind][0], "%s holds %s" % (kind, below))
        if kind == "Table":
            if any(below.count(k) > 1 for k in ("THead", "TFoot", "Caption")):
                self.add("09-004", "table with two heads, feet or captions")
            self.check_headers(element)
        if kind == "Figure" and not self.has_alternative(element):
            self.add("13-004", "Figure without Alt")
        if kind == "Formula" and not self.has_alternative(element):
            self.add("17-002", "Formula without Alt")
        if below.count("H") > 1:
            self.add("14-006", "several H in one element")

    def cells(self, element):
        for kid in element.kids:
            if kid.kind in ("TH", "TD"):
                yield kid
            elif kid.kind != "Table":
                yield from self.cells(kid)

    def check_headers(self, table):
        cells = list(self.cells(table))
        scopes = ("/Row", "/Column", "/Both")
        is_lost = any(c.kind == "TH" and
                      self.attribute(c, "/Table", "/Scope") not in scopes
                      for c in cells)
        all_named = all(self.attribute(c, "/Table", "/Headers")
                        for c in cells if c.kind == "TD")
        if is_lost and not all_named:
            self.add("15-003", "TH without Scope")

    def check_headings(self):
        headings = [e.kind for e in self.elements
                    if re.fullmatch(r"H[1-6]?", e.kind)]
        levels = [int(h[1]) for h in headings if h != "H"]
        if levels and levels[0] != 1:
            self.add("14-002", "the first heading is H%d" % levels[0])
        for before, level in zip(levels, levels[1:]):
            if level > before + 1:
                self.add("14-003", "H%d after H%d" % (level, before))
        if levels and "H" in headings:
            self.add("14-007", "H and numbered headings together")

    def check_notes(self):
        seen = set()
        for element in self.elements:
            if element.kind != "Note":
                continue
            name = self.pdf.get(element.dictionary, "/ID")
            if not name:
                self.add("19-003", "Note without ID")
            elif name in seen:
                self.add("19-004", "two Notes with one ID")
            seen.add(name)

    # ---- fonts ----

    def font(self, reference):
        if reference not in self.fonts:
            self.fonts[reference] = self.read_font(reference)
        return self.fonts[reference]

    def read_font(self, reference):
        pdf = self.pdf
        dictionary = pdf.resolve(reference) or {}
        kind = pdf.get(dictionary, "/Subtype")
        font = Font(pdf.get(dictionary, "/BaseFont"), kind == "/Type0")
        descendant = None
        if font.is_composite:
            descendant = pdf.resolve(
                pdf.get(dictionary, "/DescendantFonts", [{}])[0])
        descriptor = pdf.get(descendant or dictionary, "/FontDescriptor", {})
        files = ("/FontFile", "/FontFile2", "/FontFile3")
        if kind != "/Type3" and not any(f in descriptor for f in files):
            self.add("31-009", "font %s is not embedded" % font.name)
        if descendant is not None:
            self.check_composite(font, dictionary, descendant)
        is_symbolic = bool(pdf.get(descriptor, "/Flags", 0) & 4)
        if kind == "/TrueType":
            self.check_truetype(font, dictionary, is_symbolic)
        self.read_unicode_map(font, dictionary)
        encoding = pdf.get(dictionary, "/Encoding")
        has_names = not font.is_composite and (
            encoding in ("/WinAnsiEncoding", "/MacRomanEncoding",
                         "/MacExpertEncoding")
            or isinstance(encoding, dict) or kind == "/Type1"
            or kind == "/TrueType" and not is_symbolic)
        info = pdf.get(descendant, "/CIDSystemInfo", {})
        collection = text(pdf.get(info, "/Ordering"))
        is_adobe = collection in ("GB1", "CNS1", "Japan1", "Korea1")
        font.is_readable = has_names or is_adobe
        if not font.has_map and not font.is_readable:
            self.add("31-027", "no ToUnicode in %s" % font.name)
        return font

    def check_composite(self, font, dictionary, descendant):
        pdf = self.pdf
        if pdf.get(descendant, "/Subtype") == "/CIDFontType2":
            glyphs = pdf.get(descendant, "/CIDToGIDMap")
            if glyphs is None:
                self.add("31-005", "%s has no CIDToGIDMap" % font.name)
            elif glyphs != "/Identity" and not isinstance(glyphs, dict):
                self.add("31-004", "%s: CIDToGIDMap" % font.name)
        encoding = pdf.get(dictionary, "/Encoding")
        if isinstance(encoding, str) and not encoding.startswith("/"):
            self.add("31-006", "%s: Encoding" % font.name)

    def check_truetype(self, font, dictionary, is_symbolic):
        encoding = self.pdf.get(dictionary, "/Encoding")
        if is_symbolic:
            if encoding is not None:
                self.add("31-024", "symbolic %s has Encoding" % font.name)
            return
        if encoding is None:
            self.add("31-019", "%s has no Encoding" % font.name)
        elif isinstance(encoding, dict) and "/BaseEncoding" not in encoding:
            self.add("31-020", "%s: no BaseEncoding" % font.name)
        else:
            base = encoding
            if isinstance(encoding, dict):
                base = self.pdf.get(encoding, "/BaseEncoding")
            if base not in ("/WinAnsiEncoding", "/MacRomanEncoding"):
                self.add("31-021", "%s: Encoding %s" % (font.name, base))

    def read_unicode_map(self, font, dictionary):
        reference = dictionary.get("/ToUnicode")
        font.has_map = reference is not None
        if not font.has_map or str(reference).startswith("/"):
            return
        cmap = self.pdf.stream(reference)
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
            pairs = re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f ]*)>", block)
            for code, value in pairs:
                font.map[int(code, 16)] = value.replace(b" ", b"").upper()
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
            self.read_ranges(font, block)
        values = list(font.map.values())
        if b"0000" in values or b"00" in values:
            self.add("31-028", "ToUnicode of %s gives 0" % font.name)
        units = [re.findall(b"....", value) for value in values]
        if any(b"FEFF" in u or b"FFFE" in u for u in units):
            self.add("31-029", "ToUnicode of %s gives FEFF" % font.name)

    @staticmethod
    def read_ranges(font, block):
        ranges = re.findall(
            rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*"
            rb"(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", block, re.S)
        for low, high, start, array in ranges:
            first, last = int(low, 16), int(high, 16)
            values = re.findall(rb"<([0-9A-Fa-f]+)>", array)
            for code in range(first, min(last, first + 65535) + 1):
                step = code - first
                if start:
                    font.map[code] = b"%0*X" % (len(start),
                                                int(start, 16) + step)
                else:
                    font.map[code] = (values[step].upper()
                                      if step < len(values) else b"")

    # ---- content ----

    def check_page(self, reference, page, where):
        resources = self.pdf.resolve(page.get("/Resources")) or {}
        key = self.pdf.get(page, "/StructParents", -1)
        self.check_content(self.pdf.page_content(page), resources, reference,
                           key, [], frozenset(), where)
        self.check_annotations(page, where)

    def check_content(self, content, resources, place, key, above, forms,
                      where):
        """place: the page or form whose MCIDs these are; above: open marks."""
        marks, own, font = list(above), 0, None
        parents = self.pdf.resolve(self.parents.get(key))
        for operator, operands in operators(content):
            if operator in ("BDC", "BMC"):
                mark = self.read_mark(operands, resources, place, parents,
                                      where)
                self.check_nesting(mark, marks, where)
                marks.append(mark)
                own += 1
            elif operator == "EMC" and own:
                marks.pop()
                own -= 1
            elif operator == "Tf" and operands:
                fonts = self.pdf.get(resources, "/Font", {})
                reference = fonts.get(operands[0].decode("latin1"))
                font = self.font(reference) if reference else None
            elif operator == "Do" and self.is_form(operands, resources):
                self.check_form(operands, resources, marks, forms, where)
            elif operator in PAINTING:
                self.check_painting(operator, operands, marks, font, where)

    def read_mark(self, operands, resources, place, parents, where):
        tag = operands[0] if operands else b""
        mcid, has_language, has_text = None, False, False
        if len(operands) == 2 and operands[1].startswith(b"/"):
            named = self.pdf.get(resources, "/Properties", {})
            properties = self.pdf.get(named, operands[1].decode("latin1"), {})
            mcid = self.pdf.get(properties, "/MCID")
            has_language = "/Lang" in properties
            has_text = "/ActualText" in properties
        else:
            properties = b" ".join(operands[1:])
            number = re.search(rb"/MCID (\d+)", properties)
            mcid = int(number.group(1)) if number else None
            has_language = b"/Lang" in properties
            has_text = b"/ActualText" in properties
        element = None
        if tag != b"/Artifact" and mcid is not None:
            element = self.owner(mcid, place, parents, where)
        kind = ("artifact" if tag == b"/Artifact"
                else "tagged" if element else "other")
        return Mark(kind, element, has_language, has_text)

    def owner(self, mcid, place, parents, where):
        """The element of an MCID, which K and ParentTree must agree on."""
        by_kids = self.owner_of_mark.get((place, mcid))
        reference = None
        if isinstance(parents, list) and mcid < len(parents):
            reference = parents[mcid]
        element = by_kids or self.by_reference.get(reference)
        if element and (reference is None or
                        self.pdf.resolve(reference) is not element.dictionary):
            self.add("parent-tree", "MCID %d of %s" % (mcid, where))
        return element

    def check_nesting(self, mark, marks, where):
        kinds = [m.kind for m in marks]
        if mark.kind == "tagged" and "artifact" in kinds:
            self.add("01-004", "tagged content in an artifact, " + where)
        if mark.kind == "artifact" and "tagged" in kinds:
            self.add("01-003", "artifact in tagged content, " + where)

    def find_form(self, operands, resources):
        objects = self.pdf.get(resources, "/XObject", {})
        return objects.get(operands[0].decode("latin1"))

    def is_form(self, operands, resources):
        reference = self.find_form(operands, resources)
        return self.pdf.get(reference, "/Subtype") == "/Form"

    def check_form(self, operands, resources, marks, forms, where):
        reference = self.find_form(operands, resources)
        form = self.pdf.resolve(reference)
        if "/Ref" in form:
            self.add("30-001", "reference XObject, " + where)
        self.form_uses[reference] = self.form_uses.get(reference, 0) + 1
        content = self.pdf.stream(reference)
        if b"/MCID" in content and self.form_uses[reference] > 1:
            self.add("30-002", "form with MCIDs used twice, " + where)
        if reference not in forms:
            self.check_content(content,
                               self.pdf.get(form, "/Resources", resources),
                               reference,
                               self.pdf.get(form, "/StructParents", -1),
                               marks, forms | {reference}, where + " form")

    def check_painting(self, operator, operands, marks, font, where):
        kinds = [m.kind for m in marks]
        if "tagged" not in kinds and "artifact" not in kinds:
            self.add("01-005", "%s outside any tag, %s" % (operator, where))
        if operator not in SHOWING:
            return
        elements = [m.element for m in marks if m.element]
        if "artifact" not in kinds and not self.language:
            has_language = (any(m.has_language for m in marks) or
                            elements and elements[-1].language)
            if not has_language:
                self.add("11-001", "no language for text, " + where)
        if font is None:
            return
        is_covered = (any(m.has_text for m in marks) or
                      any("/ActualText" in e.dictionary for e in elements))
        for token in operands:
            if token[:1] in b"(<" and token != b"<<":
                self.check_codes(string_bytes(token), font, is_covered)

    def check_codes(self, string, font, is_covered):
        codes = string
        if font.is_composite:
            codes = [high << 8 | low
                     for high, low in zip(string[::2], string[1::2])]
        for code in codes:
            if not font.has_map or code in font.map:
                continue
            if font.is_composite and code == 0:
                self.add("31-030", "code 0 (.notdef?) in %s" % font.name)
            if not is_covered and not font.is_readable:
                self.add("10-001", "code %d of %s has no Unicode"
                         % (code, font.name))

    # ---- annotations ----

    def check_annotations(self, page, where):
        references = [r for r in self.pdf.array(page.get("/Annots"))
                      if isinstance(self.pdf.resolve(r), dict)]
        if references:
            tabs = self.pdf.get(page, "/Tabs")
            if tabs is None:
                self.add("28-008", "%s: no Tabs" % where)
            elif tabs != "/S":
                self.add("28-009", "%s: Tabs %s" % (where, tabs))
        for reference in references:
            self.check_annotation(reference, where)

    def check_annotation(self, reference, where):
        pdf = self.pdf
        annotation = pdf.resolve(reference)
        kind = pdf.get(annotation, "/Subtype")
        if kind == "/TrapNet":
            self.add("28-007", "TrapNet, " + where)
        is_hidden = pdf.get(annotation, "/F", 0) & 2
        if is_hidden or kind == "/Popup":
            return
        by_kids = self.owner_of_object.get(reference)
        by_key = self.by_reference.get(
            self.parents.get(pdf.get(annotation, "/StructParent")))
        element = by_kids or by_key
        contents = text(pdf.get(annotation, "/Contents"))
        alternative = element and text(pdf.get(element.dictionary, "/Alt"))
        if kind == "/PrinterMark":
            if by_kids:
                self.add("28-017", "PrinterMark in the structure")
            return
        if kind == "/Link":
            if not element or element.kind != "Link":
                self.add("28-011", "link outside a Link element, " + where)
            if not contents:
                self.add("28-012", "link without Contents, " + where)
            if by_kids and by_key is not by_kids:
                self.add("parent-tree", "StructParent of a link, " + where)
        elif kind == "/Widget":
            if not element or element.kind != "Form":
                self.add("28-010", "widget outside a Form element, " + where)
            names = (text(pdf.get(annotation, "/TU")), alternative,
                     text(pdf.get(pdf.get(annotation, "/Parent", {}), "/TU")))
            if not any(names):
                self.add("28-005", "field without TU, " + where)
        else:
            if not element or element.kind != "Annot":
                self.add("28-002", "%s outside an Annot element" % kind)
            if not contents and not alternative:
                self.add("28-004", "%s without Contents" % kind)
        has_language = (self.language or text(pdf.get(annotation, "/Lang")) or
                        element and element.language)
        if contents and not has_language:
            self.add("11-004", "no language for Contents, " + where)


def check(pdf):
    """(Matterhorn number, message) for all that is wrong."""
    return Checker(pdf).run()


if __name__ == "__main__":
    results = [report(path, check(Pdf.load(path))) for path in sys.argv[1:]]
    sys.exit(not all(results))
