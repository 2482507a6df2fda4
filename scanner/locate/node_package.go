package locate

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"plugvet/scanner/tree"
)

const packageJSON = "package.json"

// maxPackageJSON bounds a package.json, in bytes; npm's registry takes none
// near this size.
const maxPackageJSON = 8 << 20

// metadata is what a package.json says that matters to finding a package.
type metadata struct {
	name, version string
	bundles       bool // its tarball brought packages along
	installs      bool // npm runs a script of it at install
}

// readMetadata reads the package.json of a package directory, whose name is
// resolved. What it does not say is left empty, and err says why a reader should know.
func readMetadata(t tree.Tree, dir string) (metadata, error) {
	data, err := tree.ReadFileIn(t, dir, packageJSON, maxPackageJSON)
	if err != nil {
		return metadata{}, err
	}
	return parseMetadata(data)
}

func parseMetadata(data []byte) (metadata, error) {
	var m metadata
	err := walkJSON(data, func(keys []string, raw []byte, _ int) {
		switch {
		case len(keys) == 0:
		case keys[0] == "bundleDependencies" || keys[0] == "bundledDependencies":
			m.bundles = m.bundles || len(keys) == 2 || string(raw) == "true"
		case len(keys) == 2 && keys[0] == "scripts" && slices.Contains(installScripts, keys[1]):
			script, _ := jsonString(raw)
			m.installs = m.installs || script != ""
		case len(keys) == 1 && keys[0] == "name":
			m.name, _ = jsonString(raw)
		case len(keys) == 1 && keys[0] == "version":
			m.version, _ = jsonString(raw)
		}
	})
	switch {
	case err != nil:
		return metadata{}, err
	case m.name == "":
		return m, errors.New("it states no name")
	case !printableWord(m.name, maxName):
		m.name = ""
		return m, errors.New("its name is none that npm allows")
	case !printableWord(m.version, maxVersion):
		m.version = ""
		return m, errors.New("its version is none that npm allows")
	}
	return m, nil
}

// Limits of npm, in bytes: names by its registry, versions by node-semver.
const (
	maxName    = 214
	maxVersion = 256
)

func printableWord(text string, limit int) bool {
	return len(text) <= limit && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsGraphic(r) || unicode.IsSpace(r)
	})
}

// describeMetadata adds to p what its package.json says. Where it says no name
// the directory's is the name, as for npm.
func (n *node) describeMetadata(s *survey, p *Plugin, alias string) {
	m, err := readMetadata(s.tree, p.Path)
	p.Name, p.Version, p.installs = alias, m.version, m.installs
	if m.name != "" {
		p.Name = m.name
	}
	if m.bundles {
		n.bundles[p.Path] = true
	}
	if err == nil {
		return
	}
	text := "its package.json cannot be read: " + err.Error()
	if errors.Is(err, fs.ErrNotExist) {
		text = "it has no package.json, so its name is that of its directory and its version is unknown"
	}
	p.observe(Observation{Kind: BrokenMetadata, Path: tree.Join(p.Path, packageJSON), Text: text})
}
