package php

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A packing is one code of pack and unpack: its letter, how often (-1 for *), and
// the name that unpack gives to it.
type packing struct {
	code  byte
	count int
	name  string
}

// packings reads a format of pack, or of unpack, whose parts have names.
func packings(format string, named bool) (out []packing) {
	const most = 256
	for len(format) > 0 && len(out) < most {
		p := packing{code: format[0], count: 1}
		format = format[1:]
		end := digitsEnd([]byte(format), 0, "0123456789")
		switch {
		case end > 0:
			p.count = int(min(leadingInteger(format[:end]), script.MaxConstant))
			format = format[end:]
		case strings.HasPrefix(format, "*"):
			p.count = -1
			format = format[1:]
		case named && strings.IndexByte("aAZhH", p.code) >= 0, strings.IndexByte("aAZhH", p.code) >= 0:
			p.count = 1
		}
		if named {
			p.name, format, _ = strings.Cut(format, "/")
		}
		out = append(out, p)
	}
	return out
}

// wordSizes are the bytes of the numbers that pack writes, below zero for those
// with the lowest byte first.
var wordSizes = map[byte]int{
	'd': -8, 'e': -8, 'E': 8, 'f': -4, 'g': -4, 'G': 4,
	'c': 1, 'C': 1, 'n': 2, 'v': -2, 's': -2, 'S': -2, 'N': 4, 'V': -4, 'l': -4, 'L': -4, 'i': -4, 'I': -4, 'J': 8, 'P': -8, 'q': -8, 'Q': -8,
}

// bitsOf are the bits of a number as a code of pack writes it.
func bitsOf(code byte, v value) (uint64, bool) {
	if strings.IndexByte("deEfgG", code) < 0 {
		n, ok := v.number()
		return uint64(n), ok
	}
	f, ok := asFloat(v)
	if size := wordSizes[code]; size == 4 || size == -4 {
		return uint64(math.Float32bits(float32(f))), ok
	}
	return math.Float64bits(f), ok
}

// ofBits is the number that a code of unpack makes of bits.
func ofBits(code byte, bits uint64) value {
	switch code {
	case 'd', 'e', 'E':
		return floatValue(math.Float64frombits(bits))
	case 'f', 'g', 'G':
		return floatValue(float64(math.Float32frombits(uint32(bits))))
	}
	return integerValue(int64(bits))
}

func foldPack(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	format, ok := a[0].text()
	if !ok {
		return value{}
	}
	var out []byte
	next := 1
	for _, p := range packings(format, false) {
		switch p.code {
		case 'a', 'A', 'Z', 'H', 'h':
			if next >= len(a) {
				return value{}
			}
			s, ok := a[next].text()
			next++
			if !ok || !b.Take(len(s)+max(p.count, 0)) {
				return value{}
			}
			if p.count >= 0 && len(s) > p.count {
				s = s[:p.count]
			}
			if p.code == 'H' || p.code == 'h' {
				if len(s)%2 == 1 {
					s += "0"
				}
				if s, ok = decodeHex(s); !ok {
					return value{}
				}
				if p.code == 'h' {
					s = mapBytes(s, func(c byte) byte { return c<<4 | c>>4 })
				}
			} else if pad := p.count - len(s); pad > 0 {
				s += strings.Repeat(map[byte]string{'A': " "}[p.code]+"\x00", pad)[:pad]
				if p.code == 'A' {
					s = s[:p.count-pad] + strings.Repeat(" ", pad)
				}
			}
			out = append(out, s...)
		case 'x':
			if p.count < 0 || !b.Take(p.count) {
				return value{}
			}
			out = append(out, make([]byte, p.count)...)
		default:
			size := wordSizes[p.code]
			if size == 0 {
				return value{}
			}
			for n := 0; n != p.count && (p.count >= 0 || next < len(a)); n++ {
				if next >= len(a) {
					return value{}
				}
				number, ok := bitsOf(p.code, a[next])
				next++
				if !ok || !b.Take(8) {
					return value{}
				}
				if size < 0 {
					out = append(out, binary.LittleEndian.AppendUint64(nil, number)[:-size]...)
				} else {
					out = append(out, binary.BigEndian.AppendUint64(nil, number)[8-size:]...)
				}
			}
		}
	}
	return stringValue(string(out))
}

func foldUnpack(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil {
		return value{}
	}
	data := s[1]
	if len(a) > 2 {
		if n, _ := a[2].number(); n >= 0 && n <= int64(len(data)) {
			data = data[n:]
		}
	}
	out := newArray(0)
	for _, p := range packings(s[0], true) {
		key := func(n int, several bool) arrayKey {
			name := p.name
			if several || name == "" {
				name += strconv.Itoa(n)
			}
			k, _ := keyOf(stringValue(name))
			return k
		}
		switch p.code {
		case 'a', 'A', 'Z', 'H', 'h':
			n := p.count
			if p.code == 'H' || p.code == 'h' {
				n = (n + 1) / 2
			}
			if p.count < 0 {
				n = len(data)
			}
			if n > len(data) || !b.Take(2*n+elementCost) {
				return value{}
			}
			piece := data[:n]
			data = data[n:]
			switch p.code {
			case 'A':
				piece = strings.TrimRight(piece, " \t\r\n\x00")
			case 'Z':
				piece, _, _ = strings.Cut(piece, "\x00")
			case 'h':
				piece = hexOf(mapBytes(piece, func(c byte) byte { return c<<4 | c>>4 }))
			case 'H':
				piece = hexOf(piece)
			}
			out.set(key(1, false), stringValue(piece))
		case 'x':
			data = data[min(len(data), max(p.count, 0)):]
		default:
			size := wordSizes[p.code]
			width := max(size, -size)
			if width == 0 {
				return value{}
			}
			for n := 1; (p.count < 0 || n <= p.count) && len(data) >= width; n++ {
				if !b.Take(elementCost) {
					return value{}
				}
				var word [8]byte
				if size < 0 || width == 1 {
					copy(word[:], data[:width])
					out.set(key(n, p.count != 1), ofBits(p.code, binary.LittleEndian.Uint64(word[:])))
				} else {
					copy(word[8-width:], data[:width])
					out.set(key(n, p.count != 1), ofBits(p.code, binary.BigEndian.Uint64(word[:])))
				}
				data = data[width:]
			}
		}
	}
	return out.value()
}
