#!/bin/bash
# SPDX-License-Identifier: MIT
# build for other programs: several editions at a time, report, timings.
. tests/lib/tap.sh
p=$scratch/p
cp -r tests/projects/mini "$p"
cp -r styles "$p"
# a third edition, and one of the three refused
cp -r "$p/locales/et" "$p/locales/fi"
sed -i 's/lang="et"/lang="fi"/' "$p/locales/fi/edition.xml" "$p/locales/fi/words.xml"
sed -i 's/to=et/to=fi/' "$p"/locales/fi/*.md
sed -i 's/lang="et"/lang="fi"/' "$p"/locales/fi/facts/*.xml
sed -i 's!<title lang="et">!<title lang="fi">T</title><alt lang="fi">A</alt><category lang="fi">C</category><measure lang="fi">M</measure><source lang="fi">S</source>&!' \
    "$p/manual/research/tyrimai.xml"
build() { "$PROGRAM" -C "$p" build "$@"; }
digests() { (cd "$p/build" && find . -name '*.pdf' | LC_ALL=C sort | xargs sha256sum); }

build >"$scratch/out" 2>"$scratch/said"
first=$?
digests >"$scratch/first"
is "three editions" "$(wc -l <"$scratch/first")" 3
for jobs in 2 3 9; do
    rm -rf "$p/build"
    build -j $jobs >"$scratch/out2" 2>"$scratch/said2"
    is "-j $jobs: the same exit code" $? $first
    is "the same files" "$(digests | diff "$scratch/first" -)" ""
    is "the same words in the same order" "$(diff "$scratch/said" "$scratch/said2")" ""
done

sed -i 's/^See väike/<!-- id: q -->\n\n&/; s/src=a05d0e8e/src=a05d0e8e STALE/' "$p/locales/et/01-zodis.md"
sed -i 's/STALE/DRAFT/' "$p/locales/et/01-zodis.md"
build >/dev/null 2>"$scratch/said"
is "one refused" $? 1
rm -rf "$p/build"
build -j 3 --report="$scratch/report.json" --timings="$scratch/timings.json" >/dev/null 2>"$scratch/said2"
is "refused, too, beside others" $? 1
is "with the same words" "$(grep -v 'not-written' "$scratch/said2")" "$(grep -v 'not-written' "$scratch/said")"
ok "the report says what came of each" python3 - "$scratch/report.json" "$p" <<'X'
import hashlib, json, pathlib, sys
report = {e["edition"]: e for e in json.load(open(sys.argv[1]))}
assert list(report) == ["lt", "et", "fi"], report
assert [e["code"] for e in report.values()] == [0, 1, 0], report
assert report["et"]["files"] == [] and report["et"]["errors"] > 0
for edition in ("lt", "fi"):
    [made] = report[edition]["files"]
    data = pathlib.Path(made["path"]).read_bytes()
    assert made["bytes"] == len(data) and report[edition]["pages"] > 5
    assert made["sha256"] == hashlib.sha256(data).hexdigest()
X
ok "timings: a line for each edition that was made" python3 - "$scratch/timings.json" <<'X'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert [l["edition"] for l in lines] == ["lt", "fi"], lines
assert all(l["cpu_ms"]["pages"] > 0 and l["peak_kb"]["finish"] > 0 for l in lines)
X
ok "--strict: a warning stops" bash -c "cd '$p' && rm -rf build &&
    sed -i 's/crc32=\"[0-9a-f]*/crc32=\"00000000/' styles/theme.xml &&
    '$PROGRAM' build lt && test -s build/lt/manual.pdf && rm -rf build &&
    ! '$PROGRAM' build lt --strict && ! test -e build/lt/manual.pdf"
ok "a report that cannot be written is said" bash -c "
    cd '$p' && '$PROGRAM' build lt --report=manual/manual.xml/x 2>&1 | grep -q output-unwritable"
finish
