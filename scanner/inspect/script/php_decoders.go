package script

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"io"
	"strings"
)

// phpBase64 is base64_decode: what is no letter of the alphabet is passed over,
// and so is what is left at the end.
func phpBase64(s string) (string, bool) {
	clean := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', isDigit(c), c == '+', c == '/':
			clean = append(clean, c)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, err := base64.RawStdEncoding.Decode(out, clean)
	return string(out[:n]), err == nil
}

func phpHex(s string) (string, bool) {
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

func phpRot13(s string) string {
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

// phpPercent is rawurldecode, or with plus, urldecode.
func phpPercent(s string, plus bool) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+' && plus:
			b = append(b, ' ')
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out, _ := hex.DecodeString(s[i+1 : i+3])
			b = append(b, out...)
			i += 2
		default:
			b = append(b, c)
		}
	}
	return string(b)
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

// A phpCompression is what an inflating function of PHP expects.
type phpCompression int

const (
	rawDeflate phpCompression = iota
	zlibDeflate
	gzipDeflate
)

// inflate returns at most limit bytes; false where there is more, or where not a
// byte comes out. What is damaged gives what was read before.
func inflate(s string, how phpCompression, limit int) (string, bool) {
	var r io.Reader
	var err error
	switch in := strings.NewReader(s); how {
	case zlibDeflate:
		r, err = zlib.NewReader(in)
	case gzipDeflate:
		r, err = gzip.NewReader(in)
	default:
		r = flate.NewReader(in)
	}
	if err != nil {
		return "", false
	}
	var out bytes.Buffer
	_, _ = out.ReadFrom(io.LimitReader(r, int64(limit)+1))
	if out.Len() > limit || out.Len() == 0 {
		return "", false
	}
	return out.String(), true
}
