package php

import (
	"encoding/csv"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

func foldExport(b *script.Budget, a []value) value {
	if len(a) != 2 {
		return value{}
	}
	s, ok := exported(b, a[0], 0)
	if !ok {
		return value{}
	}
	return stringValue(s)
}

// exported is a value as PHP writes it.
func exported(b *script.Budget, v value, depth int) (string, bool) {
	if depth > script.MaxNesting || !b.Take(elementCost) {
		return "", false
	}
	switch v.kind {
	case nullKind:
		return "NULL", true
	case boolKind:
		return strconv.FormatBool(v.n != 0), true
	case intKind:
		return v.text()
	case arrayKind:
		out := "array ("
		for i, e := range v.array.values {
			k, _ := exported(b, v.array.key(i).value(), depth+1)
			s, ok := exported(b, e, depth+1)
			if !ok || !b.Take(len(out)+len(s)) {
				return "", false
			}
			out += "\n  " + k + " => " + s + ","
		}
		return out + "\n)", true
	case stringKind:
		if !b.Take(len(v.s)) {
			return "", false
		}
		return exportedText(v.s), true
	}
	return "", false
}

func exportedText(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// foldPrinted is print_r that returns what it would print.
func foldPrinted(b *script.Budget, a []value) value {
	if len(a) != 2 || a[1].n == 0 {
		return value{}
	}
	s, ok := printed(b, a[0], 0)
	if !ok {
		return value{}
	}
	return stringValue(s)
}

func foldCSV(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(len(s[0])) {
		return value{}
	}
	r := csv.NewReader(strings.NewReader(s[0]))
	r.LazyQuotes = true
	if len(s) > 1 && len(s[1]) == 1 && strings.IndexByte("\r\n\"", s[1][0]) < 0 {
		r.Comma = rune(s[1][0])
	}
	fields, err := r.Read()
	if err != nil {
		return value{}
	}
	return listOf(b, fields)
}

// foldSscanf knows %s, %d, %c and sets of characters.
func foldSscanf(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil || !b.Take(len(s[0])+len(s[1])) {
		return value{}
	}
	text, format := s[0], s[1]
	out := newArray(0)
	for i := 0; i < len(format); i++ {
		c := format[i]
		switch {
		case c == ' ':
			text = strings.TrimLeft(text, " \t\r\n")
		case c != '%':
			if !strings.HasPrefix(text, format[i:i+1]) {
				return out.value()
			}
			text = text[1:]
		case i+1 < len(format):
			i++
			end := digitsEnd([]byte(format), i, "0123456789")
			width := len(text)
			if end > i && end < len(format) {
				width = int(min(leadingInteger(format[i:end]), int64(width)))
				i = end
			}
			piece := text[:width]
			is := func(c byte) bool { return !isSpace(c) }
			switch format[i] {
			case 's':
			case 'c':
				is = func(byte) bool { return true }
				piece = text[:min(1, len(text))]
			case 'd', 'u', 'i':
				is = func(c byte) bool { return isDigit(c) || c == '-' }
			case 'x', 'X':
				is = func(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
			case 'o':
				is = func(c byte) bool { return '0' <= c && c <= '7' }
			case '[':
				end := strings.IndexByte(format[i+1:], ']')
				if end < 0 {
					return value{}
				}
				set := format[i+1 : i+1+end]
				i += end + 1
				is = func(c byte) bool { return inSet(set, c) }
			default:
				return value{}
			}
			n := 0
			for n < len(piece) && is(piece[n]) {
				n++
			}
			v := stringValue(text[:n])
			if base := map[byte]int64{'x': 16, 'X': 16, 'o': 8, 'd': 10, 'u': 10}[format[i]]; base > 0 {
				v = inBase([]value{v}, base)
				if strings.HasPrefix(text, "-") {
					v.n = -v.n
				}
			}
			out.append(v)
			text = text[n:]
		}
	}
	return out.value()
}

// inSet tells whether a character is in a set such as ^a-z.
func inSet(set string, c byte) bool {
	set, not := strings.CutPrefix(set, "^")
	in := false
	for i := 0; i < len(set); i++ {
		if i+2 < len(set) && set[i+1] == '-' {
			in = in || set[i] <= c && c <= set[i+2]
			i += 2
			continue
		}
		in = in || set[i] == c
	}
	return in != not
}

// foldStrtok is the first piece of a string.
func foldStrtok(_ *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil {
		return value{}
	}
	text := strings.TrimLeft(s[0], s[1])
	if i := strings.IndexAny(text, s[1]); i >= 0 {
		text = text[:i]
	}
	return stringValue(text)
}
