package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"plugvet/scanner"
	"plugvet/scanner/atomicfile"
	"plugvet/scanner/report"
)

// A Bundle is a bundle whose index and report could be read.
type Bundle struct {
	Files  Files
	Index  *Index
	Report *scanner.Report
}

// Digest is the digest of the bundle's index.json, by which the next one names it.
func (b *Bundle) Digest() string { return digest(b.Files[indexFile]) }

// WriteDir writes the bundle as a directory, which must be absent or empty.
func (b *Bundle) WriteDir(dir string) error { return writeDir(dir, b.Files) }

// WriteTar writes the bundle as a tar, whole or not at all.
func (b *Bundle) WriteTar(file string) error {
	staged, err := b.StageTar(file)
	if err != nil {
		return err
	}
	defer staged.Discard()
	return staged.Commit()
}

// StageTar writes the bundle as a tar that appears once it is committed.
func (b *Bundle) StageTar(file string) (*atomicfile.File, error) {
	data, err := b.Tar()
	if err != nil {
		return nil, err
	}
	return atomicfile.Stage(file, data)
}

// Tar is the bundle as a tar. Its files lie in one directory, so that
// unpacking it does not litter.
func (b *Bundle) Tar() ([]byte, error) {
	return encodeTar(b.Files, fmt.Sprintf("plugvet-evidence-%d", b.Index.Sequence), b.Index.At)
}

// readFiles reads the files of a bundle, a directory or a tar.
func readFiles(path string) (Files, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return readDir(path)
	}
	data, err := readTar(path, info)
	if err != nil {
		return nil, err
	}
	return decodeTar(data)
}

func readTar(path string, info fs.FileInfo) ([]byte, error) {
	const limit = maxBundle + maxFiles*1024 + 1<<16 // with its headers
	if !info.Mode().IsRegular() {                   // a pipe would be waited for, for ever
		return nil, errors.New("expected a directory or a tar")
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%d bytes, more than a bundle may have", info.Size())
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

// parse reads index and report of a bundle.
func parse(f Files) (*Bundle, error) {
	for _, name := range []string{indexFile, reportFile} {
		if f[name] == nil {
			return nil, fmt.Errorf("%s: is not there, so this is no bundle", name)
		}
	}
	x, err := parseIndex(f[indexFile])
	if err != nil {
		return nil, err
	}
	r, err := report.ReadJSON(bytes.NewReader(f[reportFile]))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", reportFile, err)
	}
	var again bytes.Buffer
	if err := report.WriteJSON(&again, r); err != nil {
		return nil, fmt.Errorf("%s: %w", reportFile, err)
	}
	if !bytes.Equal(again.Bytes(), f[reportFile]) {
		return nil, fmt.Errorf("%s: is not written as plugvet writes it, from byte %d on", reportFile, firstDifference(again.Bytes(), f[reportFile]))
	}
	return &Bundle{Files: f, Index: x, Report: r}, nil
}

// Read reads a bundle, a directory or a tar, and believes it: see [Verify].
func Read(path string) (*Bundle, error) {
	files, err := readFiles(path)
	if err != nil {
		return nil, &Error{Path: path, Err: err}
	}
	b, err := parse(files)
	if err != nil {
		return nil, &Error{Path: path, Err: err}
	}
	return b, nil
}

// An Error is about the bundle or ledger at Path.
type Error struct {
	Path string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %v", e.Path, e.Err) }
func (e *Error) Unwrap() error { return e.Err }
