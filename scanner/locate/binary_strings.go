package locate

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

const (
	// maxString bounds one string of a binary, in bytes. nginx on Debian was
	// built with 1.4 kB of configure arguments.
	maxString = 64 << 10
	// maxStrings bounds how often a mark is looked up in one binary. A
	// universal one holds each string once for every architecture.
	maxStrings = 16
)

// stringsAfter returns what follows each occurrence of mark in a file, up to
// the end of that line or string, each once. The file is streamed, so that its
// size does not matter, and never run.
func (s *survey) stringsAfter(name, mark string) []string {
	f, err := s.tree.Open(name)
	if err != nil {
		s.sink.Fail(name, err)
		return nil
	}
	defer f.Close()
	var found []string
	err = eachAfter(f, []byte(mark), func(text []byte) bool {
		found = appendNew(found, string(text))
		return len(found) < maxStrings && s.ctx.Err() == nil
	})
	if err != nil {
		s.sink.Fail(name, err)
	}
	return found
}

// eachAfter calls yield with the text after each mark, at most maxString bytes
// of it, until yield returns false.
func eachAfter(r io.Reader, mark []byte, yield func([]byte) bool) error {
	buf := make([]byte, 1<<20)
	kept := 0 // bytes at the start of buf that are still to be looked at
	for {
		n, err := io.ReadFull(r, buf[kept:])
		window, last := buf[:kept+n], err != nil
		for {
			at := bytes.Index(window, mark)
			if at < 0 {
				window = window[max(0, len(window)-len(mark)+1):]
				break
			}
			text := window[at+len(mark):]
			end := bytes.IndexAny(text, "\x00\n")
			if end < 0 && len(text) < maxString && !last {
				window = window[at:]
				break
			}
			if end < 0 {
				end = len(text)
			}
			if !yield(text[:min(end, maxString)]) {
				return nil
			}
			window = text
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
		kept = copy(buf, window)
	}
}

// appendNew appends the items that list does not hold yet.
func appendNew[T comparable](list []T, items ...T) []T {
	for _, item := range items {
		if !slices.Contains(list, item) {
			list = append(list, item)
		}
	}
	return list
}
