package inspect

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"slices"
)

// Texts of base64 and hexadecimal, in which a compiled script or a stream with one may lie.

const (
	leastRun   = 32 // characters of base64 or hexadecimal; the magic of a script takes 22
	runHead    = 64 // of them that show what the rest may be
	runPreface = 16 // bytes before what is packed, such as its length
)

// encoded looks into what texts of base64 and hexadecimal hold, which may be in lines.
func (s *streams) encoded(data []byte) {
	for last := leastRun - 1; last < len(data) && s.left >= 0 && len(s.facts.Embedded) < maxEmbedded; last += leastRun {
		if !inLines[data[last]] || !inLines[data[last-leastRun/2]] && (last+leastRun/2 >= len(data) || !inLines[data[last+leastRun/2]]) {
			continue // where no run is, only every so many bytes are looked at
		}
		start, end := last, last+1
		for start > max(last-leastRun, 0) && inLines[data[start-1]] {
			start--
		}
		for end < len(data) && inLines[data[end]] {
			end++
		}
		for start < end && lineEnds[data[start]] {
			start++
		}
		last = end
		if end-start < leastRun {
			continue
		}
		run := data[start:min(end, start+maxInflated)]
		for _, decode := range []func([]byte) []byte{fromBase64, fromHex} {
			head := decode(plainRun(run[:min(len(run), runHead)], &lineEnds))
			var whole []byte
			for off := 0; off < min(len(head), runPreface+1) && s.left >= 0; off++ {
				look := s.opener(head[off:])
				if look == nil {
					continue
				}
				if whole == nil {
					whole = decode(plainRun(run, &lineEnds))
				}
				s.left -= len(run)
				look(whole[off:], start)
			}
		}
	}
}

// opener is what looks into data that begins so, or nil where it is neither a script nor a
// stream that may hold one.
func (s *streams) opener(head []byte) func(data []byte, at int) {
	switch {
	case slices.ContainsFunc(compiledMagics, func(magic []byte) bool { return bytes.HasPrefix(head, magic) }):
		return s.judge
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return func(data []byte, at int) { s.look(gzipBody(data), at) }
	case bytes.HasPrefix(head, bzipMagic) && bytes.HasPrefix(head[min(len(head), bzipLevel):], bzipHead):
		return s.bzip
	case len(head) > 2 && head[0] == 0x78 && slices.Contains([]byte{0x01, 0x5e, 0x9c, 0xda}, head[1]):
		return func(data []byte, at int) { s.look(zlibBody(data), at) }
	}
	return nil
}

// The characters of base64, also in addresses, and what may part the lines of it: in a list
// of strings, a zero byte.
var (
	alphabet           = charactersOf(func(b byte) bool { return !notBase64(rune(b)) || b == '-' || b == '_' })
	inLines            = charactersOf(func(b byte) bool { return alphabet[b] || isLineEnd(b) })
	lineEnds, listEnds = charactersOf(isLineEnd), charactersOf(func(b byte) bool { return b == 0 || isLineEnd(b) })
)

func isLineEnd(b byte) bool { return b == '\r' || b == '\n' }

func charactersOf(is func(byte) bool) (set [256]bool) {
	for b := range set {
		set[b] = is(byte(b))
	}
	return set
}

// plainRun is a text of base64 in its usual alphabet, without what parts its lines.
func plainRun(run []byte, ends *[256]bool) []byte {
	plain := make([]byte, 0, len(run))
	for _, b := range run {
		switch {
		case b == '-':
			b = '+'
		case b == '_':
			b = '/'
		case ends[b]:
			continue
		}
		plain = append(plain, b)
	}
	return plain
}

// fromBase64 is what a text is in base64, up to where it is not.
func fromBase64(text []byte) []byte {
	decoded := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, _ := base64.RawStdEncoding.Decode(decoded, text)
	return decoded[:n]
}

// fromHex is what it is in hexadecimal, up to there.
func fromHex(text []byte) []byte {
	digits := make([]byte, hex.DecodedLen(len(text)))
	n, _ := hex.Decode(digits, text[:len(text)&^1])
	return digits[:n]
}
