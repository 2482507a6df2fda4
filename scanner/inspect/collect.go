package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Limits on what one file may state. Real files stay far below them: node's
// own binary exports some sixty thousand names.
const (
	maxName     = 512     // bytes of one name; what is longer is cut
	maxNames    = 200_000 // names of one list
	maxProblems = 64
	workFactor  = 8 // tables and names read, as a multiple of the file's size
)

// A collector gathers the facts of one file over its slices.
type collector struct {
	facts                                                        *Facts
	imports, exports, classes, selectors, libraries, searchPaths names
	signatures                                                   []Signature

	followed int // bytes of slices of which the code was followed

	*room // of a file with code; else nil

	outline bool // no more is asked for than Outline tells

	slice string // architecture that problems are about
	base  int64  // where that slice begins in the file
	work  int64  // bytes that may still be read, so that tables over tables end
}

// A room is memory for what is worked out of a reading, which is used again for the next.
type room struct {
	reading, apart      []byte
	turns, ends, begins bitset
	alike               [2]bitset
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// within is a collector for names in what was made of a part of the file.
func (c *collector) within() *collector { return &collector{facts: new(Facts), room: c.room} }

type names map[string]struct{}

func newCollector(facts *Facts, size int) *collector {
	return &collector{
		facts:   facts,
		imports: names{}, exports: names{}, classes: names{}, selectors: names{}, libraries: names{}, searchPaths: names{},
		work: int64(size)*workFactor + 1<<20,
	}
}

// problem notes a part that does not parse, at an offset within the slice, or -1.
func (c *collector) problem(offset int64, format string, args ...any) {
	if len(c.facts.Problems) == maxProblems {
		return
	}
	if offset >= 0 {
		offset += c.base
	}
	problem := Problem{Slice: c.slice, Offset: offset, Text: fmt.Sprintf(format, args...)}
	if len(c.facts.Problems) == maxProblems-1 {
		problem = Problem{Offset: -1, Text: "there are more problems than are listed"}
	}
	if !slices.Contains(c.facts.Problems, problem) {
		c.facts.Problems = append(c.facts.Problems, problem)
	}
}

// spend takes n bytes of work and reports whether that much was left.
func (c *collector) spend(n int) bool {
	if c.work < 0 {
		return false
	}
	if c.work -= int64(n); c.work < 0 {
		c.problem(-1, "its tables are read over and over; reading stopped")
		return false
	}
	return true
}

// add puts a name into a list, made printable.
func (c *collector) add(list names, name []byte) {
	if len(name) == 0 || !c.spend(len(name)+1) {
		return
	}
	name = name[:min(len(name), maxName)]
	if slices.ContainsFunc(name, notPrintable) {
		name = slices.Clone(name)
		for i, b := range name {
			if notPrintable(b) {
				name[i] = '?'
			}
		}
	}
	if _, ok := list[string(name)]; ok {
		return
	}
	if len(list) >= maxNames {
		c.problem(-1, "it states more than %d names of one sort; the rest is left out", maxNames)
		return
	}
	list[string(name)] = struct{}{}
}

func notPrintable(b byte) bool { return b < 0x21 || b > 0x7e }

// finish moves what was gathered into the facts, sorted.
func (c *collector) finish() {
	sorted := func(list names) []string {
		if len(list) == 0 {
			return nil
		}
		return slices.Sorted(maps.Keys(list))
	}
	c.facts.Imports, c.facts.Exports = sorted(c.imports), sorted(c.exports)
	c.facts.Classes, c.facts.Selectors = sorted(c.classes), sorted(c.selectors)
	c.facts.Libraries, c.facts.SearchPaths = sorted(c.libraries), sorted(c.searchPaths)
	c.facts.Signature = weakest(c.signatures)
}

// guard runs read and turns a panic into a problem, so that a fault in a
// parser costs the part that it was reading and nothing else.
func (c *collector) guard(what string, read func()) {
	defer func() {
		if fault := recover(); fault != nil {
			c.problem(-1, "%s does not parse: %v", what, strings.ToLower(fmt.Sprint(fault)))
		}
	}()
	read()
}
