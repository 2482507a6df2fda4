package javascript

import (
	"path"
	"strings"
)

// commandLine writes a command line with the words plain that the shell would make
// into the name of the program which runs AppleScript: quotes and backslashes
// within a word, and patterns that it fits.
func commandLine(line string) string {
	const program = "osascript"
	const most = 1 << 12 // bytes
	if len(line) > most || !strings.ContainsAny(line, `"'\?*[`) {
		return line
	}
	var out strings.Builder
	for at := 0; at < len(line); {
		end := at
		for end < len(line) && strings.IndexByte(" \t\n;|&()", line[end]) < 0 {
			if line[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end, len(line))
		if end == at {
			out.WriteByte(line[at])
			at++
			continue
		}
		word := line[at:end]
		bare := strings.NewReplacer(`"`, "", `'`, "", `\`, "").Replace(word)
		fits, _ := path.Match(path.Base(bare), program)
		if literal := strings.Trim(path.Base(bare), "?*"); fits && len(literal) > 2 && word != program {
			word = program
		}
		out.WriteString(word)
		at = end
	}
	return out.String()
}
