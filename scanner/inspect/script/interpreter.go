package script

import (
	"bytes"
	"path"
	"strings"
)

// Interpreter is the base name of the program of a shebang line, less its version:
// of "#!/usr/bin/env -S node20 --flag" it is node.
func Interpreter(data []byte) string {
	line, ok := bytes.CutPrefix(data, []byte("#!"))
	if !ok {
		return ""
	}
	line, _, _ = bytes.Cut(line, []byte("\n"))
	fields := strings.Fields(string(line))
	if len(fields) > 0 && path.Base(fields[0]) == "env" {
		fields = fields[1:]
		for len(fields) > 0 && (strings.HasPrefix(fields[0], "-") || strings.Contains(fields[0], "=")) {
			fields = fields[1:]
		}
	}
	if len(fields) == 0 {
		return ""
	}
	return strings.TrimRight(path.Base(fields[0]), "0123456789.-")
}
