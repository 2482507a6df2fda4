// Package cases is the list of disguises that generate writes, prove runs and
// measure looks for: build/evasion/cases.json.
package cases

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// A Case is one disguise: a small site with one plugin that really does
// something, hidden in some way.
type Case struct {
	ID        string `json:"id"`        // NNN-name, and the directory of the site below the list's own
	Set       string `json:"set"`       // "open", or "held-out": not seen by those who wrote the rules
	Language  string `json:"language"`  // javascript, php, elf, mach-o, wasm
	Technique string `json:"technique"` // the family, as the summary groups them
	Note      string `json:"note"`      // what this one does
	Combined  bool   `json:"combined"`  // several techniques, one in another

	// Does is the capability that the plugin has: applescript, socket, network, exec
	// or dynload.
	Does string `json:"does"`
	// Accept are other capabilities that tell a reader enough where Does
	// itself cannot be read without running the code. A finding of one counts
	// at severity medium or above only.
	Accept []string `json:"accept,omitempty"`

	// Run is the command that makes the plugin do it, in Dir of the site.
	// Empty where it cannot run here, and then CannotRun says why.
	Run       []string `json:"run,omitempty"`
	Dir       string   `json:"dir"`
	CannotRun string   `json:"cannot_run,omitempty"`
}

const file = "cases.json"

// Write puts the list into dir.
func Write(dir string, list []Case) error {
	data, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, file), append(data, '\n'), 0o644)
}

// Read returns the list of dir.
func Read(dir string) ([]Case, error) {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return nil, err
	}
	var list []Case
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, file), err)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: no cases", filepath.Join(dir, file))
	}
	return list, nil
}
