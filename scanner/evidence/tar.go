package evidence

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// encodeTar writes the files as a tar (POSIX.1-1988 ustar) that depends on
// them, prefix and at alone: sorted, owned by 0, all with the same time.
func encodeTar(f Files, prefix string, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range f.names() {
		if err := w.WriteHeader(&tar.Header{
			Typeflag: tar.TypeReg, Name: prefix + "/" + name, Size: int64(len(f[name])), Mode: 0o644,
			ModTime: at.UTC().Truncate(time.Second), Format: tar.FormatUSTAR,
		}); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if _, err := w.Write(f[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decodeTar reads a tar that may be anything. It takes what encodeTar writes
// and nothing else, down to the padding; errors name the file at fault.
func decodeTar(data []byte) (Files, error) {
	files := Files{}
	r := tar.NewReader(bytes.NewReader(data))
	var prefix string
	var at time.Time
	for last := ""; ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("after %q: %w", last, err)
		}
		dir, name, ok := strings.Cut(h.Name, "/")
		switch {
		case h.Typeflag != tar.TypeReg || h.Linkname != "" || h.Format != tar.FormatUSTAR:
			// Other formats have files of any size in a few bytes (sparse ones).
			return nil, fmt.Errorf("%q: expected a regular file in ustar format (type %q, format %v)", h.Name, h.Typeflag, h.Format)
		case !ok || !isFileName(dir):
			return nil, fmt.Errorf("%q: expected a file in one directory", h.Name)
		case last == "":
			prefix, at = dir, h.ModTime
		case dir != prefix:
			return nil, fmt.Errorf("%q: lies beside %q", h.Name, prefix)
		}
		last = h.Name
		content, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := files.add(name, content); err != nil {
			return nil, err
		}
	}
	if len(files) == 0 {
		return nil, errors.New("holds no file")
	}
	canonical, err := encodeTar(files, prefix, at)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(canonical, data) {
		return files, nil
	}
	return nil, fmt.Errorf("%s: the tar around it is not as plugvet writes it", strings.TrimPrefix(fileAt(canonical, firstDifference(canonical, data)), prefix+"/"))
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// fileAt names the file of a good tar whose header, content or padding an
// offset lies in; what follows the last one is told as its end.
func fileAt(data []byte, offset int) string {
	source := bytes.NewReader(data)
	r := tar.NewReader(source)
	at := "the beginning"
	for {
		h, err := r.Next()
		if err != nil {
			return at + ", the end"
		}
		at = h.Name
		// Next stops behind the header.
		begin := len(data) - source.Len()
		if end := begin + int(h.Size+511)/512*512; offset < end {
			return at
		}
	}
}
