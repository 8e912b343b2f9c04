#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whatever two people do to one unit, no merge makes it current unless somebody
acknowledged just the pair of texts that came out.

Each STORY is a project before two people part; each of them does one of ACTIONS
on a branch of their own; git merges every pair in both orders, with its own
merge and with our driver.  What a person says is written down as it is done: a
pair (base, target), for whoever acknowledges; of an edit of a text that is not
flagged, the base that the unit shows.  A merged unit that is current must be one
of those pairs, or hold edits that were all made under the same base.  Then all
that came out is synced, and must still be so.
"""
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ.get("PROGRAM", str(HERE.parent.parent / "build/vadovas"))
BASES = {
    "S": "Auka turi teisę tylėti ir gauti pagalbą iš valstybės.",
    "N": "Auka turi teisę tylėti ir labai greitai gauti pagalbą iš valstybės.",
    "M": "Auka turi teisę tylėti ir iš karto gauti pagalbą iš valstybės.",
    "X": "Auka neturi teisės tylėti ir gauti pagalbą iš valstybės.", # a negation
}
TARGET = "Ohvril on õigus\nvaikida ja saada\nriigilt abi."
EDITS = {"first": ("Ohvril on", "Kannatanul on"), "last": ("riigilt abi", "riigi abi")}
EDITION = '<edition xmlns="urn:vadovas:edition" lang="%s"><title>X</title></edition>\n'
WORDS = """<words xmlns="urn:vadovas:words" lang="%s"><word name="contents">X</word>
<word name="negation-words">ne nei</word><word name="negation-prefixes">ne nebe</word></words>
"""
CHAPTER, OVERLAY, SETTINGS = "manual/01.md", "locales/et/01.md", "locales/et/edition.xml"
HEADER = re.compile(r"^(<!-- ov:\w+ at=a\.p1 .*)$", re.M)


class Person:
    """A working tree, what was said in it, and edits by the base they were made for."""

    def __init__(self, root):
        self.root, self.said, self.free = root, set(), {}

    def read(self, name):
        return (self.root / name).read_text()

    def write(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def run(self, *arguments):
        subprocess.run([PROGRAM, "-C", str(self.root), *arguments], capture_output=True)

    def header(self, pattern, by=""):
        text = self.read(OVERLAY)
        head = HEADER.search(text)[1]
        self.write(OVERLAY, text.replace(head, re.sub(pattern, by, head)))

    def say(self):
        self.said.add((base_of(self.read(CHAPTER)), target_of(self.read(OVERLAY))))

    # ---- what a person does
    def set_base(self, name):
        self.write(CHAPTER, f"# A {{#a}}\n\n{BASES[name]}\n")

    def sync(self):
        self.run("sync", "et")

    def edit(self, which):
        text = self.read(OVERLAY)
        head = HEADER.search(text)[1]
        if " now=" not in head: # the unit shows one base, and no flag
            shown = re.search(r"^=src\n(.*)$", text[text.index(head):], re.M)
            self.free.setdefault(which, set()).add(shown and shown[1])
        self.write(OVERLAY, text.replace(*EDITS[which]))

    def delete_word(self):
        self.sync()
        self.header(r" STALE| REVIEW")
        self.say()

    def forget_target(self):
        self.delete_word()
        self.header(r" tgt=\w+")

    def acknowledge(self, *arguments):
        self.sync()
        self.run("ack", "et", *(arguments or ("p111",)))
        self.say()

    def waive(self):
        self.run("waive", "et", "p111", "--reason", "kiire")

    def delete_source(self):
        self.sync()
        self.header(r" (src|now|tgt)=\w+| STALE| REVIEW")
        text = self.read(OVERLAY)
        at = text.index("key=p111")
        end = text.index("-->", at)
        line = text.index("\n", at)
        self.write(OVERLAY, text[:line] + "\n" + text[end:])
        self.say()

    def note(self):
        self.header(r"( key=p111)", r'\1 x-note="vaata"')


def base_of(chapter):
    return chapter.split("\n\n")[1].strip()


def target_of(overlay):
    text = overlay[overlay.index("key=p111"):]
    return re.split(r"\n\n<!-- ov:", text[text.index("-->\n\n") + 5:])[0].strip()


# each a list of steps: a method's name, then its arguments
STORIES = {
    "not synced": ["set_base N"],
    "flagged": ["set_base N", "sync"],
    "acknowledged": ["set_base N", "acknowledge"],
    "acknowledged, flagged again": ["set_base N", "acknowledge", "set_base M", "sync"],
    "a negation, flagged": ["set_base X", "sync"],
}
ACTIONS = {
    "sync": ["sync"],
    "edit": ["edit first"],
    "reword": ["edit last"],
    "edit, sync": ["edit first", "sync"],
    "base on": ["set_base M"],
    "base on, sync": ["set_base M", "sync"],
    "base back": ["set_base S"],
    "base back, sync": ["set_base S", "sync"],
    "edit, base back, sync": ["edit last", "set_base S", "sync"],
    "word": ["delete_word"],
    "word, sync": ["delete_word", "sync"],
    "edit, word": ["edit first", "delete_word"],
    "edit, word, sync": ["edit first", "delete_word", "sync"],
    "word and tgt": ["forget_target"],
    "word and tgt, sync": ["forget_target", "sync"],
    "ack": ["acknowledge"],
    "edit, ack": ["edit first", "acknowledge"],
    "edit, ack --edited": ["edit first", "acknowledge --edited"],
    "src": ["delete_source"],
    "src, sync": ["delete_source", "sync"],
    "src, ack": ["delete_source", "acknowledge"],
    "waive": ["waive"],
    "note": ["note"],
}


def git(root, *arguments, **options):
    settings = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(root)}
    for who in ("AUTHOR", "COMMITTER"):
        settings |= {f"GIT_{who}_NAME": "a", f"GIT_{who}_EMAIL": "a@example.org"}
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True,
                          env={**os.environ, **settings}, **options)
    return done.stdout


def commit(person, name):
    git(person.root, "add", "-A", "manual", "locales")
    git(person.root, "commit", "-q", "--allow-empty", "-m", name)


def act(person, steps):
    for step in steps:
        name, *arguments = step.split()
        getattr(person, name)(*arguments)


def begin(root, steps):
    person = Person(root)
    for folder, lang in (("manual", "lt"), ("locales/et", "et")):
        person.write(folder + "/edition.xml", EDITION % lang)
        person.write(folder + "/words.xml", WORDS % lang)
    person.write("manual/manual.xml", '<manual xmlns="urn:vadovas:manual" lang="lt">'
                                      '<chapter src="01.md"/></manual>\n')
    person.set_base("S")
    person.write(OVERLAY, "<!-- ov:same at=a.h key=h111 -->\n\n<!-- ov:translate at=a.p1 key=p111 "
                          f"TODO\n=src\n{BASES['S']}\n-->\n\n")
    person.sync()
    text = person.read(OVERLAY).replace(" TODO", "")
    person.write(OVERLAY, text.rstrip("\n") + f"\n\n{TARGET}\n")
    person.sync()
    person.say()
    git(root, "init", "-q", "-b", "main", ".")
    act(person, steps)
    commit(person, "main")
    return person


def people(root, story):
    """name of the branch -> Person, each on its own"""
    start = begin(root, STORIES[story])
    found = {}
    for number, (name, steps) in enumerate(ACTIONS.items()):
        git(root, "checkout", "-q", "-f", "-b", f"b{number}", "main")
        person = Person(root)
        person.said = set(start.said)
        act(person, steps)
        commit(person, name)
        found[name] = (f"b{number}", person)
    return found


def merge_all(root, pairs):
    """yields the three files of each merge, in order"""
    asked = "".join(f"{ours} {theirs}\n" for ours, theirs in pairs)
    answers = git(root, "merge-tree", "--stdin", input=asked.encode())
    trees = re.findall(rb"(?:^|\0)[01]\0([0-9a-f]{40})\0", answers)
    assert len(trees) == len(pairs), answers[:300]
    names = [f"{tree.decode()}:{path}" for tree in trees for path in (CHAPTER, OVERLAY, SETTINGS)]
    data = git(root, "cat-file", "--batch", input="\n".join(names).encode())
    texts, at = [], 0
    for _ in names:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[-1])
        texts.append(data[end + 1:end + 1 + size].decode())
        at = end + size + 2
    return list(zip(*[iter(texts)] * 3))


def merges(root, story):
    """(what, ours, theirs, files) of all pairs that ended without a conflict"""
    found = people(root, story)
    pairs = list(itertools.product(found.items(), repeat=2))
    trees = {name: git(root, "rev-parse", branch + "^{tree}") for name, (branch, _) in found.items()}
    for driver in ("git", "driver"):
        if driver == "driver":
            git(root, "config", "merge.vadovas.driver", f"'{PROGRAM}' merge %O %A %B %P")
            (root / ".git/info/attributes").write_text("locales/*/*.md merge=vadovas\n")
        # many branches look alike; what people said in them differs
        unlike = {(trees[a[0]], trees[b[0]]): (a[1][0], b[1][0]) for a, b in pairs}
        results = dict(zip(unlike, merge_all(root, list(unlike.values()))))
        for a, b in pairs:
            files = results[(trees[a[0]], trees[b[0]])]
            if not any("<<<<<<<" in text for text in files):
                yield f"{story}, {driver}: {a[0]} x {b[0]}", a[1][1], b[1][1], files


def is_said(ours, theirs, base, target):
    said = ours.said | theirs.said
    made = [which for which, (_, new) in EDITS.items() if new in target]
    for which in made: # an edit that goes on from a text whose base was this one
        shown = ours.free.get(which, set()) | theirs.free.get(which, set())
        if base not in shown:
            break
    else:
        return (base, target) in said or bool(made)
    return (base, target) in said


def currents(root, base, overlays):
    """the overlays, as editions of one project, whose unit is current, and what
    sync makes of them"""
    person = begin(root, [])
    person.write(CHAPTER, f"# A {{#a}}\n\n{base}\n")
    names = [f"et-x-{number}" for number in range(len(overlays))]
    for name, text in zip(names, overlays):
        for file in ("edition.xml", "words.xml"):
            person.write(f"locales/{name}/{file}", person.read(f"locales/et/{file}"))
        person.write(f"locales/{name}/01.md", text)

    def ask():
        done = subprocess.run([PROGRAM, "-C", str(root), "status", "--json"],
                              capture_output=True, text=True)
        unfit = {report["edition"]: {block.get("key") for block in report["unfit"]}
                 for report in json.loads(done.stdout)}
        return {text for name, text in zip(names, overlays) if "p111" not in unfit[name]}
    before = ask()
    person.run("sync")
    return before, ask()


def main():
    count, wrong, states = 0, [], {}
    with tempfile.TemporaryDirectory(prefix="vadovas-merges.") as scratch:
        scratch = pathlib.Path(scratch)
        found = []
        for number, story in enumerate(STORIES):
            found += merges(scratch / f"story{number}", story)
        overlays = {}
        for _, _, _, (chapter, overlay, _) in found:
            overlays.setdefault(base_of(chapter), {})[overlay] = True
        for number, (base, texts) in enumerate(overlays.items()):
            states[base] = currents(scratch / f"states{number}", base, list(texts))
        fresh = set()
        for what, ours, theirs, (chapter, overlay, _) in found:
            base, target = base_of(chapter), target_of(overlay)
            for when, current in zip(("", ", then sync"), states[base]):
                count += 1
                if overlay not in current:
                    continue
                fresh.add(what + when)
                if not is_said(ours, theirs, base, target):
                    wrong.append(what + when)
    for text in wrong:
        print(f"# current, though nobody said so: {text}")
    print(f"{'not ' if wrong else ''}ok 1 - {count} states, {len(fresh)} of them current, "
          f"{len(wrong)} that nobody acknowledged")
    # and what was said is not lost
    lost = [f"{story}, {driver}: {pair}"
            for story in ("not synced", "flagged") for driver in ("git", "driver")
            for pair in ("ack x ack", "edit, ack x edit, ack", "src, ack x src, ack",
                         "word, sync x word, sync", "word x word")
            if f"{story}, {driver}: {pair}" not in fresh]
    print("".join(f"# not current: {what}\n" for what in lost), end="")
    print(f"{'not ' if lost else ''}ok 2 - what both acknowledged stays current")
    print("1..2")
    return 1 if wrong or lost else 0


sys.exit(main())
