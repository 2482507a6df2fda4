// Package signatures holds plugvet's own YARA rules, one file a capability, as
// they are shipped: packed, so that no anchor of a rule stands readable in the
// program. (The malware scanner of macOS takes tools that carry such strings in
// the clear for malware.)
//
// Each rule's metadata are capability, severity (of the finding by itself;
// combinations are judged elsewhere), confidence, attack (the ATT&CK technique
// of what the rule sees), hosts, description (what was seen, a clause), and three
// sentences that belong to this rule alone: why it matters for a web server's
// plugin, what benign code looks like it, and as advice what to do.
// fixtures.toml names files that each rule must match and files that it must not.
//
// A string named $not… covers what must not count: a call in a comment, a
// declaration. It begins where a comment can only begin outside of strings, and
// gives up at any character that could end the comment or a string around it: a
// false alarm on a comment is better than a call that hides in one. Where there
// are more than a hundred of them or of calls, the rule matches without
// comparing them, since that takes time squared.
package signatures

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
)

//go:generate go run ./pack

//go:embed rules.zip
var archive []byte

// A File is one rule file.
type File struct {
	Name string // "socket.yar"
	Text []byte
}

// Files returns the rule files, sorted by name.
func Files() ([]File, error) { return unpack(archive) }

func unpack(packed []byte) ([]File, error) {
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, fmt.Errorf("unpack the built-in rules: %w", err)
	}
	var files []File
	for _, entry := range r.File {
		text, err := read(entry)
		if err != nil {
			return nil, fmt.Errorf("unpack the built-in rules: %s: %w", entry.Name, err)
		}
		files = append(files, File{Name: entry.Name, Text: text})
	}
	return files, nil
}

func read(entry *zip.File) ([]byte, error) {
	f, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
