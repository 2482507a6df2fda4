package provenance

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/manifests"
)

// A lockfile is npm's, of version 2 or 3, and the one that npm hides in
// node_modules (docs.npmjs.com, package-lock.json).
type lockfile struct {
	Packages map[string]locked `json:"packages"`
}

type locked struct {
	Version   string `json:"version"`
	Resolved  string `json:"resolved"`
	Integrity string `json:"integrity"`
	Link      bool   `json:"link"`
}

// maxParents is how far above node_modules a lockfile is looked for: in a
// monorepo it lies at the top.
const maxParents = 6

// ofNPM looks up a package in the nearest lockfile that names its place.
func (r *Records) ofNPM(_ context.Context, p *Plugin) *manifests.Source {
	parts := strings.Split(p.Path, "/")
	i := slices.Index(parts, "node_modules")
	if p.Host != "node" || !p.Dir || i < 0 {
		return nil
	}
	for up := 0; up <= min(i, maxParents); up++ {
		dir, key := path.Join(parts[:i-up]...), path.Join(parts[i-up:]...)
		for _, name := range []string{"node_modules/.package-lock.json", "package-lock.json", "npm-shrinkwrap.json"} {
			file := path.Join(dir, name)
			if lock := get[lockfile](&r.files, file); lock != nil {
				if entry, ok := lock.Packages[key]; ok {
					return gradeNPM(p, file, &entry)
				}
			}
		}
	}
	return nil
}

func gradeNPM(p *Plugin, file string, entry *locked) *manifests.Source {
	source := &manifests.Source{Kind: "npm", Package: p.Name, Version: entry.Version, Grade: manifests.Claimed}
	integrity, _, _ := strings.Cut(entry.Integrity, "-")
	switch {
	case entry.Version != "" && p.Version != "" && entry.Version != p.Version:
		source.Grade, source.Note = manifests.NoGrade, fmt.Sprintf("%s has version %s, and on the disk is %s", file, entry.Version, p.Version)
	case entry.Link || strings.HasPrefix(entry.Resolved, "file:"):
		source.Grade, source.Note = manifests.Local, "linked from this machine, says "+file
	case entry.Resolved == "":
		source.Note = file + " does not say from where"
	case integrity == "":
		source.Note = "from " + entry.Resolved + ", without integrity"
	default:
		source.Note = fmt.Sprintf("from %s; its %s covers the archive, not the files", entry.Resolved, integrity)
	}
	return source
}
