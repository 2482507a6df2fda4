package locate

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"plugvet/scanner/strict"

	"github.com/bmatcuk/doublestar/v4"
)

//go:embed *.toml
var patternFiles embed.FS

// What a pattern leads to. A host uses the kinds that make sense for it.
const (
	kindServer = "server" // the program itself
	kindConfig = "config" // files that say what is loaded
	kindModule = "module" // plugins, whatever any config says
	kindUnit   = "unit"   // service definitions that start the host
)

// patternTable holds the patterns of one host: platform, kind, doublestar
// patterns relative to the root.
type patternTable map[string]map[string][]string

// builtin returns the embedded tables by host: nginx.toml beside nginx.go, and
// so on. A test checks that they parse; a program with a broken one must not run.
var builtin = sync.OnceValue(func() map[string]patternTable {
	tables := map[string]patternTable{}
	for _, host := range Hosts() {
		file := host + ".toml"
		data, err := patternFiles.ReadFile(file)
		if err != nil {
			panic(err)
		}
		var table patternTable
		if err := strict.Decode(file, data, &table); err != nil {
			panic(err)
		}
		if err := table.check(); err != nil {
			panic(fmt.Errorf("%s: %w", file, err))
		}
		tables[host] = table
	}
	return tables
})

func (t patternTable) check() error {
	for platform, kinds := range t {
		for kind, globs := range kinds {
			if !slices.Contains([]string{kindServer, kindConfig, kindModule, kindUnit}, kind) {
				return fmt.Errorf("[%s]: unknown kind %q", platform, kind)
			}
			for _, glob := range globs {
				if !doublestar.ValidatePattern(glob) {
					return fmt.Errorf("[%s] %s: bad pattern %q", platform, kind, glob)
				}
			}
		}
	}
	return nil
}

// of returns every pattern of a kind, over all platforms, sorted: a tree does
// not say what platform it is, and images mix them.
func (t patternTable) of(kind string) []string {
	var globs []string
	for _, kinds := range t {
		globs = append(globs, kinds[kind]...)
	}
	slices.Sort(globs)
	return slices.Compact(globs)
}
