package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// How parse_ini_string reads values.
const (
	iniNormal = 0
	iniRaw    = 1 // as they stand
	iniTyped  = 2 // true, null and numbers are what they are
)

// parsedINI is parse_ini_string. What names stand for, of constants and, in ${}, of
// settings and the environment, of tells; it may be nil.
func parsedINI(b *script.Budget, a []value, of func(name string, setting bool) value) value {
	if len(a) == 0 || !a[0].known() {
		return value{}
	}
	text, ok := a[0].text()
	if !ok || !b.Take(4*len(text)) {
		return value{}
	}
	sections, mode := false, int64(iniNormal)
	if len(a) > 1 {
		sections, _ = a[1].truth()
	}
	if len(a) > 2 {
		mode, _ = a[2].number()
	}
	out := newArray(0)
	section := out // where sections are asked for
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		line = strings.TrimSpace(line)
		if line == "" || line[0] == ';' || line[0] == '#' || !b.Take(elementCost) {
			continue
		}
		if line[0] == '[' {
			if name, _, ok := strings.Cut(line[1:], "]"); ok && sections {
				section = newArray(0)
				k, _ := keyOf(stringValue(strings.Trim(name, `"'`)))
				out.set(k, section.value())
			}
			continue
		}
		name, written, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		for q := openQuote(written); q != 0 && mode != iniRaw && text != ""; q = openQuote(written) { // it goes on in the next line
			var more string
			more, text, _ = strings.Cut(text, "\n")
			if written += "\n" + more; !b.Take(len(written)) {
				return value{}
			}
		}
		v := iniValue(strings.TrimSpace(written), mode, of)
		if !ok {
			v = value{kind: nullKind}
		}
		name, inner, isList := strings.Cut(name, "[")
		k, _ := keyOf(stringValue(name))
		if !isList {
			section.set(k, v)
			continue
		}
		i := section.find(k)
		if i < 0 || section.values[i].kind != arrayKind {
			section.set(k, newArray(0).value())
			i = section.find(k)
		}
		list := section.values[i].array
		if inner = strings.Trim(strings.TrimSuffix(inner, "]"), `"'`); inner == "" {
			list.append(v)
		} else if k, ok := keyOf(stringValue(inner)); ok {
			list.set(k, v)
		}
	}
	return out.value()
}

// openQuote is the quote without its end in a value, 0 for none.
func openQuote(s string) (quote byte) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == ';':
			return 0
		case c == '"' || c == '\'':
			quote = c
		}
	}
	return quote
}

// iniValue is what stands behind the equals sign: words and texts in quotes, which are
// put together.
func iniValue(s string, mode int64, of func(name string, setting bool) value) value {
	if mode == iniRaw {
		if s != "" && (s[0] == '"' || s[0] == '\'') {
			if i := strings.IndexByte(s[1:], s[0]); i >= 0 {
				return stringValue(s[1 : i+1])
			}
		}
		s, _, _ = strings.Cut(s, ";")
		return stringValue(strings.TrimSpace(s))
	}
	var sum pieces
	bare := true
	whole, _, _ := strings.Cut(s, ";")
	for s != "" && s[0] != ';' {
		switch {
		case s[0] == '\'':
			text, rest, _ := strings.Cut(s[1:], "'")
			sum.add(text)
			s, bare = rest, false
		case s[0] == '"':
			bare = false
			s = s[1:]
			for s != "" && s[0] != '"' {
				switch {
				case s[0] == '\\' && len(s) > 1 && (s[1] == '"' || s[1] == '\\'):
					sum.add(s[1:2])
					s = s[2:]
				case strings.HasPrefix(s, "${"):
					s = iniSetting(&sum, s, of)
				default:
					sum.add(s[:1])
					s = s[1:]
				}
			}
			s = strings.TrimPrefix(s, `"`)
		case strings.HasPrefix(s, "${"):
			bare = false
			s = iniSetting(&sum, s, of)
		case isSpace(s[0]):
			n := len(s) - len(strings.TrimLeft(s, " \t\r"))
			if n < len(s) && s[n] != ';' && s[n] != '"' && s[n] != '\'' && len(sum.text) > 0 && bare {
				sum.add(s[:n])
			}
			s = s[n:]
		default:
			n := strings.IndexAny(s, " \t\r;\"'$")
			if n < 0 {
				n = len(s)
			}
			n = max(n, 1)
			word := s[:n]
			s = s[n:]
			if v := iniWord(word, of); v.kind != unknownKind {
				sum.put(v)
			} else {
				sum.add(word)
			}
		}
	}
	if word := lower(strings.TrimSpace(whole)); bare {
		switch word {
		case "true", "on", "yes":
			if mode == iniTyped {
				return boolValue(true)
			}
			return stringValue("1")
		case "false", "off", "no", "none", "null":
			switch {
			case mode == iniTyped && word == "null":
				return value{kind: nullKind}
			case mode == iniTyped:
				return boolValue(false)
			}
			return stringValue("")
		}
		if mode == iniTyped && word != "" && len(word) < 18 && strings.Trim(word, "0123456789") == "" {
			return integerValue(leadingInteger(word))
		}
	}
	return sum.value()
}

// iniWord is the constant that a word names, unknown where it names none.
func iniWord(word string, of func(string, bool) value) value {
	if of == nil || !isName(word) {
		return value{}
	}
	return of(word, false)
}

// iniSetting puts in what ${name} stands for, and returns what follows it.
func iniSetting(sum *pieces, s string, of func(string, bool) value) string {
	name, rest, _ := strings.Cut(s[len("${"):], "}")
	if of != nil {
		sum.put(of(name, true))
	} else {
		sum.put(value{})
	}
	return rest
}

// ofSettings tells what names in a file of settings stand for.
func (r *reader) ofSettings(name string, setting bool) value {
	if !setting {
		v := r.constantNamed(name)
		if v = known(v, name); v.scalar() {
			return v
		}
		return value{}
	}
	if v := r.setting("ini_get", stringValue(name), value{}); v.known() {
		return v
	}
	return r.setting("getenv", stringValue(name), value{})
}
