// Package rpmdb reads which packages an rpm database has as installed, and
// which files they have with which digests. It reads all three formats: SQLite
// (rpmdb.sqlite: Fedora, RHEL 9 and later), ndb (Packages.db: SUSE) and a hash
// of Berkeley DB (Packages: RHEL up to 8), of either byte order.
//
// It knows as much of them as it takes to list the headers: no index, no lock,
// no write. A SQLite database's write-ahead log and rollback journal are not
// read; who asks must say so where there is one (Unfinished).
//
// It is our own because the library for this, github.com/knqyf263/go-rpmdb
// v0.1.1, opens a path of this machine and no file of a scanned tree, brings
// the whole of SQLite, translated from C, takes lengths of up to 4 GB from
// the file for an allocation, and follows a Berkeley DB page that is not of
// its kind forever.
//
// The bytes are hostile. Nothing is allocated beyond what the file has, a page
// is read about as often as a sound database needs it, and every count has a
// limit; what goes beyond is an error and not a silent end.
//
// Facts: SQLite's fileformat2.html; rpm 4.18's lib/header.c, lib/rpmtag.h and
// lib/backend/ndb/rpmpkg.c; Berkeley DB 5.3's dbinc/db_page.h. The tests compare
// with the stock rpm.
package rpmdb

import (
	"errors"
	"fmt"
	"io"
)

// Names are the files that hold a database, those of newer formats first.
var Names = []string{"rpmdb.sqlite", "Packages.db", "Packages"}

// Unfinished are what may lie beside a SQLite database, by what their names end
// in, with changes that are not in it. An empty one has none.
var Unfinished = []string{"-wal", "-journal"}

// Limits: of a database and of one package's header in bytes, and of the files
// of one package. A header of TeX Live with 20,000 files has 3 MB.
const (
	MaxSize   = 1 << 30
	maxHeader = 64 << 20
	maxFiles  = 1 << 20
)

// ErrUnsound says that a database is damaged, hostile or of an unknown format.
var ErrUnsound = errors.New("not a sound rpm database")

func unsound(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrUnsound}, args...)...)
}

// Read calls visit for each package of a database of size bytes until it
// returns false. Packages that cannot be read are left out, and the error tells
// of the first; other errors are ErrUnsound and those of r.
func Read(r io.ReaderAt, size int64, visit func(*Package) bool) error {
	if size > MaxSize {
		return unsound("more than %d bytes", int64(MaxSize))
	}
	// Berkeley DB's pages are read twice, first for what kind they are; SQLite's
	// rows are counted besides their pages.
	f := &file{r: r, size: size, left: 2*size + 4096}
	start, err := f.read(0, min(size, 32))
	if err != nil {
		return err
	}
	var skipped error
	each := func(blob []byte) bool {
		p, err := parsePackage(blob)
		if err != nil {
			if skipped == nil {
				skipped = err
			}
			return true
		}
		return visit(p)
	}
	switch {
	case isSQLite(start):
		err = readSQLite(f, each)
	case isNDB(start):
		err = readNDB(f, each)
	case isBerkeley(start):
		err = readBerkeley(f, each)
	default:
		err = unsound("neither SQLite nor ndb nor Berkeley DB")
	}
	if err != nil {
		return err
	}
	return skipped
}

// A file is a database that can be read for about as many bytes as it has: one
// that leads in circles comes to an end.
type file struct {
	r    io.ReaderAt
	size int64
	left int64
}

// read returns n bytes at off. It allocates no more than the file has.
func (f *file) read(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || off > f.size || n > f.size-off {
		return nil, unsound("%d bytes at %d of %d", n, off, f.size)
	}
	if err := f.spend(n); err != nil {
		return nil, err
	}
	data := make([]byte, n)
	if k, err := f.r.ReadAt(data, off); int64(k) < n {
		if errors.Is(err, io.EOF) {
			return nil, unsound("it became shorter while it was read")
		}
		return nil, err
	}
	return data, nil
}

// spend counts n bytes that were looked at.
func (f *file) spend(n int64) error {
	if f.left -= n; f.left < 0 {
		return unsound("it refers to the same bytes again and again")
	}
	return nil
}
