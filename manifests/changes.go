package manifests

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A Change is one file of a modified plugin. Was and Is are "sha256:…", or
// "link to TARGET" for a symbolic link; the one that does not apply is empty.
type Change struct {
	Path   string     `json:"path"` // relative to the root, printable
	Change ChangeKind `json:"change"`
	Was    string     `json:"was,omitempty"`
	Is     string     `json:"is,omitempty"`
}

// ChangeKind is what happened to a file.
type ChangeKind string

const (
	FileAdded    ChangeKind = "added"
	FileRemoved  ChangeKind = "removed"
	FileModified ChangeKind = "modified"
)

// oldFiles is what the sums say of each entry's files, read when first asked for.
type oldFiles struct {
	byPath map[string]*pluginFiles
	err    error
}

// oldFilesOf gives the files that e was approved with, or why they are not known.
func (j *judge) oldFilesOf(e *Entry) ([]FileSum, error) {
	if j.old == nil {
		j.old = j.readSums()
	}
	if j.old.err != nil {
		return nil, j.old.err
	}
	files := j.old.byPath[e.Path].files
	if len(files) == 0 {
		return nil, errors.New("the sums have no lines for the approved version")
	}
	if digest, err := TreeDigest(files); err != nil || digest != e.Tree {
		return nil, errors.New("the sums' lines do not hash to the approved tree digest")
	}
	return files, nil
}

func (j *judge) readSums() *oldFiles {
	if j.opts.Sums == nil {
		return &oldFiles{err: errors.New("there are no sums")}
	}
	sums, err := j.opts.Sums()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &oldFiles{err: errors.New("there are no sums beside the manifest")}
	case err != nil:
		return &oldFiles{err: fmt.Errorf("the sums cannot be read: %w", err)}
	case sums == nil:
		return &oldFiles{err: errors.New("there are no sums")}
	}
	return &oldFiles{byPath: sums.byPlugin(j.manifest)}
}

// explain fills in what changed between the entry and o, and what cannot be said.
func (j *judge) explain(o *Observed, verdict *Judged) {
	e := verdict.Entry
	if e.Host != tree.Printable(o.Host) || e.Name != tree.Printable(o.Name) {
		verdict.Notes = append(verdict.Notes, "its path is approved for "+titled(e.Host, e.Name, e.Version))
	} else if e.Version != tree.Printable(o.Version) {
		verdict.Notes = append(verdict.Notes, fmt.Sprintf("version %s is approved, %s was found", orNone(e.Version), orNone(tree.Printable(o.Version))))
	}
	was, is := map[string]string{}, map[string]string{}
	if e.Tree != o.Tree {
		before, err := j.oldFilesOf(e)
		if err == nil && o.Sums == nil {
			err = errors.New("the digests of its files now are not known")
		}
		if err == nil {
			addSums(was, before)
			addSums(is, o.Sums)
		} else {
			note := "only native binaries were compared: " + err.Error()
			if len(e.Binaries)+len(o.Binaries) == 0 {
				note = "which files changed is not known: " + err.Error()
			}
			verdict.Notes = append(verdict.Notes, note)
			maps.Copy(was, e.Binaries)
			for name, digest := range o.Binaries {
				is[tree.Printable(name)] = digest
			}
		}
		// A single file is the same file under whatever name it lies.
		if !o.Dir && len(was) == 1 && len(is) == 1 {
			was = rename(was, is)
		}
	}
	addLinks(was, e.Links)
	addLinks(is, printable(o.Links))
	verdict.Changes = compare(was, is, func(name string) string {
		return absolute(tree.Printable(o.Path), o.Dir, name)
	})
}

func addSums(files map[string]string, sums []FileSum) {
	for _, f := range sums {
		files[tree.Printable(f.Name)] = f.Digest()
	}
}

func addLinks(files, links map[string]string) {
	for name, target := range links {
		files[name] = "link to " + target
	}
}

// rename gives the one file of was the name of the one file of is.
func rename(was, is map[string]string) map[string]string {
	for name := range is {
		for _, digest := range was {
			return map[string]string{name: digest}
		}
	}
	return was
}

// compare lists the names that differ, sorted by path.
func compare(was, is map[string]string, path func(name string) string) []Change {
	var changes []Change
	for name, old := range was {
		switch now, still := is[name]; {
		case !still:
			changes = append(changes, Change{Path: path(name), Change: FileRemoved, Was: old})
		case now != old:
			changes = append(changes, Change{Path: path(name), Change: FileModified, Was: old, Is: now})
		}
	}
	for name, now := range is {
		if _, before := was[name]; !before {
			changes = append(changes, Change{Path: path(name), Change: FileAdded, Is: now})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes
}

func orNone(version string) string {
	if version == "" {
		return "none"
	}
	return version
}
