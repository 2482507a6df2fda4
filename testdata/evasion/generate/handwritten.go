package main

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/rogpeppe/go-internal/txtar"

	"plugvet/testdata/evasion/cases"
)

// An about is the TOML file that begins each disguise of an archive: NAME/about.
// Its other files NAME/… are the plugin's.
type about struct {
	Does      string   // required
	Technique string   // required: the family
	Note      string   // what this one does
	Accept    []string // see cases.Case
	Combined  bool
	Run       []string // default: node index.js, or php theme-kit.php
	Layout    string   // default by language; or "composer", "site": paths from the site's root
	Carrier   string   // honest code around the file that runs: see carry
}

// handWritten returns the source of the disguises in the archives of disguises/
// that the patterns match. An archive's name begins with its language.
func handWritten(set string, patterns ...string) func(*writer) error {
	return func(w *writer) error {
		for _, pattern := range patterns {
			archives, err := filepath.Glob(filepath.Join(w.source, "disguises", pattern))
			if err != nil {
				return err
			}
			for _, archive := range archives {
				if err := w.archive(set, archive); err != nil {
					return fmt.Errorf("%s: %w", archive, err)
				}
			}
		}
		return nil
	}
}

func (w *writer) archive(set, name string) error {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		return err
	}
	base := strings.TrimPrefix(filepath.Base(name), "held-out-")
	language, _, _ := strings.Cut(strings.TrimSuffix(base, ".txtar"), "-")
	for i := 0; i < len(archive.Files); {
		id, isAbout := strings.CutSuffix(archive.Files[i].Name, "/about")
		if !isAbout {
			return fmt.Errorf("%s: does not belong to the disguise before it", archive.Files[i].Name)
		}
		var a about
		meta, err := toml.Decode(string(archive.Files[i].Data), &a)
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		if unknown := meta.Undecoded(); len(unknown) > 0 || a.Does == "" || a.Technique == "" {
			return fmt.Errorf("%s: wants does and technique, and knows no %v", id, unknown)
		}
		files := map[string][]byte{}
		for i++; i < len(archive.Files); i++ {
			file, ok := strings.CutPrefix(archive.Files[i].Name, id+"/")
			if !ok || file == "about" {
				break
			}
			files[file] = archive.Files[i].Data
		}
		if err := w.carry(a, files); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		if err := w.handWritten(set, language, id, a, files); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) handWritten(set, language, id string, a about, files map[string][]byte) error {
	c := cases.Case{Set: set, Language: language, Technique: a.Technique, Note: a.Note, Does: a.Does,
		Accept: a.Accept, Combined: a.Combined, Run: a.Run}
	var l layout
	prefix := "js-"
	switch language {
	case "javascript":
		l = npm
		if c.Run == nil {
			c.Run = []string{"node", "index.js"}
		}
	case "php":
		l, prefix = wordpress, "php-"
		if a.Layout == "composer" {
			l = composer
		}
		if c.Run == nil {
			c.Run = []string{"php", plugin + ".php"}
		}
	default:
		return fmt.Errorf("%s: no language %q", id, language)
	}
	if a.Layout == "site" {
		l = layout{dir: "."}
	}
	if main := path.Clean(c.Run[len(c.Run)-1]); files[main] == nil && len(c.Run) == 2 {
		return fmt.Errorf("%s: has no %s to run", id, main)
	}
	return w.write(c, prefix+id, l, files)
}
