package evidence

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// Files are the files of a bundle by name.
type Files map[string][]byte

// names are the names of the files, sorted.
func (f Files) names() []string { return slices.Sorted(maps.Keys(f)) }

// content are the names of what the index lists.
func (f Files) content() []string {
	return slices.DeleteFunc(f.names(), func(name string) bool { return !isContent(name) })
}

func isContent(name string) bool {
	return name != indexFile && name != statementFile && name != envelopeFile && name != checksumsFile && !isSignature(name)
}

// signatures are the names of the signatures over SHA256SUMS.
func (f Files) signatures() []string {
	return slices.DeleteFunc(f.names(), func(name string) bool { return !isSignature(name) })
}

// isSignature also knows the name that ssh-keygen gives, SHA256SUMS.sig.
func isSignature(name string) bool {
	matches, _ := path.Match(signatureFiles, name) // the pattern is a good one
	return matches || name == checksumsFile+".sig"
}

// checksums is SHA256SUMS: every file but itself and its signatures, sorted,
// as sha256sum prints them.
func (f Files) checksums() []byte {
	var b bytes.Buffer
	for _, name := range f.names() {
		if name != checksumsFile && !isSignature(name) {
			fmt.Fprintf(&b, "%s  %s\n", hexDigest(f[name]), name)
		}
	}
	return b.Bytes()
}

// add takes a file in, within the limits.
func (f Files) add(name string, data []byte) error {
	switch {
	case !isFileName(name):
		return fmt.Errorf("%q: no file of a bundle has such a name", name)
	case f[name] != nil:
		return fmt.Errorf("%s: is there twice", name)
	case len(f) == maxFiles:
		return fmt.Errorf("%s: more than %d files", name, maxFiles)
	}
	if data == nil {
		data = []byte{}
	}
	f[name] = data
	return nil
}

// checkNames returns an error where two names are the same to a file system
// that ignores case.
func (f Files) checkNames() error {
	seen := map[string]string{}
	for _, name := range f.names() {
		lower := strings.ToLower(name)
		if other := seen[lower]; other != "" {
			return fmt.Errorf("%s: differs from %s in case alone", name, other)
		}
		seen[lower] = name
	}
	return nil
}
