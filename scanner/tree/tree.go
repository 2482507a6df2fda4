// Package tree is the file tree that plugvet inspects: a root below which
// every path lies, whether that root is this machine, an unpacked image or an
// application checkout.
//
// Names are relative to the root, separated by "/", and never end in one; "."
// is the root itself. They are bytes as the file system holds them and need
// not be UTF-8. Nothing here follows a symbolic link unless its name is
// Resolve, and Resolve never leaves the root: an absolute target is taken
// from the root, as a process inside the tree would see it.
package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Tree can be listed and read. Implementations are safe for concurrent use.
type Tree interface {
	// Lstat describes name itself, also where it is a symbolic link.
	Lstat(name string) (fs.FileInfo, error)
	// ReadDir lists a directory, sorted by name. Where reading fails half way
	// it returns the entries it has and the error.
	ReadDir(name string) ([]fs.DirEntry, error)
	// ReadLink returns the target of a symbolic link as it stands.
	ReadLink(name string) (string, error)
	// Open opens a regular file. It does not follow a symbolic link and does
	// not wait for the other end of a pipe; both are ErrNotRegular.
	Open(name string) (File, error)
	// OpenListed is Open for a name that was just listed as a regular file: it is
	// opened without another look, which for a device might do something.
	OpenListed(name string) (File, error)
	Close() error
}

// A File is an open regular file. Stat describes the descriptor and not the
// name, so that a caller can tell whether the file changed while it was read.
type File interface {
	io.ReadCloser
	Stat() (fs.FileInfo, error)
	// Opened is what Stat said when the file was opened.
	Opened() fs.FileInfo
}

var (
	// ErrOutside says that a symbolic link climbs above the root.
	ErrOutside = errors.New("link leaves the root")
	// ErrLoop says that symbolic links lead in a circle.
	ErrLoop = errors.New("too many levels of symbolic links")
	// ErrNotRegular says that Open was asked for something that is no regular file.
	ErrNotRegular = errors.New("not a regular file")
	// ErrTooLarge says that ReadFile met a file beyond its limit.
	ErrTooLarge = errors.New("file too large")
)

// maxLinks is how many symbolic links Resolve follows, as Linux does (path_resolution(7)).
const maxLinks = 40

// Clean turns a path from a config, absolute or not, into a name: "/etc//php"
// and "etc/php/" become "etc/php". A path that climbs above the root stops there.
func Clean(name string) string {
	name = path.Clean("/" + name)[1:]
	if name == "" {
		return "."
	}
	return name
}

// Join joins names below dir, which may be ".".
func Join(dir string, names ...string) string {
	return Clean(path.Join(append([]string{dir}, names...)...))
}

// Child is Join for a name that ReadDir listed in dir.
func Child(dir, listed string) string {
	if dir == "." {
		return listed
	}
	return dir + "/" + listed
}

// Resolve follows every symbolic link in name and returns the name of the
// file it stands for. Errors: ErrOutside, ErrLoop, and those of Lstat, among
// them fs.ErrNotExist.
func Resolve(t Tree, name string) (string, error) {
	pending := strings.Split(name, "/") // not cleaned: ".." behind a link is where the link leads
	resolved := "."
	links := 0
	for len(pending) > 0 {
		element := pending[0]
		pending = pending[1:]
		switch element {
		case "", ".":
			continue
		case "..":
			if resolved == "." && links == 0 {
				continue // as at the root of a machine
			}
			if resolved == "." {
				return "", &fs.PathError{Op: "resolve", Path: name, Err: ErrOutside}
			}
			resolved = path.Dir(resolved)
			continue
		}
		next := path.Join(resolved, element)
		info, err := t.Lstat(next)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			resolved = next
			continue
		}
		if links++; links > maxLinks {
			return "", &fs.PathError{Op: "resolve", Path: name, Err: ErrLoop}
		}
		target, err := t.ReadLink(next)
		if err != nil {
			return "", err
		}
		if strings.HasPrefix(target, "/") {
			resolved = "."
		}
		pending = append(strings.Split(target, "/"), pending...)
	}
	return resolved, nil
}

// ReadFile reads a small file such as a config, following links below the
// root. A file of more than limit bytes is ErrTooLarge.
func ReadFile(t Tree, name string, limit int64) ([]byte, error) {
	resolved, err := Resolve(t, name)
	if err != nil {
		return nil, err
	}
	f, err := t.Open(resolved)
	if err != nil {
		return nil, err
	}
	return readAll(f, name, limit)
}

// ReadFileIn is ReadFile for a directory whose name is resolved, so that not
// every element of it is looked at again.
func ReadFileIn(t Tree, dir, file string, limit int64) ([]byte, error) {
	name := Child(dir, file)
	f, err := t.Open(name)
	if errors.Is(err, ErrNotRegular) {
		return ReadFile(t, name, limit) // where it is a link it may lead to one that is
	}
	if err != nil {
		return nil, err
	}
	return readAll(f, name, limit)
}

// readAll reads and closes f, which may have at most limit bytes.
func readAll(f File, name string, limit int64) ([]byte, error) {
	defer f.Close()
	// Room for what it claims to have, and for the read that finds its end.
	data := bytes.NewBuffer(make([]byte, 0, min(f.Opened().Size(), limit)+bytes.MinRead))
	if _, err := data.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, err
	}
	if int64(data.Len()) > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)}
	}
	return data.Bytes(), nil
}

// Printable returns name as it may stand in a report: bytes that are no UTF-8,
// control characters and invisible ones (among them those that reverse the
// direction of text) become \xNN, and a backslash is doubled, so that two names
// never look alike.
func Printable(name string) string {
	return Visible(strings.ReplaceAll(name, `\`, `\\`))
}

// Visible returns text with what [Printable] replaces as \xNN, and backslashes
// as they stand: text that is printable already stays what it is.
func Visible(text string) string {
	if utf8.ValidString(text) && !strings.ContainsFunc(text, isControl) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 || isControl(r) {
			for _, c := range []byte(text[i : i+size]) {
				fmt.Fprintf(&b, `\x%02x`, c)
			}
		} else {
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}

func isControl(r rune) bool {
	if r < utf8.RuneSelf { // as nearly all are
		return r < ' ' || r == 0x7f
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}
