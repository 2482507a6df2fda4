#!/bin/sh
# Lists this module's packages by whether they, or their tests, depend on the
# YARA binding: depends-on-yara.sh yes|no
set -eu

"${GO:-go}" list -e -test -f '{{.ImportPath}}|{{join .Deps " "}} ' ./... | awk -F '|' -v want="$1" '
    { split($1, name, " "); sub(/(_test|\.test)$/, "", name[1]); all[name[1]] }
    $2 ~ /hillu\/go-yara\/v4 / { yara[name[1]] }
    END { for (p in all) if ((p in yara) == (want == "yes")) print p }' | sort
