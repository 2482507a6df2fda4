package php

import (
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// foldMessage is MessageFormatter::formatMessage, as ICU has it, of texts, small whole
// numbers, and what is chosen by them.
func foldMessage(b *script.Budget, a []value) value {
	if len(a) < 3 || a[2].kind != arrayKind {
		return value{}
	}
	pattern, ok := a[1].text()
	if !ok || !b.Take(len(pattern)) {
		return value{}
	}
	m := message{budget: b, values: a[2].array}
	s, ok := m.format(pattern, "", 0)
	if !ok {
		return value{}
	}
	return stringValue(s)
}

type message struct {
	budget *script.Budget
	values *array
}

// format is what a pattern comes to; number is what # stands for in a plural.
func (m *message) format(pattern, number string, depth int) (string, bool) {
	if depth > script.MaxNesting || !m.budget.Take(elementCost+len(pattern)) {
		return "", false
	}
	var out strings.Builder
	for at := 0; at < len(pattern); at++ {
		switch c := pattern[at]; {
		case c == '\'':
			text, end := quotedInMessage(pattern, at)
			out.WriteString(text)
			at = end
		case c == '#' && number != "":
			out.WriteString(number)
		case c == '{':
			end := closingBrace(pattern, at)
			if end < 0 {
				return "", false
			}
			text, ok := m.argument(pattern[at+1:end], depth)
			if !ok || !m.budget.Take(len(text)) {
				return "", false
			}
			out.WriteString(text)
			at = end
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), true
}

// quotedInMessage is what an apostrophe stands for, or what it quotes up to the next
// one, and where that ends.
func quotedInMessage(pattern string, at int) (text string, end int) {
	rest := pattern[at+1:]
	if rest == "" || strings.IndexByte("'{}#|", rest[0]) < 0 {
		return "'", at
	}
	if rest[0] == '\'' {
		return "'", at + 1
	}
	text, _, _ = strings.Cut(rest, "'")
	return text, min(at+1+len(text), len(pattern)-1)
}

// closingBrace is where the brace ends that opens at a place; -1 where it does not.
func closingBrace(pattern string, at int) int {
	depth := 0
	for ; at < len(pattern); at++ {
		switch pattern[at] {
		case '\'':
			_, at = quotedInMessage(pattern, at)
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return at
			}
		}
	}
	return -1
}

// argument is what stands for {name}, {name, number} or {name, select, a {...} other {...}}.
func (m *message) argument(text string, depth int) (string, bool) {
	name, rest, _ := strings.Cut(text, ",")
	kind, style, _ := strings.Cut(rest, ",")
	name, kind = strings.TrimSpace(name), strings.TrimSpace(kind)
	v := value{}
	if k, ok := keyOf(stringValue(name)); ok {
		if i := m.values.find(k); i >= 0 {
			v = m.values.values[i].there()
		} else if kind == "" && !m.values.partial && !m.values.open {
			return "{" + name + "}", true
		}
	}
	given, ok := v.text()
	if !ok {
		return "", false
	}
	const grouped = 1000 // from which on the language says how it is written
	n, err := strconv.ParseInt(given, 10, 64)
	small := err == nil && n > -grouped && n < grouped
	switch kind {
	case "":
		return given, v.kind == stringKind || small
	case "number":
		style = strings.TrimSpace(style)
		return given, small && (style == "" || style == "integer")
	case "select":
		return m.choose(style, "", depth, given)
	case "plural", "selectordinal":
		if !small {
			return "", false
		}
		exactly, one := "="+given, "other"
		if n == 1 {
			one = "one"
		}
		return m.choose(style, given, depth, exactly, one)
	}
	return "", false
}

// choose formats the first of some choices that there is, or else that for all others.
func (m *message) choose(choices, number string, depth int, names ...string) (string, bool) {
	all := map[string]string{}
	for {
		at := strings.IndexByte(choices, '{')
		if at < 0 {
			break
		}
		end := closingBrace(choices, at)
		if end < 0 || !m.budget.Take(elementCost) {
			return "", false
		}
		name := strings.TrimSpace(choices[:at])
		if strings.Contains(name, ":") { // offset:1
			return "", false
		}
		all[name] = choices[at+1 : end]
		choices = choices[end+1:]
	}
	for _, name := range append(names, "other") {
		if pattern, ok := all[name]; ok {
			return m.format(pattern, number, depth+1)
		}
	}
	return "", false
}
