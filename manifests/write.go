package manifests

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Write writes the manifest to path and its sums beside it, each whole or not
// at all, the sums first: a manifest never stands beside older sums. Where the
// files exist their modes stay, and a symbolic link to them remains one.
func Write(path string, m *Manifest, sums *Sums) error {
	files := []struct {
		path string
		data []byte
	}{
		{SumsPath(path), sums.Encode()},
		{path, m.Encode()},
	}
	var staged []*stagedFile
	defer func() {
		for _, f := range staged {
			f.discard()
		}
	}()
	// Everything that can fail for want of space or permission comes before the
	// first rename.
	for _, f := range files {
		s, err := stage(f.path, f.data)
		if err != nil {
			return fmt.Errorf("write manifest: %w", err)
		}
		staged = append(staged, s)
	}
	for _, s := range staged {
		if err := s.commit(); err != nil {
			return fmt.Errorf("write manifest: %w", err)
		}
	}
	return nil
}

// A stagedFile is complete beside its target and on disk.
type stagedFile struct{ temporary, target string }

func stage(path string, data []byte) (*stagedFile, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		target, err = path, nil
	}
	if err != nil {
		return nil, err
	}
	info, statErr := os.Stat(target)
	if statErr == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "write", Path: target, Err: errors.New("not a regular file")}
	}
	const mode = 0o644 // of a new file, less the umask
	f, err := os.OpenFile(target+"."+rand.Text()+".tmp", os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	s := &stagedFile{f.Name(), target}
	_, err = f.Write(data)
	if err == nil && statErr == nil {
		err = f.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		s.discard()
		return nil, err
	}
	return s, nil
}

func (s *stagedFile) commit() error {
	if err := os.Rename(s.temporary, s.target); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(s.target))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// discard removes what was not committed; after commit there is nothing to remove.
func (s *stagedFile) discard() { os.Remove(s.temporary) }
