package match

import "bytes"

// searchBudget limits how many bytes are read to find out where names stand in
// one file; names beyond it have no offset.
const searchBudget = 1 << 30

// A finder turns the names that a rule asked for into hits, for one file.
type finder struct {
	data    []byte
	vars    Variables
	budget  int
	offsets map[string]int64
}

func newFinder(data []byte, vars Variables) *finder {
	return &finder{data: data, vars: vars, budget: searchBudget, offsets: map[string]int64{}}
}

// add appends to m a hit for each name that m's rule asked for and that the
// file's facts hold.
func (f *finder) add(m *Match) {
	type key struct{ external, name string }
	seen := map[key]bool{}
	kept := map[string]int{}
	for _, ref := range m.Rule.references {
		value, _ := f.vars[ref.external].(string)
		for _, name := range ref.names(value) {
			if seen[key{ref.external, name}] {
				continue
			}
			seen[key{ref.external, name}] = true
			if kept[ref.external] == maxHits {
				continue
			}
			kept[ref.external]++
			hit := Hit{Offset: f.find(f.prefix(ref.external) + name), Name: ref.external, Text: excerpt([]byte(name))}
			if hit.Offset >= 0 {
				hit.Length = len(f.prefix(ref.external)) + len(name)
			}
			m.Hits = append(m.Hits, hit)
		}
	}
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
