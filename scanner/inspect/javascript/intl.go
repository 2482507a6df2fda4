package javascript

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// What Intl makes of texts and numbers in English.

// collate compares two texts as a dictionary has them: by their letters, then the
// small ones first; if numeric, digits by their number.
func collate(s, t string, numeric bool) int {
	a, b := strings.ToLower(s), strings.ToLower(t)
	for a != "" && b != "" {
		var x, y string
		if numeric {
			x, y = leadingDigits(a), leadingDigits(b)
		}
		if x == "" || y == "" {
			if a[0] != b[0] {
				return cmp.Compare(order(a[0]), order(b[0]))
			}
			a, b = a[1:], b[1:]
			continue
		}
		if p, q := strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0"); p != q {
			return cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q))
		}
		a, b = a[len(x):], b[len(y):]
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), -strings.Compare(s, t))
}

func leadingDigits(s string) string { return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))] }

// order puts signs before digits and these before letters.
func order(c byte) int {
	if c < '0' || c > '9' && c < 'a' || c > 'z' && c < 0x80 {
		return int(c)
	}
	return 0x100 + int(c)
}

// plural is the category of a number, such as "one".
func plural(n float64, ordinal bool) string {
	if !ordinal {
		if n == 1 {
			return "one"
		}
		return "other"
	}
	tens := math.Mod(n, 100)
	switch ones := math.Mod(n, 10); {
	case ones == 1 && tens != 11:
		return "one"
	case ones == 2 && tens != 12:
		return "two"
	case ones == 3 && tens != 13:
		return "few"
	}
	return "other"
}

// segments takes a text apart as Intl.Segmenter does: into what is read as one
// character, or into words and what stands between them.
func segments(s, granularity string) value {
	next := uniseg.FirstGraphemeClusterInString
	switch granularity {
	case "word":
		next = func(s string, state int) (part, rest string, width, newState int) {
			part, rest, newState = uniseg.FirstWordInString(s, state)
			return part, rest, 0, newState
		}
	case "sentence":
		next = func(s string, state int) (part, rest string, width, newState int) {
			part, rest, newState = uniseg.FirstSentenceInString(s, state)
			return part, rest, 0, newState
		}
	}
	var items []value
	for at, state := 0, -1; s != ""; {
		var part string
		part, s, _, state = next(s, state)
		items = append(items, objectOf("segment", textValue(part), "index", numberValue(float64(at))))
		at += length(part)
	}
	return arrayValue(items)
}

// listed writes a list of texts as Intl.ListFormat does.
func listed(items []value, options value) value {
	comma, last, two := ", ", ", and ", " and "
	kind, style := itemText(options, "type"), itemText(options, "style")
	switch {
	case kind == "disjunction":
		last, two = ", or ", " or "
	case kind == "unit" && style == "narrow":
		comma, last, two = " ", " ", " "
	case kind == "unit" || style == "narrow":
		last, two = ", ", ", "
	case style == "short":
		last, two = ", & ", " & "
	}
	var b strings.Builder
	for i, item := range items {
		switch {
		case item.kind != text:
			return value{}
		case i == 0:
		case len(items) == 2:
			b.WriteString(two)
		case i == len(items)-1:
			b.WriteString(last)
		default:
			b.WriteString(comma)
		}
		b.WriteString(item.str)
	}
	return textValue(b.String())
}

// grouped writes a number as Intl.NumberFormat does, if it has no unit.
func grouped(n float64, options value) value {
	most, least := 3, 0
	switch itemText(options, "style") {
	case "", "decimal":
	case "percent":
		n, most = n*100, 0
	default:
		return value{}
	}
	if _, compact := itemOf(options, "notation"); compact || math.Abs(n) > 1<<53 || math.IsNaN(n) {
		return value{}
	}
	if v, ok := itemOf(options, "minimumFractionDigits"); ok {
		least = min(max(0, int(v.num)), 100)
		most = max(most, least)
	}
	if v, ok := itemOf(options, "maximumFractionDigits"); ok {
		most = min(max(0, int(v.num)), 100)
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(n), 'f', most, 64), ".")
	for len(fraction) > least && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if v, ok := itemOf(options, "useGrouping"); !ok || v.kind != boolean || v.num != 0 {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if n < 0 {
		whole = "-" + whole
	}
	if itemText(options, "style") == "percent" {
		whole += "%"
	}
	return textValue(whole)
}
