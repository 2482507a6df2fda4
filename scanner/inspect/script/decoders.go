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
)

// A budget is what may still be spent on the constants of one script and of the
// scripts in it: bytes that are computed, and steps of evaluation.
type budget struct {
	bytes, steps int
	spent        string // why something was left as it stands; empty if nothing was
}

// newBudget returns the budget for a script of so many bytes.
func newBudget(size int) *budget {
	return &budget{bytes: max(maxGrowthFloor, maxGrowth*size), steps: maxStepsFloor + maxSteps*size}
}

const (
	maxSteps      = 4       // of evaluation, as a multiple of the script's bytes
	maxStepsFloor = 1 << 20 // a string table of an obfuscator is turned a few thousand times
)

// take spends n bytes and tells whether they were there.
func (b *budget) take(n int) bool {
	if n > maxConstant || n > b.bytes {
		b.spent = "a constant is too long to compute"
		return false
	}
	b.bytes -= n
	return true
}

// step spends one step and tells whether it was there.
func (b *budget) step() bool {
	if b.steps <= 0 {
		b.spent = "too many steps to compute its constants"
		return false
	}
	b.steps--
	return true
}

// decodeBase64 decodes as browsers, Node and PHP do without being strict: both
// alphabets, no padding needed, other characters skipped.
func decodeBase64(text string) string {
	clean := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		case c == '-':
			clean = append(clean, '+')
		case c == '_':
			clean = append(clean, '/')
		case c == '=':
			i = len(text)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	n, _ := base64.RawStdEncoding.Decode(clean, clean) // in place: the decoder is behind
	return string(clean[:n])
}

// decodeHex decodes pairs of hexadecimal digits up to the first that is none.
func decodeHex(text string) string {
	out := make([]byte, len(text)/2)
	n, _ := hex.Decode(out, []byte(text[:len(text)/2*2]))
	return string(out[:n])
}

// decodePercent decodes %xx, and %uxxxx too where wide is set (JavaScript's
// unescape). Every code is given to write.
func decodePercent(text string, wide bool, write func(code int, escaped bool)) {
	for i := 0; i < len(text); i++ {
		if text[i] == '%' {
			if wide && i+5 < len(text) && text[i+1] == 'u' {
				if code, ok := hexValue(text[i+2 : i+6]); ok {
					write(code, true)
					i += 5
					continue
				}
			}
			if i+2 < len(text) {
				if code, ok := hexValue(text[i+1 : i+3]); ok {
					write(code, true)
					i += 2
					continue
				}
			}
		}
		write(int(text[i]), false)
	}
}

// hexValue reads hexadecimal digits, all of them.
func hexValue(digits string) (int, bool) {
	n := 0
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		if n > 1<<24 {
			return 0, false
		}
		n = n<<4 | int(c)
	}
	return n, len(digits) > 0
}

// A compression is one that scripts unpack their own constants from.
type compression int

const (
	gzipped    compression = iota
	zlibbed                // with a zlib header
	deflated               // without one
	bzipped                // bzip2
	compressed             // gzip or zlib, by the header
)

// unpack decompresses text, as far as it is whole and no longer than maxConstant
// and the budget allow. It returns false if nothing came out or too much did.
func unpack(how compression, text string, limit *budget) (string, bool) {
	if how == compressed {
		how = zlibbed
		if strings.HasPrefix(text, "\x1f\x8b") {
			how = gzipped
		}
	}
	var in io.Reader = strings.NewReader(text)
	var err error
	switch how {
	case gzipped:
		in, err = gzip.NewReader(in)
	case zlibbed:
		in, err = zlib.NewReader(in)
	case deflated:
		in = flate.NewReader(in)
	case bzipped:
		in = bzip2.NewReader(in)
	}
	if err != nil {
		return "", false
	}
	most := min(maxConstant, limit.bytes)
	var out bytes.Buffer
	// A checksum that is wrong at the end does not matter.
	n, _ := io.Copy(&out, io.LimitReader(in, int64(most)+1))
	if n == 0 || !limit.take(int(n)) {
		return "", false
	}
	return out.String(), true
}

func hexText(b string) string { return hex.EncodeToString([]byte(b)) }

func base64Text(b string) string { return base64.StdEncoding.EncodeToString([]byte(b)) }
