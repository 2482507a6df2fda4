package manifests

import (
	"fmt"

	"plugvet/scanner/atomicfile"
)

// Write writes the manifest to path and its sums beside it, each whole or not
// at all, the sums first: a manifest never stands beside older sums. Where the
// files exist their modes stay, and a symbolic link to them remains one.
func Write(path string, m *Manifest, sums *Sums) error {
	return write("manifest", path, m.Encode(), sums)
}

// CheckWritable tells, before the work on it begins, whether Write to path or
// WriteProposal would fail for want of a directory or of permission.
func CheckWritable(path string) error {
	for _, name := range []string{SumsPath(path), path} {
		s, err := atomicfile.Stage(name, nil)
		if err != nil {
			return err
		}
		s.Discard()
	}
	return nil
}

func write(what, path string, data []byte, sums *Sums) error {
	files := []struct {
		path string
		data []byte
	}{
		{SumsPath(path), sums.Encode()},
		{path, data},
	}
	var staged []*atomicfile.File
	defer func() {
		for _, f := range staged {
			f.Discard()
		}
	}()
	// Everything that can fail for want of space or permission comes before the
	// first rename.
	for _, f := range files {
		s, err := atomicfile.Stage(f.path, f.data)
		if err != nil {
			return fmt.Errorf("write %s: %w", what, err)
		}
		staged = append(staged, s)
	}
	for _, s := range staged {
		if err := s.Commit(); err != nil {
			return fmt.Errorf("write %s: %w", what, err)
		}
	}
	return nil
}
