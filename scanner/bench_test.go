package scanner

import (
	"context"
	"io/fs"
	"os"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/locate"
	"plugvet/scanner/match"
	"plugvet/scanner/tree"
)

// A listing is a sink that keeps the names of files.
type listing struct{ names []string }

func (l *listing) File(_ *locate.Plugin, name string, _ fs.DirEntry) { l.names = append(l.names, name) }
func (l *listing) Location(locate.Location)                          {}
func (l *listing) Plugin(*locate.Plugin)                             {}
func (l *listing) Link(*locate.Plugin, string, string)               {}
func (l *listing) Done(*locate.Plugin)                               {}
func (l *listing) Skip(string, string)                               {}
func (l *listing) Fail(string, error)                                {}

// BenchmarkStages measures each stage of the line by itself, over a tree that make
// bench sets up; bytes are those of the files that the stage has looked at. The
// stage report is measured where the formats are.
func BenchmarkStages(b *testing.B) {
	root := os.Getenv("PLUGVET_BENCH_TREE")
	if root == "" {
		b.Skip("PLUGVET_BENCH_TREE names no tree: make bench sets one up")
	}
	ctx := context.Background()
	t, err := tree.OpenDir(root)
	if err != nil {
		b.Fatal(err)
	}
	defer t.Close()
	walk := func() *listing {
		var found listing
		if err := locate.Walk(ctx, t, locate.Options{}, &found); err != nil {
			b.Fatal(err)
		}
		return &found
	}
	names := walk().names
	b.Run("walk", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			walk()
		}
	})
	b.Run("hash", func(b *testing.B) {
		b.ReportAllocs()
		var reader inspect.Reader
		for b.Loop() {
			size := int64(0)
			for _, name := range names {
				file, err := reader.Hash(ctx, t, name, DefaultMaxFileSize)
				if err != nil {
					b.Fatal(err)
				}
				size += file.Size
			}
			b.SetBytes(size)
		}
	})
	sample := readSample(b, t, names)
	size := int64(0)
	for _, f := range sample {
		size += int64(len(f.data))
	}
	b.Run("facts", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(size)
		for b.Loop() {
			for _, f := range sample {
				inspect.Identify(f.name, f.data)
			}
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(size)
		for b.Loop() {
			for _, f := range sample {
				if _, err := inspect.Decode(f.name, f.facts.Kind, f.data); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("match", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(size)
		rules, err := match.CompileBuiltin()
		if err != nil {
			b.Fatal(err)
		}
		engine := rules.NewScanner()
		defer engine.Close()
		for b.Loop() {
			for _, f := range sample {
				if _, err := engine.MatchViews(f.data, f.view, match.VariablesOf(f.facts, match.Subject{Host: "node", Path: f.name})); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("judge", func(b *testing.B) {
		b.ReportAllocs()
		rules, err := match.CompileBuiltin()
		if err != nil {
			b.Fatal(err)
		}
		opts := Options{Roots: []string{root}, Rules: rules, Now: testNow}
		opts.Approved = approvalsOf(b, opts)
		report := mustScan(b, opts)
		for b.Loop() {
			again := *report
			judge(&again, &opts)
			conclude(&again, &opts, false)
		}
	})
}

type sampled struct {
	name  string
	data  []byte
	facts *inspect.Facts
	view  *script.View
}

// readSample reads every fourth file, up to 100 MB.
func readSample(b *testing.B, t tree.Tree, names []string) (sample []sampled) {
	left := int64(100 << 20)
	for i := 0; i < len(names) && left > 0; i += 4 {
		file, err := new(inspect.Reader).Read(context.Background(), t, names[i], DefaultMaxFileSize)
		if err != nil {
			b.Fatal(err)
		}
		view, err := inspect.Decode(names[i], file.Facts.Kind, file.Data)
		if err != nil {
			b.Fatal(err)
		}
		sample = append(sample, sampled{names[i], file.Data, file.Facts, view})
		left -= file.Size
	}
	return sample
}
