package provenance

import (
	"encoding/json"
	"sync"

	"plugvet/scanner/tree"
)

// maxJSON bounds a JSON record, in bytes; lockfiles of 10 MB exist.
const maxJSON = 64 << 20

// jsonFiles reads each JSON record once.
type jsonFiles struct {
	tree tree.Tree
	mu   sync.Mutex
	read map[string]any // by name; nil where it is not there or does not parse
}

// get is the record at name as a *T, or nil where there is none that parses.
func get[T any](f *jsonFiles, name string) *T {
	f.mu.Lock()
	defer f.mu.Unlock()
	if record, known := f.read[name]; known {
		typed, _ := record.(*T)
		return typed
	}
	var record *T
	if data, err := tree.ReadFile(f.tree, name, maxJSON); err == nil {
		record = new(T)
		if json.Unmarshal(data, record) != nil {
			record = nil
		}
	}
	if f.read == nil {
		f.read = map[string]any{}
	}
	f.read[name] = record
	return record
}
