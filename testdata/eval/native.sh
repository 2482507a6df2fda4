#!/bin/sh
# Labels native code by what the binary tools say of its symbol tables:
#
#   native.sh CORPUS LIST >native.tsv
#
# For each file of LIST a line "path, -", and a line "path, capability, 0,
# symbol" for each capability, with tabs. ELF is read by readelf, both by its
# section headers and by PT_DYNAMIC; Mach-O by llvm-nm (symbol table) and
# llvm-objdump (dyld info, chained fixups), every slice of it. The names that
# count are native.names, written from DESIGN.md's table of capabilities.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
corpus=$1
list=$2
# llvm names the tools by version; chained fixups are read from 16 on.
for version in -22 -21 -20 -19 -18 -17 -16 ""; do
    if command -v "llvm-objdump$version" >/dev/null; then break; fi
done
objdump=llvm-objdump$version
nm=llvm-nm$version

# undefined prints the names that a file imports, one a line, as C spells them.
undefined() {
    case $(od -An -tx1 -N4 "$1" | tr -d ' ') in
    7f454c46)
        { readelf -W --dyn-syms "$1"; readelf -W --use-dynamic --syms "$1"; } 2>/dev/null |
            awk '$7 == "UND" && $8 != "" { sub(/@.*/, "", $8); print $8 }'
        ;;
    *)
        {
            $nm --undefined-only --just-symbol-name --arch=all "$1" | awk 'NF == 1 && !/:$/'
            $objdump --macho --arch=all --bind --lazy-bind --weak-bind "$1" | awk '/ 0x/ { print $NF }'
            $objdump --macho --arch=all --chained-fixups "$1" |
                awk '/name_offset =/ { sub(/.*\(/, ""); sub(/\)$/, ""); print }'
        } 2>/dev/null | sed 's/^_//'
        ;;
    esac | sort -u
}

# The strings of compiled AppleScript and of the command, where a file has them.
marks() {
    LC_ALL=C grep -aq -e 'FasdUAS [0-9]' -e 'JsOsaDAS[0-9]' "$1" && echo "FasdUAS"
    LC_ALL=C grep -aq osascript "$1" && echo "osascript"
    true
}

while IFS= read -r name; do
    printf '%s\t-\n' "$name"
    { undefined "$corpus/$name"; marks "$corpus/$name" | sed 's/^/string /'; } |
        awk -v path="$name" -v OFS='\t' '
        FNR == NR { # a capability and a regular expression that the whole name must match
            if ($1 != "" && $1 !~ /^#/) { capability[++n] = $1; pattern[n] = "^(" $2 ")$" }
            next
        }
        $1 == "string" { string[$2] = 1; next }
        {
            for (i = 1; i <= n; i++) {
                if (!(capability[i] in seen) && $0 ~ pattern[i]) {
                    seen[capability[i]] = 1
                    print path, capability[i], 0, $0
                }
            }
        }
        END {
            if ("applescript" in seen) exit
            if ("FasdUAS" in string) print path, "applescript", 0, "a compiled script"
            else if ("osascript" in string && "exec" in seen) print path, "applescript", 0, "the string osascript, and exec"
        }' "$here/native.names" -
done <"$list"
