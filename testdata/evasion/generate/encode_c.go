package main

import (
	"encoding/base64"
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
