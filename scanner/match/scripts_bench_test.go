package match_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

// BenchmarkScripts measures the two things that a script costs beside reading
// it, over the scripts of a tree that make bench sets up: decoding it, and
// matching it in both views. Bytes are those of the files.
func BenchmarkScripts(b *testing.B) {
	tree := os.Getenv("PLUGVET_BENCH_TREE")
	if tree == "" {
		b.Skip("PLUGVET_BENCH_TREE names no tree: make bench sets one up")
	}
	scripts, size := scriptsBelow(b, tree)
	b.Logf("%d scripts, %d bytes", len(scripts), size)
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(size)
		b.ReportAllocs()
		for b.Loop() {
			for name, data := range scripts {
				inspect.Views(name, data)
			}
		}
	})
	b.Run("match", func(b *testing.B) {
		scanner := builtin(b).NewScanner()
		defer scanner.Close()
		b.SetBytes(size)
		for b.Loop() {
			for name, data := range scripts {
				b.StopTimer()
				facts, view := inspect.Views(name, data)
				vars := match.VariablesOf(facts, match.Subject{Host: "node", Path: name})
				b.StartTimer()
				if _, err := scanner.MatchViews(data, view, vars); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// scriptsBelow reads the first 100 MB of scripts.
func scriptsBelow(b *testing.B, tree string) (scripts map[string][]byte, size int64) {
	const most = 100 << 20
	scripts = map[string][]byte{}
	err := filepath.WalkDir(tree, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if size > most {
			return fs.SkipAll
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if _, view := inspect.Views(name, data); view != nil {
			scripts[name] = data
			size += int64(len(data))
		}
		return nil
	})
	if err != nil || len(scripts) == 0 {
		b.Fatal("no scripts below", tree, err)
	}
	return scripts, size
}
