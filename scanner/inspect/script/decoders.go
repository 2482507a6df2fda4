package script

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
)

// DecodeBase64 decodes the alphabet with + and / as PHP does: other characters
// are passed over, = among them, and so is what is left at the end.
func DecodeBase64(text string) string {
	clean := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	n, _ := base64.RawStdEncoding.Decode(clean, clean) // in place: the decoder is behind
	return string(clean[:n])
}

// DecodePercent decodes each %xx to a byte; what is no such code stays.
func DecodePercent(text string) string {
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			var c [1]byte
			if _, err := hex.Decode(c[:], []byte(text[i+1:i+3])); err == nil {
				b = append(b, c[0])
				i += 2
				continue
			}
		}
		b = append(b, text[i])
	}
	return string(b)
}

// A Compression is one that scripts unpack their own constants from.
type Compression int

const (
	Gzip       Compression = iota
	Zlib                   // with a zlib header
	Deflate                // without one
	GzipOrZlib             // gzip or zlib, by the header
	Bzip2
	Brotli
)

// Unpack decompresses text, as far as it is whole and no longer than MaxConstant
// and the budget allow. It returns false if nothing came out or too much did.
func Unpack(how Compression, text string, limit *Budget) (string, bool) {
	if how == GzipOrZlib {
		how = Zlib
		if strings.HasPrefix(text, "\x1f\x8b") {
			how = Gzip
		}
	}
	var in io.Reader = strings.NewReader(text)
	var err error
	switch how {
	case Gzip:
		in, err = gzip.NewReader(in)
	case Zlib:
		in, err = zlib.NewReader(in)
	case Deflate:
		in = flate.NewReader(in)
	case Bzip2:
		in = bzip2.NewReader(in)
	case Brotli:
		in = brotli.NewReader(in)
	}
	if err != nil {
		return "", false
	}
	most := min(MaxConstant, limit.bytes)
	var out bytes.Buffer
	// A checksum that is wrong at the end does not matter.
	n, _ := io.Copy(&out, io.LimitReader(in, int64(most)+1))
	limit.Waste(len(text))
	if n > int64(most) {
		limit.Waste(MaxConstant / 8) // what was read in vain costs too
	}
	if n == 0 || !limit.Take(int(n)) {
		return "", false
	}
	return out.String(), true
}
