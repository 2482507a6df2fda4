package provenance

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner/tree"
)

// A database is what dpkg, apk or rpm recorded of the files of plugins.
type database struct {
	kind   string
	claims map[string]*claim // by the plugin's path
	// note says that the database could not be read to its end.
	note string
}

// A claim is what a database says of one plugin.
type claim struct {
	packages []string // those that own files of it, with their versions
	version  string   // of the first
	// sums has the checksum of each file by its name relative to the root;
	// empty where the database has the name alone.
	sums     map[string]checksum
	diverted string // where the package's own file went, by a local diversion
	gone     string // why the package does not count as installed
}

// A checksum is one as a database has it.
type checksum struct {
	algorithm string // a key of hashes; empty: there is none
	sum       string // the first digits of it, in lower-case hexadecimal
}

// hashes are the checksums that databases have. Of a weak one files can be made
// that share it.
var hashes = map[string]struct {
	name string
	new  func() hash.Hash
	weak bool
}{
	"md5": {"MD5", md5.New, true}, "sha1": {"SHA-1", sha1.New, true},
	"sha256": {"SHA-256", sha256.New, false}, "sha384": {"SHA-384", sha512.New384, false}, "sha512": {"SHA-512", sha512.New, false},
}

func (d *database) claim(place string) *claim {
	c := d.claims[place]
	if c == nil {
		c = &claim{sums: map[string]checksum{}}
		d.claims[place] = c
	}
	return c
}

func (c *claim) add(pkg string) {
	if !slices.Contains(c.packages, pkg) && len(c.packages) < maxPackages {
		c.packages = append(c.packages, pkg)
	}
}

// maxPackages is how many packages may own files of one plugin.
const maxPackages = 8

// ofDatabase grades a plugin by what a database says of it, or returns nil.
func (r *Records) ofDatabase(ctx context.Context, d *database, p *Plugin) *manifests.Source {
	if d == nil {
		return nil
	}
	c := d.claims[p.Path]
	if c == nil || len(c.packages) == 0 {
		return nil
	}
	source := &manifests.Source{Kind: d.kind, Package: strings.Join(c.packages, ", "), Version: c.version}
	switch {
	case c.gone != "":
		source.Grade, source.Note = manifests.NoGrade, c.gone
	case c.diverted != "":
		source.Grade, source.Note = manifests.Local, "diverted on this machine: the package's own file is "+c.diverted
	default:
		source.Grade, source.Note = r.verify(ctx, p, c)
	}
	if d.note != "" {
		source.Note += "; " + d.note
	}
	return source
}

// verify reads the files that a database claims for a plugin, and nothing else,
// and holds them against its checksums. That they are the files which were
// scanned shows the tree digest.
func (r *Records) verify(ctx context.Context, p *Plugin, c *claim) (manifests.Grade, string) {
	var files []manifests.FileSum
	algorithms := map[string]bool{}
	without := 0
	for _, name := range slices.Sorted(maps.Keys(c.sums)) {
		want := c.sums[name]
		info, err := r.tree.Lstat(name)
		if err == nil && info.IsDir() {
			continue // of the same name as a file of a package
		}
		if errors.Is(err, fs.ErrNotExist) {
			return manifests.NoGrade, "the package's file " + name + " is not there"
		}
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			continue // compared as it stands, and not by its content
		}
		sum, got, err := r.hash(ctx, name, want.algorithm)
		if err != nil {
			return manifests.NoGrade, fmt.Sprintf("the package's file %s cannot be read: %v", name, cause(err))
		}
		switch {
		case want.algorithm == "":
			without++
		case !strings.HasPrefix(got, want.sum):
			return manifests.NoGrade, fmt.Sprintf("%s is not the package's: its %s differs", name, hashes[want.algorithm].name)
		}
		algorithms[want.algorithm] = true
		files = append(files, manifests.FileSum{Name: relative(p, name), Sum: sum})
	}
	digest, err := manifests.TreeDigest(files)
	switch {
	case err != nil || digest != p.Tree:
		return manifests.NoGrade, "it has files that the package has not, or not all of the package's"
	case without > 0:
		return manifests.Claimed, fmt.Sprintf("the database has no checksum of %d of its files", without)
	}
	grade := manifests.Strong
	var names []string
	for _, algorithm := range slices.Sorted(maps.Keys(algorithms)) {
		names = append(names, hashes[algorithm].name)
		if hashes[algorithm].weak {
			grade = manifests.Weak
		}
	}
	return grade, "every " + strings.Join(names, " and ") + " holds"
}

// hash reads a file once, for its SHA-256 and the hash that a database has.
func (r *Records) hash(ctx context.Context, name, algorithm string) (sum [sha256.Size]byte, other string, err error) {
	f, err := r.tree.Open(name)
	if err != nil {
		return sum, "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return sum, "", err
	}
	own := sha256.New()
	into := io.Writer(own)
	second := own
	if algorithm != "" && algorithm != "sha256" {
		second = hashes[algorithm].new()
		into = io.MultiWriter(own, second)
	}
	// A file that grows while it is read is another one, and shows as such.
	if _, err := io.Copy(into, io.LimitReader(cancelled{ctx, f}, info.Size()+1)); err != nil {
		return sum, "", err
	}
	copy(sum[:], own.Sum(nil))
	return sum, hex.EncodeToString(second.Sum(nil)), nil
}

// cancelled ends a read when its context does.
type cancelled struct {
	ctx context.Context
	io.Reader
}

func (c cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}

// relative names a file of a plugin as its tree digest does.
func relative(p *Plugin, name string) string {
	if !p.Dir {
		return path.Base(name)
	}
	return strings.TrimPrefix(name, p.Path+"/")
}

// cause is an error without the path that stands beside it.
func cause(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// maxNames bounds how many file names of plugins a database may have.
const maxNames = 1 << 21

// lines calls visit for each line of a file of at most limit bytes, until it
// returns false. A file that is not there has none.
func lines(t tree.Tree, name string, limit int64, visit func(line string) bool) error {
	data, err := tree.ReadFile(t, name, limit)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	for line := range strings.SplitSeq(string(data), "\n") {
		if !visit(line) {
			return nil
		}
	}
	return nil
}
