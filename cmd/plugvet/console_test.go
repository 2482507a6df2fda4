package main

import (
	"bufio"
	"bytes"
	"testing"
	"time"
)

// The bytes of a key may come apart on a slow line, and the last of an arrow's is a letter that
// would accept.
func TestNoPartOfAKeyIsAnAnswer(t *testing.T) {
	const late = 100 * time.Millisecond
	for _, keys := range [][]string{{"\x1b[A", "r"}, {"\x1b", "[A", "r"}, {"\x1b[", "A", "r"}, {"\x1b", "[", "A", "r"}, {"\x1b", "OA", "r"}, {"\x1b\x1b[A", "r"}, {"\x1b[1;", "5A", "r"}, {"\x1b", "r"}} {
		feed := make(chan input)
		go func() {
			defer close(feed)
			for _, part := range keys {
				for _, b := range []byte(part) {
					feed <- input{b: b}
				}
				time.Sleep(late)
			}
		}()
		k := &console{ctx: t.Context(), out: bufio.NewWriter(new(bytes.Buffer)), input: feed, raw: true}
		for {
			key, err := k.key()
			if err != nil {
				t.Fatalf("%q: %v", keys, err)
			}
			if key == keyOther {
				continue
			}
			if key != 'r' {
				t.Errorf("%q: %q", keys, key)
			}
			break
		}
		for range feed {
		}
	}
}
