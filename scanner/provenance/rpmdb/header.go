package rpmdb

import (
	"encoding/binary"
	"fmt"
	"iter"
	"strings"
)

// Tags and types of values (rpmtag.h).
const (
	tagName        = 1000
	tagVersion     = 1001
	tagRelease     = 1002
	tagEpoch       = 1003
	tagArch        = 1022
	tagFileStates  = 1029
	tagFileModes   = 1030
	tagFileDigests = 1035
	tagDirIndexes  = 1116
	tagBaseNames   = 1117
	tagDirNames    = 1118
	tagDigestAlgo  = 5011

	typeString      = 6
	typeStringArray = 8
	typeI18NString  = 9
)

// sizes are the bytes of one value of the types that are numbers.
var sizes = map[uint32]int{1: 1, 2: 1, 3: 2, 4: 4}

// algorithms are the digests that FILEDIGESTALGO may name (RFC 9580, 9.5).
var algorithms = map[uint32]string{1: "md5", 2: "sha1", 8: "sha256", 9: "sha384", 10: "sha512"}

// A Package is one that the database has as installed.
type Package struct {
	Name    string
	Version string // epoch:version-release.arch, without an epoch of none

	algorithm  string
	dirs       []string
	dirIndexes []uint32
	names      []string
	digests    []string
	modes      []uint32
	states     []uint32
}

// A File is one that a package has, and that rpm put on the disk.
type File struct {
	Path    string // absolute
	Regular bool
	Dir     bool
	// Algorithm (md5, sha1, sha256, sha384 or sha512) and Digest, in
	// hexadecimal; both empty where the package has none that is known.
	Algorithm, Digest string
}

// maxPath bounds a file's path, in bytes: PATH_MAX of Linux.
const maxPath = 4096

// normal is the state of a file that lies on the disk; others are of files that
// another package replaced or that were left out (rpmfiles.h).
const normal = 0

// Files are the package's files on the disk. Those with a path longer than a
// system has are none.
func (p *Package) Files() iter.Seq[File] {
	return func(yield func(File) bool) {
		for i, name := range p.names {
			dir := p.dirs[p.dirIndexes[i]]
			if len(dir)+len(name) > maxPath || p.states != nil && p.states[i] != normal {
				continue
			}
			f := File{Path: dir + name}
			switch p.modes[i] & 0o170000 {
			case 0o100000:
				f.Regular = true
			case 0o040000:
				f.Dir = true
			}
			if p.digests != nil && p.digests[i] != "" && p.algorithm != "" {
				f.Algorithm, f.Digest = p.algorithm, strings.ToLower(p.digests[i])
			}
			if !yield(f) {
				return
			}
		}
	}
}

// parsePackage reads a header: the number of entries, the bytes of data, entries
// of tag, type, offset and count, the data. Numbers are big-endian (header.c).
func parsePackage(blob []byte) (*Package, error) {
	if len(blob) < 8 {
		return nil, unsound("a header of %d bytes", len(blob))
	}
	entries, bytes := uint64(binary.BigEndian.Uint32(blob)), uint64(binary.BigEndian.Uint32(blob[4:]))
	if 8+16*entries+bytes != uint64(len(blob)) {
		return nil, unsound("a header of %d bytes with %d entries and %d bytes of data", len(blob), entries, bytes)
	}
	h := header{map[uint32][]byte{}, blob[8+16*entries:]}
	for index := blob[8 : 8+16*entries]; len(index) > 0; index = index[16:] {
		switch tag := binary.BigEndian.Uint32(index); tag {
		case tagName, tagVersion, tagRelease, tagEpoch, tagArch, tagFileStates, tagFileModes, tagFileDigests,
			tagDirIndexes, tagBaseNames, tagDirNames, tagDigestAlgo:
			h.entries[tag] = index[4:16] // what was added on installation comes last, and counts
		}
	}
	p := &Package{}
	if err := p.read(&h); err != nil {
		return nil, fmt.Errorf("package %q: %w", p.Name, err)
	}
	return p, nil
}

func (p *Package) read(h *header) error {
	r := reader{header: h, left: len(h.data)}
	p.Name = r.text(tagName)
	p.Version = r.text(tagVersion) + "-" + r.text(tagRelease)
	if epoch := r.numbers(tagEpoch); len(epoch) > 0 {
		p.Version = fmt.Sprintf("%d:%s", epoch[0], p.Version)
	}
	if arch := r.text(tagArch); arch != "" { // a key for signatures has none
		p.Version += "." + arch
	}
	p.algorithm = "md5"
	if algorithm := r.numbers(tagDigestAlgo); len(algorithm) > 0 {
		p.algorithm = algorithms[algorithm[0]]
	}
	p.names = r.texts(tagBaseNames)
	p.dirs = r.texts(tagDirNames)
	p.dirIndexes = r.numbers(tagDirIndexes)
	p.digests = r.texts(tagFileDigests)
	p.modes = r.numbers(tagFileModes)
	p.states = r.numbers(tagFileStates)
	if r.err != nil {
		return r.err
	}
	n := len(p.names)
	if p.Name == "" {
		return unsound("a header without a name")
	}
	if len(p.dirIndexes) != n || len(p.modes) != n || p.digests != nil && len(p.digests) != n || p.states != nil && len(p.states) != n {
		return unsound("lists of files that are not of the same length")
	}
	for _, dir := range p.dirIndexes {
		if uint64(dir) >= uint64(len(p.dirs)) {
			return unsound("a file in directory %d of %d", dir, len(p.dirs))
		}
	}
	return nil
}

// A header has entries by tag: type, offset and count, four bytes each.
type header struct {
	entries map[uint32][]byte
	data    []byte
}

// A reader reads values and keeps the first error. Those of a sound header do
// not overlap, so together they are no longer than its data.
type reader struct {
	*header
	left int
	err  error
}

func (r *reader) spend(n int) bool {
	if r.left -= n; r.left < 0 {
		r.err = unsound("values that overlap")
	}
	return r.err == nil
}

// value is where a tag's values start; ok is false where there are none.
func (r *reader) value(tag uint32) (kind uint32, count int, data []byte, ok bool) {
	e, ok := r.entries[tag]
	if !ok || r.err != nil {
		return 0, 0, nil, false
	}
	offset, n := binary.BigEndian.Uint32(e[4:]), binary.BigEndian.Uint32(e[8:])
	if uint64(offset) > uint64(len(r.data)) || n > maxFiles {
		r.err = unsound("tag %d has %d values at %d", tag, n, offset)
		return 0, 0, nil, false
	}
	return binary.BigEndian.Uint32(e), int(n), r.data[offset:], true
}

// texts are a tag's strings, each of which ends in a NUL.
func (r *reader) texts(tag uint32) []string {
	kind, count, data, ok := r.value(tag)
	if !ok {
		return nil
	}
	if kind != typeString && kind != typeStringArray && kind != typeI18NString || count > len(data) {
		r.err = unsound("tag %d is no list of %d texts", tag, count)
		return nil
	}
	// One copy for all of them: they point into it.
	end, found := 0, 0
	for end < len(data) && found < count {
		if data[end] == 0 {
			found++
		}
		end++
	}
	if found < count {
		r.err = unsound("tag %d has %d of %d texts", tag, found, count)
		return nil
	}
	if !r.spend(end) {
		return nil
	}
	all := string(data[:end])
	texts := make([]string, count)
	for i := range texts {
		texts[i], all, _ = strings.Cut(all, "\x00")
	}
	return texts
}

func (r *reader) text(tag uint32) string {
	if texts := r.texts(tag); len(texts) > 0 {
		return texts[0]
	}
	return ""
}

func (r *reader) numbers(tag uint32) []uint32 {
	kind, count, data, ok := r.value(tag)
	if !ok {
		return nil
	}
	size := sizes[kind]
	if size == 0 || count > len(data)/size {
		r.err = unsound("tag %d is no list of %d numbers", tag, count)
		return nil
	}
	if !r.spend(count * size) {
		return nil
	}
	numbers := make([]uint32, count)
	for i := range numbers {
		for _, b := range data[i*size : (i+1)*size] {
			numbers[i] = numbers[i]<<8 | uint32(b)
		}
	}
	return numbers
}
