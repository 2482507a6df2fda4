package machine

import (
	"strconv"
	"strings"
)

// Numbers and words that functions of the C library read out of a text.

const spaces = " \n\t\r\v\f"

// scan reads what a format of sscanf asks for out of a text, and returns how much that was.
func (m *machine) scan(text, format uint64, p processor) uint64 {
	from, wanted, next, read := m.text(text), m.text(format), 2, uint64(0)
	all := len(from)
	for wanted != "" {
		c := wanted[0]
		wanted = wanted[1:]
		if strings.IndexByte(spaces, c) >= 0 {
			from = strings.TrimLeft(from, spaces)
			continue
		}
		if c != '%' || strings.HasPrefix(wanted, "%") {
			if c == '%' {
				wanted, from = wanted[1:], strings.TrimLeft(from, spaces)
			}
			if from == "" || from[0] != c {
				break
			}
			from = from[1:]
			continue
		}
		d, rest, ok := directiveOf(wanted)
		if !ok {
			break
		}
		wanted = rest
		if d.letter == 'n' {
			m.write(p.argument(next, 2), uint64(all-len(from)), d.size)
			next++
			continue
		}
		if d.letter != 'c' && d.letter != '[' {
			from = strings.TrimLeft(from, spaces)
		}
		part := from[:min(d.width, len(from))]
		n, used := d.take(part)
		if used == 0 {
			break
		}
		from = from[used:]
		if d.dropped {
			continue
		}
		to := p.argument(next, 2)
		next++
		read++
		switch d.letter {
		case 'c':
			m.put(to, []byte(part[:used]))
		case 's', '[':
			m.put(to, append([]byte(part[:used]), 0))
		default:
			m.write(to, n, d.size)
		}
	}
	return read
}

// A directive is what a format of sscanf asks for.
type directive struct {
	letter  byte
	dropped bool // it is read and not kept
	width   int  // characters at most
	size    int  // bytes of a number
	set     string
	without bool // characters that are not in the set
}

// directiveOf reads one after its percent sign.
func directiveOf(format string) (d directive, rest string, ok bool) {
	d.size = 4
	i := 0
	for ; i < len(format) && strings.IndexByte("*0123456789hljztqLm", format[i]) >= 0; i++ {
		switch c := format[i]; c {
		case '*':
			d.dropped = true
		case 'h':
			d.size = max(d.size/2, 1)
		case 'l', 'j', 'z', 't', 'q', 'L':
			d.size = 8
		case 'm': // gives memory
			return d, "", false
		default:
			d.width = min(10*d.width+int(c-'0'), maxText)
		}
	}
	if i == len(format) || strings.IndexByte("dDuioxXpcs[n", format[i]) < 0 {
		return d, "", false
	}
	d.letter, rest = format[i], format[i+1:]
	switch {
	case d.letter == 'p':
		d.size = 8
	case d.letter == 'c' && d.width == 0:
		d.width = 1
	case d.letter == '[':
		d.without = strings.HasPrefix(rest, "^")
		rest = strings.TrimPrefix(rest, "^")
		end := strings.IndexByte(rest[min(1, len(rest)):], ']') + 1 // the first may be one
		if end == 0 {
			return d, "", false
		}
		d.set, rest = rest[:end], rest[end+1:]
	}
	if d.width == 0 {
		d.width = maxText
	}
	return d, rest, true
}

// take tells how much of a text a directive takes, and which number that is.
func (d *directive) take(text string) (n uint64, used int) {
	switch d.letter {
	case 'c':
		return 0, len(text)
	case 's':
		if used = strings.IndexAny(text, spaces); used < 0 {
			used = len(text)
		}
		return 0, used
	case '[':
		for used < len(text) && inSet(d.set, text[used]) != d.without {
			used++
		}
		return 0, used
	case 'x', 'X', 'p':
		return number(text, 16)
	case 'o':
		return number(text, 8)
	case 'i':
		return number(text, 0)
	}
	return number(text, 10)
}

// inSet reports whether a set between brackets has a character, with ranges as a-z.
func inSet(set string, c byte) bool {
	for i := 0; i < len(set); i++ {
		if i+2 < len(set) && set[i+1] == '-' {
			if c >= set[i] && c <= set[i+2] {
				return true
			}
			i += 2
		} else if set[i] == c {
			return true
		}
	}
	return false
}

// number reads one at the beginning of a text as strtol does, in a base or, where that is 0,
// in the one that the text tells, and says how long it is.
func number(text string, base int) (n uint64, used int) {
	start := len(text) - len(strings.TrimLeft(text, spaces))
	negative := false
	if start < len(text) && (text[start] == '-' || text[start] == '+') {
		negative = text[start] == '-'
		start++
	}
	digits := text[start:]
	if (base == 0 || base == 16) && len(digits) > 2 && digits[0] == '0' && digits[1]|0x20 == 'x' {
		if _, err := strconv.ParseUint(digits[2:3], 16, 8); err == nil {
			base, start, digits = 16, start+2, digits[2:]
		}
	}
	if base == 0 {
		if base = 10; strings.HasPrefix(digits, "0") {
			base = 8
		}
	}
	if base < 2 || base > 36 {
		return 0, 0
	}
	read := 0
	for read < len(digits) {
		digit, err := strconv.ParseUint(digits[read:read+1], base, 8)
		if err != nil {
			break
		}
		n = n*uint64(base) + digit
		read++
	}
	if read == 0 {
		return 0, 0
	}
	if negative {
		n = -n
	}
	return n, start + read
}
