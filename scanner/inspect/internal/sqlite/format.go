package sqlite

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// printed is printf, as far as it is like the one of C and is about texts and integers.
func (x *run) printed(a []Value) Value {
	if len(a) == 0 || a[0].Kind == Null {
		return null
	}
	format := a[0].String()
	rest := a[1:]
	next := func() Value {
		if len(rest) == 0 {
			return null
		}
		v := rest[0]
		rest = rest[1:]
		return v
	}
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		left, zero, width, precision := false, false, 0, -1
		for i++; i < len(format) && (format[i] == '-' || format[i] == '0'); i++ {
			left, zero = left || format[i] == '-', zero || format[i] == '0'
		}
		for ; i < len(format) && isDigit(format[i]); i++ {
			width = min(width*10+int(format[i]-'0'), 1<<16)
		}
		if i < len(format) && format[i] == '.' {
			precision = 0
			for i++; i < len(format) && isDigit(format[i]); i++ {
				precision = min(precision*10+int(format[i]-'0'), 1<<16)
			}
		}
		for i < len(format) && format[i] == 'l' {
			i++
		}
		if i >= len(format) {
			return Value{}
		}
		s := ""
		switch verb := format[i]; verb {
		case '%':
			s = "%"
		case 's', 'z', 'q', 'Q', 'w':
			v := next()
			s = v.String()
			if v.Kind == Null && (verb == 'q' || verb == 'w') {
				s = "(NULL)"
			}
			if precision >= 0 {
				if precision < len(s) && !isASCII(s) {
					return Value{}
				}
				s = s[:min(len(s), precision)]
			}
			switch {
			case verb == 'q' || verb == 'w':
				s = strings.ReplaceAll(s, map[byte]string{'q': "'", 'w': `"`}[verb], map[byte]string{'q': "''", 'w': `""`}[verb])
			case verb == 'Q' && v.Kind == Null:
				s = "NULL"
			case verb == 'Q':
				s = inQuotes(s)
			}
		case 'c':
			if s = next().String(); s == "" { // a byte of zero
				return Value{}
			}
			_, size := utf8.DecodeRuneInString(s)
			s = s[:size]
			if precision > 1 {
				if !x.spend(precision) {
					return Value{}
				}
				s = strings.Repeat(s, precision)
			}
		case 'd', 'i', 'u', 'x', 'X', 'o':
			n := next().integer()
			base := map[byte]int{'x': 16, 'X': 16, 'o': 8}[verb]
			if base == 0 {
				base = 10
			}
			if n < 0 && (base != 10 || verb == 'u' || zero) || precision >= 0 {
				return Value{}
			}
			if s = strconv.FormatInt(n, base); verb == 'X' {
				s = strings.ToUpper(s)
			}
		default:
			return Value{}
		}
		pad := max(width-len(s), 0)
		if pad > 0 && (!isASCII(s) || zero && strings.IndexByte("diuxXo", format[i]) < 0) || !x.spend(1+pad/16) {
			return Value{}
		}
		fill := strings.Repeat(" ", pad)
		if zero && !left {
			fill = strings.Repeat("0", pad)
		}
		if left {
			s, fill = s+fill, ""
		}
		b.WriteString(fill + s)
		if b.Len() > 1<<20 {
			return x.fail()
		}
	}
	return x.text(b.String())
}
