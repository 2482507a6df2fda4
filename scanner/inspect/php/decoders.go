package php

import (
	"encoding/hex"
	"strings"
)

// decodeHex is hex2bin: all of the text is pairs of digits, or nothing comes out.
func decodeHex(s string) (string, bool) {
	out, err := hex.DecodeString(s)
	return string(out), err == nil
}

// mapBytes is strings.Map for text of any encoding.
func mapBytes(s string, change func(byte) byte) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = change(c)
	}
	return string(b)
}

// rot13 is str_rot13.
func rot13(s string) string {
	return mapBytes(s, func(c byte) byte {
		switch {
		case 'a' <= c && c <= 'z':
			return 'a' + (c-'a'+13)%26
		case 'A' <= c && c <= 'Z':
			return 'A' + (c-'A'+13)%26
		}
		return c
	})
}

// decodeUU is convert_uudecode.
func decodeUU(s string) (string, bool) {
	var b []byte
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}
		n := int(line[0]-' ') & 63
		if n == 0 {
			break
		}
		var out []byte
		for i := 1; i < len(line) && len(out) < n; i += 4 {
			var c [4]byte
			for k := range c {
				if i+k < len(line) {
					c[k] = (line[i+k] - ' ') & 63
				}
			}
			out = append(out, c[0]<<2|c[1]>>4, c[1]<<4|c[2]>>2, c[2]<<6|c[3])
		}
		if len(out) < n {
			return "", false
		}
		b = append(b, out[:n]...)
	}
	return string(b), true
}

// decodeQuotedPrintable is quoted_printable_decode.
func decodeQuotedPrintable(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '=' {
			b = append(b, s[i])
			continue
		}
		if i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			out, _ := hex.DecodeString(s[i+1 : i+3])
			b = append(b, out...)
			i += 2
			continue
		}
		if n := lineEnd([]byte(s[i+1 : min(len(s), i+3)])); n > 0 {
			i += n
			continue
		}
		b = append(b, '=')
	}
	return string(b)
}
