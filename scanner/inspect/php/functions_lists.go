package php

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

func foldCount(_ *script.Budget, a []value) value {
	if len(a) != 1 || a[0].kind != arrayKind || a[0].array.open {
		return value{}
	}
	return integerValue(int64(len(a[0].array.values)))
}

// foldImplode joins a list; PHP 7 took its arguments in either order.
func foldImplode(b *script.Budget, a []value) value {
	glue := ""
	var list *array
	for _, v := range a {
		if v.kind == arrayKind {
			list = v.array
		} else {
			glue, _ = v.text()
		}
	}
	if list == nil || len(a) > 2 {
		return value{}
	}
	return foldEachList(b, list.values, func(values []value) value {
		var out pieces
		for i, v := range values {
			if part, _ := v.text(); !b.Take(1 + len(glue) + len(part)) {
				return value{}
			}
			if i > 0 {
				out.add(glue)
			}
			out.put(v)
		}
		return out.value()
	})
}

// foldEachList is what comes of a list, or of each that it is where its values may be some
// constants.
func foldEachList(b *script.Budget, values []value, fold func(values []value) value) (v value) {
	most := mostChoices(values)
	if most == 0 {
		return fold(values)
	}
	if !b.Take(16 * (most + 1) * len(values)) {
		return value{}
	}
	for n := range most {
		v = either(v, fold(chosen(values, n)))
	}
	return v
}

// mostChoices is of how many constants a value may be one, for the value with the most.
func mostChoices(values []value) (most int) {
	for _, v := range values {
		most = max(most, len(v.oneOf()))
	}
	return most
}

// chosen are values with the n-th of the constants that each may be, or the last.
func chosen(values []value, n int) []value {
	out := slices.Clone(values)
	for i, v := range values {
		if choices := v.oneOf(); len(choices) > 0 {
			out[i] = choices[min(n, len(choices)-1)]
		}
	}
	return out
}

// pieces are a text that is put together, of which parts may not be known.
type pieces struct {
	prefix string // before the first that is not
	text   []byte // behind the last that is not
	open   bool
	marks  marks
	ofFile marks // fromFile where nothing but a file gives it
}

func (p *pieces) add(text string) {
	p.text = append(p.text, text...)
	if text != "" {
		p.ofFile = 0
	}
}

func (p *pieces) put(v value) {
	if text, known := v.text(); known {
		p.add(text)
		return
	}
	if !p.open {
		p.prefix, p.open = string(p.text)+v.prefix(), true
		if len(p.text) == 0 {
			p.ofFile = fromFile
		}
	}
	p.text = append(p.text[:0], v.suffix()...)
	p.marks |= v.marks.partOf()
	p.ofFile &= v.marks
}

func (p *pieces) value() value {
	if p.open {
		return between(p.prefix, string(p.text), p.marks|p.ofFile)
	}
	return stringValue(string(p.text))
}

// listOf makes a list of strings.
func listOf(b *script.Budget, parts []string) value {
	const each = 64 // bytes that an element takes
	if !b.Take(len(parts) * each) {
		return value{}
	}
	out := newArray(len(parts))
	for _, p := range parts {
		out.append(stringValue(p))
	}
	return out.value()
}

func foldExplode(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil || s[0] == "" || !b.Take(len(s[1])) {
		return value{}
	}
	if len(a) < 3 {
		return listOf(b, strings.Split(s[1], s[0]))
	}
	most, ok := a[2].number()
	parts := strings.Split(s[1], s[0])
	switch n := int64(len(parts)); {
	case !ok:
		return value{}
	case most < 0: // all but the last
		parts = parts[:max(0, n+max(most, -n))]
	default:
		parts = strings.SplitN(s[1], s[0], int(max(1, min(most, n))))
	}
	return listOf(b, parts)
}

func foldStrSplit(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	s, ok := a[0].text()
	size := int64(1)
	if len(a) > 1 {
		size, _ = a[1].number()
	}
	if !ok || size < 1 || !b.Take(len(s)) {
		return value{}
	}
	var parts []string
	for len(s) > 0 {
		n := int(min(size, int64(len(s))))
		parts = append(parts, s[:n])
		s = s[n:]
	}
	return listOf(b, parts)
}

func foldArrayReverse(b *script.Budget, a []value) value {
	if len(a) == 0 || a[0].kind != arrayKind {
		return value{}
	}
	in := a[0].array
	if !b.Take(64 * len(in.values)) {
		return value{}
	}
	out := newArray(len(in.values))
	for i := len(in.values) - 1; i >= 0; i-- {
		out.put(in.key(i), in.values[i])
	}
	return out.value()
}

// put adds an element of another array: under its key where that is a name, and behind
// the others where it is a number.
func (a *array) put(k arrayKey, v value) {
	if k.s == "" {
		k.n = a.next
	}
	a.set(k, v)
}

func foldArrayMerge(b *script.Budget, a []value) value {
	out := newArray(0)
	for _, v := range a {
		if v.kind != arrayKind || !b.Take(64*len(v.array.values)) {
			return value{}
		}
		for i, e := range v.array.values {
			out.put(v.array.key(i), e)
		}
		out.partial = out.partial || v.array.partial
	}
	return out.value()
}

// foldRange counts from a number or a letter to another.
func foldRange(b *script.Budget, a []value) value {
	if len(a) != 2 {
		return value{}
	}
	letters := a[0].kind == stringKind && a[1].kind == stringKind && len(a[0].s) == 1 && len(a[1].s) == 1 && !isDigit(a[0].s[0])
	from, ok1 := a[0].number()
	to, ok2 := a[1].number()
	if letters {
		from, to = int64(a[0].s[0]), int64(a[1].s[0])
	}
	const most = 1 << 16
	if !ok1 || !ok2 || from > math.MaxInt32 || from < math.MinInt32 || max(to-from, from-to) > most || to > math.MaxInt32 || to < math.MinInt32 {
		return value{}
	}
	step := int64(1)
	if to < from {
		step = -1
	}
	if !b.Take(64 * int(max(to-from, from-to)+1)) {
		return value{}
	}
	out := newArray(0)
	for n := from; ; n += step {
		if letters {
			out.append(stringValue(string([]byte{byte(n)})))
		} else {
			out.append(integerValue(n))
		}
		if n == to {
			return out.value()
		}
	}
}

func foldStrReplace(b *script.Budget, a []value) value {
	if len(a) != 3 {
		return value{}
	}
	s, ok := a[2].text()
	if !ok {
		return value{}
	}
	from, to := listOrOne(a[0]), listOrOne(a[1])
	if from == nil || to == nil {
		return value{}
	}
	for i, f := range from {
		t := ""
		switch {
		case a[1].kind != arrayKind:
			t = to[0]
		case i < len(to):
			t = to[i]
		}
		if f == "" {
			continue
		}
		size := len(s)
		if n := strings.Count(s, f); len(t) > len(f) {
			size += n * (len(t) - len(f))
		}
		if !b.Take(len(s)) || !b.Take(size) {
			return value{}
		}
		s = strings.ReplaceAll(s, f, t)
	}
	return stringValue(s)
}

// foldStrIreplace is str_ireplace.
func foldStrIreplace(b *script.Budget, a []value) value {
	if len(a) == 3 && a[0].kind == arrayKind {
		v := a[2]
		for i, from := range a[0].array.values {
			to := a[1]
			if to.kind == arrayKind {
				if to = stringValue(""); i < len(a[1].array.values) {
					to = a[1].array.values[i]
				}
			}
			v = foldStrIreplace(b, []value{from, to, v})
		}
		return v
	}
	s := texts(a, 3)
	if len(s) != 3 || s[0] == "" || !b.Take(len(s[2])+strings.Count(lower(s[2]), lower(s[0]))*len(s[1])) {
		return value{}
	}
	var out strings.Builder
	text := s[2]
	for {
		at := indexFold(text, s[0])
		if at < 0 || !b.Take(len(text)) {
			out.WriteString(text)
			return stringValue(out.String())
		}
		out.WriteString(text[:at])
		out.WriteString(s[1])
		text = text[at+len(s[0]):]
	}
}

// foldFiltered is filter_var, which leaves a name as it is.
func foldFiltered(_ *script.Budget, a []value) value {
	if len(a) == 0 || a[0].kind != stringKind || len(a) > 2 {
		return value{}
	}
	return a[0]
}

// listOrOne is an array of strings, or the one string; nil where it is neither.
func listOrOne(v value) []string {
	if v.kind == arrayKind {
		if out := texts(v.array.values, 0); out != nil {
			return out
		}
		return nil
	}
	return texts([]value{v}, 1)
}

// foldStrtr replaces letters, or with an array, the longest keys first.
func foldStrtr(b *script.Budget, a []value) value {
	if len(a) < 2 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok || !b.Take(len(s)) {
		return value{}
	}
	if len(a) == 3 {
		from, ok1 := a[1].text()
		to, ok2 := a[2].text()
		if !ok1 || !ok2 {
			return value{}
		}
		var table [256]byte
		for i := range table {
			table[i] = byte(i)
		}
		for i := range min(len(from), len(to)) {
			table[from[i]] = to[i]
		}
		out := []byte(s)
		for i, c := range out {
			out[i] = table[c]
		}
		return stringValue(string(out))
	}
	if a[1].kind != arrayKind {
		return value{}
	}
	pairs := make(map[string]string)
	longest := 0
	for i := range a[1].array.values {
		key, _ := a[1].array.key(i).value().text()
		text, ok := a[1].array.values[i].text()
		if !ok {
			return value{}
		}
		pairs[key] = text
		longest = max(longest, len(key))
	}
	const most = 64 // bytes of a key, so that this stays linear
	if longest > most {
		return value{}
	}
	var out []byte
next:
	for i := 0; i < len(s); {
		for n := min(longest, len(s)-i); n > 0; n-- {
			if text, ok := pairs[s[i:i+n]]; ok {
				if !b.Take(len(text)) {
					return value{}
				}
				out = append(out, text...)
				i += n
				continue next
			}
		}
		out = append(out, s[i])
		i++
	}
	return stringValue(string(out))
}

func foldVsprintf(b *script.Budget, a []value) value {
	if len(a) != 2 || a[1].kind != arrayKind {
		return value{}
	}
	return foldEachList(b, a[1].array.values, func(values []value) value {
		if !b.Take(16 * len(values)) {
			return value{}
		}
		return foldSprintf(b, append([]value{a[0]}, values...))
	})
}

// foldSprintf knows %s, %c, %d, %u, %x, %X, %o, %b and %%, with the number of an
// argument, a width, what fills it and a precision. Arguments may not be known.
func foldSprintf(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	format, ok := a[0].text()
	if !ok {
		return value{}
	}
	var out pieces
	next := 1
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			out.add(format[i : i+1])
			continue
		}
		if i++; i >= len(format) {
			return value{}
		}
		if format[i] == '%' {
			out.add("%")
			continue
		}
		which := next
		if end := digitsEnd([]byte(format[:min(len(format), i+4)]), i, "0123456789"); end > i && end < len(format) && format[end] == '$' {
			which = int(leadingInteger(format[i:end]))
			i = end + 1
		} else {
			next++
		}
		if i >= len(format) || which < 1 || which >= len(a) {
			return value{}
		}
		left, fill := false, " "
		for ; i < len(format) && strings.IndexByte("-+ 0'", format[i]) >= 0; i++ {
			switch format[i] {
			case '-':
				left = true
			case '0':
				fill = "0"
			case '\'':
				if i++; i < len(format) {
					fill = format[i : i+1]
				}
			}
		}
		digits := func() int {
			end := digitsEnd([]byte(format[:min(len(format), i+6)]), i, "0123456789")
			n := int(leadingInteger(format[i:end]))
			i = end
			return n
		}
		width, precision := digits(), -1
		if i < len(format) && format[i] == '.' {
			i++
			precision = digits()
		}
		if i >= len(format) || !b.Take(width) {
			return value{}
		}
		n, _ := a[which].number()
		piece, known := a[which].text()
		switch format[i] {
		case 's':
		case 'c':
			piece = string([]byte{byte(n)})
		case 'd':
			piece = fmt.Sprint(n)
		case 'u':
			piece = fmt.Sprint(uint64(n))
		case 'x', 'X', 'o', 'b':
			piece = fmt.Sprintf("%"+format[i:i+1], uint64(n))
		default:
			return value{}
		}
		if format[i] == 's' && precision >= 0 {
			piece = piece[:min(len(piece), precision)]
		}
		if !b.Take(len(piece)) {
			return value{}
		}
		pad := strings.Repeat(fill, max(0, width-len(piece)))
		if left {
			piece += pad
		} else {
			piece = pad + piece
		}
		if known {
			out.add(piece)
		} else {
			out.put(a[which])
		}
	}
	return out.value()
}
