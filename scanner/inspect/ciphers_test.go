package inspect

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"slices"
	"testing"
)

// through returns text with each byte changed.
func through(text []byte, change func(i int, b byte) byte) []byte {
	out := make([]byte, len(text))
	for i, b := range text {
		out[i] = change(i, b)
	}
	return out
}

func TestNamesAreFoundUnderWhatNoRuleCanSearchFor(t *testing.T) {
	code := fixture(t, "../scripts/native/lookalike.so")
	code = append(code, make([]byte, -len(code)&3)...)
	path, command := keyedNames[0], keyedNames[1]
	const alphabet = "qaz#wsx/edcrfv!tgbyhn ujmikolp_-.AOSNE:"
	const other = "ZYXABCDEFGHIJKLMNOPQRSTUVWzyxabcdefghijklmnopqrstuvw3456789012-_"
	chain := byte(0x6b)
	pad := []byte("\x9d\x02\xee\x41\x77\x13\xa0\x5c\x38\xfb\x24\xc1\x6f\x90\x07\xd2\x4b\xb8")
	words := func(change func(i int, b byte) int) (out []byte) { // of the command
		for i, b := range command {
			out = binary.LittleEndian.AppendUint32(out, uint32(change(i, b)))
		}
		return out
	}
	zero := func(parts ...[]byte) []byte { return bytes.Join(parts, []byte{0}) }
	for _, c := range []struct {
		about, note string
		hidden      []byte
	}{
		{"an affine code", ShiftedName, through(command, func(_ int, b byte) byte { return 7*b + 19 })},
		{"turned bits under xor", KeyedName, through(command, func(_ int, b byte) byte { return bits.RotateLeft8(b, 3) ^ 0x51 })},
		{"a table", SubstitutedName, through(path, func(_ int, b byte) byte { return bits.Reverse8(b) })},
		{"the byte before", "", through(path, func(_ int, b byte) byte { chain ^= b; return chain })},
		{"keys of a generator", RolledName, through(command, func(i int, b byte) byte {
			k := byte(0x5a)
			for range i {
				k = 5*k + 1
			}
			return b ^ k
		})},
		{"an exchange of neighbours under xor", KeyedName, through([]byte("u/rsb/nio/ascsirtp"), func(_ int, b byte) byte { return b ^ 0x2d })},
		{"places in an alphabet", AlphabetName, zero(nil, []byte(alphabet), through(command, func(_ int, b byte) byte { return byte(bytes.IndexByte([]byte(alphabet), b)) }))},
		{"base64 of another alphabet", AlphabetName, zero(nil, []byte(other), []byte(base64.NewEncoding(other).WithPadding(base64.NoPadding).EncodeToString([]byte("x"+string(path)))))},
		{"base32 in small letters", AlphabetName, []byte("f52xg4rpmjuw4l3ponqxgy3snfyhi")},
		{"a key that is elsewhere", PadName, zero(pad, through(path, func(i int, b byte) byte { return b ^ pad[i] }))},
		{"a sum with a key that is elsewhere", PadName, zero(pad, through(path, func(i int, b byte) byte { return b - pad[i] }))},
		{"a sum and an xor of three tables", PadName, slices.Concat(
			words(func(i int, b byte) int { return int(b^pad[i]) + int(pad[i+9]) }),
			words(func(i int, _ byte) int { return int(pad[i+9]) }), words(func(i int, _ byte) int { return int(pad[i]) }))},
		{"three tables in another order", PadName, slices.Concat(
			words(func(i int, _ byte) int { return int(pad[i]) }),
			words(func(i int, b byte) int { return int(b+pad[i]) ^ int(pad[i+9]) }), words(func(i int, _ byte) int { return int(pad[i+9]) }))},
		{"pieces", PiecesName, []byte("usr\x00bin\x00os\x00a\x00scr\x00ipt\x00-e\x00")},
		{"pieces that are aligned", PiecesName, []byte("osa\x00\x00\x00\x00\x00script\x00\x00")},
		{"pieces under a key", PiecesName, zero(under([]byte("NSApple"), "\x5a"), under([]byte("Scr"), "\x5a"), under([]byte("ipt"), "\x5a"))},
		{"a script under a key under base64", EncodedName, []byte(base64.StdEncoding.EncodeToString(under([]byte("p=$(osascript -e beep)"), "\x2a")))},
		{"a path under a word under hexadecimal", EncodedName, []byte(hex.EncodeToString(under(path, "amos")))},
	} {
		data := append(bytes.Clone(code), c.hidden...)
		found := Identify("a.so", append(data, make([]byte, 16)...)).Embedded
		if len(found) != 1 || c.note != "" && found[0].Name != c.note || found[0].Offset < int64(len(code)) {
			t.Errorf("%s: found %v, want %s once behind %d", c.about, found, c.note, len(code))
		}
	}
	for _, clear := range []string{"/usr/bin/osascript", "OSASCRIPT", "do shell script", "bytesubscript incompatible", "/usr/lib/subscript",
		"o\x00s\x00a\x00s\x00c\x00r\x00i\x00p\x00t\x00", "b3Nhc2NyaXB0IC1lIGJlZXA=", "2f7573722f62696e2f6f7361736372697074", "osa\x00 script", "osa\x00scrip"} {
		if found := Identify("a.so", append(bytes.Clone(code), clear...)).Embedded; len(found) != 0 {
			t.Errorf("%s in clear: found %v", clear, found)
		}
	}
}

func TestNamesAreFoundThatInstructionsPutTogether(t *testing.T) {
	code := fixture(t, "../scripts/native/lookalike.so")
	code = append(code, make([]byte, -len(code)&3)...)
	command := keyedNames[1]
	var bytewise, keyedBytes, backwards, pushes, arm []byte
	for i, b := range command {
		bytewise = append(bytewise, 0xc6, 0x45, byte(0x80+i*5%9), command[i*5%9]) // mov byte [rbp-…], b
		keyedBytes = append(keyedBytes, 0xc6, 0x44, 0x24, byte(i), b^0x39)        // mov byte [rsp+…], b
		// movz w8, #b; strb w8, [x9, #i]
		arm = append(arm, 8|b<<5, b>>3, 0x80, 0x52, 0x28, byte(i<<10>>8)|1, byte(i<<10>>16), 0x39)
	}
	for at := 8; at >= 0; at -= 4 {
		word := append(bytes.Clone(command[at:min(at+4, len(command))]), 0, 0, 0)[:4]
		backwards = append(append(backwards, 0xc7, 0x45, byte(0xc0+at)), word...) // mov dword [rbp-…], word
	}
	for _, word := range []string{"t\x00\x00\x00", "crip"} {
		pushes = append(append(pushes, 0x68), word...)
	}
	var arguments, armArguments []byte
	for i := range command { // from the last argument to the first
		b := command[len(command)-1-i]
		switch n := len(command) - 1 - i; {
		case n > 2:
			arguments = append(arguments, 0x6a, b) // push b
		case n > 0:
			arguments = append(arguments, 0x41, 0xb7+byte(n), b, 0, 0, 0) // mov r8d, b and r9d
		default:
			arguments = append(arguments, 0xb9, b, 0, 0, 0) // mov ecx, b
		}
	}
	call := []byte{0xe8, 0x10, 0, 0, 0}
	// Another call before, which has one argument.
	arguments = slices.Concat([]byte{0xbe, 0x80, 0, 0, 0}, call, arguments, call)
	for i, b := range command {
		if i < 5 {
			armArguments = append(armArguments, byte(3+i)|b<<5, b>>3, 0x80, 0x52) // movz w3, #b and so on
		} else {
			// movz w9, #b; str x9, [sp, #8*(i-5)]
			armArguments = append(armArguments, 9|b<<5, b>>3, 0x80, 0x52, 0xe9, byte((i-5)<<2)|3, 0, 0xf9)
		}
	}
	armArguments = append(armArguments, 4, 0, 0, 0x94) // bl
	for about, hidden := range map[string][]byte{"bytes in no order": bytewise, "bytes under a key": keyedBytes, "words from the end": backwards, "bytes of arm64": arm,
		"arguments": arguments, "arguments of arm64": armArguments} {
		data := append(bytes.Clone(code), hidden...)
		found := Identify("a.so", append(data, make([]byte, 16)...)).Embedded
		if len(found) != 1 || found[0].Name != StoredName || found[0].Offset-int64(len(code)) > 24 {
			t.Errorf("%s: found %v, want %s at %d", about, found, StoredName, len(code))
		}
	}
	if found := Identify("a.so", append(bytes.Clone(code), pushes...)).Embedded; len(found) != 0 {
		t.Errorf("a part of a name: found %v", found)
	}
}
