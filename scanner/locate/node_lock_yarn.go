package locate

import (
	"bytes"
	"fmt"
	"strings"
)

// maxLockLine bounds one line of a lockfile, in bytes. A line of yarn.lock
// lists every range that asks for a package; the longest seen have a few kB.
const maxLockLine = 1 << 20

// lockLines calls visit for every line that is neither empty nor a comment,
// with the spaces that it is indented by.
func lockLines(data []byte, visit func(line, indent int, text string)) error {
	number := 0
	for raw := range bytes.Lines(data) {
		number++
		if len(raw) > maxLockLine {
			return fmt.Errorf("line %d: more than %d bytes", number, maxLockLine)
		}
		text := strings.TrimRight(string(raw), " \t\r\n")
		trimmed := strings.TrimLeft(text, " ")
		if trimmed != "" && trimmed[0] != '#' {
			visit(number, len(text)-len(trimmed), trimmed)
		}
	}
	return nil
}

// parseYarnLock reads yarn.lock of both kinds. A package is a line of the
// ranges that ask for it, and indented lines about it:
//
//	"@a/b@^1.0.0", "@a/b@^1.2.0":        classic
//	  version "1.2.3"
//	"@a/b@npm:^1.0.0, @a/b@npm:^1.2.0":  berry
//	  version: 1.2.3
//	  resolution: "@a/b@npm:1.2.3"
//
// An alias asks for "alias@npm:name@^1" and is known by both names.
func parseYarnLock(data []byte) (lockEntries, error) {
	var entries lockEntries
	names, at := map[string]bool{}, 0
	return entries, lockLines(data, func(line, indent int, text string) {
		if indent == 0 {
			clear(names)
			at = line
			for asked := range strings.SplitSeq(unquote(strings.TrimSuffix(text, ":")), ", ") {
				name, wanted, _ := splitID(asked)
				names[name] = true
				if aliased, ok := strings.CutPrefix(wanted, "npm:"); ok {
					name, _, _ = splitID(aliased)
					names[name] = true
				}
			}
			return
		}
		key, value, _ := strings.Cut(text, " ")
		if indent != 2 || strings.TrimSuffix(key, ":") != "version" {
			return
		}
		for name := range names {
			entries.add(name, lockEntry{version: stated(unquote(value)), line: at})
		}
	})
}

func unquote(text string) string { return strings.NewReplacer(`"`, "", "'", "").Replace(text) }
