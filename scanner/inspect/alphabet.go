package inspect

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
)

// A text that has each of its characters once is an alphabet, and what is written
// with it stands beside it: as places in it, shifted along it, or in base64 or
// base32 of it.

const (
	shortestAlphabet = 20
	maxAlphabets     = 16      // of one file that are tried
	alphabetLimit    = 4 << 20 // bytes of a file in which they are tried
)

// knownAlphabets are those that code works out or leaves to a library.
var knownAlphabets = [][]byte{
	[]byte("abcdefghijklmnopqrstuvwxyz"),
	[]byte("abcdefghijklmnopqrstuvwxyz234567"), []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
	[]byte("0123456789abcdefghijklmnopqrstuv"), []byte("0123456789ABCDEFGHIJKLMNOPQRSTUV"),
	[]byte("0123456789abcdefghjkmnpqrstvwxyz"), []byte("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
	span('!', '~'),
}

func span(from, to byte) (all []byte) {
	for b := from; b <= to; b++ {
		all = append(all, b)
	}
	return all
}

// alphabets looks for names that are written with an alphabet.
func (c *collector) alphabets(data []byte) {
	if len(data) > alphabetLimit {
		return
	}
	for _, alphabet := range append(alphabetsIn(data), knownAlphabets...) {
		for _, name := range keyedNames {
			for _, written := range spellings(name, alphabet) {
				if at := bytes.Index(data, written); at >= 0 {
					c.noteKeyed(AlphabetName, int64(at))
				}
			}
		}
	}
}

// alphabetsIn finds the texts of a file that have each character once.
func alphabetsIn(data []byte) (found [][]byte) {
	start := 0
	for i, b := range data {
		if b >= '\t' && b <= '~' {
			continue
		}
		if text := data[start:i]; len(text) >= shortestAlphabet && len(text) <= '~' && distinct(text) {
			if found = append(found, text); len(found) == maxAlphabets {
				return found
			}
		}
		start = i + 1
	}
	return found
}

func distinct(text []byte) bool {
	var seen [256]bool
	for _, b := range text {
		if seen[b] {
			return false
		}
		seen[b] = true
	}
	return true
}

// spellings are the ways to write a name with an alphabet: places in it as bytes
// and as words of four, from 0 and from 1; letters further along it; and what
// base64 and base32 make of the name behind texts of any length.
func spellings(name, alphabet []byte) (all [][]byte) {
	places := make([]byte, len(name))
	whole := true
	for i, b := range name {
		at := bytes.IndexByte(alphabet, b)
		whole = whole && at >= 0
		places[i] = byte(at)
	}
	for further := 0; further < len(alphabet) && whole; further++ {
		moved := make([]byte, len(name))
		for i, at := range places {
			moved[i] = alphabet[(int(at)+further)%len(alphabet)]
		}
		if further > 0 {
			all = append(all, moved)
		}
	}
	for from := byte(0); from < 2 && whole; from++ {
		narrow, wide := make([]byte, len(name)), make([]byte, 4*len(name)-3)
		for i, at := range places {
			narrow[i], wide[4*i] = at+from, at+from
		}
		all = append(all, narrow, wide)
	}
	if len(alphabet) == 32 {
		all = append(all, encoded(name, 5, 5, base32.NewEncoding(string(alphabet)).WithPadding(base32.NoPadding).EncodeToString)...)
	}
	if n := len(alphabet); n == 64 || n == 65 { // with a sign to fill up with
		all = append(all, encoded(name, 3, 6, base64.NewEncoding(string(alphabet[:64])).WithPadding(base64.NoPadding).EncodeToString)...)
	}
	return all
}

// encoded returns what an encoding by groups of bytes makes of a name behind each
// number of other bytes, without the characters to which those belong.
func encoded(name []byte, group, bitsEach int, encode func([]byte) string) (all [][]byte) {
	for before := range group {
		text := encode(append(make([]byte, before), name...))
		first, end := (8*before+bitsEach-1)/bitsEach, 8*(before+len(name))/bitsEach
		all = append(all, []byte(text[first:end]))
	}
	return all
}
