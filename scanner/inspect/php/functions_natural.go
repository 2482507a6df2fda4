package php

import (
	"cmp"
	"strings"

	"plugvet/scanner/inspect/script"
)

// natural compares two texts as people do: numbers in them by what they come to.
func natural(a, b string) int {
	for a != "" && b != "" {
		n, m := leadingDigits(a), leadingDigits(b)
		if n > 0 && m > 0 {
			x, y := strings.TrimLeft(a[:n], "0"), strings.TrimLeft(b[:m], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[n:], b[m:]
			continue
		}
		if c := cmp.Compare(a[0], b[0]); c != 0 {
			return c
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func leadingDigits(s string) (n int) {
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// Flags of the functions that sort.
const (
	sortNatural  = 6
	sortFoldCase = 8
)

const sortAsText = 2 // SORT_STRING

// orderOf is how a sorting function that is given flags compares.
func orderOf(name string, flags int64) func(x, y value) (int, bool) {
	if strings.HasPrefix(name, "nat") {
		flags = sortNatural
	}
	if name == "natcasesort" {
		flags |= sortFoldCase
	}
	if flags&^sortFoldCase != sortNatural && flags&sortFoldCase == 0 && flags != sortAsText {
		return nil
	}
	return func(x, y value) (int, bool) {
		s, ok1 := x.text()
		t, ok2 := y.text()
		if flags&sortFoldCase != 0 {
			s, t = lower(s), lower(t)
		}
		if flags&^sortFoldCase == sortNatural {
			return natural(s, t), ok1 && ok2
		}
		return strings.Compare(s, t), ok1 && ok2
	}
}

// foldCompareFirst is strncmp: of the first letters.
func foldCompareFirst(fold bool) foldFunction {
	return func(_ *script.Budget, a []value) value {
		s := texts(a, 3)
		if s == nil {
			return value{}
		}
		n, ok := a[2].number()
		if !ok || n < 0 {
			return value{}
		}
		x, y := s[0][:min(int64(len(s[0])), n)], s[1][:min(int64(len(s[1])), n)]
		if fold {
			x, y = lower(x), lower(y)
		}
		return integerValue(int64(strings.Compare(x, y)))
	}
}

// foldNumberFormat is number_format.
func foldNumberFormat(b *script.Budget, a []value) value {
	if len(a) == 0 || !a[0].scalar() {
		return value{}
	}
	places, point, thousands := int64(0), ".", ","
	if len(a) > 1 {
		places, _ = a[1].number()
	}
	if len(a) > 2 {
		point, _ = a[2].text()
	}
	if len(a) > 3 {
		thousands, _ = a[3].text()
	}
	const most = 32
	f, ok := asFloat(a[0])
	if n, isNumber := a[0].number(); !ok && isNumber {
		f = float64(n)
	}
	if places < 0 || places > most || f >= 1e18 || f <= -1e18 || !b.Take(most*(1+len(point)+len(thousands))) {
		return value{}
	}
	text := formatFloat(f, int(places))
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	var parts []string
	for len(whole) > 3 {
		parts = append([]string{whole[len(whole)-3:]}, parts...)
		whole = whole[:len(whole)-3]
	}
	out := sign + strings.Join(append([]string{whole}, parts...), thousands)
	if places > 0 {
		out += point + fraction
	}
	return stringValue(out)
}
