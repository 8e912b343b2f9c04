#!/bin/bash
# SPDX-License-Identifier: MIT
# Workshops: a handout and a trainer's copy of some chapters, and forms.
. tests/lib/tap.sh
cp -r tests/projects/mini "$scratch/mini"
cd "$scratch/mini"
mkdir -p manual/forms
printf '# Sąrašas {#sarasas}\n\nDalyvių vardai.\n' >manual/forms/sarasas.md
printf '\n> [!TRAINER]\n> Vedėjui sakoma.\n' >>manual/02-darbas.md
sed -i 's|</manual>|<chapter src="forms/sarasas.md" role="form"/></manual>|' manual/manual.xml
workshops() { # workshops EDITIONS CHAPTER FORM
    cat >manual/workshops.xml <<END
<workshops xmlns="urn:vadovas:workshops">
  <workshop id="vienas" sample="yes" countries="LT EE" editions="$1" audience="police">
    <title lang="lt">Bandomasis seminaras</title>
    <title lang="et">Proovikoolitus</title>
    <chapter ref="$2"/><form ref="$3"/>
  </workshop>
</workshops>
END
}
text() { pdftotext "build/workshops/vienas/$1" - | tr -s '\n ' ' '; }
has() { case $(text "$1") in *"$2"*) echo yes ;; *) echo no ;; esac; }

workshops lt darbas sarasas
"$PROGRAM" build --workshop vienas >"$scratch/out" 2>"$scratch/err"
is "it is built" "$? $(cat "$scratch/err")" "0 "
is "all its files" "$(cd build/workshops/vienas && find . -name '*.pdf' | LC_ALL=C sort | tr '\n' ' ')" \
    "./lt/handout-print.pdf ./lt/handout-sheets.pdf ./lt/handout.pdf ./lt/sarasas-print.pdf ./lt/sarasas.pdf ./lt/trainer-print.pdf ./lt/trainer-sheets.pdf ./lt/trainer.pdf "
is "the handout has its chapter" "$(has lt/handout.pdf 'Svarbiausi požymiai')" yes
is "and no other" "$(has lt/handout.pdf 'Pabaigos pastaba')" no
is "nor the trainer's notes" "$(has lt/handout.pdf 'Vedėjui sakoma')" no
is "the trainer has them" "$(has lt/trainer.pdf 'Vedėjui sakoma')" yes
is "the form says what it is of" "$(has lt/sarasas.pdf 'Bandomasis seminaras')" yes
is "for whom" "$(has lt/sarasas.pdf 'For: police')" yes
is "that it is an example" "$(has lt/sarasas.pdf 'Example')" yes
is "and what is spoken of" "$(has lt/sarasas.pdf 'Topics: Darbas')" yes
ok "a form is tagged" bash -c "pdfinfo build/workshops/vienas/lt/sarasas.pdf | grep -q 'Tagged: *yes'"
ok "its print file is sound" qpdf --check build/workshops/vienas/lt/sarasas-print.pdf
"$PROGRAM" build lt >"$scratch/out" 2>&1
is "no book has the form" "$(pdftotext build/lt/manual.pdf - | grep -c 'Dalyvių vardai')" 0

for option in --since=HEAD --parallel --audience=judges --chapter=darbas et; do
    "$PROGRAM" build --workshop vienas $option >"$scratch/out" 2>"$scratch/err"
    is "$option does not go with it" "$? $(grep -c 'says itself' "$scratch/err")" "2 1"
done

# ---- its words go through overlays ----
workshops et darbas sarasas
"$PROGRAM" build --workshop vienas >"$scratch/out" 2>"$scratch/err"
is "a form that is not translated is refused" "$? $(grep -c block-missing "$scratch/err" | sed 's/[1-9][0-9]*/some/')" "1 some"
"$PROGRAM" sync et >"$scratch/out" 2>&1
python3 - <<'END'
import re
p = "locales/et/forms/sarasas.md"
s = open(p).read().replace(" TODO", "")
texts = iter(["# Nimekiri", "Osalejate nimed."])
s = re.sub(r"(?<=\n-->\n)", lambda m: "\n" + next(texts) + "\n", s)
open(p, "w").write(s)
END
sed -i 's/Vedėjui sakoma/&/' manual/02-darbas.md
"$PROGRAM" build --workshop vienas --draft >"$scratch/out" 2>"$scratch/err"
is "then it has its own words" "$(has et/sarasas-draft.pdf 'Osalejate nimed') $(has et/sarasas-draft.pdf 'Proovikoolitus')" "yes yes"

# ---- what it names ----
workshops lt nera sarasas
"$PROGRAM" build --workshop all >"$scratch/out" 2>"$scratch/err"
is "an unknown chapter is said" "$? $(grep -c workshop-invalid "$scratch/err")" "1 1"
workshops lv darbas sarasas
"$PROGRAM" build --workshop all >"$scratch/out" 2>"$scratch/err"
is "and an unknown edition" "$? $(grep -c workshop-invalid "$scratch/err")" "1 1"
finish
