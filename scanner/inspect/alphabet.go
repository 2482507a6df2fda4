package inspect

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"sync"
)

// A text that has each of its characters once is an alphabet, and what is written
// with it stands beside it: as places in it, shifted along it, or in base64 or
// base32 of it.

const (
	shortestAlphabet = 20
	maxAlphabets     = 16 // of one file that are tried
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
	known := knownSpellings()
	if found := alphabetsIn(data); found != nil {
		known = newSpelled(append(found, knownAlphabets...))
	}
	for i := 0; i+4 <= len(data); i++ {
		head := binary.LittleEndian.Uint32(data[i:])
		if !known.heads.has(uint64(head)) {
			continue
		}
		for _, written := range known.byHead[head] {
			if bytes.HasPrefix(data[i:], written) {
				c.noteKeyed(AlphabetName, int64(i))
			}
		}
	}
}

// spelled are names written with alphabets, by their first four bytes.
type spelled struct {
	heads  sieve
	byHead map[uint32][][]byte
}

func newSpelled(alphabets [][]byte) spelled {
	var all [][]byte
	for _, alphabet := range alphabets {
		all = append(all, spellings(alphabet)...)
	}
	s := spelled{newSieve(len(all)), map[uint32][][]byte{}}
	for _, written := range all {
		head := binary.LittleEndian.Uint32(written)
		s.heads.add(uint64(head))
		s.byHead[head] = append(s.byHead[head], written)
	}
	return s
}

var knownSpellings = sync.OnceValue(func() spelled { return newSpelled(knownAlphabets) })

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

// spellings are the ways to write names with an alphabet: places in it as bytes and
// as words of four, from 0 and from 1; letters further along it; and what base64 and
// base32 make of a name behind texts of any length.
func spellings(alphabet []byte) (all [][]byte) {
	// The first would add nothing: the path ends with the command.
	for _, name := range keyedNames[1:] {
		places := make([]byte, len(name))
		whole := true
		for i, b := range name {
			at := bytes.IndexByte(alphabet, b)
			whole = whole && at >= 0
			places[i] = byte(at)
		}
		for further := 1; further < len(alphabet) && whole; further++ {
			moved := make([]byte, len(name))
			for i, at := range places {
				moved[i] = alphabet[(int(at)+further)%len(alphabet)]
			}
			all = append(all, moved)
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
	}
	return slices.DeleteFunc(all, func(written []byte) bool { // what is clear
		return slices.ContainsFunc(keyedNames, func(name []byte) bool {
			if len(written) == len(name) {
				by := make([]byte, len(name))
				minus(by, written, name)
				return sameLetters(by)
			}
			return false
		})
	})
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
