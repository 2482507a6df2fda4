package rpmdb

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// A counter counts the bytes that are read of a database.
type counter struct {
	io.ReaderAt
	read int64
}

func (c *counter) ReadAt(p []byte, off int64) (int, error) {
	c.read += int64(len(p))
	return c.ReaderAt.ReadAt(p, off)
}

// list is what Read finds: "name version" and "path algorithm digest". It checks
// what holds of any bytes.
func list(t testing.TB, data []byte) (found []string, err error) {
	t.Helper()
	c := &counter{ReaderAt: bytes.NewReader(data)}
	err = Read(c, int64(len(data)), func(p *Package) bool {
		found = append(found, p.Name+" "+p.Version)
		for f := range p.Files() {
			if len(f.Path) > maxPath || (f.Algorithm == "") != (f.Digest == "") || f.Regular && f.Dir {
				t.Errorf("file %+v", f)
			}
			if len(found) < 100 {
				found = append(found, strings.TrimSpace(f.Path+" "+f.Algorithm+" "+f.Digest))
			}
		}
		return true
	})
	if err != nil && !errors.Is(err, ErrUnsound) {
		t.Errorf("an error that does not say what it is: %v", err)
	}
	if c.read > 2*int64(len(data))+4096 {
		t.Errorf("%d bytes were read of a database of %d", c.read, len(data))
	}
	return found, err
}

// built are databases with the same two packages.
func built() map[string][]byte {
	two := [][]byte{pack("one", 0), pack("two", 2000)}
	return map[string][]byte{
		"sqlite": sqliteOf(two...), "ndb": ndbOf(two...),
		"berkeley": berkeleyOf(binary.LittleEndian, two...), "berkeley of s390x": berkeleyOf(binary.BigEndian, two...),
	}
}

func TestEveryFormatHasItsPackages(t *testing.T) {
	want := []string{
		"one 4:1.2-3.x86_64", "/usr/lib64/nginx/modules/one.so sha256 " + digest,
		"two 4:1.2-3.x86_64", "/usr/lib64/nginx/modules/two.so sha256 " + digest,
	}
	for name, data := range built() {
		if got, err := list(t, data); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s has %q, %v", name, got, err)
		}
	}
}

func TestADatabaseThatEndsEarlyIsUnsound(t *testing.T) {
	for name, data := range built() {
		for n := 0; n < len(data)-100; n += 61 {
			if got, err := list(t, data[:n]); err == nil && len(got) == 4 {
				continue // what is cut off was behind the last package
			} else if err == nil {
				t.Fatalf("%s of %d bytes is sound, with %q", name, n, got)
			}
		}
	}
}

func TestHostileDatabasesAreUnsound(t *testing.T) {
	with := func(data []byte, at int, order binary.ByteOrder, size int, value uint64) []byte {
		data = slices.Clone(data)
		switch size {
		case 1:
			data[at] = byte(value)
		case 2:
			order.PutUint16(data[at:], uint16(value))
		case 4:
			order.PutUint32(data[at:], uint32(value))
		}
		return data
	}
	big, little := binary.BigEndian, binary.LittleEndian
	long := pack("long", 8000)
	lite, slots, hash := sqliteOf(long, long), ndbOf(long), berkeleyOf(little, long)
	leaf := lite[2*pageSize:]
	cell := int(binary.BigEndian.Uint16(leaf[8:])) + 2*pageSize

	manyCells := sqliteOf(pack("short", 0))
	for i := range 200 { // all of them the same
		copy(manyCells[2*pageSize+8+2*i:], manyCells[2*pageSize+8:2*pageSize+10])
	}
	big.PutUint16(manyCells[2*pageSize+3:], 200)

	for name, data := range map[string][]byte{
		"empty":            {},
		"of no format":     []byte(strings.Repeat("x", 5000)),
		"a SQLite magic":   []byte("SQLite format 3\x00"),
		"pages of 0 bytes": with(lite, 16, big, 2, 0), "pages of 3 bytes": with(lite, 16, big, 2, 3),
		"pages that are reserved":           with(with(lite, 16, big, 2, 512), 20, big, 1, 255),
		"a table in itself":                 with(lite, pageSize+8, big, 4, 2),
		"a child in its parent":             with(lite, pageSize+int(big.Uint16(lite[pageSize+12:])), big, 4, 2),
		"a page far behind the end":         with(lite, pageSize+8, big, 4, 1<<32-1),
		"page 0":                            with(lite, pageSize+8, big, 4, 0),
		"an index for a table":              with(lite, 2*pageSize, big, 1, 0x0a),
		"more cells than fit":               with(lite, 2*pageSize+3, big, 2, 1<<16-1),
		"a cell outside of its page":        with(lite, 2*pageSize+8, big, 2, 1<<16-1),
		"many cells that are one":           manyCells,
		"overflow pages in a circle":        with(lite, 4*pageSize, big, 4, 5),
		"an overflow chain that ends early": with(lite, 4*pageSize, big, 4, 0),
		"a row of 2^35 bytes":               slices.Concat(lite[:cell], []byte{0xff, 0xff, 0xff, 0xff, 0x7f}, lite[cell+5:]),
		"no table":                          bytes.Replace(lite, []byte("tablePackages"), []byte("tablePackagez"), 1),
		"ndb of another version":            with(slots, 4, little, 4, 1),
		"ndb with no slots":                 with(slots, 12, little, 4, 0),
		"ndb with 2^32 slot pages":          with(slots, 12, little, 4, 1<<32-1),
		"ndb with a slot that is none":      with(slots, 48, little, 4, 0),
		"a blob outside of the file":        with(slots, 40, little, 4, 1<<32-1),
		"a blob of another package":         with(slots, ndbSlotPage+4, little, 4, 7),
		"a blob of 4 GB":                    with(slots, ndbSlotPage+12, little, 4, 1<<32-1),
		"Berkeley pages of 0 bytes":         with(hash, 20, little, 4, 0),
		"an encrypted one":                  with(hash, 24, little, 1, 1),
		"2^32 pages":                        with(hash, 32, little, 4, 1<<32-1),
		"an odd number of items":            with(hash, pageSize+20, little, 2, 3),
		"more items than fit":               with(hash, pageSize+20, little, 2, 1<<16-2),
		"an item outside of its page":       with(hash, pageSize+pageHeader, little, 2, 1<<16-1),
		"a value in a circle":               with(hash, 2*pageSize+16, little, 4, 2),
		"a value on a page of keys":         with(hash, 2*pageSize+25, little, 1, hashPageUnsorted),
		"a part that is longer than a page": with(hash, 2*pageSize+22, little, 2, 1<<16-1),
		"a value that ends early":           with(hash, 2*pageSize+16, little, 4, 0),
	} {
		if got, err := list(t, data); err == nil {
			t.Errorf("%s: is sound, with %q", name, got)
		}
	}
}

func TestUnsoundHeadersAreLeftOutAndTold(t *testing.T) {
	good := pack("good", 0)
	huge := func(e entry) entry { e.count = 1<<32 - 1; return e }
	for name, bad := range map[string][]byte{
		"empty":                    {},
		"2^32 entries":             append(bytes.Repeat([]byte{255}, 8), good...),
		"longer than it says":      append(pack("p", 0), 0),
		"2^32 names":               pack("p", 0, huge(texts(tagBaseNames, "x"))),
		"2^32 digests":             pack("p", 0, huge(texts(tagFileDigests, "x"))),
		"2^32 modes":               pack("p", 0, huge(numbers(tagFileModes, 1))),
		"fewer texts than it says": pack("p", 0, entry{tagBaseNames, typeStringArray, 3, []byte("x\x00y\x00z")}),
		"a type that is unknown":   pack("p", 0, entry{tagFileModes, 99, 1, []byte("xxxx")}),
		"names that are numbers":   pack("p", 0, numbers(tagBaseNames, 1)),
		"numbers that are names":   pack("p", 0, texts(tagDirIndexes, "x")),
		"a directory it has not":   pack("p", 0, numbers(tagDirIndexes, 1)),
		"fewer modes than names":   pack("p", 0, entry{tag: tagFileModes, kind: 4}),
		"more states than names":   pack("p", 0, numbers(tagFileStates, 0, 0)),
		"no name":                  pack("", 0),
		"values that overlap":      pack("p", 0, entry{tagArch, 6, 1, nil}, entry{tagName, 6, 1, nil}, entry{tagRelease, 6, 1, bytes.Repeat([]byte("x"), 1000)}, texts(tagVersion, "")),
	} {
		got, err := list(t, ndbOf(bad, good))
		if len(got) != 2 || !strings.HasPrefix(got[0], "good ") || !errors.Is(err, ErrUnsound) {
			t.Errorf("%s: has %q, %v", name, got, err)
		}
	}
}

func TestFilesThatAreNotOnTheDiskAreNone(t *testing.T) {
	for state := range uint32(5) {
		got, err := list(t, ndbOf(pack("p", 0, numbers(tagFileStates, state))))
		if err != nil || len(got) == 2 != (state == normal) {
			t.Errorf("state %d: has %q, %v", state, got, err)
		}
	}
	if got, err := list(t, ndbOf(pack("p", 0, texts(tagDirNames, "/"+strings.Repeat("x", maxPath))))); err != nil || len(got) != 1 {
		t.Errorf("a path longer than a system has: %d found, %v", len(got), err)
	}
}

func TestTheDigestIsOfTheNamedAlgorithm(t *testing.T) {
	for algorithm, want := range map[uint32]string{1: "md5", 8: "sha256", 10: "sha512", 99: ""} {
		got, err := list(t, ndbOf(pack("p", 0, numbers(tagDigestAlgo, algorithm))))
		if want != "" {
			want = " " + want + " " + digest
		}
		if err != nil || got[1] != "/usr/lib64/nginx/modules/p.so"+want {
			t.Errorf("algorithm %d: has %q, %v", algorithm, got, err)
		}
	}
}

func TestAFailingDiskIsNoUnsoundDatabase(t *testing.T) {
	broken := fmt.Errorf("input/output error")
	err := Read(failing{broken}, 5000, func(*Package) bool { return true })
	if !errors.Is(err, broken) || errors.Is(err, ErrUnsound) {
		t.Errorf("error is %v", err)
	}
}

type failing struct{ error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.error }

// FuzzRead holds any bytes to what list checks, which bounds time and memory by
// the size of the database.
func FuzzRead(f *testing.F) {
	for _, data := range built() {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { list(t, data) })
}

// FuzzPackage is the same for what one header says.
func FuzzPackage(f *testing.F) {
	f.Add(pack("p", 0))
	f.Add(pack("p", 0, numbers(tagFileStates, 0), texts(tagDirNames, "/a", "/b")))
	f.Fuzz(func(t *testing.T, header []byte) {
		p, err := parsePackage(header)
		if err != nil {
			return
		}
		files := 0
		for range p.Files() {
			files++
		}
		if p.Name == "" || files > len(p.names) || 3*len(p.names) > len(header) {
			t.Errorf("a header of %d bytes has %q with %d files, %d on the disk", len(header), p.Name, len(p.names), files)
		}
	})
}
