# SPDX-License-Identifier: MIT
# TAP for shell tests: ok WHAT COMMAND..., is WHAT FOUND EXPECTED, plan at the
# end with `finish`.  `scratch` is a folder of this test's own, removed at exit.
tap_count=0
tap_failed=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vadovas-test.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

result() { # result STATUS WHAT
    tap_count=$((tap_count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $tap_count - $2"
    else
        echo "not ok $tap_count - $2"
        tap_failed=$((tap_failed + 1))
    fi
}
ok() { # ok WHAT COMMAND [ARGUMENT...]
    local what=$1
    shift
    if "$@" >"$scratch/.out" 2>&1; then
        result 0 "$what"
    else
        result 1 "$what"
        sed 's/^/#   /' "$scratch/.out" | head -40
    fi
}
is() { # is WHAT FOUND EXPECTED
    if [ "$2" = "$3" ]; then
        result 0 "$1"
    else
        result 1 "$1"
        printf '#   found:    %s\n#   expected: %s\n' "$2" "$3"
    fi
}
finish() {
    echo "1..$tap_count"
    [ "$tap_failed" = 0 ]
}
