package manifests

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/boundedfile"
	"plugvet/scanner/tree"
)

// A FileSum is one file and the SHA-256 of its bytes. Name is as the file
// system has it: raw bytes, separated by "/".
type FileSum struct {
	Name string
	Sum  [sha256.Size]byte
}

// Digest is the sum as manifests write it, "sha256:…".
func (f FileSum) Digest() string { return "sha256:" + hex.EncodeToString(f.Sum[:]) }

// TreeDigest is the digest over all files of a plugin: Hash1 of
// golang.org/x/mod/sumdb/dirhash ("h1:" and base64) over names relative to the
// plugin, for a single file its base name. It takes sums that exist, so that
// no file is read twice. A name with a newline is an error, as it is there.
func TreeDigest(files []FileSum) (string, error) {
	files = slices.Clone(files)
	slices.SortFunc(files, compareNames)
	h := sha256.New()
	var line []byte
	for _, f := range files {
		if strings.Contains(f.Name, "\n") {
			return "", fmt.Errorf("tree digest: file name with a newline: %q", f.Name)
		}
		line = hex.AppendEncode(line[:0], f.Sum[:])
		line = append(append(append(line, "  "...), f.Name...), '\n')
		h.Write(line) // a hash takes whatever comes
	}
	return "h1:" + base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

func compareNames(a, b FileSum) int { return strings.Compare(a.Name, b.Name) }

// Sums is the content of NAME.sums: every file of every plugin with its name
// relative to the root, sorted and each once. It vouches for nothing by itself:
// use what belongs to an entry only where it hashes to the entry's tree digest.
type Sums struct{ files []FileSum }

// SumsPath is where the sums of the manifest at path lie: beside it.
func SumsPath(manifest string) string { return strings.TrimSuffix(manifest, ".toml") + ".sums" }

// Limits of ParseSums.
const (
	maxSums = 1 << 30 // bytes, about seven million files
	maxName = 1 << 16 // bytes; PATH_MAX is 4096 on Linux, 1024 on macOS
)

// ReadSums reads the sums beside the manifest at path. Where there are none
// the error is fs.ErrNotExist.
func ReadSums(manifest string) (*Sums, error) {
	name := SumsPath(manifest)
	data, err := boundedfile.Read(name, maxSums)
	if err != nil {
		return nil, fmt.Errorf("sums: %w", err)
	}
	return ParseSums(name, data)
}

// ParseSums reads the format of sha256sum (GNU coreutils): 64 hexadecimal
// digits, a space, a space or "*", the name; a line that begins with a
// backslash has newline, carriage return and backslash escaped in its name.
func ParseSums(file string, data []byte) (*Sums, error) {
	const shortest = 2*sha256.Size + len("  x\n") // a line
	s := &Sums{make([]FileSum, 0, len(data)/shortest+1)}
	text := string(data) // one, which all names are parts of
	for number := 1; len(text) > 0; number++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		f, err := parseSum(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		s.files = append(s.files, f)
	}
	if !slices.IsSortedFunc(s.files, compareNames) {
		slices.SortStableFunc(s.files, compareNames)
	}
	for i := 1; i < len(s.files); i++ {
		if name := s.files[i].Name; name == s.files[i-1].Name {
			return nil, fmt.Errorf("%s: %q is here twice", file, name)
		}
	}
	return s, nil
}

func parseSum(line string) (f FileSum, err error) {
	const digits = 2 * sha256.Size
	line, escaped := strings.CutPrefix(line, `\`)
	if len(line) < digits+3 || line[digits] != ' ' || line[digits+1] != ' ' && line[digits+1] != '*' {
		return f, fmt.Errorf("expected a SHA-256, two spaces and a name")
	}
	if _, err := hex.Decode(f.Sum[:], []byte(line[:digits])); err != nil {
		return f, fmt.Errorf("expected a SHA-256 of %d hexadecimal digits: %w", digits, err)
	}
	f.Name = line[digits+2:]
	if len(f.Name) > maxName {
		return f, fmt.Errorf("name of %d bytes, expected at most %d", len(f.Name), maxName)
	}
	if escaped {
		if f.Name, err = unescapeName(f.Name); err != nil {
			return f, err
		}
	}
	if !isClean(f.Name) {
		return f, fmt.Errorf("name %q: expected a clean path relative to the root", f.Name)
	}
	return f, nil
}

// Encode writes the lines as sha256sum prints them.
func (s *Sums) Encode() []byte {
	var b bytes.Buffer
	for _, f := range s.files {
		name := escapeName.Replace(f.Name)
		if name != f.Name {
			b.WriteByte('\\')
		}
		fmt.Fprintf(&b, "%x  %s\n", f.Sum, name)
	}
	return b.Bytes()
}

var escapeName = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)

func unescapeName(name string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c == '\\' {
			i++
			switch {
			case i < len(name) && name[i] == '\\':
			case i < len(name) && name[i] == 'n':
				c = '\n'
			case i < len(name) && name[i] == 'r':
				c = '\r'
			default:
				return "", fmt.Errorf("name %q: a backslash before something other than n, r and backslash", name)
			}
		}
		b.WriteByte(c)
	}
	return b.String(), nil
}

// pluginFiles are the files of one plugin, by name relative to it.
type pluginFiles struct {
	place string // the plugin's path, raw
	dir   bool
	files []FileSum
}

// byPlugin gives each line to the entry of m whose path is the nearest above
// it, so that a nested package's files are its own. The keys are the entries'
// paths.
func (s *Sums) byPlugin(m *Manifest) map[string]*pluginFiles {
	owners := map[string]*pluginFiles{}
	for i := range m.Plugins {
		owners[m.Plugins[i].Path] = &pluginFiles{}
	}
	longest := 0 // path of an entry
	for place := range owners {
		longest = max(longest, len(place))
	}
	above := map[string]*pluginFiles{} // by directory, since files of one mostly follow one another
	for _, f := range s.files {
		// Entries hold printable paths, the lines raw ones.
		owner := owners[tree.Printable(f.Name)]
		if owner != nil {
			owner.place, owner.dir = f.Name, false
		} else if owner = ownerOf(within(path.Dir(f.Name), longest), owners, above); owner == nil {
			continue
		}
		owner.files = append(owner.files, FileSum{relative(owner.place, f.Name), f.Sum})
	}
	return owners
}

// within is the directory itself, or the nearest above it whose path is no longer than that.
func within(dir string, longest int) string {
	if len(dir) <= longest {
		return dir
	}
	if i := strings.LastIndexByte(dir[:longest+1], '/'); i > 0 {
		return dir[:i]
	}
	return "."
}

// ownerOf is the plugin at a directory or the nearest above it, or nil.
func ownerOf(dir string, owners, above map[string]*pluginFiles) *pluginFiles {
	owner, known := above[dir]
	if known {
		return owner
	}
	if owner = owners[tree.Printable(dir)]; owner != nil {
		owner.place, owner.dir = dir, true
	} else if dir != "." {
		owner = ownerOf(path.Dir(dir), owners, above)
	}
	above[dir] = owner
	return owner
}

// relative is name as seen from the plugin at place: its base name where the
// plugin is that one file.
func relative(place, name string) string {
	switch place {
	case name:
		return path.Base(name)
	case ".":
		return name
	default:
		return name[len(place)+1:]
	}
}

// absolute is the reverse: the name, below the root, of a plugin's file.
func absolute(place string, dir bool, name string) string {
	switch {
	case !dir:
		return place
	case place == ".":
		return name
	default:
		return place + "/" + name
	}
}

func (p *pluginFiles) absolute() []FileSum {
	files := make([]FileSum, len(p.files))
	for i, f := range p.files {
		files[i] = FileSum{absolute(p.place, p.dir, f.Name), f.Sum}
	}
	return files
}

// newSums sorts files; two plugins may share one.
func newSums(files []FileSum) *Sums {
	slices.SortStableFunc(files, compareNames)
	files = slices.CompactFunc(files, func(a, b FileSum) bool { return a.Name == b.Name })
	return &Sums{files}
}
