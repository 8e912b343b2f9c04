#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What sync makes of an overlay when the base changes, case by case.

A case is a text file tests/overlay/NAME.case:

    why: one sentence
    code: 0 1                   exit codes of `sync et` and of `check et`
    bytes: crlf bom nfd         how the files before are written (and crlf: how
                                the overlay after it must be)
    merge: git                  the overlay is merged from `ours` and `theirs`
                                first, by git merge-file or by `vadovas merge`
    == base before NAME         a chapter; what `base after` does not name
    == overlay before NAME      stays as it is
    == base after NAME          with nothing below it: the file is gone
    == overlay ours NAME, == overlay theirs NAME
    == overlay after NAME       what sync must write; KEY: any new key
    == states                   of all that is not current, afterwards
    == says                     all diagnostics of sync, a line each

A second sync must change nothing.  `cases.t --bless [NAME...]` writes what
comes out into the cases, to be looked at before it is committed.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ.get("PROGRAM", str(HERE.parent.parent / "build/vadovas"))
SECTION = re.compile(r"^== (base before|base after|overlay before|overlay after|overlay ours"
                     r"|overlay theirs|states|says)(?: (\S+))?$")
EDITION = '<edition xmlns="urn:vadovas:edition" lang="%s"><title>X</title></edition>\n'
WORDS = """<words xmlns="urn:vadovas:words" lang="%s"><word name="contents">X</word>
<word name="negation-words">ne nei nėra</word><word name="negation-prefixes">ne nebe</word>
<word name="reference-words">str. straipsn* pants</word></words>
"""


class Case:
    def __init__(self, path):
        self.path, self.head, self.parts = path, {}, {}
        current = None
        for line in path.read_text().split("\n"):
            found = SECTION.match(line)
            if found:
                current = (found[1], found[2])
                self.parts[current] = []
            elif current:
                self.parts[current].append(line)
            elif ":" in line:
                name, value = line.split(":", 1)
                self.head[name] = value.strip()
        for key, lines in self.parts.items():
            self.parts[key] = "\n".join(lines).strip("\n") + "\n"
        self.bytes = self.head.get("bytes", "").split()

    def files(self, kind):
        return {name: text for (what, name), text in self.parts.items() if what == kind}

    def text(self, kind):
        return self.parts.get((kind, None), "\n")

    def write(self):
        out = ["%s: %s\n" % pair for pair in self.head.items()]
        for kind in ("base before", "overlay before", "base after", "overlay ours",
                     "overlay theirs", "overlay after", "states", "says"):
            for (what, name), text in self.parts.items():
                if what == kind:
                    out.append("\n== %s%s\n%s" % (kind, " " + name if name else "",
                                                  text.rstrip("\n") + "\n" if text.strip("\n") else ""))
        self.path.write_text("".join(out))


class World:
    def __init__(self, case, folder):
        self.case, self.root = case, folder
        for name, lang in (("manual", "lt"), ("locales/et", "et")):
            (folder / name).mkdir(parents=True)
            (folder / name / "edition.xml").write_text(EDITION % lang)
            (folder / name / "words.xml").write_text(WORDS % lang)

    def put(self, name, text, bom=True):
        path = self.root / name
        if not text.strip("\n"):
            path.unlink(missing_ok=True)
            return
        data = unicodedata.normalize("NFD", text) if "nfd" in self.case.bytes else text
        data = data.replace("\n", "\r\n") if "crlf" in self.case.bytes else data
        data = data.encode()
        path.write_bytes((b"\xef\xbb\xbf" if "bom" in self.case.bytes and bom else b"") + data)

    def put_all(self, kind, folder):
        for name, text in self.case.files(kind).items():
            self.put(f"{folder}/{name}", text)

    def manual(self):
        names = sorted(p.name for p in (self.root / "manual").glob("*.md"))
        chapters = "".join(f'<chapter src="{name}"/>' for name in names)
        (self.root / "manual/manual.xml").write_text(
            f'<manual xmlns="urn:vadovas:manual" lang="lt">{chapters}</manual>\n')

    def run(self, *arguments):
        return subprocess.run([PROGRAM, "-C", str(self.root), "--format=json", *arguments],
                              capture_output=True, text=True)

    def merge(self):
        for name in self.case.files("overlay ours"):
            files = []
            for kind in ("before", "ours", "theirs"):
                self.put(kind, self.case.parts[(f"overlay {kind}", name)])
                files.append(str(self.root / kind))
            if self.case.head["merge"] == "git":
                subprocess.run(["git", "merge-file", "-Lours", "-Lbase", "-Ltheirs", files[1], files[0], files[2]],
                               capture_output=True)
            else:
                subprocess.run([PROGRAM, "merge", *files, name], capture_output=True)
            shutil.copy(files[1], self.root / "locales/et" / name)

    def overlays(self):
        return {p.name: p.read_bytes().decode()
                for p in sorted((self.root / "locales/et").glob("*.md"))}


def hide_keys(text, known):
    for key in set(re.findall(r"\bkey=(\w+)", text)) - known:
        text = re.sub(r"\b%s\b" % key, "KEY", text)
    return text


def states(report):
    lines = []
    for block in json.loads(report)[0]["unfit"]:
        words = [block["state"], block.get("severity"), block.get("operation"),
                 *(word for word in ("homeless", "damaged") if block.get(word))]
        lines.append(f"{block['at']}: " + " ".join(word for word in words if word))
    return "\n".join(lines) + "\n"


def run(case):
    """(overlays after, states, says, codes, what went wrong)"""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vadovas-case."))
    try:
        world = World(case, folder)
        world.put_all("base before", "manual")
        world.put_all("overlay before", "locales/et")
        world.put_all("base after", "manual")
        world.manual()
        if "merge" in case.head:
            world.merge()
        known = set(re.findall(r"\bkey=(\w+)", "".join(world.overlays().values())))
        first = world.run("sync", "et")
        found = [json.loads(line) for line in first.stderr.splitlines()]
        says = sorted(f"{d['name']}: {d['text']}" for d in found)
        after = world.overlays()
        second = world.run("sync", "et")
        trouble = "" if world.overlays() == after else "a second sync changes something"
        if second.returncode != first.returncode:
            trouble = f"the second sync ends with {second.returncode}"
        if "crlf" in case.bytes:
            if any("\n" in text.replace("\r\n", "") for text in after.values()):
                trouble = "line ends were changed"
            after = {name: text.replace("\r\n", "\n") for name, text in after.items()}
        after = {name: hide_keys(text.lstrip("\ufeff"), known) for name, text in after.items()}
        check = world.run("check", "et")
        report = states(world.run("status", "et", "--json").stdout)
        return (after, report, "\n".join(says) + "\n",
                f"{first.returncode} {check.returncode}", trouble)
    finally:
        shutil.rmtree(folder)


def differences(case, after, report, says, codes, trouble):
    if trouble:
        yield trouble
    wanted = case.files("overlay after")
    if "nfd" in case.bytes:
        after = {name: unicodedata.normalize("NFC", text) for name, text in after.items()}
    for name in sorted(wanted.keys() | after.keys()):
        if wanted.get(name, "") != after.get(name, ""):
            yield f"overlay {name}:\n{after.get(name, 'gone')}"
    for what, found in (("states", report), ("says", says)):
        if found.strip("\n") != case.text(what).strip("\n"):
            yield f"{what}:\n{found}"
    if codes != case.head.get("code"):
        yield f"code: {codes}"


def bless(names):
    for path in sorted(HERE.glob("*.case")):
        if names and path.stem not in names:
            continue
        case = Case(path)
        after, report, says, codes, trouble = run(case)
        if trouble:
            sys.exit(f"{path.name}: {trouble}")
        if "nfd" in case.bytes:
            after = {name: unicodedata.normalize("NFC", text) for name, text in after.items()}
        for key in [key for key in case.parts if key[0] == "overlay after"]:
            del case.parts[key]
        for name, text in after.items():
            case.parts[("overlay after", name)] = text
        case.parts[("states", None)], case.parts[("says", None)] = report, says
        case.head["code"] = codes
        case.write()


def main():
    if sys.argv[1:2] == ["--bless"]:
        return bless(sys.argv[2:])
    failed, cases = 0, sorted(HERE.glob("*.case"))
    for number, path in enumerate(cases, 1):
        case = Case(path)
        wrong = list(differences(case, *run(case)))
        print(f"{'not ' if wrong else ''}ok {number} - {path.stem}: {case.head.get('why')}")
        for text in wrong:
            print("# " + text.replace("\n", "\n# "))
        failed += bool(wrong)
    print(f"1..{len(cases)}")
    return 1 if failed else 0


sys.exit(main())
