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
