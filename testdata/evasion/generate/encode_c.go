package main

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
)

// A cEncoder writes the body of a C function that returns the string s, in a
// buffer of its own called out.
type cEncoder func(s string) string

// cEncoders are by the name that a disguise is called by. What they
// read is volatile, or the compiler would undo the disguise.
var cEncoders = map[string]cEncoder{
	"plain": func(s string) string { return fmt.Sprintf("return (char *)%q;", s) },
	// The compiler keeps what it can copy at once, and the rest in instructions.
	"folded": func(s string) string {
		return fmt.Sprintf("const char *s = %q; char *o = out; while ((*o++ = *s++)); return out;", s)
	},
	"xor": func(s string) string {
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x5a }) + "unsigned char k = 0x5a; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k; return out;"
	},
	"xor-rolling": func(s string) string {
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(0x31+i*7) }) + "unsigned char k = 0x31; for (unsigned i = 0; i < sizeof d; i++, k += 7) out[i] = d[i] ^ k; return out;"
	},
	"add": func(s string) string {
		return cBytes(s, func(_ int, c byte) byte { return c + 3 }) + "unsigned char k = 3; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] - k; return out;"
	},
	"not": func(s string) string {
		return cBytes(s, func(_ int, c byte) byte { return ^c }) + "unsigned char k = 0xff; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k; return out;"
	},
	"stack": func(s string) string {
		var b strings.Builder
		b.WriteString("volatile char *o = out; ")
		for i := range len(s) {
			fmt.Fprintf(&b, "o[%d] = %d; ", i, s[i])
		}
		return b.String() + "return out;"
	},
	"stack-words": func(s string) string { // as compilers keep short strings: eight bytes at a time
		var b strings.Builder
		b.WriteString("volatile unsigned long *o = (void *)out; ")
		for i := 0; i < len(s); i += 8 {
			var word uint64
			for j := i; j < min(i+8, len(s)); j++ {
				word |= uint64(s[j]) << (8 * (j - i))
			}
			fmt.Fprintf(&b, "o[%d] = 0x%xul; ", i/8, word)
		}
		return b.String() + "return out;"
	},
	"reversed": func(s string) string {
		return fmt.Sprintf("static const volatile char d[] = %q; for (unsigned i = 0; i < sizeof d - 1; i++) out[i] = d[sizeof d - 2 - i]; return out;", reversed(s))
	},
	"split": func(s string) string {
		n := len(s) / 2
		return fmt.Sprintf("join(join(out, %q) + %d, %q); return out;", s[:n], n, s[n:])
	},
	"interleaved": func(s string) string { // every second byte of another text
		return fmt.Sprintf("static const volatile char d[] = %q; for (unsigned i = 0; i < sizeof d / 2; i++) out[i] = d[2 * i]; return out;", strings.Join(strings.Split(s, ""), "#")+"#")
	},
	"wide": func(s string) string {
		return fmt.Sprintf("static const volatile int d[] = {%s}; for (unsigned i = 0; i < sizeof d / sizeof *d; i++) out[i] = d[i]; return out;", list(s, "%d"))
	},
	"utf16": func(s string) string {
		return fmt.Sprintf("static const volatile unsigned short d[] = {%s}; for (unsigned i = 0; i < sizeof d / sizeof *d; i++) out[i] = d[i]; return out;", list(s, "%d"))
	},
	"rot13": func(s string) string {
		return fmt.Sprintf("static const volatile char d[] = %q; for (unsigned i = 0; i < sizeof d - 1; i++) { char c = d[i], l = c | 32; out[i] = l < 'a' || l > 'z' ? c : l < 'n' ? c + 13 : c - 13; } return out;", rot13(s))
	},
	"base64": func(s string) string { return cBase64(base64.StdEncoding.EncodeToString([]byte(s)), 0) },
	// The text begins one byte in, so that the base64 of the bare name is not in it.
	"base64-shifted": func(s string) string {
		return cBase64(base64.StdEncoding.EncodeToString([]byte("~"+s)), 1)
	},
	"hex": func(s string) string {
		return fmt.Sprintf("static const volatile char d[] = \"%x\"; for (unsigned i = 0; d[i]; i++) { char c = d[i] <= '9' ? d[i] - '0' : d[i] - 'a' + 10; out[i / 2] = out[i / 2] << 4 | c; } return out;", s)
	},
	"rc4": func(s string) string {
		return cBytes(string(encryptRC4("theme", s)), func(_ int, c byte) byte { return c }) +
			`unsigned char s[256], j = 0, t, i = 0; for (int n = 0; n < 256; n++) s[n] = n;
    for (int n = 0; n < 256; n++) { j += s[n] + "theme"[n % 5]; t = s[n]; s[n] = s[j]; s[j] = t; }
    j = 0; for (unsigned n = 0; n < sizeof d; n++) { i++; j += s[i]; t = s[i]; s[i] = s[j]; s[j] = t; out[n] = d[n] ^ s[(unsigned char)(s[i] + s[j])]; } return out;`
	},
	"index-add": func(s string) string {
		return cBytes(s, func(i int, c byte) byte { return c + byte(i) + 1 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] - i - 1; return out;"
	},
	"nibbles": func(s string) string { // the halves of each byte in two tables
		var high, low []string
		for i := range len(s) {
			high, low = append(high, fmt.Sprint(s[i]>>4)), append(low, fmt.Sprint(s[i]&15))
		}
		return fmt.Sprintf("static const volatile unsigned char h[] = {%s}, l[] = {%s}; for (unsigned i = 0; i < sizeof h; i++) out[i] = h[i] << 4 | l[i]; return out;",
			strings.Join(high, ","), strings.Join(low, ","))
	},
	"doubles": func(s string) string {
		return fmt.Sprintf("static const volatile double d[] = {%s}; for (unsigned i = 0; i < sizeof d / sizeof *d; i++) out[i] = d[i]; return out;", list(s, "%d"))
	},
	"base64-twice": func(s string) string {
		return fmt.Sprintf("static char middle[256]; return unbase64(out, unbase64(middle, %q));", b64(b64(s)))
	},
	"reversed-xor": func(s string) string {
		return cBytes(reversed(s), func(_ int, c byte) byte { return c ^ 0x11 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[sizeof d - 1 - i] ^ 0x11; return out;"
	},
	"affine": func(s string) string { // 183 times 7 is 1, modulo 256
		return cBytes(s, func(_ int, c byte) byte { return c*7 + 19 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = (unsigned char)((d[i] - 19) * 183); return out;"
	},
	"delta": func(s string) string {
		before := byte(0x40)
		return cBytes(s, func(_ int, c byte) byte { d := c - before; before = c; return d }) +
			"unsigned char c = 0x40; for (unsigned i = 0; i < sizeof d; i++) out[i] = c += d[i]; return out;"
	},
	"alphabet": func(s string) string { // places in a text that has every character once
		const from = "qaz#wsx/edcrfv!tgb\nyhn ujmikolp_-.AOSNE:"
		return cBytes(s, func(_ int, c byte) byte { return byte(strings.IndexByte(from, c)) }) +
			fmt.Sprintf("static const volatile char a[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = a[d[i]]; return out;", from)
	},
	"swapped": func(s string) string { // neighbours change places, under xor
		b := []byte(s + strings.Repeat("\x00", len(s)%2))
		for i := 0; i < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return cBytes(string(b), func(_ int, c byte) byte { return c ^ 0x2d }) + "for (unsigned i = 0; i < sizeof d; i++) out[i ^ 1] = d[i] ^ 0x2d; return out;"
	},
	"xor-long": func(s string) string { // as long as a header's name, which stands there as any other text
		const key = "X-Forwarded-For"
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
			fmt.Sprintf("static const volatile char k[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i %% (sizeof k - 1)]; return out;", key)
	},
	"xor-pad": func(s string) string { // a key of its own for every byte, in another table
		key := encryptRC4("pad", strings.Repeat("\x00", len(s)))
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i] }) +
			fmt.Sprintf("static const volatile unsigned char k[] = {%s}; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i]; return out;", list(string(key), "%d"))
	},
	"rotated": func(s string) string { // each byte by three bits
		return cBytes(s, func(_ int, c byte) byte { return c<<3 | c>>5 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] >> 3 | d[i] << 5; return out;"
	},
	"chained": func(s string) string { // each byte under what the one before became
		before := byte(0x6b)
		return cBytes(s, func(_ int, c byte) byte { before ^= c; return before }) +
			"unsigned char c = 0x6b; for (unsigned i = 0; i < sizeof d; i++) { out[i] = d[i] ^ c; c = d[i]; } return out;"
	},
	"base64-alphabet": func(s string) string { // base64 of another alphabet
		const alphabet = "ZYXABCDEFGHIJKLMNOPQRSTUVWzyxabcdefghijklmnopqrstuvw3456789012-_"
		return fmt.Sprintf("static const char a[] = %q; static const volatile char d[] = %q; unsigned bits = 0, n = 0, length = 0;\n"+
			"    for (unsigned i = 0; i < sizeof d - 1; i++) { unsigned v = 0; while (a[v] != d[i]) v++; bits = bits << 6 | v; if ((n += 6) >= 8) out[length++] = bits >> (n -= 8); }\n    return out;",
			alphabet, base64.NewEncoding(alphabet).WithPadding(base64.NoPadding).EncodeToString([]byte(s)))
	},
	"base32": func(s string) string {
		const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
		return fmt.Sprintf("static const volatile char d[] = %q; unsigned bits = 0, n = 0, length = 0;\n"+
			"    for (unsigned i = 0; i < sizeof d - 1; i++) { bits = bits << 5 | (d[i] >= 'a' ? d[i] - 'a' : d[i] - '2' + 26); if ((n += 5) >= 8) out[length++] = bits >> (n -= 8); }\n    return out;",
			base32.NewEncoding(alphabet).WithPadding(base32.NoPadding).EncodeToString([]byte(s)))
	},
	"stack-xor": func(s string) string { // by instructions, under a key
		var b strings.Builder
		b.WriteString("volatile char *o = out; volatile char k = 0x39; ")
		for i := range len(s) {
			fmt.Fprintf(&b, "o[%d] = %d; ", i, s[i]^0x39)
		}
		return b.String() + fmt.Sprintf("for (int i = 0; i < %d; i++) o[i] ^= k; return out;", len(s))
	},
	"stack-halves": func(s string) string { // four bytes at a time, the last ones first
		var b strings.Builder
		b.WriteString("volatile unsigned *o = (void *)out; ")
		for i := (len(s) - 1) / 4; i >= 0; i-- {
			var word uint32
			for j := 4 * i; j < min(4*i+4, len(s)); j++ {
				word |= uint32(s[j]) << (8 * (j - 4*i))
			}
			fmt.Fprintf(&b, "o[%d] = 0x%xu; ", i, word)
		}
		return b.String() + "return out;"
	},
	"stack-shuffled": func(s string) string { // by instructions, in no order
		var b strings.Builder
		b.WriteString("volatile char *o = out; ")
		step := 7
		for len(s)%step == 0 {
			step += 2
		}
		for i := range len(s) {
			fmt.Fprintf(&b, "o[%d] = %d; ", i*step%len(s), s[i*step%len(s)])
		}
		return b.String() + "return out;"
	},
	"summed": func(s string) string { // each byte is what two tables add up to
		high := encryptRC4("sum", strings.Repeat("\x00", len(s)))
		return cBytes(s, func(i int, c byte) byte { return c - high[i] }) +
			fmt.Sprintf("static const volatile unsigned char h[] = {%s}; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] + h[i]; return out;", list(string(high), "%d"))
	},
	"generator": func(s string) string { // under the numbers of a generator
		state := uint32(20240229)
		next := func() byte { state = state*1664525 + 1013904223; return byte(state >> 24) }
		return cBytes(s, func(_ int, c byte) byte { return c ^ next() }) +
			"volatile unsigned g = 20240229; for (unsigned i = 0; i < sizeof d; i++) { g = g * 1664525 + 1013904223; out[i] = d[i] ^ g >> 24; } return out;"
	},
	"tea": func(s string) string { // TEA, with a key of constants
		key := [4]uint32{0x7468656d, 0x652d6b69, 0x742d7631, 0x2e342e32}
		b := []byte(s + strings.Repeat("\x00", 8-len(s)%8))
		for at := 0; at < len(b); at += 8 {
			x, y := binary.LittleEndian.Uint32(b[at:]), binary.LittleEndian.Uint32(b[at+4:])
			for sum, i := uint32(0), 0; i < 32; i++ {
				sum += 0x9e3779b9
				x += (y<<4 + key[0]) ^ (y + sum) ^ (y>>5 + key[1])
				y += (x<<4 + key[2]) ^ (x + sum) ^ (x>>5 + key[3])
			}
			binary.LittleEndian.PutUint32(b[at:], x)
			binary.LittleEndian.PutUint32(b[at+4:], y)
		}
		return cBytes(string(b), func(_ int, c byte) byte { return c }) +
			"for (unsigned at = 0; at < sizeof d; at += 8) {\n" +
			"        unsigned x = *(const volatile unsigned *)(d + at), y = *(const volatile unsigned *)(d + at + 4), sum = 0xc6ef3720;\n" +
			"        for (int i = 0; i < 32; i++) { y -= (x << 4) + 0x742d7631 ^ x + sum ^ (x >> 5) + 0x2e342e32; x -= (y << 4) + 0x7468656d ^ y + sum ^ (y >> 5) + 0x652d6b69; sum -= 0x9e3779b9; }\n" +
			"        *(unsigned *)(out + at) = x; *(unsigned *)(out + at + 4) = y;\n    }\n    return out;"
	},
}

// cBytes declares d, the bytes of s as encode makes them.
func cBytes(s string, encode func(int, byte) byte) string {
	b := make([]byte, len(s))
	for i := range b {
		b[i] = encode(i, s[i])
	}
	return "static const volatile unsigned char d[] = {" + list(string(b), "%d") + "}; "
}

func cBase64(text string, skip int) string {
	return fmt.Sprintf("return unbase64(out, %q) + %d;", text, skip)
}

// hidden writes hidden.h: functions hidden0, hidden1, … that return the strings.
func hidden(encoder string, texts []string) string {
	var b strings.Builder
	b.WriteString(`static inline char *join(char *out, const volatile char *s) { char *o = out; while ((*o++ = *s++)); return out; }
static inline char *unbase64(char *out, const volatile char *s) {
    unsigned bits = 0, n = 0, length = 0;
    for (; *s && *s != '='; s++) {
        unsigned v = *s >= 'a' ? *s - 'a' + 26 : *s >= 'A' ? *s - 'A' : *s >= '0' ? *s - '0' + 52 : *s == '+' ? 62 : 63;
        bits = bits << 6 | v;
        if ((n += 6) >= 8) out[length++] = bits >> (n -= 8);
    }
    out[length] = 0;
    return out;
}
`)
	for i, text := range texts {
		fmt.Fprintf(&b, "static char *hidden%d(void) { static char out[%d] __attribute__((aligned(8))); %s }\n",
			i, (len(text)/8+3)*8, cEncoders[encoder](text))
	}
	return b.String()
}
