package php

import (
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A conversion is one of a format of sscanf, such as %2x or %*[a-z].
type conversion struct {
	kind  byte   // its letter; [ of a set, 0 for a format that PHP refuses
	set   string // such as ^a-z
	width int    // how many characters it may take
	place int    // in what is returned, of %2$s; -1 for the next one
	skips bool   // with *, it returns nothing
}

// foldSscanf is sscanf of a text and a format. What the text did not come to is null, and
// so is all where it ended before the first conversion.
func foldSscanf(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil || !b.Take(len(s[0])+elementCost*len(s[1])) {
		return value{}
	}
	text, _, _ := strings.Cut(s[0], "\x00")
	format, _, _ := strings.Cut(s[1], "\x00")
	out, at, conversions := newArray(0), 0, 0 // where the text is read
	failed, ended := false, false
	for len(format) > 0 {
		c := format[0]
		format = format[1:]
		literal := c != '%'
		if c == '%' && strings.HasPrefix(format, "%") {
			literal, format = true, format[1:]
		}
		switch {
		case isSpace(c):
			at = len(text) - len(strings.TrimLeft(text[at:], scanBlanks))
			continue
		case literal:
			ended = ended || !failed && at == len(text)
			if failed = failed || ended || text[at] != c; !failed {
				at++
			}
			continue
		}
		var conv conversion
		conv, format = conversionOf(format)
		if conv.kind == 0 || conv.place >= len(s[1]) {
			return value{}
		}
		v := value{kind: nullKind}
		if !failed && conv.kind == 'n' {
			v = integerValue(int64(at))
			conversions++
		} else if !failed {
			if conv.kind != 'c' && conv.kind != '[' {
				at = len(text) - len(strings.TrimLeft(text[at:], scanBlanks))
			}
			piece, n := text[at:], 0
			v, n = conv.read(piece[:min(len(piece), conv.width)])
			if failed = v.kind == nullKind; !failed {
				conversions++
			}
			ended = failed && (piece == "" || conv.kind != '[' && (piece == "+" || piece == "-")) // a number's sign
			at += n
		}
		switch {
		case conv.skips:
		case conv.place < 0:
			out.append(v)
		default:
			for len(out.values) <= conv.place {
				out.append(value{kind: nullKind})
			}
			out.values[conv.place] = v
		}
	}
	if ended && conversions == 0 {
		return value{kind: nullKind}
	}
	return out.value()
}

// scanBlanks are what sscanf takes for white space.
const scanBlanks = " \t\n\r\v\f"

// conversionOf reads a conversion behind its %, and returns what follows it.
func conversionOf(format string) (c conversion, rest string) {
	c.place = -1
	rest, c.skips = strings.CutPrefix(format, "*")
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	const widest = script.MaxConstant
	if n := leadingInteger(rest[:digits]); !c.skips && n > 0 && strings.HasPrefix(rest[digits:], "$") {
		c.place = int(min(n, widest)) - 1
		rest = rest[digits+1:]
		digits = len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	}
	c.width = widest
	if n := leadingInteger(rest[:digits]); n > 0 {
		c.width = int(min(n, widest))
	}
	rest = strings.TrimLeft(rest[digits:], "hlL")
	if rest == "" {
		return c, ""
	}
	kind := rest[0]
	rest = rest[1:]
	switch kind {
	case 'D':
		kind = 'd'
	case 'X':
		kind = 'x'
	case 'E', 'f', 'g':
		kind = 'e'
	case 'c':
		if c.width == widest {
			c.width = 1
		}
	case '[': // a bracket that comes first is one of the set
		first := len(rest) - len(strings.TrimPrefix(rest, "^"))
		end := strings.IndexByte(rest[min(first+1, len(rest)):], ']')
		if end < 0 {
			return c, ""
		}
		end += first + 1
		c.set, rest = rest[:end], rest[end+1:]
	case 's', 'd', 'u', 'i', 'x', 'o', 'e', 'n':
	default:
		return c, ""
	}
	c.kind = kind
	return c, rest
}

// read is what a text begins with, and how long that is.
func (c conversion) read(text string) (v value, n int) {
	while := func(is func(byte) bool) {
		for n < len(text) && is(text[n]) {
			n++
		}
	}
	base := 10
	switch c.kind {
	case 's', 'c':
		while(func(b byte) bool { return strings.IndexByte(scanBlanks, b) < 0 })
	case '[':
		is := inSet(c.set)
		while(func(b byte) bool { return is[b] })
	case 'e':
		for n = min(len(text), 32); n > 0; n-- { // the longest number
			if f, err := strconv.ParseFloat(text[:n], 64); err == nil && !strings.ContainsAny(text[:n], "xXpP_iInN") {
				return floatValue(f), n
			}
		}
	case 'x':
		base = 16
	case 'o':
		base = 8
	case 'i':
		base = 0
	}
	if strings.IndexByte("sc[e", c.kind) >= 0 {
		if n == 0 && (c.kind != 'c' || text == "") { // a blank is an empty text to %c, which stays there
			return value{kind: nullKind}, 0
		}
		return stringValue(text[:n]), n
	}
	digits, negative := strings.CutPrefix(text, "-")
	if !negative {
		digits = strings.TrimPrefix(text, "+")
	}
	hex := len(digits) == len(text) && len(digits) > 2 && digits[0] == '0' && digits[1]|0x20 == 'x' && (base == 0 || base == 16)
	switch {
	case hex:
		base, digits = 16, digits[2:]
	case base == 0 && strings.HasPrefix(digits, "0"):
		base = 8
	case base == 0:
		base = 10
	}
	sign := len(text) - len(digits)
	for text = digits; n < len(text) && strings.IndexByte("0123456789abcdef"[:base], lower(text[n : n+1])[0]) >= 0; n++ {
	}
	if n == 0 {
		return value{kind: nullKind}, 0
	}
	number, _ := strconv.ParseUint(text[:n], base, 64) // the largest where it is larger
	switch {
	case c.kind == 'u' && negative:
		number = -number
	case c.kind == 'u':
	case negative:
		number = -min(number, 1<<63)
	default:
		number = min(number, 1<<63-1)
	}
	if c.kind == 'u' && number > 1<<63-1 {
		return stringValue(strconv.FormatUint(number, 10)), sign + n
	}
	return integerValue(int64(number)), sign + n
}

// inSet are the characters of a set such as ^a-z.
func inSet(set string) (is [256]bool) {
	set, not := strings.CutPrefix(set, "^")
	for i := 0; i < len(set); i++ {
		last := i
		if i+2 < len(set) && set[i+1] == '-' {
			last += 2
		}
		for c := int(set[i]); c <= int(set[last]); c++ {
			is[c] = true
		}
		i = last
	}
	for c := range is {
		is[c] = is[c] != not
	}
	return is
}
