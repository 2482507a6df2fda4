package javascript

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"plugvet/scanner/inspect/script"
)

// A value is what an expression comes to, as far as the script alone tells.
type value struct {
	kind valueKind
	// plain says of a text that it stands in the script as it is, and of an unknown value
	// that it may be something else than also says.
	plain bool
	// decoded says of a text that it came out of a decoder such as atob.
	decoded bool
	at      uint32  // the first token of a function, and of a text as it stands
	num     float64 // a number; of a boolean, 0 or 1
	// str is the text; the bytes of a buffer; the source of a regular
	// expression; the whole name of a global; the name of a module; the name of
	// a method.
	str string
	// more is the flags of a regular expression; the members of a module that
	// lead to the value, such as "exec".
	more  string
	items *[]value
	keys  *[]string // of an object: the names of its items
	env   *environment
	self  *value    // what a method belongs to; of an unknown text, see hole
	fn    *callable // of a function that a machine made
	// also are the other values that it may have, where a condition is not known.
	also *[]value
}

type valueKind uint8

const (
	unknown valueKind = iota
	undefined
	null
	boolean
	number
	text
	buffer
	array
	dictionary
	regularExpression
	bigInteger // str is its decimal digits
	symbol     // str is its description
	collection // a Map or a URLSearchParams, of pairs, or a Set; str says which
	iterator   // items are those that are left
	closure
	globalName
	module
	method
)

func textValue(s string) value    { return value{kind: text, str: s} }
func numberValue(n float64) value { return value{kind: number, num: n} }
func arrayValue(items []value) value {
	return value{kind: array, items: &items}
}
func booleanValue(b bool) value {
	if b {
		return value{kind: boolean, num: 1}
	}
	return value{kind: boolean}
}

// truthy tells what a condition makes of a value, if it is known.
func (v value) truthy() (truth, ok bool) {
	switch v.kind {
	case unknown:
		return false, false
	case undefined, null:
		return false, true
	case boolean, number:
		return v.num != 0 && !math.IsNaN(v.num), true
	case text:
		return v.str != "", true
	case bigInteger:
		return v.str != "0", true
	case globalName:
		there := languageFunction(v)
		return there, there
	case module:
		return true, !strings.HasPrefix(v.more, "is") // isMainThread, isPrimary
	}
	return true, true
}

// string returns the text that a value is turned into when a text is wanted.
func (v value) string() (string, bool) {
	switch v.kind {
	case text:
		return v.str, true
	case undefined:
		return "undefined", true
	case null:
		return "null", true
	case boolean:
		return strconv.FormatBool(v.num != 0), true
	case number:
		return numberText(v.num), true
	case buffer:
		return bytesToText(v.str, "utf8")
	case array:
		parts := make([]string, len(*v.items))
		size := 0
		for i, item := range *v.items {
			if item.kind == undefined || item.kind == null {
				continue
			}
			part, ok := item.flat()
			if size += len(part); !ok || size > script.MaxConstant {
				return "", false
			}
			parts[i] = part
		}
		return strings.Join(parts, ","), true
	case dictionary:
		switch v.more {
		case "URL":
			href, _ := itemOf(v, "href")
			return href.str, href.kind == text
		case "Date":
			s := dateMethod(v.num, "toString", nil)
			return s.str, s.kind == text
		}
		if s, ok := errorText(v); ok {
			return s, true
		}
		if base, ok := itemOf(v, baseKey); ok {
			return base.string()
		}
		for _, key := range *v.keys {
			if key == "toString" || key == "valueOf" || key == symbolKey+"Symbol.toPrimitive" {
				return "", false
			}
		}
		return tagOf(v)
	case bigInteger:
		return v.str, true
	case collection:
		if v.str == searchParameters {
			return parametersText(v), true
		}
		return "[object " + v.str + "]", true
	case method:
		if v.self != nil && v.self.kind != unknown && v.str != "bound" && v.str != "boundTo" {
			return nativeText(v.str), true
		}
	case globalName:
		if isFunction(v.str) {
			_, name, _ := cutLast(v.str)
			return nativeText(name), true
		}
		return tagOf(v)
	case regularExpression:
		return "/" + v.str + "/" + v.more, true
	}
	return "", false
}

// flat is the text of an array's item, of which only one more level counts.
func (v value) flat() (string, bool) {
	if v.kind == array {
		for _, item := range *v.items {
			if item.kind == array {
				return "", false
			}
		}
	}
	return v.string()
}

// number returns the number that a value is turned into.
func (v value) number() (float64, bool) {
	switch v.kind {
	case number, boolean:
		return v.num, true
	case null:
		return 0, true
	case undefined:
		return math.NaN(), true
	case text, array:
		s, ok := v.string()
		if !ok {
			return 0, false
		}
		return textNumber(s), true
	case bigInteger:
		return textNumber(v.str), true
	}
	if v.kind == dictionary && v.more == "Date" {
		return v.num, !math.IsNaN(v.num)
	}
	return 0, false
}

func textNumber(s string) float64 {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0
	}
	if strings.ContainsAny(s, "_pP") {
		return math.NaN()
	}
	if len(s) > 2 && s[0] == '0' {
		if base := map[byte]int{'x': 16, 'o': 8, 'b': 2}[s[1]|0x20]; base > 0 {
			n, err := strconv.ParseUint(s[2:], base, 64)
			if err != nil {
				return math.NaN()
			}
			return float64(n)
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(n, 0) || strings.ContainsAny(s, "nN") {
		return math.NaN()
	}
	return n
}

// numberText writes a number as JavaScript does.
func numberText(n float64) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 1):
		return "Infinity"
	case math.IsInf(n, -1):
		return "-Infinity"
	case n == float64(int32(n)): // as most are
		return strconv.Itoa(int(n))
	}
	if a := math.Abs(n); a >= 1e-6 && a < 1e21 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	s := strconv.FormatFloat(n, 'e', -1, 64)
	return strings.NewReplacer("e-0", "e-", "e+0", "e+").Replace(s)
}

// toInt32 is what the bit operators make of a number.
func toInt32(n float64) int32 {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	return int32(uint32(int64(math.Mod(math.Trunc(n), 1<<32))))
}

// units returns the UTF-16 code units of a text.
func units(s string) []uint16 { return utf16.Encode([]rune(s)) }

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// length is the number of a text's code units.
func length(s string) int {
	if ascii(s) {
		return len(s)
	}
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// cut returns the code units [from, to) of a text.
func cut(s string, from, to int) string {
	if ascii(s) {
		return s[from:to]
	}
	return string(utf16.Decode(units(s)[from:to]))
}

// unit returns one code unit of a text.
func unit(s string, i int) (uint16, bool) {
	if ascii(s) {
		if i < 0 || i >= len(s) {
			return 0, false
		}
		return uint16(s[i]), true
	}
	u := units(s)
	if i < 0 || i >= len(u) {
		return 0, false
	}
	return u[i], true
}

// bytesToText decodes a buffer as Node's Buffer does.
func bytesToText(b, encoding string) (string, bool) {
	switch strings.ToLower(encoding) {
	case "utf8", "utf-8":
		return strings.ToValidUTF8(b, "\ufffd"), true
	case "latin1", "binary", "iso-8859-1", "windows-1252":
		return latin1(b), true
	case "ascii", "us-ascii":
		out := []byte(b)
		for i := range out {
			out[i] &= 0x7f
		}
		return string(out), true
	case "hex":
		return hexText(b), true
	case "base64":
		return base64Text(b), true
	case "base64url":
		return base64.RawURLEncoding.EncodeToString([]byte(b)), true
	case "utf16le", "utf-16le", "ucs2", "ucs-2", "utf-16", "utf-16be":
		u := make([]uint16, len(b)/2)
		low := 0
		if strings.EqualFold(encoding, "utf-16be") {
			low = 1
		}
		for i := range u {
			u[i] = uint16(b[2*i+low]) | uint16(b[2*i+1-low])<<8
		}
		return string(utf16.Decode(u)), true
	}
	return "", false
}

// textToBytes encodes a text as Node's Buffer does.
func textToBytes(s, encoding string) (string, bool) {
	switch strings.ToLower(encoding) {
	case "utf8", "utf-8":
		return s, true
	case "latin1", "binary", "ascii":
		return lowBytes(s), true
	case "hex":
		return nodeHex(s), true
	case "base64", "base64url":
		return nodeBase64(s), true
	case "utf16le", "utf-16le", "ucs2", "ucs-2":
		u := units(s)
		out := make([]byte, 0, 2*len(u))
		for _, c := range u {
			out = append(out, byte(c), byte(c>>8))
		}
		return string(out), true
	}
	return "", false
}

// latin1 makes a text of which each character is one byte.
func latin1(b string) string {
	if ascii(b) {
		return b
	}
	out := make([]rune, len(b))
	for i := 0; i < len(b); i++ {
		out[i] = rune(b[i])
	}
	return string(out)
}

// lowBytes keeps the low byte of each code unit.
func lowBytes(s string) string {
	if ascii(s) {
		return s
	}
	u := units(s)
	out := make([]byte, len(u))
	for i, c := range u {
		out[i] = byte(c)
	}
	return string(out)
}

// decodeEscapes decodes the escapes in the text of a string, a template or a
// name, and tells whether there were any.
func decodeEscapes(s string) (string, bool) {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s, false
	}
	out := make([]byte, i, len(s))
	copy(out, s)
	var high rune // a surrogate that waits for its other half
	put := func(r rune) {
		if high != 0 {
			if pair := utf16.DecodeRune(high, r); pair != utf8.RuneError {
				out = utf8.AppendRune(out, pair)
				high = 0
				return
			}
			out = utf8.AppendRune(out, utf8.RuneError)
			high = 0
		}
		if r >= 0xd800 && r < 0xdc00 {
			high = r
			return
		}
		out = utf8.AppendRune(out, r)
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c != '\\' || i+1 == len(s) {
			if high != 0 {
				out, high = utf8.AppendRune(out, utf8.RuneError), 0
			}
			out = append(out, c)
			continue
		}
		i++
		switch c = s[i]; c {
		case 'n':
			put('\n')
		case 'r':
			put('\r')
		case 't':
			put('\t')
		case 'b':
			put('\b')
		case 'f':
			put('\f')
		case 'v':
			put('\v')
		case '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
		case '\n':
		case 'x':
			if i+2 < len(s) {
				if n, ok := hexValue(s[i+1 : i+3]); ok {
					put(rune(n))
					i += 2
					continue
				}
			}
			put('x')
		case 'u':
			if i+1 < len(s) && s[i+1] == '{' {
				if end := strings.IndexByte(s[i:min(len(s), i+12)], '}'); end > 0 {
					if n, ok := hexValue(s[i+2 : i+end]); ok && n <= utf8.MaxRune {
						put(rune(n))
						i += end
						continue
					}
				}
			} else if i+4 < len(s) {
				if n, ok := hexValue(s[i+1 : i+5]); ok {
					put(rune(n))
					i += 4
					continue
				}
			}
			put('u')
		case '0', '1', '2', '3', '4', '5', '6', '7':
			n, digits := 0, 0
			for digits < 3 && i+digits < len(s) && s[i+digits] >= '0' && s[i+digits] <= '7' && n*8+int(s[i+digits]-'0') < 256 {
				n = n*8 + int(s[i+digits]-'0')
				digits++
			}
			put(rune(n))
			i += digits - 1
		default:
			if strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029") {
				i += 2
				continue
			}
			if high != 0 {
				out, high = utf8.AppendRune(out, utf8.RuneError), 0
			}
			out = append(out, c)
		}
	}
	if high != 0 {
		out = utf8.AppendRune(out, utf8.RuneError)
	}
	return string(out), true
}
