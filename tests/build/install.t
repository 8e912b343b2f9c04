#!/bin/bash
# SPDX-License-Identifier: MIT
# What `make install` installs works by itself, wherever it is put; the manual
# page and the completion know what the program knows.
. tests/lib/tap.sh

root=$scratch/root
ok "make install" make -s -o "$PROGRAM" PROGRAM="$PROGRAM" NO_APT=1 \
    DESTDIR="$root" PREFIX=/usr install
is "it installs these files" "$(cd "$root/usr" && find . -type f | grep -v /styles/ | LC_ALL=C sort)" \
"./bin/vadovas
./share/bash-completion/completions/vadovas
$(cd po && for po in *.po; do echo "./share/locale/${po%.po}/LC_MESSAGES/vadovas.mo"; done)
./share/man/man1/vadovas.1"
is "and all stylesheets" "$(ls "$root/usr/share/vadovas/styles")" "$(ls styles)"

cp -r tests/projects/mini "$scratch/one"
cp -r tests/projects/mini "$scratch/two"
installed=$root/usr/bin/vadovas
ok "the installed program builds a project elsewhere" \
    bash -c "cd / && '$installed' -C '$scratch/one' build"
"$PROGRAM" -C "$scratch/two" build
for edition in lt et; do
    ok "the same bytes as before it was installed: $edition" \
        cmp "$scratch"/{one,two}/build/$edition/manual.pdf
done

if [ ! -e /usr/local/share/vadovas ]; then
    rm -r "$root/usr/share/vadovas"
    is "without styles it says so" \
        "$("$installed" -C "$scratch/one" build 2>&1 | grep -o '\[.*\]$')" "[styles-missing]"
fi

# ---- the manual page ----
page=docs/vadovas.1
if command -v mandoc >/dev/null; then
    is "mandoc has nothing to say" "$(mandoc -T lint -W warning $page 2>&1)" ""
fi
if command -v groff >/dev/null; then
    is "groff has nothing to say" "$(groff -man -ww -z $page 2>&1)" ""
fi
in_help() { # options of a command's --help
    "$PROGRAM" $1 --help | grep -oE '^ +(-[a-zA-Z], )?-[-a-zA-Z]+' |
        grep -oE -- '-[-a-zA-Z]+' | sort -u
}
in_page() { # options of a command's section of the page
    awk -v section="$1" '/^\.S[hs] /{here = ($2 == section)} here && /^\.It Fl/' $page |
        grep -oE 'Fl -?[a-zA-Z][a-z-]*' | sed 's/Fl /-/' | sort -u
}
for command in build status sync diff ack waive attic deviations facts impact export import fo; do
    is "the page has the options of $command" "$(in_page $command)" "$(in_help $command)"
done
is "the page has the options before the command" "$(in_page DESCRIPTION)" \
    "$( { in_help ''; echo -h; } | sort -u)"
is "check has no option that build has not" \
    "$(comm -13 <(in_help build) <(in_help check))" ""
is "the page has all commands" \
    "$(sed -n 's/^\.Ss \([a-z-]*\)$/\1/p' $page | tr '\n' ' ')" \
    "$("$PROGRAM" --help | sed -n '/^Commands/,/^$/s/^  \([a-z-]*\) .*/\1/p' | tr '\n' ' ')"

# ---- completion ----
complete_words() { # what completes the last word
    (
        . completions/vadovas.bash
        compopt() { :; }
        COMP_WORDS=("$PROGRAM" "$@") COMP_CWORD=$#
        _vadovas
        printf '%s ' "${COMPREPLY[@]}"
    )
}
is "commands are completed" "$(complete_words s)" "status sync "
is "options are completed" "$(complete_words sync --)" "--dry-run "
is "editions are completed" \
    "$(complete_words -C tests/projects/mini build '')" "lt et "
is "stages are completed" "$(complete_words build --stop-after = fa)" "facts "
finish
