package manifests

import (
	"bytes"
	"sync"

	"plugvet/scanner/strict"
)

// minPiece is the least that is worth a goroutine, in bytes: some 180 entries.
const minPiece = 64 << 10

var entryHeader = []byte("\n[[plugin]]\n")

// inPieces decodes a manifest in up to n pieces side by side, since a gate does
// nothing else meanwhile. It returns nil where there is no place to cut, and where
// the pieces might not mean together what they mean as a whole; a fault of data is
// one of these cases.
//
// A piece that decodes ends neither in a string nor in a list, so the line
// [[plugin]] behind it begins an entry, and nothing but entries and revocations can
// follow that.
func inPieces(file string, data []byte, n int) *Manifest {
	pieces := cut(data, n)
	if len(pieces) < 2 {
		return nil
	}
	parts := make([]Manifest, len(pieces))
	errs := make([]error, len(pieces))
	var group sync.WaitGroup
	for i, piece := range pieces {
		group.Go(func() { errs[i] = strict.Decode(file, piece, &parts[i]) })
	}
	group.Wait()
	m := &parts[0]
	for i := range parts {
		if errs[i] != nil || m.Revoked != nil {
			return nil
		}
		if i > 0 {
			m.Plugins = append(m.Plugins, parts[i].Plugins...)
			m.Revoked = parts[i].Revoked
		}
	}
	return m
}

// cut divides data before lines that are [[plugin]], into n pieces of about the
// same size or fewer. The first piece has such a line too, so that whatever
// forbids another entry is found in it.
func cut(data []byte, n int) [][]byte {
	var pieces [][]byte
	begin := 0
	first := bytes.Index(data, entryHeader) + 1
	for i := 1; i < n; i++ {
		from := max(len(data)/n*i, first, begin)
		at := bytes.Index(data[from:], entryHeader)
		if at < 0 {
			break
		}
		pieces = append(pieces, data[begin:from+at+1])
		begin = from + at + 1
	}
	return append(pieces, data[begin:])
}
