package inspect

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"time"

	"golang.org/x/sys/unix"

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
	// nil where the file is Oversize: beyond the limit it is only hashed; and
	// where [Reader.Hash] was to do no more than that.
	Data     []byte
	Facts    *Facts
	Oversize bool
}

const (
	chunkSize = 256 << 10 // read at once; ctx is looked at in between
	keepSize  = 4 << 20   // the largest buffer that a Reader keeps for the next file
	maxClaim  = 1 << 30   // the largest size that a file is believed to have before it is read
)

// A Reader reads files one after the other into one buffer. The zero value is
// ready. It belongs to one goroutine.
type Reader struct {
	// Admit, if it is set, is asked before a file of so many bytes is held in
	// memory as a whole. Its error is that of the read.
	Admit func(name string, size int64) error
	// Identifying is the time that telling facts has taken, over all files.
	Identifying time.Duration

	buffer []byte
	digest hash.Hash
}

// Read opens name without following links, reads it once and identifies it.
// File.Data is valid until the next Read. A file of more than limit bytes (0
// means no limit) is hashed in chunks and not kept. Errors: ErrChanged,
// tree.ErrNotRegular, those of ctx and of the file system.
func (r *Reader) Read(ctx context.Context, t tree.Tree, name string, limit int64) (*File, error) {
	return r.read(ctx, t, name, limit, false)
}

// Hash is Read for a file that is only listed. File.Facts is nil but for native
// code, of which they are what [Outline] tells, and no more of the file than a
// chunk is held in memory unless that takes all of it.
func (r *Reader) Hash(ctx context.Context, t tree.Tree, name string, limit int64) (*File, error) {
	return r.read(ctx, t, name, limit, true)
}

func (r *Reader) read(ctx context.Context, t tree.Tree, name string, limit int64, listed bool) (*File, error) {
	if cap(r.buffer) > keepSize {
		r.buffer = nil
	}
	if r.digest == nil {
		r.digest = sha256.New()
	}
	r.digest.Reset()
	f, err := t.OpenListed(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	before := f.Opened()
	file := &File{Name: name, Info: before, Oversize: limit > 0 && before.Size() > limit}
	// One byte more than it claims shows that it grew; no need to read on.
	content := &io.LimitedReader{R: f, N: before.Size() + 1}
	head, err := r.chunk(ctx, content, 0)
	// A regular file gives less than was asked for at its end alone (read(2)).
	once := err == nil && content.N == 1 && before.Size() < chunkSize
	if once {
		err = io.EOF
	}
	native, whole := outlined(head)
	keep := !file.Oversize && (!listed || native && whole)
	if keep && r.Admit != nil {
		if err := r.Admit(name, before.Size()); err != nil {
			return nil, err
		}
	}
	if listed && native && !keep && !file.Oversize {
		file.Facts = Outline(name, head)
	}
	switch {
	case err == io.EOF:
		file.Size, err = int64(len(head)), nil
	case err != nil:
	case keep:
		head, err = r.load(ctx, content, len(head), before.Size())
		file.Size = int64(len(head))
	default:
		file.Size, err = r.stream(ctx, content)
		file.Size += int64(len(head))
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	after := before
	if !once { // between two reads it may have become another
		if after, err = f.Stat(); err != nil {
			return nil, err
		}
	}
	if reason := changed(before, after, file.Size); reason != "" {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("%w: %s", ErrChanged, reason)}
	}
	r.digest.Sum(file.SHA256[:0])
	switch {
	case keep && listed:
		file.Facts = Outline(name, head)
	case keep:
		file.Data = head
		started := time.Now()
		file.Facts = Identify(name, head)
		r.Identifying += time.Since(started)
	}
	return file, nil
}

// chunk reads and hashes once, behind what the buffer holds already, and returns
// all of that.
func (r *Reader) chunk(ctx context.Context, f io.Reader, held int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return r.buffer[:held], err
	}
	if cap(r.buffer)-held < chunkSize {
		r.grow(held, 2*cap(r.buffer)+2*chunkSize)
	}
	n, err := f.Read(r.buffer[held : held+chunkSize])
	r.digest.Write(r.buffer[held : held+n]) // a hash takes whatever comes
	return r.buffer[:held+n], err
}

// grow makes room in the buffer and keeps what it holds.
func (r *Reader) grow(held, size int) {
	larger := make([]byte, size)
	copy(larger, r.buffer[:held])
	r.buffer = larger
}

// load reads the rest into the buffer. It begins with the size that the file
// claims, which saves a large file from being copied while the buffer grows;
// pages that are never read into cost nothing.
func (r *Reader) load(ctx context.Context, f io.Reader, held int, size int64) ([]byte, error) {
	if want := int(min(size, maxClaim)) + 2*chunkSize; cap(r.buffer) < want {
		r.grow(held, want)
	}
	for {
		data, err := r.chunk(ctx, f, held)
		held = len(data)
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// stream hashes the rest without keeping it, and returns the number of bytes.
func (r *Reader) stream(ctx context.Context, f io.Reader) (int64, error) {
	var size int64
	for {
		data, err := r.chunk(ctx, f, 0)
		size += int64(len(data))
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

func identityOf(info fs.FileInfo) identity {
	stat, ok := info.Sys().(*unix.Stat_t)
	if !ok {
		return identity{}
	}
	return identity{uint64(stat.Dev), uint64(stat.Ino), int64(stat.Ctim.Sec), int64(stat.Ctim.Nsec)}
}
