package main

import (
	"fmt"
	"os"

	"github.com/bmatcuk/doublestar/v4"

	"plugvet/scanner/strict"
)

// An exception is a disagreement that somebody looked into.
type exception struct {
	File       string `toml:"file"` // doublestar pattern, relative to the corpus
	Capability string `toml:"capability"`
	// Right is who is: "plugvet", and the label does not count against it, or
	// "labeller", and it stays a fault of plugvet's that is known.
	Right string `toml:"right"`
	Why   string `toml:"why"`

	Used int `toml:"-"` // disagreements that it explains
}

func readExceptions(name string) ([]*exception, error) {
	var file struct {
		Exception []*exception `toml:"exception"`
	}
	if err := decode(name, &file); err != nil {
		return nil, err
	}
	for i, e := range file.Exception {
		switch {
		case !doublestar.ValidatePattern(e.File) || e.File == "":
			return nil, fmt.Errorf("%s: exception %d: file %q is no pattern", name, i+1, e.File)
		case e.Capability == "" || e.Why == "":
			return nil, fmt.Errorf("%s: exception %d (%s): capability and why are required", name, i+1, e.File)
		case e.Right != "plugvet" && e.Right != "labeller":
			return nil, fmt.Errorf("%s: exception %d (%s): right is %q, expected plugvet or labeller", name, i+1, e.File, e.Right)
		}
	}
	return file.Exception, nil
}

// An alarm is a finding of high or critical; the corpus is benign.
type alarm struct {
	Plugin string // host/name
	finding
}

// A reviewedAlarm is one that a reader would agree with.
type reviewedAlarm struct {
	Plugin string `toml:"plugin"` // doublestar pattern over host/name
	Rule   string `toml:"rule"`   // and one over the rule's name
	Reason string `toml:"reason"`

	Used int `toml:"-"`
}

func readAlarms(name string) ([]*reviewedAlarm, error) {
	var file struct {
		Alarm []*reviewedAlarm `toml:"alarm"`
	}
	if err := decode(name, &file); err != nil {
		return nil, err
	}
	for i, a := range file.Alarm {
		if a.Plugin == "" || a.Rule == "" || a.Reason == "" {
			return nil, fmt.Errorf("%s: alarm %d: plugin, rule and reason are required", name, i+1)
		}
	}
	return file.Alarm, nil
}

func decode(name string, to any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return strict.Decode(name, data, to)
}
