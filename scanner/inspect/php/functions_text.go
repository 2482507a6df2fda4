package php

import (
	"encoding/hex"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"plugvet/scanner/inspect/script"
)

var slashesFor = strings.NewReplacer(`\`, `\\`, `'`, `\'`, `"`, `\"`, "\x00", `\0`)

// withSlashes puts a backslash before each of some characters.
func withSlashes(s, before string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(before, s[i]) >= 0 {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// stripCSlashes undoes the escapes of C.
func stripCSlashes(s string) string {
	b := make([]byte, 0, len(s))
	q := quoting{quote: '"'}
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 == len(s) {
			b = append(b, s[i])
			i++
			continue
		}
		text, n := q.escape(s[i:])
		switch {
		case s[i+1] == 'a':
			text, n = "\a", 2
		case s[i+1] == 'b':
			text, n = "\b", 2
		case n == 0 || s[i+1] == 'u' || s[i+1] == '$' || s[i+1] == 'e':
			text, n = s[i+1:i+2], 2
		}
		b = append(b, text...)
		i += n
	}
	return string(b)
}

// stripTags takes away what stands between < and >.
func stripTags(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '<' {
			end := strings.IndexByte(s[i:], '>')
			if end < 0 {
				break
			}
			i += end
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

func baseName(s string) string {
	s = strings.TrimRight(s, "/")
	return s[strings.LastIndexByte(s, '/')+1:]
}

func dirName(s string) string {
	i := strings.LastIndexByte(strings.TrimRight(s, "/"), '/')
	switch {
	case i < 0:
		return "."
	case i == 0:
		return "/"
	}
	return strings.TrimRight(s[:i], "/")
}

// encodePercent is rawurlencode, with the characters that stay besides letters and
// digits.
func encodePercent(s, stay string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isDigit(c) || isLabelStart(c) && c < 0x80 && c != '_' || strings.IndexByte(stay, c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		}
	}
	return string(b)
}

// offsets turns an offset and a length of PHP into a range of n, as substr does.
func offsets(a []value, n int64) (from, to int64, ok bool) {
	from, ok = a[0].number()
	if !ok {
		return 0, 0, false
	}
	if from < 0 {
		from = max(0, n+max(from, -n))
	}
	from, to = min(from, n), n
	if len(a) > 1 && a[1].kind != nullKind {
		length, ok := a[1].number()
		switch {
		case !ok:
			return 0, 0, false
		case length < 0:
			to = max(from, n+max(length, -n))
		default:
			to = from + min(length, n-from)
		}
	}
	return from, to, true
}

func foldSubstrReplace(b *script.Budget, a []value) value {
	s := texts(a, 3)
	if s == nil || len(a) > 4 {
		return value{}
	}
	from, to, ok := offsets(a[2:], int64(len(s[0])))
	if !ok || !b.Take(len(s[0])+len(s[1])) {
		return value{}
	}
	return stringValue(s[0][:from] + s[1] + s[0][to:])
}

// foldSubstrReplaces is substr_replace, also of a list of texts.
func foldSubstrReplaces(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) > 4 {
		return foldSubstrReplace(b, a)
	}
	out := newArray(len(in.values))
	for i, v := range in.values {
		args := append([]value{v}, a[1:]...)
		for k, of := range args[1:] {
			if of.kind == arrayKind {
				if args[k+1] = stringValue(""); i < len(of.array.values) {
					args[k+1] = of.array.values[i]
				}
			}
		}
		out.set(in.key(i), foldSubstrReplace(b, args))
	}
	return out.value()
}

// overList makes a function that takes a text at a place one that takes a list there too.
func overList(at int, f foldFunction) foldFunction {
	return func(b *script.Budget, a []value) value {
		in := arrayArgument(b, a, at)
		if in == nil {
			return f(b, a)
		}
		args := slices.Clone(a)
		known := true
		out := rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
			args[at] = v
			v = f(b, args)
			known = known && v.known()
			return k, v, true
		})
		if !known {
			return value{}
		}
		return out
	}
}

func foldRuneCount(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	return integerValue(int64(utf8.RuneCountInString(s[0])))
}

func foldSubstrCount(_ *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil || s[1] == "" {
		return value{}
	}
	return integerValue(int64(strings.Count(s[0], s[1])))
}

func lastIndexFold(s, of string) int { return strings.LastIndex(lower(s), lower(of)) }

// foldPart is strstr and the like: what stands from a place on, or before it.
func foldPart(find func(s, of string) int) foldFunction {
	return func(_ *script.Budget, a []value) value {
		s := texts(a, 2)
		if s == nil {
			return value{}
		}
		at := find(s[0], s[1])
		if at < 0 {
			return boolValue(false)
		}
		if len(a) > 2 && a[2].n != 0 {
			return stringValue(s[0][:at])
		}
		return stringValue(s[0][at:])
	}
}

// foldPlace is strpos and the like.
func foldPlace(find func(s, of string) int) foldFunction {
	return func(_ *script.Budget, a []value) value {
		s := texts(a, 2)
		if s == nil || s[1] == "" {
			return value{}
		}
		from := int64(0)
		if len(a) > 2 {
			from, _ = a[2].number()
		}
		if from < 0 || from > int64(len(s[0])) {
			return value{}
		}
		if at := find(s[0][from:], s[1]); at >= 0 {
			return integerValue(from + int64(at))
		}
		return boolValue(false)
	}
}

func indexFold(s, of string) int { return strings.Index(lower(s), lower(of)) }

// foldTest makes a function of a question about two strings.
func foldTest(holds func(s, of string) bool) foldFunction {
	return func(_ *script.Budget, a []value) value {
		s := texts(a, 2)
		if s == nil {
			return value{}
		}
		return boolValue(holds(s[0], s[1]))
	}
}

// foldCompare compares two texts, in the case that they have or in lower case.
func foldCompare(compare func(a, b string) int, fold bool) foldFunction {
	return func(_ *script.Budget, a []value) value {
		s := texts(a, 2)
		if s == nil {
			return value{}
		}
		if fold {
			s[0], s[1] = lower(s[0]), lower(s[1])
		}
		return integerValue(int64(compare(s[0], s[1])))
	}
}

func foldStrPad(b *script.Budget, a []value) value {
	if len(a) < 2 {
		return value{}
	}
	s, ok := a[0].text()
	n, known := a[1].number()
	pad := " "
	if len(a) > 2 {
		pad, _ = a[2].text()
	}
	how := int64(1)
	if len(a) > 3 {
		how, _ = a[3].number()
	}
	if !ok || !known || pad == "" || n > script.MaxConstant || !b.Take(int(max(n, 0))+len(s)) {
		return value{}
	}
	missing := max(0, int(n)-len(s))
	left := 0
	switch how {
	case 0:
		left = missing
	case 2:
		left = missing / 2
	}
	fill := func(n int) string { return strings.Repeat(pad, n/len(pad)+1)[:n] }
	return stringValue(fill(left) + s + fill(missing-left))
}

// foldChunkSplit is chunk_split.
func foldChunkSplit(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	s, ok := a[0].text()
	size, end := int64(76), "\r\n"
	if len(a) > 1 {
		size, _ = a[1].number()
	}
	if len(a) > 2 {
		end, _ = a[2].text()
	}
	if !ok || size < 1 || !b.Take(len(s)+(len(s)/int(min(size, int64(len(s)+1)))+1)*len(end)) {
		return value{}
	}
	var out strings.Builder
	for len(s) > 0 {
		n := int(min(size, int64(len(s))))
		out.WriteString(s[:n])
		out.WriteString(end)
		s = s[n:]
	}
	return stringValue(out.String())
}

// foldWords is str_word_count with a list as its result.
func foldWords(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(len(s[0])) {
		return value{}
	}
	words := strings.FieldsFunc(s[0], func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '\'' || c == '-')
	})
	if len(a) == 1 || a[1].n == 0 {
		return integerValue(int64(len(words)))
	}
	return listOf(b, words)
}

// foldBaseConvert is base_convert.
func foldBaseConvert(b *script.Budget, a []value) value {
	if len(a) != 3 {
		return value{}
	}
	s, ok := a[0].text()
	from, ok1 := a[1].number()
	to, ok2 := a[2].number()
	const longest = 1024 // digits, of which PHP only takes a few
	if !ok || !ok1 || !ok2 || from < 2 || from > 36 || to < 2 || to > 36 || len(s) > longest || !b.Take(len(s)) {
		return value{}
	}
	n, base := new(big.Int), big.NewInt(from)
	for i := 0; i < len(s); i++ {
		d := strings.IndexByte("0123456789abcdefghijklmnopqrstuvwxyz", lowerASCII(s[i]))
		if d < 0 || int64(d) >= from {
			continue
		}
		n.Mul(n, base).Add(n, big.NewInt(int64(d)))
	}
	return stringValue(n.Text(int(to)))
}

// toBase is dechex and the like.
func toBase(base int) foldFunction {
	return func(_ *script.Budget, a []value) value {
		return ofNumber(a, func(n int64) value { return stringValue(new(big.Int).SetUint64(uint64(n)).Text(base)) })
	}
}

// textCall is one of textFunctions of a string.
func textCall(name, s string) value {
	out, ok := textFunctions[name](s)
	if !ok {
		return value{}
	}
	return stringValue(out)
}

// foldCountChars is count_chars in its mode 3: each character once, in order.
func foldCountChars(_ *script.Budget, a []value) value {
	if len(a) != 2 || a[1].n != 3 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok {
		return value{}
	}
	b := []byte(s)
	slices.Sort(b)
	return stringValue(string(slices.Compact(b)))
}

// incremented is ++ of a string: a letter or digit that is followed by another of
// its kind, with carry.
func incremented(s string) (string, bool) {
	const longest = 1 << 12
	if s == "" || len(s) > longest {
		return "", false
	}
	b := []byte(s)
	for i := len(b) - 1; i >= 0; i-- {
		switch c := b[i]; {
		case c == 'z':
			b[i] = 'a'
		case c == 'Z':
			b[i] = 'A'
		case c == '9':
			b[i] = '0'
		case isDigit(c) || 'a' <= lowerASCII(c) && lowerASCII(c) < 'z':
			b[i]++
			return string(b), true
		default:
			return string(b), true // what is no letter takes no carry
		}
		if i == 0 {
			first := b[0]
			if first == '0' {
				first = '1'
			}
			return string(first) + string(b), true
		}
	}
	return string(b), true
}

// foldClass is a function that tells whether all bytes of a string are of a class.
func foldClass(is func(byte) bool) func(*script.Budget, []value) value {
	return func(b *script.Budget, a []value) value {
		s := texts(a, 1)
		if s == nil || !b.Take(len(s[0])) {
			return value{}
		}
		for i := range len(s[0]) {
			if !is(s[0][i]) {
				return boolValue(false)
			}
		}
		return boolValue(s[0] != "")
	}
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return mapBytes(s, lowerASCII)
		}
	}
	return s
}

func upperASCII(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

func withFirst(s string, change func(byte) byte) string {
	if s == "" {
		return s
	}
	return string([]byte{change(s[0])}) + s[1:]
}

func hexOf(s string) string { return hex.EncodeToString([]byte(s)) }

func stripSlashes(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b = append(b, s[i])
	}
	return string(b)
}
