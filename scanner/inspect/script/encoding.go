package script

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// UTF8 returns a text that may be in UTF-16 as UTF-8.
func UTF8(data []byte) []byte {
	text, _ := toUTF8(data)
	return text
}

// toUTF8 returns UTF-16 text, with or without a byte order mark, as UTF-8, and
// where it comes from. Other data are returned as they are, with no origins.
func toUTF8(data []byte) ([]byte, origins) {
	order, start := byteOrder(data)
	if order == nil {
		return data, nil
	}
	b := &Builder{text: make([]byte, 0, len(data))}
	var buffer [utf8.UTFMax]byte
	for at := start; at+1 < len(data); {
		r, size := rune(order(data[at:])), 2
		if utf16.IsSurrogate(r) {
			low := rune(utf8.RuneError)
			if at+3 < len(data) {
				low = rune(order(data[at+2:]))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				size = 4
			}
		}
		n := utf8.EncodeRune(buffer[:], r)
		b.add(buffer[:n], at, at+size, uint8(n), uint8(size))
		at += size
	}
	if b.origins == nil { // nothing but a mark
		b.origins = origins{{start: uint32(start), end: uint32(start), out: 1, in: 1}}
	}
	return b.text, b.origins
}

// byteOrder tells UTF-16 by its mark, or by ASCII with a NUL on the same side of
// each of its first characters. It returns nil for anything else.
func byteOrder(data []byte) (order func([]byte) uint16, start int) {
	little := func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }
	big := func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return little, 2
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return big, 2
	}
	const sample = 16 // bytes
	if len(data) < sample {
		return nil, 0
	}
	evenNUL, oddNUL := true, true
	for i, c := range data[:sample] {
		zero := &evenNUL
		other := &oddNUL
		if i%2 == 1 {
			zero, other = other, zero
		}
		if c == 0 {
			*other = false
		} else {
			*zero = false
		}
	}
	switch {
	case oddNUL:
		return little, 0
	case evenNUL:
		return big, 0
	}
	return nil, 0
}
