// Command pack writes rules.zip, the packed form of the rule files in the
// working directory: the same bytes for the same files, wherever and whenever
// it runs. `go generate ./signatures` calls it.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run() error {
	packed, err := pack(".")
	if err != nil {
		return err
	}
	return os.WriteFile("rules.zip", packed, 0o644)
}

// pack returns a zip archive of dir's rule files, sorted by name and without
// times or modes.
func pack(dir string) ([]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.yar")) // sorted
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		entry, err := w.CreateHeader(&zip.FileHeader{Name: filepath.Base(name), Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(text); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
