#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every bad input gives its diagnostics, its exit code, and touches nothing.

A case is a text file tests/messages/NAME.case:

    why: one sentence
    run: build lt                 what follows `vadovas -C PROJECT`
    code: 2                       the exit code
    setup:                        bash, in a copy of tests/projects/mini
        rm manual/02-darbas.md
    expect:                       all lines of standard error, in any order;
        manual/x.md:3:1: error: * [name]     * stands for any text
        + warning: * [name]       + at the begin: once or more often
    output:                       the same for standard output, where wanted

build/lt/manual.pdf of the copy holds an old file before; where the code is not
0 it must hold the same bytes after, and build/ no other file, except what
follows `writes:`, which must be a PDF.
"""
import fnmatch
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MINI = HERE.parent / "projects" / "mini"
PROGRAM = os.environ.get("PROGRAM", str(HERE.parent.parent / "build/vadovas"))
OLD = b"the old book"


def read_case(path):
    case, block = {"setup": "", "expect": [], "output": None}, None
    for line in path.read_text().splitlines():
        if line.startswith("#") and block is None:
            continue
        if line.startswith("    ") and block:
            if block == "setup":
                case["setup"] += line[4:] + "\n"
            else:
                case[block].append(line[4:])
        elif ":" in line:
            name, value = line.split(":", 1)
            block = name if name in ("setup", "expect", "output") else None
            if block == "output":
                case["output"] = []
            if not block:
                case[name] = value.strip()
    return case


def matches(line, pattern):
    # only * is special: brackets stand in every message
    escaped = pattern.replace("[", "[[]").replace("?", "[?]")
    return fnmatch.fnmatchcase(line, escaped)


def compare(text, patterns):
    """every line fits a pattern, every pattern a line"""
    faults, left = [], [p for p in patterns if not p.startswith("+ ")]
    often = [p[2:] for p in patterns if p.startswith("+ ")]
    unseen = set(often)
    for line in text.splitlines():
        found = next((p for p in left if matches(line, p)), None)
        repeated = next((p for p in often if matches(line, p)), None)
        if found is not None:
            left.remove(found)
        elif repeated is not None:
            unseen.discard(repeated)
        elif line:
            faults.append(f"unexpected: {line}")
    return faults + [f"missing: {p}" for p in left + sorted(unseen)]


def run_case(case):
    faults = []
    with tempfile.TemporaryDirectory(prefix="vadovas-test.") as scratch:
        project = pathlib.Path(scratch) / "project"
        shutil.copytree(MINI, project, symlinks=True)
        old = project / "build/lt/manual.pdf"
        old.parent.mkdir(parents=True)
        old.write_bytes(OLD)
        os.utime(old, (1790000000, 1790000000))
        if case["setup"]:
            subprocess.run(["bash", "-euc", case["setup"]], cwd=project,
                           check=True)
        before = {p.relative_to(project) for p in (project / "build").rglob("*")}
        done = subprocess.run(
            [PROGRAM, "-C", ".", *case["run"].split()],
            cwd=project, capture_output=True, text=True, timeout=60)
        if str(done.returncode) != case["code"]:
            faults.append(f"exit code {done.returncode}, expected {case['code']}")
        faults += compare(done.stderr, case["expect"])
        if case["output"] is not None:
            faults += compare(done.stdout, case["output"])
        written = pathlib.Path(case.get("writes", "-"))
        if "writes" in case and \
                not (project / written).read_bytes().startswith(b"%PDF"):
            faults.append(f"{written} was not written")
        if case["code"] != "0" and old != project / written:
            if not old.is_file() or old.read_bytes() != OLD:
                faults.append("the old PDF was touched")
        if case["code"] != "0":
            after = {p.relative_to(project) for p in (project / "build").rglob("*")}
            if after - before:
                faults.append(f"left behind: {sorted(map(str, after - before))}")
    return faults


def main():
    cases = sorted(HERE.glob("*.case"))
    failed = 0
    for number, path in enumerate(cases, 1):
        case = read_case(path)
        faults = run_case(case)
        failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} - {path.stem}: {case['why']}")
        for fault in faults:
            print(f"#   {fault}")
    print(f"1..{len(cases)}")
    return 1 if failed else 0


sys.exit(main())
