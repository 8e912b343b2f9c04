# SPDX-License-Identifier: MIT
"""A PDF as qpdf's JSON, and the little that the checkers need of it.

Values are what qpdf gives: numbers, booleans, lists, dictionaries with keys
like "/Type", names like "/Page", strings like "u:text" or "b:hex", references
like "12 0 R".
"""
import base64
import json
import re
import subprocess

REFERENCE = re.compile(r"\d+ \d+ R")


def load_json(path):
    """The file as qpdf's JSON, streams decoded and inside."""
    run = subprocess.run(
        ["qpdf", "--json=2", "--json-stream-data=inline",
         "--decode-level=generalized", "--warning-exit-0", path],
        capture_output=True)
    if run.returncode not in (0, 3):
        raise SystemExit("qpdf: " + run.stderr.decode()[:300])
    return json.loads(run.stdout)


class Pdf:
    def __init__(self, data):
        self.header, self.objects = data["qpdf"]
        self.trailer = self.objects["trailer"]["value"]
        self.root = self.resolve(self.trailer["/Root"])

    @classmethod
    def load(cls, path):
        return cls(load_json(path))

    def resolve(self, value):
        """Follows references; of a stream, its dictionary."""
        for _ in range(50):
            if not (isinstance(value, str) and REFERENCE.fullmatch(value)):
                return value
            entry = self.objects.get("obj:" + value)
            if entry is None:
                return None
            value = (entry["value"] if "value" in entry
                     else entry["stream"]["dict"])
        return None

    def get(self, dictionary, key, default=None):
        """The resolved value of a key of a dictionary or a reference to one."""
        dictionary = self.resolve(dictionary)
        if not isinstance(dictionary, dict):
            return default
        value = self.resolve(dictionary.get(key))
        return default if value is None else value

    def array(self, value):
        """A list of resolved-enough values: one value is a list of itself."""
        resolved = self.resolve(value)
        if resolved is None:
            return []
        return resolved if isinstance(resolved, list) else [value]

    def stream(self, reference):
        """Decoded bytes of a stream; empty for what is no stream."""
        entry = self.objects.get("obj:" + str(reference))
        if entry is None or "stream" not in entry:
            return b""
        return base64.b64decode(entry["stream"].get("data") or "")

    def pages(self):
        """(reference, dictionary with what it inherits) of each page."""
        found = []
        inheritable = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")

        def walk(reference, inherited, above):
            node = self.resolve(reference)
            if not isinstance(node, dict) or reference in above:
                return
            inherited = dict(inherited)
            inherited.update({k: node[k] for k in inheritable if k in node})
            if "/Kids" in node:
                for kid in self.array(node["/Kids"]):
                    walk(kid, inherited, above | {reference})
            else:
                found.append((reference, {**inherited, **node}))

        walk(self.root["/Pages"], {}, frozenset())
        return found

    def page_content(self, page):
        parts = self.array(page.get("/Contents"))
        return b"\n".join(self.stream(part) for part in parts)


def text(value):
    """A string value as text; None for anything else."""
    if not isinstance(value, str):
        return None
    if value.startswith("u:"):
        return value[2:]
    if value.startswith("b:"):
        return bytes.fromhex(value[2:]).decode("latin1")
    return None


# strings nest parentheses at most three deep in what we have to read
TOKEN = re.compile(
    rb"%[^\r\n]*"
    rb"|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]*\))*\))*\)"
    rb"|<<|>>|<[0-9A-Fa-f\s]*>"
    rb"|/[^\s()<>\[\]{}/%]*|[\[\]]|[^\s()<>\[\]{}/%]+", re.S)
INLINE_IMAGE_END = re.compile(rb"\sEI(?=\s|$)")


def operators(content):
    """Yields (operator, operand tokens) of a content stream."""
    operands, at = [], 0
    while True:
        match = TOKEN.search(content, at)
        if match is None:
            return
        token, at = match.group(0), match.end()
        if token.startswith(b"%"):
            continue
        if token == b"BI":
            end = INLINE_IMAGE_END.search(content, at)
            at = end.end() if end else len(content)
            yield "BI", []
            operands = []
        elif (token[:1] in b"(<>/[]+-.0123456789"
              or token in (b"true", b"false", b"null")):
            operands.append(token)
        else:
            yield token.decode("latin1"), operands
            operands = []


ESCAPES = {ord("n"): b"\n", ord("r"): b"\r", ord("t"): b"\t",
           ord("b"): b"\b", ord("f"): b"\f", ord("\n"): b""}


def string_bytes(token):
    """The bytes of a string token of a content stream."""
    if token.startswith(b"<"):
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    out, at = bytearray(), 1
    while at < len(token) - 1:
        if token[at] != ord("\\"):
            out.append(token[at])
            at += 1
            continue
        octal = re.match(rb"[0-7]{1,3}", token[at + 1:at + 4])
        if octal:
            out.append(int(octal.group(0), 8) & 255)
            at += 1 + len(octal.group(0))
        else:
            out += ESCAPES.get(token[at + 1], token[at + 1:at + 2])
            at += 2
    return bytes(out)


def report(path, findings, note=""):
    """Prints a file's findings, each kind once; True where there are none."""
    print("FAIL" if findings else "PASS", path, note)
    kinds = {}
    for name, message in findings:
        kinds.setdefault(name, []).append(message)
    for name in sorted(kinds):
        print("   %s x%d %s" % (name, len(kinds[name]), kinds[name][0]))
    return not findings
