package javascript

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// moduleFunctions are those of Node.js's modules that can be computed, or that
// hand on what they are given.
var moduleFunctions = map[string]bool{
	"module._load": true, "module.wrap": true, "module.isBuiltin": true, "os.tmpdir": true, "os.homedir": true, "fs.mkdtempSync": true, "fs/promises.mkdtemp": true, "fs.promises.mkdtemp": true, "module._resolveFilename": true, "module.createRequire": true, "module.createRequireFromPath": true,
	"url.fileURLToPath": true, "url.pathToFileURL": true, "url.parse": true, "url.format": true,
	"util.inspect": true, "util.stripVTControlCharacters": true, "util.toUSVString": true, "url.resolve": true, "querystring.stringify": true, "querystring.encode": true,
	"util.promisify": true, "util.callbackify": true, "util.deprecate": true, "util.format": true,
	"zlib.gunzipSync": true, "zlib.inflateSync": true, "zlib.unzipSync": true, "zlib.inflateRawSync": true, "zlib.brotliDecompressSync": true,
	"querystring.unescape": true, "querystring.parse": true, "querystring.decode": true, "querystring.escape": true,
	"buffer.transcode": true,
}

// moduleWrapper is what stands around the code of every module: Module.wrapper.
var moduleWrapper = []string{"(function (exports, require, module, __filename, __dirname) { ", "\n});"}

var pathFunctions = []string{"join", "resolve", "normalize", "dirname", "basename", "extname", "parse", "relative", "format", "toNamespacedPath"}

func init() {
	for _, name := range pathFunctions {
		moduleFunctions["path."+name] = true
		moduleFunctions["path.posix."+name] = true
		moduleFunctions["path/posix."+name] = true
	}
}

func (e *evaluator) moduleFunction(name string, args []argument, start, end uint32, plain bool) value {
	switch name {
	case "os.tmpdir":
		return textValue(temporary)
	case "os.homedir":
		return textValue(temporary + "home")
	}
	if len(args) == 0 {
		return value{}
	}
	first := args[0].value
	switch name {
	case "module._load":
		return e.require(args[0], start, end, plain)
	case "module.createRequire", "module.createRequireFromPath":
		return value{kind: globalName, str: "require", plain: true}
	case "fs.openSync": // what is written then, is written there
		if e.machine != nil && len(args) > 1 && first.kind == text && strings.HasPrefix(args[1].str, "w") {
			return first
		}
	case "url.fileURLToPath":
		if s, ok := first.string(); ok && e.Take(len(s)) {
			return textValue(script.DecodePercent(strings.TrimPrefix(s, "file://")))
		}
	case "url.pathToFileURL":
		if s, ok := first.string(); ok {
			return textValue(strings.TrimPrefix(s, "file://"))
		}
	case "url.format":
		if first.kind == dictionary && first.more == "" {
			return textValue(formattedURL(first))
		}
		if s, ok := first.string(); ok && first.kind != dictionary || first.more == "URL" {
			return textValue(s)
		}
	case "url.parse":
		return e.oldURL(args)
	case "util.promisify", "util.callbackify", "util.deprecate":
		if first.kind == module || first.kind == globalName {
			// The function that it gives is called later, but it is this one.
			if first.kind == module && first.more != "" {
				e.met(script.Call, first.str+"."+first.more, start, end, !first.plain)
			}
			return first
		}
		if e.machine != nil && first.kind == closure {
			if how := strings.TrimPrefix(name, "util."); how != "deprecate" {
				return value{kind: method, str: how, self: &first}
			}
			return first
		}
	case "fs.mkdtempSync", "fs/promises.mkdtemp", "fs.promises.mkdtemp":
		if first.kind == text {
			return textValue(first.str + "XXXXXX")
		}
	case "module._resolveFilename":
		return first
	case "module.isBuiltin":
		if first.kind == text {
			return booleanValue(slices.Contains(builtins()["module.builtinModules"], strings.TrimPrefix(first.str, "node:")))
		}
	case "module.wrap":
		if first.kind == text && e.Take(len(first.str)) {
			return textValue(moduleWrapper[0] + first.str + moduleWrapper[1])
		}
	case "util.format":
		return e.formatted(args)
	case "querystring.unescape":
		return e.globalFunction(name, args, start, end, plain)
	case "querystring.escape":
		return e.globalFunction("encodeURIComponent", args, start, end, plain)
	case "querystring.parse", "querystring.decode":
		if first.kind == text && e.Take(len(first.str)) {
			return e.parsedQuery(args, start, end)
		}
	case "querystring.stringify", "querystring.encode":
		if keys, items, ok := e.entriesOf(first); ok && len(args) == 1 {
			v := value{kind: collection, str: searchParameters, items: &[]value{}}
			for i, key := range keys {
				*v.items = append(*v.items, pair(textValue(key), items[i]))
			}
			s := strings.ReplaceAll(parametersText(v), "+", "%20")
			return textValue(s)
		}
	case "url.resolve":
		if from, to := first, argumentOr(args, 1); from.kind == text && to.kind == text && len(from.str)+len(to.str) < maxName {
			if base, err := url.Parse(from.str); err == nil {
				if u, err := base.Parse(to.str); err == nil {
					return textValue(u.String())
				}
			}
		}
	case "util.inspect":
		switch first.kind {
		case text:
			return textValue("'" + first.str + "'")
		case number, boolean, undefined, null:
			s, _ := first.string()
			return textValue(s)
		}
	case "util.stripVTControlCharacters":
		if first.kind == text && e.Take(len(first.str)) {
			return textValue(controlSequence.ReplaceAllString(first.str, ""))
		}
	case "util.toUSVString":
		if first.kind == text {
			return first
		}
	case "buffer.transcode":
		from, ok1 := words(args, 1, "utf8")
		to, ok2 := words(args, 2, "utf8")
		if s, ok := bytesToText(first.str, from); ok && ok1 && ok2 && first.kind == buffer && e.Take(2*len(s)) {
			if b, ok := textToBytes(s, to); ok {
				return value{kind: buffer, str: b, decoded: true}
			}
		}
	}
	if function, ok := strings.CutPrefix(name, "path"); ok {
		return e.pathFunction(function[strings.LastIndexByte(function, '.')+1:], args)
	}
	hows := map[string]script.Compression{"zlib.gunzipSync": script.Gzip, "zlib.inflateSync": script.Zlib, "zlib.unzipSync": script.GzipOrZlib, "zlib.inflateRawSync": script.Deflate,
		"zlib.brotliDecompressSync": script.Brotli}
	if how, ok := hows[name]; ok && (first.kind == buffer || first.kind == text) {
		if out, ok := script.Unpack(how, first.str, e.Budget); ok {
			return value{kind: buffer, str: out, decoded: true}
		}
	}
	return value{}
}

// isPath tells whether a module is one whose functions only make paths of paths.
func isPath(module string) bool {
	return module == "path" || module == "path/posix"
}

// pathFunction evaluates the functions of path, as they are on a Unix.
func (e *evaluator) pathFunction(name string, args []argument) value {
	if name == "format" && args[0].kind == dictionary {
		dir, base := itemText(args[0].value, "dir"), itemText(args[0].value, "base")
		if base == "" {
			base = itemText(args[0].value, "name") + itemText(args[0].value, "ext")
		}
		return textValue(path.Join(dir, base))
	}
	parts := make([]string, len(args))
	size := 0
	for i, a := range args {
		if a.kind != text {
			return value{}
		}
		parts[i] = a.str
		size += len(a.str)
	}
	if !e.Take(size) {
		return value{}
	}
	first := parts[0]
	switch name {
	case "join", "normalize":
		return textValue(joinedPath(parts))
	case "resolve":
		for i := len(parts) - 1; i > 0; i-- {
			if path.IsAbs(parts[i]) || strings.HasPrefix(parts[i], dirname) {
				parts = parts[i:]
				break
			}
		}
		return textValue(joinedPath(parts))
	case "dirname":
		if first = cleanPath(first); first == dirname || strings.HasPrefix(first, dirname) && strings.HasSuffix(first, "/..") {
			return textValue(first + "/..")
		}
		return textValue(path.Dir(first))
	case "basename":
		base := path.Base(first)
		if len(parts) > 1 && base != parts[1] {
			base = strings.TrimSuffix(base, parts[1])
		}
		return textValue(base)
	case "extname":
		return textValue(extension(first))
	case "relative":
		if len(parts) == 2 {
			return textValue(relativePath(path.Join("/", first), path.Join("/", parts[1])))
		}
	case "toNamespacedPath":
		return textValue(first)
	case "parse":
		v, base := newDictionary(), path.Base(first)
		for _, p := range [][2]string{{"root", first[:len(first)-len(strings.TrimPrefix(first, "/"))]}, {"dir", strings.TrimSuffix(first, "/"+base)},
			{"base", base}, {"ext", extension(first)}, {"name", strings.TrimSuffix(base, extension(first))}} {
			*v.keys, *v.items = append(*v.keys, p[0]), append(*v.items, textValue(p[1]))
		}
		return v
	}
	return value{}
}

// joinedPath puts the parts of a path together as path.join does.
func joinedPath(parts []string) string {
	parts = slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return part == "" })
	return cleanPath(strings.Join(parts, "/"))
}

func extension(name string) string {
	if base := path.Base(name); strings.LastIndexByte(base, '.') > 0 {
		return path.Ext(base)
	}
	return ""
}

// relativePath leads from one absolute path to another.
func relativePath(from, to string) string {
	a, b := strings.Split(strings.Trim(from, "/"), "/"), strings.Split(strings.Trim(to, "/"), "/")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return strings.Repeat("../", len(a)-n) + strings.Join(b[n:], "/")
}

// formatted evaluates util.format.
func (e *evaluator) formatted(args []argument) value {
	format, ok := args[0].string()
	rest := args[1:]
	if !ok || !e.Take(len(format)) {
		return value{}
	}
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) || args[0].kind != text {
			b.WriteByte(format[i])
			continue
		}
		i++
		switch c := format[i]; {
		case c == '%':
			b.WriteByte('%')
		case strings.IndexByte("sdifjoOc", c) >= 0 && len(rest) > 0:
			s, ok := e.textOf(rest[0].value)
			if c == 'j' {
				s, ok = e.toJSON(rest[0].value, 0)
			}
			if !ok || !e.Take(len(s)) {
				return value{}
			}
			if rest = rest[1:]; c != 'c' {
				b.WriteString(s)
			}
		default:
			b.WriteByte('%')
			b.WriteByte(c)
		}
	}
	for _, a := range rest {
		s, ok := e.textOf(a.value)
		if !ok || !e.Take(len(s)) {
			return value{}
		}
		b.WriteString(" " + s)
	}
	return textValue(b.String())
}

// controlSequence is what colours the text of a terminal.
var controlSequence = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]`)

// formattedURL is url.format of an object with the parts of an address.
func formattedURL(v value) string {
	s := ""
	if protocol := strings.TrimSuffix(itemText(v, "protocol"), ":"); protocol != "" {
		s = protocol + ":"
	}
	host := itemText(v, "host")
	if host == "" {
		host = itemText(v, "hostname")
	}
	if host != "" {
		s += "//" + host
	}
	return s + itemText(v, "pathname") + itemText(v, "search") + itemText(v, "hash")
}

// oldURL evaluates url.parse.
func (e *evaluator) oldURL(args []argument) value {
	v := e.urlOf(args[:1])
	if v.kind != dictionary {
		return value{}
	}
	v.more = ""
	search := strings.TrimPrefix(itemText(v, "search"), "?")
	query := textValue(search)
	if parsed, _ := argumentOr(args, 1).truthy(); parsed {
		query = queryObject(search)
	}
	pathname := textValue(itemText(v, "pathname") + itemText(v, "search"))
	auth := strings.TrimSuffix(itemText(v, "username")+":"+itemText(v, "password"), ":")
	*v.keys, *v.items = append(*v.keys, "query", "path", "auth"), append(*v.items, query, pathname, textValue(auth))
	return v
}
