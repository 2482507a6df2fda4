package javascript

import (
	"bytes"
)

// decodeName decodes the escapes of a name.
func decodeName(name []byte) string {
	text, _ := decodeEscapes(string(name))
	return text
}

// A nameTable numbers names, from 1 on.
type nameTable struct {
	src    []byte
	slots  []uint32
	starts []uint32 // of a name's first place in the script, or extra
	ends   []uint32
	extra  map[string]uint32
	extras []string
}

func (t *nameTable) text(number uint32) string {
	i := number - 1
	if t.starts[i] == global {
		return t.extras[t.ends[i]]
	}
	return string(t.src[t.starts[i]:t.ends[i]])
}

func nameHash(name []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range name {
		h = (h ^ uint32(c)) * 16777619
	}
	return h ^ h>>15
}

// number returns the number of the name src[start:end].
func (t *nameTable) number(start, end int) uint32 {
	if len(t.starts)*2 >= len(t.slots) {
		t.grow()
	}
	name := t.src[start:end]
	mask := uint32(len(t.slots) - 1)
	for slot := nameHash(name) & mask; ; slot = (slot + 1) & mask {
		n := t.slots[slot]
		if n == 0 {
			if n, ok := t.extra[string(name)]; ok {
				return n
			}
			t.starts = append(t.starts, uint32(start))
			t.ends = append(t.ends, uint32(end))
			t.slots[slot] = uint32(len(t.starts))
			return uint32(len(t.starts))
		}
		if s, e := t.starts[n-1], t.ends[n-1]; s != global && int(e-s) == len(name) && bytes.Equal(t.src[s:e], name) {
			return n
		}
	}
}

// find returns the number of a name, and 0 if the script does not have it.
func (t *nameTable) find(name string) uint32 {
	if len(t.slots) > 0 {
		mask := uint32(len(t.slots) - 1)
		for slot := nameHash([]byte(name)) & mask; t.slots[slot] != 0; slot = (slot + 1) & mask {
			n := t.slots[slot]
			if s, e := t.starts[n-1], t.ends[n-1]; s != global && string(t.src[s:e]) == name {
				return n
			}
		}
	}
	return t.extra[name]
}

// add returns the number of a name that does not stand in the script as it is.
func (t *nameTable) add(name string) uint32 {
	if n := t.find(name); n > 0 {
		return n
	}
	t.starts = append(t.starts, global)
	t.ends = append(t.ends, uint32(len(t.extras)))
	t.extras = append(t.extras, name)
	if t.extra == nil {
		t.extra = map[string]uint32{}
	}
	n := uint32(len(t.starts))
	t.extra[name] = n
	return n
}

func (t *nameTable) grow() {
	t.slots = make([]uint32, max(256, len(t.slots)*2))
	mask := uint32(len(t.slots) - 1)
	for i, s := range t.starts {
		if s == global {
			continue
		}
		slot := nameHash(t.src[s:t.ends[i]]) & mask
		for t.slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		t.slots[slot] = uint32(i + 1)
	}
}
