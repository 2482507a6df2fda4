// Package atomicfile writes files that appear whole or not at all.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Modes of a file that did not exist, less the umask.
const (
	newMode     = 0o644
	privateMode = 0o600
)

// A File is complete beside its target, or waits to be written in place.
type File struct {
	target    string
	temporary string // empty where the target is no regular file
	data      []byte // for such a target
}

// Stage writes data beside path and syncs it; Commit puts it in place. Where
// the file exists its mode stays, and a symbolic link to it remains one. A
// device or a pipe cannot be replaced by another file without harm: Commit
// writes into it.
func Stage(path string, data []byte) (*File, error) { return stage(path, data, newMode) }

// StagePrivate is Stage for a file that, where it is new, its owner alone may read.
func StagePrivate(path string, data []byte) (*File, error) { return stage(path, data, privateMode) }

func stage(path string, data []byte, mode fs.FileMode) (*File, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		target, err = path, nil
	}
	if err != nil {
		return nil, err
	}
	info, statErr := os.Stat(target)
	switch {
	case statErr == nil && info.IsDir():
		return nil, &fs.PathError{Op: "write", Path: path, Err: errors.New("is a directory")}
	case statErr == nil && !info.Mode().IsRegular():
		return &File{target: target, data: data}, nil
	}
	f, err := os.OpenFile(target+"."+rand.Text()+".tmp", os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	s := &File{target: target, temporary: f.Name()}
	_, err = f.Write(data)
	if err == nil && statErr == nil {
		err = f.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		s.Discard()
		return nil, err
	}
	return s, nil
}

// Commit renames the file to its target, and makes sure that this lasts.
func (s *File) Commit() error {
	if s.temporary == "" {
		f, err := os.OpenFile(s.target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.Write(s.data)
		return errors.Join(err, f.Close())
	}
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

// Discard removes what was not committed; after Commit there is nothing to remove.
func (s *File) Discard() {
	if s.temporary != "" {
		os.Remove(s.temporary)
	}
}
