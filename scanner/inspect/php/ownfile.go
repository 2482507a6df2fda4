package php

import (
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// ownText is what a call reads from the file that it stands in: the payload of a
// dropper often follows __halt_compiler().
func (r *reader) ownText(name string, args []argument) value {
	if len(args) == 0 || r.level > 0 || r.home != nil && r.home.within > 0 {
		return value{}
	}
	number := func(i int) (int, bool) {
		if i >= len(args) {
			return 0, false
		}
		n, ok := args[i].value.number()
		return int(min(max(n, 0), int64(len(r.src)))), ok && args[i].value.kind != nullKind && n >= 0
	}
	of := args[0].value.marks
	text := r.src
	if r.trace != nil {
		text = r.trace.globals.src // others have names, see place
	}
	switch name {
	case "file_get_contents":
		if of&ownFile == 0 {
			return value{}
		}
		if n, ok := number(3); ok {
			text = text[n:]
		}
		if n, ok := number(4); ok {
			text = text[:min(n, len(text))]
		}
	case "file":
		if of&ownFile == 0 {
			return value{}
		}
		lines := newArray(0)
		for line := range strings.Lines(text) {
			if !r.budget.Take(64) {
				return value{}
			}
			lines.append(value{kind: stringKind, s: line, own: true})
		}
		return lines.value()
	case "dirname":
		return r.dirOf(valuesOf(args))
	case "plugin_dir_path": // of WordPress
		switch {
		case args[0].value.dir:
			return value{kind: stringKind, s: dirAbove(args[0].value.s) + "/", dir: true}
		case strings.HasPrefix(args[0].value.s, "./"):
			return stringValue(dirName(args[0].value.s) + "/")
		}
		dir := r.dirOf([]value{args[0].value})
		if dir.known() {
			return stringValue(dir.s + "/")
		} else if dir.prefix() == "." {
			return between(".", dir.suffix()+"/", 0)
		}
		return value{}
	case "php_strip_whitespace", "highlight_file", "show_source":
		if of&ownFile == 0 {
			return value{}
		}
	case "stream_get_contents", "fread":
		// Whoever opens the file seeks what follows the code.
		if of&ownHandle == 0 || r.halt == 0 {
			return value{}
		}
		text = text[r.halt:]
	default:
		return value{}
	}
	return value{kind: stringKind, s: text, own: true, computed: true}
}

// dirAbove is the directory in which lies what a name means: "./" is the script itself.
func dirAbove(name string) string {
	if name == "./" {
		return "."
	}
	name = path.Clean(name)
	if base := path.Base(name); base == "." || base == ".." {
		return path.Join(name, "..")
	}
	return path.Dir(name)
}

// dirOf is what dirname makes, in a trace, of the name of the script, or of one that
// leads from its directory.
func (r *reader) dirOf(values []value) value {
	levels, ok := dirLevels(values)
	if r.trace == nil || !ok {
		return value{}
	}
	v := values[0]
	if v.marks&ownFile != 0 {
		v, levels = r.ownDir(), levels-1
	}
	if v.known() && values[0].marks&ownFile != 0 {
		return stringValue(dirAt(v.s, levels, dirName))
	}
	if v.known() || v.prefix() != "." {
		return value{}
	}
	if levels == 0 {
		return v
	}
	return between(".", "/"+dirAt(fileName(v), levels, dirAbove), 0)
}

// dirLevels is how many directories dirname goes up.
func dirLevels(values []value) (int64, bool) {
	const most = 16
	if len(values) == 1 {
		return 1, true
	}
	n, ok := int64(0), len(values) == 2
	if ok {
		n, ok = values[1].number()
	}
	return n, ok && 1 <= n && n <= most
}

// dirAt goes up from a name.
func dirAt(name string, levels int64, up func(string) string) string {
	for range levels {
		name = up(name)
	}
	return name
}

// ownDir is the directory of the script, as place has it.
func (r *reader) ownDir() value {
	if l := r.trace.linker; l != nil {
		if dir := path.Dir(l.paths[0]); dir != "." {
			return stringValue("./" + dir)
		}
	}
	return beginning(".", 0)
}

// opened is what a constant address of data: or php://filter holds.
func opened(b *script.Budget, address string) (string, bool) {
	const scheme = "data:"
	if len(address) > len(scheme) && lower(address[:len(scheme)]) == scheme {
		head, data, ok := strings.Cut(address[len(scheme):], ",")
		if !ok || !b.Take(len(data)) {
			return "", false
		}
		data = script.DecodePercent(data)
		if strings.HasSuffix(lower(head), ";base64") {
			return script.DecodeBase64(data), true
		}
		return data, true
	}
	filters, resource, ok := filtered(address)
	if !ok {
		return "", false
	}
	text, ok := opened(b, resource)
	if !ok {
		return "", false
	}
	return throughFilters(b, text, filters)
}

// throughFilters is what the filters of php://filter make of a text.
func throughFilters(b *script.Budget, text string, filters []string) (string, bool) {
	for _, f := range filters {
		function := filterFunctions[f]
		if function == "" {
			return "", false
		}
		var ok bool
		if text, ok = foldCall(b, function, []value{stringValue(text)}).text(); !ok {
			return "", false
		}
	}
	return text, true
}

// filterFunctions do what the filters of php://filter do.
var filterFunctions = map[string]string{
	"convert.base64-decode": "base64_decode", "convert.base64-encode": "base64_encode", "string.rot13": "str_rot13",
	"convert.quoted-printable-decode": "quoted_printable_decode", "string.tolower": "strtolower", "string.toupper": "strtoupper",
	"zlib.inflate": "gzinflate", "compress.zlib": "gzdecode",
}

// filtered cuts php://filter/read=a|b/resource=c, and compress.zlib://c.
func filtered(address string) (filters []string, resource string, ok bool) {
	const scheme, packed = "php://filter/", "compress.zlib"
	if scheme, resource, ok := strings.Cut(address, "://"); ok && lower(scheme) == packed {
		return []string{packed}, resource, true
	}
	if len(address) < len(scheme) || lower(address[:len(scheme)]) != scheme {
		return nil, "", false
	}
	head, resource, ok := strings.Cut(address[len(scheme):], "resource=")
	if !ok {
		return nil, "", false
	}
	for part := range strings.SplitSeq(strings.Trim(head, "/"), "/") {
		part = strings.TrimPrefix(strings.TrimPrefix(lower(part), "read="), "write=")
		for f := range strings.SplitSeq(part, "|") {
			if f != "" {
				filters = append(filters, f)
			}
		}
	}
	const most = 32
	return filters, resource, len(filters) <= most
}

// unpacks tells the address, or as much of it as is known, of a script that is no code
// before PHP has decoded or unpacked it.
func unpacks(address string) bool { return packedSource(address) || decodesSource(address) }

// packedSource tells the address of a script that is compressed, or within an archive
// that does not say by its name that it is one of PHP.
func packedSource(address string) bool {
	scheme, file, ok := strings.Cut(lower(address), "://")
	if !ok {
		return false
	}
	switch scheme {
	case "zip", "rar", "compress.zlib", "compress.bzip2", "compress.zstd":
		return true
	case "phar":
		for _, kind := range []string{".jpg", ".jpeg", ".png", ".gif", ".ico", ".svg", ".txt", ".css", ".woff", ".pdf", ".dat", ".log"} {
			if strings.Contains(file, kind) {
				return true
			}
		}
	}
	return false
}

// included puts the script that a constant address holds in the place of the
// address. Where only a file that is elsewhere is known, it says that a decoder
// hides what is run.
func (r *reader) included(v value, from, after, mark int) bool {
	text, ok := opened(r.budget, v.s)
	if seen := r.traces[after]; len(seen) > 0 && !ok {
		text, ok = seen[0].s, true
	}
	if ok {
		if r.out != nil && text != "" {
			r.out.Truncate(mark)
			inner := stringValue(text)
			if !r.nest(inner, false, int(r.tokens[after].start), int(r.tokens[r.at-1].end)) {
				r.constant(inner, int(r.tokens[after].start), int(r.tokens[r.at-1].end))
			}
		}
		return true
	}
	if unpacks(v.s) {
		r.use(script.Call, "eval:decoded", from, true)
	}
	return false
}

// decodesSource tells the address, or as much of it as is known, of a script that is
// no code before a filter has decoded it.
func decodesSource(address string) bool {
	filters, _, ok := filtered(address)
	return ok && slices.ContainsFunc(filters, func(f string) bool {
		return strings.Contains(f, "decode") || f == "string.rot13" || strings.HasPrefix(f, "zlib.") || strings.HasPrefix(f, "convert.iconv")
	})
}
