package javascript

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

type expression = script.Expression

// maxExpressions is how many regular expressions of a script are kept compiled.
const maxExpressions = 1 << 8

// compiled returns a regular expression to match with, or nil if it cannot be.
func (e *evaluator) compiled(v value) expression {
	key := v.more + "/" + v.str
	if r, ok := e.expressions[key]; ok {
		return r
	}
	if e.machine != nil {
		e.machine.step(len(v.str)) // compiling takes about as long
	}
	r := translate(v.str, v.more, e.Budget)
	if e.expressions == nil {
		e.expressions = map[string]expression{}
	}
	if len(e.expressions) < maxExpressions {
		e.expressions[key] = r
	}
	return r
}

// translate returns a regular expression of JavaScript in Go's dialect, which has
// no exponential time; where it needs what that lacks, look-around and references
// back, one that has a limit of time. It is nil if it cannot be.
func translate(source, flags string, limit *script.Budget) expression {
	const most = 1 << 10 // bytes
	if len(source) > most || strings.Contains(source, "{1000") {
		return nil
	}
	written := source
	if strings.Contains(flags, "y") { // it matches where it stands
		source = `\A(?:` + source + `)`
	}
	source = strings.ReplaceAll(source, `\/`, `/`)
	source = strings.ReplaceAll(source, `[^]`, `[\s\S]`)
	if strings.ContainsAny(flags, "uv") {
		source = strings.ReplaceAll(source, `\u{`, `\x{`)
	}
	for i := 0; i+5 < len(source); i++ { // \u0041
		if source[i] == '\\' {
			if source[i+1] == 'u' {
				if n, ok := hexValue(source[i+2 : i+6]); ok {
					source = source[:i] + `\x{` + strconv.FormatInt(int64(n), 16) + `}` + source[i+6:]
				}
			}
			i++
		}
	}
	mode := ""
	for _, flag := range "ims" {
		if strings.ContainsRune(flags, flag) {
			mode += string(flag)
		}
	}
	if mode != "" {
		source = "(?" + mode + ")" + source
	}
	r, err := regexp.Compile(source)
	if err != nil {
		if r := script.Backtracking(written, flags, true, limit); r != nil {
			return r
		}
		return nil
	}
	return r
}

// expand writes a replacement, in which $1, $& and $<name> stand for what was found.
func expand(by, s string, m []int, names []string) string {
	if strings.IndexByte(by, '$') < 0 {
		return by
	}
	group := func(g int) string {
		if 2*g+1 < len(m) && m[2*g] >= 0 {
			return s[m[2*g]:m[2*g+1]]
		}
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(by); i++ {
		if by[i] != '$' || i+1 == len(by) {
			b.WriteByte(by[i])
			continue
		}
		i++
		switch c := by[i]; {
		case c == '$':
			b.WriteByte('$')
		case c == '&':
			b.WriteString(group(0))
		case c == '`':
			b.WriteString(s[:m[0]])
		case c == '\'':
			b.WriteString(s[m[1]:])
		case c >= '1' && c <= '9' && int(c-'0')*2+1 < len(m):
			b.WriteString(group(int(c - '0')))
		case c == '<' && strings.IndexByte(by[i:], '>') > 0:
			name := by[i+1 : i+strings.IndexByte(by[i:], '>')]
			b.WriteString(group(slices.Index(names, name)))
			i += len(name) + 1
		default:
			b.WriteByte('$')
			i--
		}
	}
	return b.String()
}

// A regular expression with the flag g goes on where its last match ended; a
// machine keeps the place, in bytes, as the only item.
func lastIndex(v value) *value {
	if v.items == nil || len(*v.items) == 0 || !strings.ContainsAny(v.more, "gy") {
		return nil
	}
	return &(*v.items)[0]
}

// found is what exec and match give: the groups, and where they stand.
func found(r expression, s string, at []int) value {
	items := []value{}
	named := newDictionary()
	names := r.SubexpNames()
	for g := 0; g+1 < len(at); g += 2 {
		item := value{kind: undefined}
		if at[g] >= 0 {
			item = textValue(s[at[g]:at[g+1]])
		}
		items = append(items, item)
		if name := names[g/2]; name != "" {
			*named.keys, *named.items = append(*named.keys, name), append(*named.items, item)
		}
	}
	about := newDictionary()
	*about.keys = append(*about.keys, "index", "input", "groups")
	*about.items = append(*about.items, numberValue(float64(length(s[:at[0]]))), textValue(s), named)
	return value{kind: array, items: &items, self: &about}
}

// regularExpressionMethod evaluates exec and test.
func (e *evaluator) regularExpressionMethod(self value, name string, args []argument) value {
	s, ok := words(args, 0, "undefined")
	if len(args) > 0 && args[0].kind >= closure {
		s, ok = e.textOf(args[0].value)
	}
	r := e.compiled(self)
	if name == "toString" {
		return textValue("/" + self.str + "/" + self.more)
	}
	if !ok || r == nil || name != "exec" && name != "test" || !e.Take(len(s)) {
		return value{}
	}
	from, place := 0, lastIndex(self)
	if place != nil {
		from = min(int(place.num), len(s))
	}
	at := r.FindStringSubmatchIndex(s[from:])
	if strings.Contains(self.more, "y") && at != nil && at[0] > 0 {
		at = nil
	}
	if place != nil {
		place.num = 0
		if at != nil {
			place.num = float64(from + max(at[1], at[0]+1))
		}
	}
	if name == "test" && at == nil {
		return booleanValue(false)
	}
	if at == nil {
		return value{kind: null}
	}
	for i := range at {
		if at[i] >= 0 {
			at[i] += from
		}
	}
	got := found(r, s, at)
	if e.machine != nil {
		e.machine.matched = *got.items
	}
	if name == "test" {
		return booleanValue(true)
	}
	return got
}

// matchedByOwn evaluates a method of a text by what its argument has of its own in place of
// what regular expressions have.
func (m *machine) matchedByOwn(s value, name string, args []argument) (value, bool) {
	by := args[0].value
	own, base := by, by
	switch by.kind {
	case regularExpression:
		own, _ = m.about(by)
	case dictionary:
		base, _ = itemOf(by, baseKey)
	default:
		return value{}, false
	}
	if method, ok := itemOf(own, symbolKey+"Symbol."+name); ok {
		return m.callFunctionOf(method, by, append([]argument{{value: s}}, args[1:]...)), true
	}
	exec, ok := itemOf(own, "exec")
	if !ok || exec.kind != closure || base.kind != regularExpression {
		return value{}, false
	}
	switch place := lastIndex(base); {
	case name == "match" && place == nil:
		return m.callFunctionOf(exec, by, []argument{{value: s}}), true
	case name == "matchAll" && place != nil:
		was := *place
		*place = numberValue(0)
		items := []value{}
		for len(items) < maxSupposed && !m.thrown && m.step(listSteps) {
			got := m.callFunctionOf(exec, by, []argument{{value: s}})
			if got.kind <= null {
				break
			}
			items = append(items, got)
		}
		*place = was
		return iteratorValue(items), true
	}
	return value{}, false
}

// matches evaluates match, matchAll and search of a text.
func (e *evaluator) matches(s, name string, args []argument) value {
	by := argumentOr(args, 0)
	if by.kind == text {
		by = value{kind: regularExpression, str: by.str}
	}
	r := e.compiled(by)
	if by.kind != regularExpression || r == nil || !e.Take(len(s)) {
		return value{}
	}
	switch {
	case name == "search":
		if at := r.FindStringSubmatchIndex(s); at != nil {
			return numberValue(float64(length(s[:at[0]])))
		}
		return numberValue(-1)
	case name == "match" && !strings.Contains(by.more, "g"):
		if at := r.FindStringSubmatchIndex(s); at != nil {
			return found(r, s, at)
		}
		return value{kind: null}
	}
	items := []value{}
	for _, at := range r.FindAllStringSubmatchIndex(s, maxItems/8) {
		if name == "matchAll" {
			items = append(items, found(r, s, at))
		} else {
			items = append(items, textValue(s[at[0]:at[1]]))
		}
	}
	switch {
	case name == "matchAll" && e.machine != nil:
		return iteratorValue(items)
	case len(items) == 0 && name == "match":
		return value{kind: null}
	}
	return arrayValue(items)
}

// splitBy splits a text; the groups of the separator are parts too.
func splitBy(r expression, s string) []value {
	if s == "" {
		return []value{textValue("")}
	}
	var items []value
	last := 0
	for _, at := range r.FindAllStringSubmatchIndex(s, maxItems/8) {
		if at[1] == at[0] && (at[0] == last || at[0] == len(s)) {
			if at[0] == 0 || at[0] == len(s) {
				continue
			}
		}
		items = append(items, textValue(s[last:at[0]]))
		last = at[1]
		for g := 2; g+1 < len(at); g += 2 {
			item := value{kind: undefined}
			if at[g] >= 0 {
				item = textValue(s[at[g]:at[g+1]])
			}
			items = append(items, item)
		}
	}
	return append(items, textValue(s[last:]))
}

// The methods of texts that make HTML of them: the elements they name, and the attributes
// that their arguments are put in.
var (
	markingTags       = map[string]string{"italics": "i", "bold": "b", "fixed": "tt", "big": "big", "small": "small", "strike": "strike", "sub": "sub", "sup": "sup", "blink": "blink"}
	markingAttributes = map[string][2]string{"anchor": {"a", "name"}, "link": {"a", "href"}, "fontcolor": {"font", "color"}, "fontsize": {"font", "size"}}
)

// marked evaluates the methods of texts that make HTML of them.
func marked(s, name string, args []argument) value {
	if tag, ok := markingTags[name]; ok {
		return textValue("<" + tag + ">" + s + "</" + tag + ">")
	}
	with, ok := markingAttributes[name]
	of, ok2 := words(args, 0, "undefined")
	if !ok || !ok2 {
		return value{}
	}
	return textValue("<" + with[0] + " " + with[1] + `="` + strings.ReplaceAll(of, `"`, html.EscapeString(`"`)) + `">` + s + "</" + with[0] + ">")
}
