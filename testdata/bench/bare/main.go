// Command bare is the floor that make bench compares plugvet with: it walks a
// tree, reads every regular file once and hashes it with SHA-256, with as many
// workers as plugvet has, and knows nothing of plugins.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	var files, bytes atomic.Int64
	var group errgroup.Group
	names := make(chan string, 256)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			buffer := make([]byte, 256<<10)
			digest := sha256.New()
			for name := range names {
				n, err := hash(name, buffer, digest)
				if err != nil {
					return err
				}
				files.Add(1)
				bytes.Add(n)
			}
			return nil
		})
	}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			names <- name
		}
		return err
	})
	close(names)
	if failed := group.Wait(); err == nil {
		err = failed
	}
	fmt.Println(files.Load(), "files,", bytes.Load(), "bytes")
	return err
}

// hash reads and hashes one file and returns its size in bytes.
func hash(name string, buffer []byte, digest io.Writer) (int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var size int64
	for {
		n, err := f.Read(buffer)
		digest.Write(buffer[:n]) // a hash takes whatever comes
		size += int64(n)
		if err == io.EOF {
			return size, nil
		}
		if err != nil {
			return size, err
		}
	}
}
