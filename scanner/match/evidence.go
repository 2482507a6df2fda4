package match

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// searchBudget limits how many bytes are read to find out where names stand in
// one file; names beyond it have no offset.
const searchBudget = 1 << 30

// addNames appends to m what find says of each name that m's rule asked for and
// that the file's facts hold, and puts all hits in order.
func addNames(m *Match, vars Variables, find func(external, name string) []Hit) {
	type key struct{ external, name string }
	seen := map[key]bool{}
	kept := map[string]int{}
	for _, ref := range m.Rule.references {
		value, _ := vars[ref.external].(string)
		for _, name := range ref.names(value) {
			if seen[key{ref.external, name}] || kept[ref.external] >= maxHits {
				continue
			}
			seen[key{ref.external, name}] = true
			hits := find(ref.external, name)
			kept[ref.external] += len(hits)
			m.Hits = append(m.Hits, hits...)
		}
	}
	slices.SortStableFunc(m.Hits, compareHits)
}

// A finder tells where the names of one file's symbol tables stand in it.
type finder struct {
	data    []byte
	vars    Variables
	budget  int
	offsets map[string]int64
}

func newFinder(data []byte, vars Variables) *finder {
	return &finder{data: data, vars: vars, budget: searchBudget, offsets: map[string]int64{}}
}

func (f *finder) add(m *Match) {
	addNames(m, f.vars, func(external, name string) []Hit {
		if external == "embedded" {
			return []Hit{embeddedHit(name)}
		}
		whole := f.prefix(external) + name
		hit := Hit{Offset: f.find(whole), Name: external, Text: excerpt([]byte(name))}
		if hit.Offset >= 0 {
			hit.Length = len(whole)
		}
		return []Hit{hit}
	})
}

// embeddedHit is at the place that stands in the name itself.
func embeddedHit(name string) Hit {
	what, where, _ := strings.Cut(name, "@")
	offset, err := strconv.ParseInt(where, 10, 64)
	if err != nil {
		offset = -1
	}
	return Hit{Offset: offset, Name: "embedded", Text: excerpt([]byte(what))}
}

// prefix is what Mach-O writes before a name.
func (f *finder) prefix(external string) string {
	if f.vars["kind"] != "macho" {
		return ""
	}
	switch external {
	case "imports", "exports":
		return "_"
	case "classes":
		return "_OBJC_CLASS_$_"
	default:
		return ""
	}
}

// find returns where name stands by itself, between NULs, or -1.
func (f *finder) find(name string) int64 {
	if offset, ok := f.offsets[name]; ok {
		return offset
	}
	needle := []byte(name + "\x00")
	offset := int64(-1)
	for from := 0; f.budget > 0; {
		i := bytes.Index(f.data[from:], needle)
		if i < 0 {
			f.budget -= len(f.data) - from
			break
		}
		f.budget -= i + 1
		at := from + i
		if at == 0 || f.data[at-1] == 0 {
			offset = int64(at)
			break
		}
		from = at + 1
	}
	f.offsets[name] = offset
	return offset
}
