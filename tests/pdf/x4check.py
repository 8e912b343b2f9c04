#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""PDF/X-4 (ISO 15930-7) as far as a script can see it.

    x4check.py [--inks="c m y k,..."] FILE...      exit 1 where one fails

--inks: the coloured inks that text may have, as they stand in the content;
all other text must be a tint of black.  Prints for each file how many pieces
of text it shows and how many of them are overprinting black.
"""
import re
import sys

from pdfjson import Pdf, operators, report, text

SHOWING = {"Tj", "TJ", "'", '"'}
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
FORBIDDEN_ACTIONS = {"/JavaScript", "/Launch", "/URI", "/GoToR",
                     "/SubmitForm", "/ImportData", "/ResetForm", "/Sound",
                     "/Movie"}
XMP_PROPERTIES = {
    "pdfxid": rb'pdfxid:GTS_PDFXVersion[^<"]*[>"=\s"]+PDF/X-4',
    "title": rb"<dc:title",
    "create date": rb"xmp:CreateDate",
    "modify date": rb"xmp:ModifyDate",
    "metadata date": rb"xmp:MetadataDate",
    "document id": rb"xmpMM:DocumentID",
    "version id": rb"xmpMM:VersionID",
    "rendition class": rb"xmpMM:RenditionClass",
    "trapped": rb"pdf:Trapped[^A-Z]*(True|False)",
}
PROFILE_COMPONENTS = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}
PROFILE_CLASSES = (b"mntr", b"scnr", b"prtr", b"spac")


def is_inside(inner, outer):
    return (all(inner[i] >= outer[i] - .01 for i in (0, 1)) and
            all(inner[i] <= outer[i] + .01 for i in (2, 3)))


def do_touch(a, b):
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


class Checker:
    def __init__(self, pdf, inks=None):
        self.pdf = pdf
        self.inks = inks
        self.findings = []
        self.space = None             # of the output intent's profile
        self.texts = self.overprinting = 0
        self.fills = {}               # of text: operands -> count

    def add(self, name, message):
        self.findings.append((name, message))

    def run(self):
        self.check_trailer()
        self.check_metadata()
        self.check_intent()
        self.check_catalog()
        for number, (_, page) in enumerate(self.pdf.pages(), 1):
            self.check_boxes(page, "page %d" % number)
        for key, entry in self.pdf.objects.items():
            if key.startswith("obj:"):
                self.check_object(key[4:], entry)
        for number, (_, page) in enumerate(self.pdf.pages(), 1):
            resources = self.pdf.resolve(page.get("/Resources")) or {}
            self.check_content(self.pdf.page_content(page), resources,
                               ("g", "0"), frozenset(), "page %d" % number)
        return self.findings

    # ---- the document ----

    def check_trailer(self):
        trailer = self.pdf.trailer
        if self.pdf.get(trailer, "/Encrypt") is not None:
            self.add("encryption", "the file is encrypted")
        if len(self.pdf.array(trailer.get("/ID"))) != 2:
            self.add("id", "the trailer has no ID")
        version = self.pdf.header.get("pdfversion", "")
        if version not in ("1.3", "1.4", "1.5", "1.6"):
            self.add("version", "PDF %s; X-4 is PDF 1.6" % version)

    def check_metadata(self):
        xmp = self.pdf.stream(self.pdf.root.get("/Metadata"))
        for name, pattern in XMP_PROPERTIES.items():
            if not re.search(pattern, xmp):
                self.add("xmp", "no " + name)
        info = self.pdf.get(self.pdf.trailer, "/Info", {})
        if info.get("/Trapped", "/False") not in ("/True", "/False"):
            self.add("info", "Trapped is %s" % info["/Trapped"])
        if "/Title" not in info:
            self.add("info", "no Title")
        for key, name in (("/CreationDate", b"CreateDate"),
                          ("/ModDate", b"ModifyDate")):
            date = text(info.get(key))
            if not date:
                self.add("info", "no " + key)
                continue
            other = re.search(b"xmp:" + name + b">([^<]*)", xmp)
            digits = re.sub(r"\D", "", date)[:14]
            if other and digits != re.sub(
                    r"\D", "", other.group(1).decode())[:14]:
                self.add("info", key + " differs from XMP")

    def check_intent(self):
        pdf = self.pdf
        intents = [pdf.resolve(i)
                   for i in pdf.get(pdf.root, "/OutputIntents", [])]
        ours = [i for i in intents if pdf.get(i, "/S") == "/GTS_PDFX"]
        if len(ours) != 1:
            self.add("intent", "%d output intents for PDF/X" % len(ours))
            return
        intent = ours[0]
        if not text(pdf.get(intent, "/OutputConditionIdentifier")):
            self.add("intent", "no OutputConditionIdentifier")
        if not (text(pdf.get(intent, "/Info")) or
                text(pdf.get(intent, "/RegistryName"))):
            self.add("intent", "neither Info nor RegistryName")
        reference = intent.get("/DestOutputProfile")
        profile = pdf.stream(reference)
        if not profile:
            self.add("intent", "no DestOutputProfile")
            return
        self.check_profile(profile, pdf.get(pdf.resolve(reference), "/N"))
        if any(i.get("/DestOutputProfile") != reference for i in intents
               if pdf.get(i, "/S") == "/GTS_PDFA1"):
            self.add("intent", "the PDF/A intent has another profile")

    def check_profile(self, profile, components):
        if profile[12:16] != b"prtr":
            self.add("intent", "profile class %r" % profile[12:16])
        if profile[36:40] != b"acsp":
            self.add("intent", "not an ICC profile")
        if profile[8] > 4:
            self.add("intent", "ICC version %d" % profile[8])
        self.space = profile[16:20]
        if components != PROFILE_COMPONENTS.get(self.space):
            self.add("intent", "N is %s for %r" % (components, self.space))

    def check_catalog(self):
        pdf, root = self.pdf, self.pdf.root
        for key in ("/AA", "/OpenAction", "/Collection"):
            if key in root:
                self.add("catalog", key)
        form = pdf.get(root, "/AcroForm")
        if form and (pdf.get(form, "/XFA") or pdf.get(form, "/Fields")):
            self.add("catalog", "/AcroForm")
        if pdf.get(pdf.get(root, "/Names", {}), "/JavaScript"):
            self.add("catalog", "JavaScript")

    # ---- pages ----

    def check_boxes(self, page, where):
        pdf = self.pdf
        boxes = {key: [float(pdf.resolve(v)) for v in pdf.resolve(page[key])]
                 for key in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox",
                             "/ArtBox") if key in page}
        if ("/TrimBox" in boxes) == ("/ArtBox" in boxes):
            self.add("box", where + ": needs a TrimBox or an ArtBox")
            return
        trim = boxes.get("/TrimBox") or boxes["/ArtBox"]
        bleed = boxes.get("/BleedBox") or trim
        if not is_inside(trim, boxes["/MediaBox"]):
            self.add("box", where + ": trim outside media")
        if not (is_inside(trim, bleed) and
                is_inside(bleed, boxes["/MediaBox"])):
            self.add("box", where + ": trim, bleed, media are not nested")
        if "/CropBox" in boxes and not is_inside(trim, boxes["/CropBox"]):
            self.add("box", where + ": trim outside crop")
        for reference in pdf.array(page.get("/Annots")):
            kind = pdf.get(reference, "/Subtype")
            place = [float(pdf.resolve(v))
                     for v in pdf.get(reference, "/Rect")]
            if (kind not in ("/TrapNet", "/PrinterMark") and
                    do_touch(place, bleed)):
                self.add("annotation", "%s: %s in the bleed" % (where, kind))
        for key in ("/AA", "/PresSteps"):
            if key in page:
                self.add("page", where + ": " + key)

    # ---- every object ----

    def check_space(self, space, where, depth=0):
        space = self.pdf.resolve(space)
        if isinstance(space, str):
            if space in ("/DeviceRGB", "/CalRGB") and self.space != b"RGB ":
                self.add("colour", "%s in %s" % (space, where))
            if space == "/DeviceCMYK" and self.space != b"CMYK":
                self.add("colour", "DeviceCMYK without CMYK intent in " +
                         where)
        elif isinstance(space, list) and space and depth < 6:
            family = self.pdf.resolve(space[0])
            if family in ("/Indexed", "/Pattern") and len(space) > 1:
                self.check_space(space[1], where, depth + 1)
            if family in ("/Separation", "/DeviceN"):
                self.check_space(space[2], where, depth + 1)
            if family == "/ICCBased":
                kind = self.pdf.stream(space[1])[12:16]
                if kind not in PROFILE_CLASSES:
                    self.add("colour", "ICC profile of class %r" % kind)

    def check_object(self, where, entry):
        pdf = self.pdf
        is_stream = "stream" in entry
        value = entry["stream"]["dict"] if is_stream else entry.get("value")
        if not isinstance(value, dict):
            return
        self.check_font(value)
        if value.get("/Type") == "/ExtGState":
            for key in ("/TR", "/TR2", "/HTP"):
                if key in value and (key, value[key]) != ("/TR2", "/Default"):
                    self.add("state", "%s in %s" % (key, where))
        if value.get("/S") in FORBIDDEN_ACTIONS:
            self.add("action", "%s in %s" % (value["/S"], where))
        if is_stream:
            self.check_stream(value, where)
        group = pdf.resolve(value.get("/Group"))
        if isinstance(group, dict) and "/CS" in group:
            self.check_space(group["/CS"], "the group of " + where)
        shading = pdf.resolve(value.get("/Shading"))
        if isinstance(shading, dict) and "/ShadingType" in shading:
            self.check_space(shading.get("/ColorSpace"), "shading " + where)
        if "/ShadingType" in value:
            self.check_space(value.get("/ColorSpace"), "shading " + where)
        spaces = pdf.resolve(value.get("/ColorSpace"))
        if "/Subtype" not in value and isinstance(spaces, dict):
            for space in spaces.values():
                self.check_space(space, "resources " + where)

    def check_font(self, value):
        if (value.get("/Type") != "/Font" or
                value.get("/Subtype") in ("/Type0", "/Type3")):
            return
        descriptor = self.pdf.get(value, "/FontDescriptor", {})
        if not any(key in descriptor for key in FONT_FILES):
            self.add("font", "%s is not embedded" % value.get("/BaseFont"))

    def check_stream(self, value, where):
        if "/F" in value:
            self.add("stream", "%s is in another file" % where)
        if "/LZWDecode" in self.pdf.array(value.get("/Filter")):
            self.add("stream", "LZW in " + where)
        kind = value.get("/Subtype")
        if kind == "/PS":
            self.add("stream", "PostScript in " + where)
        if kind == "/Image":
            if "/OPI" in value or "/Alternates" in value:
                self.add("image", "OPI or Alternates in " + where)
            if "/ColorSpace" in value:
                self.check_space(value["/ColorSpace"], "image " + where)
        if kind == "/Form" and ("/Ref" in value or "/OPI" in value):
            self.add("form", "content from elsewhere in " + where)

    # ---- content ----

    def check_content(self, content, resources, fill, forms, where):
        saved, does_overprint = [], False
        states = self.pdf.get(resources, "/ExtGState", {})
        for operator, operands in operators(content):
            if operator == "q":
                saved.append((fill, does_overprint))
            elif operator == "Q" and saved:
                fill, does_overprint = saved.pop()
            elif operator in ("rg", "RG") and self.space != b"RGB ":
                self.add("colour", "%s in %s" % (operator, where))
            elif operator == "gs":
                state = self.pdf.get(states, operands[0].decode("latin1"), {})
                if "/op" in state:
                    does_overprint = state["/op"] is True
            elif operator in ("k", "g", "sc", "scn"):
                fill = (operator,) + tuple(o.decode("latin1")
                                           for o in operands)
            elif operator in SHOWING:
                self.count_text(fill, does_overprint, where)
            elif operator == "Do":
                self.check_form(operands, resources, fill, forms, where)

    def check_form(self, operands, resources, fill, forms, where):
        objects = self.pdf.get(resources, "/XObject", {})
        reference = objects.get(operands[0].decode("latin1"))
        form = self.pdf.resolve(reference) or {}
        if form.get("/Subtype") == "/Form" and reference not in forms:
            self.check_content(self.pdf.stream(reference),
                               self.pdf.get(form, "/Resources", resources),
                               fill, forms | {reference}, where + " form")

    def count_text(self, fill, does_overprint, where):
        self.texts += 1
        self.fills[fill] = self.fills.get(fill, 0) + 1
        if fill == ("k", "0", "0", "0", "1") and does_overprint:
            self.overprinting += 1
        if fill[0] != "k" or self.inks is None:
            return
        is_tint = all(float(v) == 0 for v in fill[1:4])
        if not is_tint and " ".join(fill[1:]) not in self.inks:
            self.add("black", "text in %s, %s" % (" ".join(fill[1:]), where))

    def summary(self):
        fills = ", ".join("%s: %d" % (" ".join(fill), count)
                          for fill, count in sorted(self.fills.items()))
        return "(%d texts, %d overprinting black; %s)" % (
            self.texts, self.overprinting, fills)


def check(pdf, inks=None):
    """(name, message) for all that is wrong."""
    return Checker(pdf, inks).run()


def main(arguments):
    inks = None
    if arguments and arguments[0].startswith("--inks="):
        inks = set(arguments.pop(0)[len("--inks="):].split(","))
    all_good = True
    for path in arguments:
        checker = Checker(Pdf.load(path), inks)
        all_good &= report(path, checker.run(), checker.summary())
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
