package provenance

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner/tree"
)

// An installed is Composer's vendor/composer/installed.json, of version 2 or,
// where it is an array, of version 1.
type installed struct{ Packages []composerPackage }

type composerPackage struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Dist    struct {
		Type   string `json:"type"`
		URL    string `json:"url"`
		Shasum string `json:"shasum"`
	} `json:"dist"`
	Source struct {
		URL       string `json:"url"`
		Reference string `json:"reference"`
	} `json:"source"`
	// Extra is an object, or an empty array, as PHP writes it.
	Extra json.RawMessage `json:"extra"`
}

func (i *installed) UnmarshalJSON(data []byte) error {
	if strings.HasPrefix(strings.TrimSpace(string(data)), "[") {
		return json.Unmarshal(data, &i.Packages)
	}
	var v2 struct {
		Packages []composerPackage `json:"packages"`
	}
	err := json.Unmarshal(data, &v2)
	i.Packages = v2.Packages
	return err
}

// ofComposer looks up a package in the installed.json beside its vendor.
func (r *Records) ofComposer(_ context.Context, p *Plugin) *manifests.Source {
	vendor, ok := strings.CutSuffix(p.Path, "/"+p.Name)
	if p.Host != "php" || !p.Dir || !ok {
		return nil
	}
	file := path.Join(vendor, "composer/installed.json")
	record := get[installed](&r.files, file)
	if record == nil {
		return nil
	}
	for i := range record.Packages {
		if pkg := &record.Packages[i]; strings.EqualFold(pkg.Name, p.Name) {
			return gradeComposer(p, file, pkg)
		}
	}
	return nil
}

func gradeComposer(p *Plugin, file string, pkg *composerPackage) *manifests.Source {
	source := &manifests.Source{Kind: "composer", Package: pkg.Name, Version: pkg.Version, Grade: manifests.Claimed}
	switch {
	case p.Version != "" && strings.TrimPrefix(p.Version, "v") != strings.TrimPrefix(pkg.Version, "v"):
		source.Grade, source.Note = manifests.NoGrade, fmt.Sprintf("%s has version %s, and on the disk is %s", file, pkg.Version, p.Version)
	case pkg.Dist.Type == "path":
		source.Grade, source.Note = manifests.Local, "from a directory of this machine: "+pkg.Dist.URL
	case pkg.Dist.URL != "" && pkg.Dist.Shasum != "":
		source.Note = "from " + pkg.Dist.URL + "; its shasum covers the archive, not the files"
	case pkg.Dist.URL != "":
		source.Note = "from " + pkg.Dist.URL + ", without checksum"
	case pkg.Source.URL != "":
		source.Note = "from " + pkg.Source.URL + " at " + pkg.Source.Reference
	default:
		source.Note = file + " does not say from where"
	}
	return source
}

// A pieRecord is what PIE, PHP's installer of extensions, notes of one that it
// built here, in the extra of Composer's installed.json.
type pieRecord struct {
	name, version string
	sum           string // SHA-256 of the binary, in hexadecimal
}

// pieFiles are where PIE keeps its records for each PHP that it knows.
const pieFiles = "{root,home/*,Users/*,var/root}/{.pie,.config/pie}/*/vendor/composer/installed.json"

// readPIE reads the records of every user, by the place of the binary.
func (r *Records) readPIE() map[string]pieRecord {
	records := map[string]pieRecord{}
	files, err := tree.Glob(r.tree, pieFiles, func(string, error) {})
	if err != nil {
		return records
	}
	slices.Sort(files)
	for _, file := range files {
		record := get[installed](&r.files, file)
		if record == nil {
			continue
		}
		for _, pkg := range record.Packages {
			var extra struct {
				Binary   string `json:"pie-installed-binary"`
				Checksum string `json:"pie-installed-binary-checksum"`
			}
			if json.Unmarshal(pkg.Extra, &extra) != nil || extra.Binary == "" {
				continue
			}
			name := tree.Clean(extra.Binary)
			if resolved, err := tree.Resolve(r.tree, name); err == nil {
				name = resolved
			}
			records[name] = pieRecord{pkg.Name, pkg.Version, extra.Checksum}
		}
	}
	return records
}

// ofPIE looks up an extension among those that PIE built on this machine. Its
// checksum shows that the binary is still that one.
func (r *Records) ofPIE(_ context.Context, p *Plugin) *manifests.Source {
	if p.Host != "php" || p.Dir {
		return nil
	}
	record, ok := r.pie()[p.Path]
	if !ok {
		return nil
	}
	source := &manifests.Source{Kind: "pie", Package: record.name, Version: record.version, Grade: manifests.Local,
		Note: "built on this machine; its SHA-256 holds"}
	file := manifests.FileSum{Name: path.Base(p.Path)}
	n, err := hex.Decode(file.Sum[:], []byte(record.sum[:min(len(record.sum), 2*len(file.Sum))]))
	digest, _ := manifests.TreeDigest([]manifests.FileSum{file}) // a name with a newline has none, and equals none
	switch {
	case record.sum == "":
		source.Note = "built on this machine, without checksum"
	case err != nil || n != len(file.Sum) || len(record.sum) != 2*n || digest != p.Tree:
		source.Grade, source.Note = manifests.NoGrade, "it is not the binary that PIE built: its SHA-256 differs"
	}
	return source
}
