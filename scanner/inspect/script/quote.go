package script

import "strings"

// Quote writes a string constant as the view has it.
func Quote(s string) string { return `"` + Escape(s) + `"` }

// Escape writes what stands between the double quotes of the view.
func Escape(s string) string {
	if !strings.ContainsAny(s, "\"\\\n\r\x00") {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); i++ {
		if e := EscapeByte(s[i]); e != "" {
			b = append(b, e...)
		} else {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// EscapeByte is what a byte becomes between them, empty for itself.
func EscapeByte(c byte) string {
	switch c {
	case '"':
		return `\"`
	case '\\':
		return `\\`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case 0:
		return `\0`
	}
	return ""
}
