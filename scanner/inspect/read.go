package inspect

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"

	"plugvet/scanner/tree"
)

// ErrChanged says that a file is not the one that was opened any more: its
// size, times or identity differ, or reading gave another length.
var ErrChanged = errors.New("changed while read")

// A File is what one reading of one file gave.
type File struct {
	Name   string
	Size   int64 // bytes read and hashed
	SHA256 [32]byte
	Info   fs.FileInfo // of the descriptor, as it was before reading

	// Data is the bytes that were hashed, and Facts what they state. Both are
	// nil where the file is Oversize: beyond the limit it is only hashed.
	Data     []byte
	Facts    *Facts
	Oversize bool
}

const (
	chunkSize = 256 << 10 // read at once; ctx is looked at in between
	keepSize  = 64 << 20  // the largest buffer that a Reader keeps for the next file
	maxClaim  = 1 << 30   // the largest size that a file is believed to have before it is read
)

// A Reader reads files one after the other into one buffer. The zero value is
// ready. It belongs to one goroutine.
type Reader struct{ buffer []byte }

// Read reads one file with a Reader of its own.
func Read(ctx context.Context, t tree.Tree, name string, limit int64) (*File, error) {
	return new(Reader).Read(ctx, t, name, limit)
}

// Read opens name without following links, reads it once and identifies it.
// File.Data is valid until the next Read. A file of more than limit bytes (0
// means no limit) is hashed in chunks and not kept. Errors: ErrChanged,
// tree.ErrNotRegular, those of ctx and of the file system.
func (r *Reader) Read(ctx context.Context, t tree.Tree, name string, limit int64) (*File, error) {
	if cap(r.buffer) > keepSize {
		r.buffer = nil
	}
	f, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		return nil, err
	}
	file := &File{Name: name, Info: before, Oversize: limit > 0 && before.Size() > limit}
	digest := sha256.New()
	// One byte more than it claims shows that it grew; no need to read on.
	content := io.LimitReader(f, before.Size()+1)
	if file.Oversize {
		file.Size, err = r.stream(ctx, content, digest)
	} else {
		file.Data, err = r.load(ctx, content, digest, before.Size())
		file.Size = int64(len(file.Data))
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	after, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if reason := changed(before, after, file.Size); reason != "" {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("%w: %s", ErrChanged, reason)}
	}
	digest.Sum(file.SHA256[:0])
	if !file.Oversize {
		file.Facts = Identify(name, file.Data)
	}
	return file, nil
}

// load reads everything into the buffer. It begins with the size that the file
// claims, which saves a large file from being copied while the buffer grows;
// pages that are never read into cost nothing.
func (r *Reader) load(ctx context.Context, f io.Reader, digest hash.Hash, size int64) ([]byte, error) {
	data := r.buffer[:0]
	if want := min(size, maxClaim) + 2*chunkSize; int64(cap(data)) < want {
		data = make([]byte, 0, want)
	}
	defer func() { r.buffer = data[:0] }()
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if cap(data)-len(data) < chunkSize {
			data = append(make([]byte, 0, 2*cap(data)+2*chunkSize), data...)
		}
		n, err := f.Read(data[len(data) : len(data)+chunkSize])
		digest.Write(data[len(data) : len(data)+n])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// stream hashes without keeping, and returns the number of bytes.
func (r *Reader) stream(ctx context.Context, f io.Reader, digest hash.Hash) (int64, error) {
	if cap(r.buffer) < chunkSize {
		r.buffer = make([]byte, 0, chunkSize)
	}
	chunk := r.buffer[:chunkSize]
	var size int64
	for {
		if err := ctx.Err(); err != nil {
			return size, err
		}
		n, err := f.Read(chunk)
		digest.Write(chunk[:n])
		size += int64(n)
		if err == io.EOF {
			return size, nil
		}
		if err != nil {
			return size, err
		}
	}
}

// changed says what differs between two looks at one descriptor, between which
// read bytes were read; empty when nothing does.
func changed(before, after fs.FileInfo, read int64) string {
	switch {
	case before.Size() != after.Size():
		return fmt.Sprintf("it had %d bytes and has %d", before.Size(), after.Size())
	case read != before.Size():
		return fmt.Sprintf("it has %d bytes, of which reading gave %d", before.Size(), read)
	case !before.ModTime().Equal(after.ModTime()):
		return "its modification time differs"
	case identityOf(before) != identityOf(after):
		return "its inode or change time differs"
	}
	return ""
}

// An identity is what a file system knows about a file beside its size and
// modification time. It is zero for a file that is in none.
type identity struct {
	device, inode         uint64
	changeSec, changeNsec int64
}
