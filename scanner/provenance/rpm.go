package provenance

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/provenance/rpmdb"
	"plugvet/scanner/tree"
)

// rpmDirs are where systems keep rpm's database: Fedora and SUSE, rpm-ostree,
// RHEL. On many of them one is a link to another.
var rpmDirs = []string{"usr/lib/sysimage/rpm", "usr/share/rpm", "var/lib/rpm"}

// maxPaths bounds the paths that are read of an rpm database, in bytes; each
// counts for perPath more. A system with a million files has 150 MB of them.
const (
	maxPaths = 512 << 20
	perPath  = 64
)

// readRPM reads rpm's database. It is nil where the tree has none. Of several
// the first is read, and the note names the others: which one rpm uses is a
// matter of its configuration.
func (r *Records) readRPM() *database {
	files := r.findRPM()
	if len(files) == 0 {
		return nil
	}
	d := &database{kind: "rpm", claims: map[string]*claim{}}
	var notes []string
	if err := r.readRPMFile(files[0], d); err != nil {
		notes = append(notes, fmt.Sprintf("%s cannot be read to its end: %v", files[0], cause(err)))
	}
	for _, suffix := range rpmdb.Unfinished {
		if info, err := r.tree.Lstat(files[0] + suffix); err == nil && info.Size() > 0 {
			notes = append(notes, "what changed last is in "+files[0]+suffix+", which is not read")
		}
	}
	for _, other := range files[1:] {
		notes = append(notes, other+" is not read beside "+files[0])
	}
	d.note = strings.Join(notes, "; ")
	return d
}

// findRPM names the databases, without symbolic links.
func (r *Records) findRPM() (files []string) {
	for _, dir := range rpmDirs {
		for _, name := range rpmdb.Names {
			file, err := tree.Resolve(r.tree, path.Join(dir, name))
			if err != nil || slices.Contains(files, file) {
				continue
			}
			if info, err := r.tree.Lstat(file); err == nil && !info.IsDir() {
				files = append(files, file)
			}
		}
	}
	return files
}

var errTooManyFiles = errors.New("it has more files than are read of it")

func (r *Records) readRPMFile(name string, d *database) error {
	db, size, closeFile, err := openAt(r.tree, name)
	if err != nil {
		return err
	}
	defer closeFile()
	aliases := readAliases(r.tree)
	budget := maxPaths
	err = rpmdb.Read(db, size, func(p *rpmdb.Package) bool {
		for f := range p.Files() {
			if budget -= perPath + len(f.Path); budget < 0 {
				return false
			}
			name := aliases.name(f.Path)
			plugin := r.places.of(name)
			if plugin == "" || f.Dir {
				continue
			}
			c := d.claim(plugin)
			if c.add(p.Name); len(c.packages) == 1 {
				c.version = p.Version
			}
			// A link of the package is compared as it stands; a file in its place is
			// none of the package's.
			if _, known := c.sums[name]; f.Regular && (!known || f.Digest != "") {
				c.sums[name] = rpmChecksum(f)
			}
		}
		return true
	})
	if budget < 0 {
		return errTooManyFiles
	}
	return err
}

func rpmChecksum(f rpmdb.File) checksum {
	if hash, ok := hashes[f.Algorithm]; !ok || len(f.Digest) != 2*hash.new().Size() {
		return checksum{}
	}
	return checksum{f.Algorithm, f.Digest}
}

// maxUnseekable bounds a database of a tree whose files are read from the front,
// in bytes: it is kept in memory.
const maxUnseekable = 256 << 20

// openAt opens a file to be read here and there.
func openAt(t tree.Tree, name string) (at io.ReaderAt, size int64, closeFile func() error, err error) {
	f, err := t.Open(name)
	if err != nil {
		return nil, 0, nil, err
	}
	if at, ok := f.(io.ReaderAt); ok {
		info, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, 0, nil, err
		}
		return at, info.Size(), f.Close, nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxUnseekable+1))
	if err == nil && len(data) > maxUnseekable {
		err = &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("%w: more than %d bytes", tree.ErrTooLarge, maxUnseekable)}
	}
	return bytes.NewReader(data), int64(len(data)), func() error { return nil }, err
}
