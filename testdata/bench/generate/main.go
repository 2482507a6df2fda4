// Command generate writes an npm tree of many small files for make bench:
// generate DIRECTORY FILES. Every file has 4 KB and no two are the same; there
// are 200 to a package, as there are in npm's packages at large.
package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

const (
	size    = 4 << 10 // bytes of a file
	inOne   = 200     // files of a package, package.json among them
	snippet = "function step%d(state, action) {\n  if (action.kind === 'add%d') return {...state, items: state.items.map(x => x.id)};\n  return require('./lib%d').next(state);\n}\n"
)

func main() {
	files, err := strconv.Atoi(os.Args[2])
	if err == nil {
		err = write(os.Args[1], files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(dir string, files int) error {
	random := rand.New(rand.NewPCG(1, 2)) // the same tree every time
	for i := range files {
		in := filepath.Join(dir, "node_modules", fmt.Sprintf("package-%05d", i/inOne))
		name, text := fmt.Sprintf("lib/file-%03d.js", i%inOne), new(bytes.Buffer)
		if i%inOne == 0 {
			if err := os.MkdirAll(filepath.Join(in, "lib"), 0o755); err != nil {
				return err
			}
			name = "package.json"
			fmt.Fprintf(text, "{\"name\": \"package-%05d\", \"version\": \"1.0.0\", \"description\": %q}\n", i/inOne, bytes.Repeat([]byte("x"), size-100))
		} else {
			for text.Len() < size {
				fmt.Fprintf(text, snippet, random.Uint32(), random.Uint32(), random.Uint32()%inOne)
			}
			text.Truncate(size)
		}
		if err := os.WriteFile(filepath.Join(in, name), text.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
