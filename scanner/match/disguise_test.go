package match_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

// In native code every one of these forms of an anchor is found at whatever
// place it stands, and what only looks like them is not.
func TestDisguisedAnchorsInNativeCodeAreFound(t *testing.T) {
	rules := builtin(t)
	noise := make([]byte, 64<<10)
	for i, state := 0, uint32(7); i < len(noise); i++ {
		state = state*1664525 + 1013904223
		noise[i] = byte(state >> 24)
	}
	found := func(hidden []byte, at int) bool {
		data := slices.Concat(noise[:at], hidden, noise[at:])
		return slices.ContainsFunc(scan(t, rules, data, match.VariablesOf(&inspect.Facts{Kind: inspect.ELF}, match.Subject{Host: "nginx"})),
			func(m match.Match) bool { return m.Rule.Name == "native_obfuscation_anchor" })
	}
	xor := func(text []byte, key byte) []byte {
		text = bytes.Clone(text)
		for i := range text {
			text[i] ^= key
		}
		return text
	}
	wide := func(text string, big bool) (out []byte) {
		for _, unit := range utf16.Encode([]rune(text)) {
			if big {
				out = append(out, byte(unit>>8), byte(unit))
			} else {
				out = append(out, byte(unit), byte(unit>>8))
			}
		}
		return out
	}
	anchors := []string{"osascript", "NSAppleScript", "OSAScript", "do shell script", `tell application "Finder"`}
	for _, text := range anchors {
		command := "/usr/bin/" + text + " -e"
		forms := map[string][]byte{
			"hex":             []byte(hex.EncodeToString([]byte(command))),
			"hex in capitals": []byte(strings.ToUpper(hex.EncodeToString([]byte(command)))),
			"reversed":        reversed([]byte(command)),
			"reversed wide":   reversed(wide(text, true)),
		}
		for key := 1; key < 256; key += 7 {
			if key != 0x20 {
				forms[fmt.Sprintf("xor %#x", key)] = xor([]byte(command), byte(key))
				forms[fmt.Sprintf("wide xor %#x", key)] = xor(wide(text, false), byte(key))
			}
		}
		for shift := range 3 {
			before := strings.Repeat("x", shift)
			forms[fmt.Sprintf("base64 after %d bytes", shift)] = []byte(base64.StdEncoding.EncodeToString([]byte(before + text + " tail")))
			forms[fmt.Sprintf("wide base64 after %d bytes", shift)] = wide(base64.StdEncoding.EncodeToString([]byte(before+text+" tail")), false)
		}
		for about, form := range forms {
			for _, at := range []int{0, 1001, len(noise)} {
				if !found(form, at) {
					t.Errorf("%s under %s at %d is not found", text, about, at)
				}
			}
		}
		for about, form := range map[string][]byte{
			"itself": []byte(command), "itself in UTF-16": wide(command, false), "xor 0x20": xor([]byte(command), 0x20),
			"half of it": []byte(text[:len(text)/2]),
		} {
			if found(form, 1001) {
				t.Errorf("%s as %s is taken for a disguise", text, about)
			}
		}
	}
}

func reversed(text []byte) []byte {
	text = bytes.Clone(text)
	slices.Reverse(text)
	return text
}
