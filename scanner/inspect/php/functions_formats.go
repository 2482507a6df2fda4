package php

import (
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"net/netip"
	"path"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// foldJSON is json_decode. Objects become arrays whatever the second argument says:
// an element and a property are found in the same way.
func foldJSON(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok || !b.Take(8*len(s)) {
		return value{}
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	v, ok := jsonValue(b, d, 0)
	if !ok {
		return value{}
	}
	return v
}

// foldJSONText is json_encode.
func foldJSONText(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	text, ok := jsonText(b, nil, a[0], 0)
	if !ok {
		return value{}
	}
	return stringValue(string(text))
}

// jsonText appends a value as JSON.
func jsonText(b *script.Budget, out []byte, v value, depth int) ([]byte, bool) {
	if depth > maxCalls {
		return nil, false
	}
	if v.kind != arrayKind {
		s, ok := v.text()
		switch {
		case !ok || !b.Take(len(s)):
			return nil, false
		case v.kind == nullKind:
			s = "null"
		case v.kind == boolKind:
			s = strconv.FormatBool(v.n != 0)
		case v.kind == stringKind:
			quoted, err := json.Marshal(s)
			return append(out, quoted...), err == nil
		}
		return append(out, s...), true
	}
	if !b.Take(elementCost * len(v.array.values)) {
		return nil, false
	}
	brackets := "{}"
	if v.array.isList() {
		brackets = "[]"
	}
	out = append(out, brackets[0])
	for i, element := range v.array.values {
		if i > 0 {
			out = append(out, ',')
		}
		ok := true
		if !v.array.isList() {
			key, _ := v.array.key(i).value().text()
			out, ok = jsonText(b, out, stringValue(key), depth+1)
			out = append(out, ':')
		}
		if ok {
			out, ok = jsonText(b, out, element, depth+1)
		}
		if !ok {
			return nil, false
		}
	}
	return append(out, brackets[1]), true
}

func jsonValue(b *script.Budget, d *json.Decoder, depth int) (value, bool) {
	t, err := d.Token()
	if err != nil || depth > script.MaxNesting || !b.Take(elementCost) {
		return value{}, false
	}
	switch t := t.(type) {
	case string:
		return stringValue(t), true
	case bool:
		return boolValue(t), true
	case json.Number:
		return numberOf(t.String()), true
	case nil:
		return value{kind: nullKind}, true
	case json.Delim:
		out := newArray(0)
		for d.More() {
			key := arrayKey{n: out.next}
			if t == '{' {
				k, err := d.Token()
				name, ok := k.(string)
				if err != nil || !ok {
					return value{}, false
				}
				key, _ = keyOf(stringValue(name))
			}
			v, ok := jsonValue(b, d, depth+1)
			if !ok {
				return value{}, false
			}
			out.set(key, v)
		}
		_, err := d.Token()
		return out.value(), err == nil
	}
	return value{}, false
}

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
func foldPrinted(_ *script.Budget, a []value) value {
	if len(a) != 2 || a[1].n == 0 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok {
		return value{}
	}
	return stringValue(s)
}

// parsedQuery is what parse_str makes of a query.
func parsedQuery(b *script.Budget, s string) value {
	if !b.Take(4 * len(s)) {
		return value{}
	}
	out := newArray(0)
	for part := range strings.SplitSeq(s, "&") {
		name, text, _ := strings.Cut(part, "=")
		decode := func(s string) string { return script.DecodePercent(strings.ReplaceAll(s, "+", " ")) }
		name, v := decode(name), stringValue(decode(text))
		if !b.Take(elementCost) || name == "" {
			continue
		}
		name, index, nested := strings.Cut(name, "[")
		k, _ := keyOf(stringValue(name))
		if nested {
			inner := newArray(0)
			if i := out.find(k); i >= 0 && out.values[i].kind == arrayKind {
				if inner = out.values[i].array.clone(); !b.Take(elementCost * len(inner.values)) {
					return value{}
				}
			}
			index, _, _ = strings.Cut(index, "]")
			if key, ok := keyOf(stringValue(index)); ok && index != "" {
				inner.set(key, v)
			} else {
				inner.append(v)
			}
			v = inner.value()
		}
		out.set(k, v)
	}
	return out.value()
}

func foldQuery(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) > 1 {
		return value{}
	}
	parts, ok := queryParts(b, nil, "", in, 0)
	if !ok {
		return value{}
	}
	return stringValue(strings.Join(parts, "&"))
}

// queryParts appends name=value for each element of an array, and of the arrays in it.
func queryParts(b *script.Budget, parts []string, prefix string, in *array, depth int) ([]string, bool) {
	if depth > maxCalls || !b.Take(elementCost*len(in.values)) {
		return nil, false
	}
	for i, v := range in.values {
		k, _ := in.key(i).value().text()
		if prefix != "" {
			k = prefix + "[" + k + "]"
		}
		s, ok := v.text()
		switch {
		case v.kind == arrayKind:
			if parts, ok = queryParts(b, parts, k, v.array, depth+1); !ok {
				return nil, false
			}
			continue
		case !ok || !b.Take(3*(len(k)+len(s))):
			return nil, false
		}
		parts = append(parts, textCall("urlencode", k).s+"="+textCall("urlencode", s).s)
	}
	return parts, true
}

// foldParseURL cuts an address as parse_url does. Of a component only the number is
// known, not its name.
func foldParseURL(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	out := newArray(0)
	set := func(name, text string, there bool) {
		if there {
			out.set(arrayKey{s: "s" + name}, stringValue(text))
		}
	}
	rest, fragment, hasFragment := strings.Cut(s[0], "#")
	rest, query, hasQuery := strings.Cut(rest, "?")
	scheme, after, hasScheme := strings.Cut(rest, ":")
	if hasScheme && isName(strings.Map(func(c rune) rune {
		if c == '+' || c == '-' || c == '.' {
			return '_'
		}
		return c
	}, scheme)) {
		set("scheme", scheme, true)
		rest = after
	}
	if host, ok := strings.CutPrefix(rest, "//"); ok {
		at := strings.IndexByte(host, '/')
		if at < 0 {
			at = len(host)
		}
		host, rest = host[:at], host[at:]
		if i := strings.LastIndexByte(host, '@'); i >= 0 {
			user, pass, hasPass := strings.Cut(host[:i], ":")
			set("user", user, true)
			set("pass", pass, hasPass)
			host = host[i+1:]
		}
		name, port, hasPort := strings.Cut(host, ":")
		set("host", name, name != "")
		set("port", port, hasPort)
	}
	set("path", rest, rest != "")
	set("query", query, hasQuery)
	set("fragment", fragment, hasFragment)
	if len(a) > 1 {
		if n, ok := a[1].number(); ok && n >= 0 {
			names := []string{"scheme", "host", "port", "user", "pass", "path", "query", "fragment"}
			if n >= int64(len(names)) {
				return value{}
			}
			return out.value().element(stringValue(names[n]))
		}
	}
	return out.value()
}

func foldPathinfo(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	base := baseName(s[0])
	extension := path.Ext(base)
	parts := map[int64][2]string{1: {"dirname", dirName(s[0])}, 2: {"basename", base},
		4: {"extension", strings.TrimPrefix(extension, ".")}, 8: {"filename", strings.TrimSuffix(base, extension)}}
	if len(a) > 1 {
		n, _ := a[1].number()
		p, ok := parts[n]
		if !ok {
			return value{}
		}
		return stringValue(p[1])
	}
	out := newArray(0)
	for _, n := range []int64{1, 2, 4, 8} {
		out.set(arrayKey{s: "s" + parts[n][0]}, stringValue(parts[n][1]))
	}
	return out.value()
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

// foldINI knows lines of name = value.
func foldINI(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(4*len(s[0])) {
		return value{}
	}
	out := newArray(0)
	section := out // where sections are asked for
	for line := range strings.Lines(s[0]) {
		if head := strings.TrimSpace(line); len(a) > 1 && a[1].n != 0 && strings.HasPrefix(head, "[") && b.Take(elementCost) {
			section = newArray(0)
			k, _ := keyOf(stringValue(strings.Trim(head, "[]")))
			out.set(k, section.value())
			continue
		}
		name, text, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !ok || name == "" || !b.Take(elementCost) {
			continue
		}
		v := stringValue(strings.Trim(strings.TrimSpace(text), `"'`))
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
		if inner = strings.TrimSuffix(inner, "]"); inner == "" {
			list.append(v)
		} else if k, ok := keyOf(stringValue(inner)); ok {
			list.set(k, v)
		}
	}
	return out.value()
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

func foldLongToIP(_ *script.Budget, a []value) value {
	return ofNumber(a, func(n int64) value {
		return stringValue(fmt.Sprintf("%d.%d.%d.%d", byte(n>>24), byte(n>>16), byte(n>>8), byte(n)))
	})
}

func foldIPToLong(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	address, err := netip.ParseAddr(s[0])
	if err != nil || !address.Is4() {
		return value{}
	}
	bytes := address.As4()
	return integerValue(int64(binary.BigEndian.Uint32(bytes[:])))
}

func foldInet(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	address, ok := netip.AddrFromSlice([]byte(s[0]))
	if !ok {
		return boolValue(false)
	}
	return stringValue(address.String())
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

// foldTokens is token_get_all.
func foldTokens(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(4*len(s[0])) {
		return value{}
	}
	out := newArray(0)
	l := newLexer([]byte(s[0]), outsideState, false)
	for t := l.next(); t.kind != endToken; t = l.next() {
		if !b.Take(2 * elementCost) {
			return value{}
		}
		text := stringValue(s[0][t.start:t.end])
		if t.kind < 128 {
			out.append(text)
			continue
		}
		token := newArray(3)
		token.append(integerValue(int64(t.kind)))
		token.append(text)
		token.append(integerValue(1))
		out.append(token.value())
	}
	return out.value()
}

func foldRounded(f func(float64) float64) foldFunction {
	return func(_ *script.Budget, a []value) value {
		if len(a) != 1 {
			return value{}
		}
		switch a[0].kind {
		case intKind:
			if n := f(float64(a[0].n)); n == math.Trunc(n) {
				return integerValue(int64(n))
			}
		case floatKind:
			if n := f(a[0].float()); n == math.Trunc(n) && math.Abs(n) < 1<<53 {
				return integerValue(int64(n))
			}
		}
		return value{}
	}
}
