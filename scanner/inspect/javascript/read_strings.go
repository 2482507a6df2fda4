package javascript

import (
	"bytes"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// string writes the value of the tokens [i, end) as a string, or as what becomes
// of it where it stands.
func (r *reader) string(i, end uint32, v value) {
	start, stop := int(r.tokens[i].start), int(r.tokens[end-1].end)
	if (v.decoded || end > i+1 && !v.plain) && moduleName(v.str) == "child_process" { // nobody else hides its name
		r.met(script.Module, "child_process", i, end, true)
	}
	if r.kind(i-1) == js.ThrowToken {
		r.replace(`""`, start, stop)
		return
	}
	if n := len(r.open); n > 0 {
		switch top := r.open[n-1]; top.role {
		case shownRole:
			r.replace(`""`, start, stop)
			return
		case commandRole:
			if line := commandLine(v.str); line != v.str && top.argument == 0 && r.kind(i-1) == js.OpenParenToken && r.Take(len(line)) {
				r.replace(script.Quote(line), start, stop)
				return
			}
		case codeRole, valueRole, contextRole, objectRole, lastCodeRole:
			before := r.kind(i - 1)
			whole := (before == js.OpenParenToken || before == js.CommaToken) && (top.close == end || r.kind(end) == js.CommaToken)
			if whole && (top.role != lastCodeRole && top.argument == 0 || top.role == lastCodeRole && top.close == end) && r.script(v, start, stop) {
				r.noteInlined(top, i, v.str)
				return
			}
		}
	}
	if v.decoded && looksLikeScript(v.str) && r.script(v, start, stop) {
		return
	}
	if end == i+1 && (r.kind(i) == js.StringToken || r.kind(i) == js.TemplateToken) {
		r.literal(start, stop, v.str)
		return
	}
	if !r.Take(len(v.str)) {
		if r.kind(i) == js.StringToken {
			first := r.stringAt(i)
			r.literal(start, int(r.tokens[i].end), first.str)
		}
		return
	}
	r.replace(script.Quote(v.str), start, stop)
}

// literalAlone writes a string without escapes that goes into nothing larger and of
// which nothing becomes where it stands, as most are; else it returns false.
func (r *reader) literalAlone(i uint32) bool {
	switch r.kind(i + 1) {
	case js.CommaToken, js.SemicolonToken, js.ColonToken, js.CloseParenToken, js.CloseBracketToken, js.CloseBraceToken:
	default:
		return false
	}
	if n := len(r.open); n > 0 && r.open[n-1].role != plainRole || r.kind(i-1) == js.ThrowToken {
		return false
	}
	t := r.tokens[i]
	raw := r.src[t.start+1 : t.end-1]
	if bytes.IndexByte(raw, '\\') >= 0 {
		return false
	}
	r.literal(int(t.start), int(t.end), string(raw))
	return true
}

// literal writes a string that stands in [start, stop) with its own quotes.
func (r *reader) literal(start, stop int, s string) {
	raw := r.src[start+1 : stop-1]
	if !bytes.ContainsAny(raw, "\\\"\n\r\x00") {
		if r.src[start] == '"' {
			return // as it stands
		}
		r.flush(start)
		r.builder.Copied([]byte{'"'}, start)
		r.builder.Copied(raw, start+1)
		r.builder.Copied([]byte{'"'}, stop-1)
		r.copied = stop
		return
	}
	r.replace(script.Quote(s), start, stop)
}

// templatePart writes a part of a template with a hole, and the holes behind it
// that are constant.
func (r *reader) templatePart(i uint32) uint32 {
	t := r.tokens[i]
	start, stop := int(t.start), int(t.end)
	s, _ := r.partAt(i, false)
	before := ""
	if t.kind() == js.TemplateMiddleToken || t.kind() == js.TemplateEndToken {
		for len(r.open) > 0 && r.open[len(r.open)-1].close <= i {
			r.open = r.open[:len(r.open)-1]
		}
		before = " + "
	}
	end := i
	for k := r.kind(end); (k == js.TemplateStartToken || k == js.TemplateMiddleToken) && r.tokens[end].ref > end; k = r.kind(end) {
		next := r.tokens[end].ref
		v, after, ok := r.expression(end+1, precedenceAssign)
		if !ok || after != next {
			break
		}
		more, ok := v.string()
		part, _ := r.partAt(next, false)
		if !ok || strings.Contains(more, dirname) || !r.Take(len(s)+len(more)+len(part)) {
			break
		}
		s += more + part
		end, stop = next, int(r.tokens[next].end)
	}
	open := r.kind(end) == js.TemplateStartToken || r.kind(end) == js.TemplateMiddleToken
	role := plainRole
	if n := len(r.open); n > 0 {
		role = r.open[n-1].role
	}
	if role == shownRole || r.kind(i-1) == js.ThrowToken {
		s = ""
	}
	text := before
	if before == "" || s != "" {
		text += script.Quote(s)
		if open {
			text += " + "
		}
	} else if !open {
		text = ""
	}
	r.replace(text, start, stop)
	if open && r.tokens[end].ref > end {
		r.open = append(r.open, opened{close: r.tokens[end].ref, template: true})
	}
	return end + 1
}

// looksLikeScript tells whether a text that was decoded is worth reading as a
// script.
func looksLikeScript(s string) bool {
	return len(s) > 8 && (strings.Contains(s, "require(") || strings.Contains(s, "import ") || strings.Contains(s, "import(") ||
		strings.Contains(s, "eval(") || strings.Contains(s, "process.") || strings.Contains(s, "atob("))
}

// isData tells a data: address. URLs have blanks before the scheme, tabs and lines anywhere
// and letters of either case in it (url.spec.whatwg.org, 4.4).
func isData(address string) bool {
	const scheme = "data:"
	address = strings.TrimLeftFunc(address, func(c rune) bool { return c <= ' ' })
	for at := 0; at < len(scheme); address = address[1:] {
		switch {
		case address == "":
			return false
		case address[0]|0x20 == scheme[at] && address[0] >= ':':
			at++
		case strings.IndexByte(notInURLs, address[0]) < 0:
			return false
		}
	}
	return true
}

// notInURLs is what a URL is read without.
const notInURLs = "\t\n\r"

// dataScript returns the script in a data: address (RFC 2397).
func dataScript(address string) string {
	if strings.ContainsAny(address, notInURLs) {
		address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
	}
	_, data, _ := strings.Cut(address, ":")
	kind, data, ok := strings.Cut(data, ",")
	if !ok {
		return ""
	}
	if data = script.DecodePercent(data); strings.HasSuffix(kind, ";base64") {
		data = nodeBase64(data)
	}
	return data
}

// script writes a text as the script that it is, where it stands.
func (r *reader) script(v value, start, stop int) bool {
	if isData(v.str) {
		v.str, v.plain = dataScript(v.str), false
	}
	if !r.Nest(r.nested, len(v.str)) {
		return false
	}
	var given map[string]value
	if n := len(r.open); n > 0 {
		given = r.given[r.tokens[r.open[n-1].close].ref]
	}
	inner := readScript([]byte(v.str), r.Budget, r.nested+1, given)
	if !r.Take(len(inner.Text)) {
		return false
	}
	if inner.Problem != "" && r.problem == "" {
		r.problem = inner.Problem
	}
	for _, u := range inner.Uses {
		u.Start, u.End = start, stop
		u.Hidden = u.Hidden || !v.plain
		r.scripts = append(r.scripts, u)
	}
	r.replace(string(inner.Text), start, stop)
	return true
}

// readCode reads a script that stands nowhere in the text for what it does.
func (r *reader) readCode(c codeText) {
	if isData(c.text) {
		c.text = dataScript(c.text)
	}
	if !r.Nest(r.nested, len(c.text)) {
		return
	}
	start, end := int(r.tokens[c.start].start), int(r.tokens[c.end-1].end)
	if c.given == nil && c.open > 0 {
		c.given = r.given[c.open]
	}
	for _, u := range readScript([]byte(c.text), r.Budget, r.nested+1, c.given).Uses {
		u.Start, u.End, u.Hidden = start, end, true
		r.scripts = append(r.scripts, u)
	}
}
