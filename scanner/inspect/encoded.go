package inspect

import (
	"bytes"
	"encoding/hex"
	"slices"
)

// Text of base64 or hexadecimal that is no name when it is decoded may be one under a
// cipher, too. What is a name then is for the rules, which know each encoding of one.

const shortestEncoded = 12 // characters: the shortest name under base64

// encoded looks for names in what texts of base64 and hexadecimal decode to.
func (c *collector) encoded(data []byte) {
	inner := c.within()
	for start := 0; start < len(data); start++ {
		end := start
		for end < len(data) && !notBase64(rune(data[end])) {
			end++
		}
		if text := data[start:end]; len(text) >= shortestEncoded {
			for _, decoded := range decodings(text) {
				c.encodedNames(inner, decoded, start)
			}
		}
		start = end
	}
}

// decodings are what a text is in base64, and in hexadecimal if it may be that.
func decodings(text []byte) (all [][]byte) {
	all = append(all, fromBase64(text))
	digits := make([]byte, hex.DecodedLen(len(text)))
	if n, err := hex.Decode(digits, text); err == nil {
		all = append(all, digits[:n])
	}
	return all
}

func (c *collector) encodedNames(inner *collector, decoded []byte, at int) {
	if slices.ContainsFunc(keyedNames, func(name []byte) bool { return bytes.Contains(decoded, name) }) {
		return
	}
	r := reading{data: decoded, step: 1}
	inner.facts.Embedded = nil
	inner.ciphers(r)
	for period := 2; period <= longestKey; period++ {
		inner.keyedBy(r, period)
	}
	if len(inner.facts.Embedded) > 0 && len(c.facts.Embedded) < maxEmbedded {
		c.noteKeyed(EncodedName, int64(at))
	}
}
