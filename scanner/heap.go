package scanner

import (
	"os"
	"runtime/debug"

	"plugvet/manifests"
)

const (
	// coldGarbage is how much garbage the heap may have where every file is matched, in
	// percent of what lives. It takes a quarter off the memory of such a scan, for an
	// eighth of its processor time.
	coldGarbage = 40
	// manyFiles is how many approved files make a gate worth preparing for: where that
	// pays, it saves some 5 µs a file, and costs 5 ms.
	manyFiles = 5000
)

// prepareHeap has the heap grow as suits what is to come. The environment may have set
// the collector's pace (GOGC).
func prepareHeap(opts *Options) {
	cold := opts.Approved == nil || opts.Rematch
	if cold && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(coldGarbage)
	}
	if cold || filesOf(opts.Approved.Manifest) >= manyFiles {
		growInHugePages()
	}
}

// filesOf is how many files a manifest approves.
func filesOf(m *manifests.Manifest) int {
	files := 0
	for _, entry := range m.Plugins {
		files += entry.Files
	}
	return files
}
