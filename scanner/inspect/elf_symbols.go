package inspect

import "bytes"

// sections reads symbol and dynamic tables that the section headers name. In
// an object file the static symbols are what will be imported.
func (e *elfFile) sections(object bool) {
	table, step := e.word(e.field(32, 40), e.wide), uint64(e.u16(e.field(46, 58)))
	count := uint64(e.u16(e.field(48, 60)))
	if table == 0 {
		return // stripped; the loader does not mind
	}
	header := e.field(40, 64)
	if step < header || !e.has(table, header) {
		e.problem(int64(min(table, e.size())), "the section header table is not where the header says; the file is truncated or its header lies")
		return
	}
	type section struct {
		kind, link uint32
		off, size  uint64
	}
	read := func(i uint64) section {
		h := e.from(table + i*step)
		return section{h.u32(4), h.u32(e.field(24, 40)),
			h.word(e.field(16, 24), e.wide), h.word(e.field(20, 32), e.wide)}
	}
	if count == 0 { // the real number is the size of section 0
		count = read(0).size
	}
	if room := (e.size() - table) / step; count > room {
		e.problem(int64(table), "the section header table claims %d sections and has room for %d", count, room)
		count = room
	}
	for i := range count {
		s := read(i)
		if s.kind == 0 || s.kind == shtNobits {
			continue
		}
		part, whole := e.at(s.off, s.size)
		if !whole {
			e.problem(int64(min(s.off, e.size())), "section %d goes beyond the end", i)
		}
		var strings window
		if uint64(s.link) < count {
			names := read(uint64(s.link))
			strings, _ = e.at(names.off, names.size)
		}
		switch {
		case s.kind == shtDynsym, s.kind == shtSymtab && object:
			e.symbols(part, strings)
		case s.kind == shtDynamic:
			_, linked := e.entries(part)
			e.link(linked, strings)
		}
	}
}

// symbols takes the imports and exports of a symbol table.
func (e *elfFile) symbols(table, names window) {
	if !e.spend(table.len()) {
		return
	}
	step := e.field(16, 24)
	for at := step; at+step <= table.size(); at += step { // the first is null
		info, other := table.data[at+e.field(12, 4)], table.data[at+e.field(13, 5)]
		section := table.u16(at + e.field(14, 6))
		name := uint64(table.u32(at))
		e.called = e.called || info&0xf == symbolResolver && section != 0 // also where none but relocations name it
		if name == 0 || info>>4 == bindLocal {
			continue
		}
		kind := info & 0xf
		if section == 0 {
			e.add(e.imports, unversioned(names.text(name)))
		} else if v := other & visibilityMask; kind != symbolSection && kind != symbolFile && v != visibleHidden && v != visibleInternal {
			e.add(e.exports, unversioned(names.text(name)))
		}
	}
}

// linked are the names of libraries, and where the linker looks for them, as offsets into
// the string table.
type linked struct{ needed, paths []uint64 }

// entries reads a dynamic table: the values of the tags that matter here, and
// what is linked. The loader reads on to the end mark, however far that is.
func (e *elfFile) entries(table window) (value map[uint64]uint64, links linked) {
	value = map[uint64]uint64{}
	step := e.field(4, 8)
	for at := uint64(0); at+2*step <= table.size() && e.spend(int(2*step)); at += 2 * step {
		switch tag, v := table.word(at, e.wide), table.word(at+step, e.wide); {
		case tag == 0:
			return value, links
		case tag == dtNeeded && len(links.needed) < maxNeeded:
			links.needed = append(links.needed, v)
		case (tag == dtRPath || tag == dtRunPath) && len(links.paths) < maxNeeded:
			links.paths = append(links.paths, v)
		case tag == dtInit || tag == dtFini || tag == dtInitArray || tag == dtFiniArray:
			e.called = true
		case tag <= dtJmpRel || tag == dtGNUHash:
			value[tag] = v // where a tag comes twice the loader keeps the last
		}
	}
	e.problem(-1, "the dynamic table has no end")
	return value, links
}

func (e *elfFile) link(links linked, names window) {
	for _, off := range links.needed {
		e.add(e.libraries, names.text(off))
	}
	for _, off := range links.paths {
		for path := range bytes.SplitSeq(names.text(off), []byte{':'}) {
			e.add(e.searchPaths, path)
		}
	}
}

// dynamic reads what the loader reads: every table by its address.
func (e *elfFile) dynamic(table window) {
	value, links := e.entries(table)
	place := func(tag uint64, what string) (window, bool) {
		addr, ok := value[tag]
		if !ok {
			return window{}, false
		}
		off, ok := e.offset(addr)
		if !ok {
			e.problem(-1, "%s lies outside of every segment", what)
			return window{}, false
		}
		return e.from(off), true
	}
	// The loader takes names from wherever they are and looks at no DT_STRSZ.
	names, ok := place(dtStrtab, "the dynamic string table")
	if !ok {
		return
	}
	e.link(links, names)

	symbols, ok := place(dtSymtab, "the dynamic symbol table")
	if !ok {
		return
	}
	var count uint64
	if hash, ok := place(dtHash, "the hash table"); ok {
		count = max(count, uint64(hash.u32(4)))
	}
	if hash, ok := place(dtGNUHash, "the GNU hash table"); ok {
		count = max(count, e.gnuCount(hash))
	}
	for _, r := range []struct{ table, size, kind uint64 }{
		{dtRela, dtRelaSize, dtRela}, {dtRel, dtRelSize, dtRel}, {dtJmpRel, dtPLTRelSize, value[dtPLTRel]},
	} {
		if relocations, ok := place(r.table, "a relocation table"); ok {
			part, _ := relocations.at(0, value[r.size])
			count = max(count, e.relocated(part, r.kind == dtRela))
		}
	}
	if count == 0 && value[dtStrtab] > value[dtSymtab] {
		count = (value[dtStrtab] - value[dtSymtab]) / e.field(16, 24)
	}
	part, whole := symbols.at(0, min(count, 1<<40)*e.field(16, 24))
	if !whole {
		e.problem(-1, "the dynamic symbol table claims %d symbols and goes beyond the end", count)
	}
	e.symbols(part, names)
}

// gnuCount finds the highest symbol of a DT_GNU_HASH: the end of the chain
// that the highest bucket begins.
func (e *elfFile) gnuCount(hash window) uint64 {
	buckets, first, bloom := uint64(hash.u32(0)), uint64(hash.u32(4)), uint64(hash.u32(8))
	at := 16 + bloom*e.field(4, 8)
	table, whole := hash.at(at, 4*buckets)
	if !whole {
		e.problem(-1, "the GNU hash table goes beyond the end")
	}
	if !e.spend(table.len()) {
		return first
	}
	var last uint64
	for i := uint64(0); i+4 <= table.size(); i += 4 {
		last = max(last, uint64(table.u32(i)))
	}
	if last < first {
		return first // only what is imported
	}
	chains := hash.from(at + 4*buckets)
	for e.spend(4) && chains.has(4*(last-first), 4) && chains.u32(4*(last-first))&1 == 0 {
		last++
	}
	return last + 1
}

// relocated returns one more than the highest symbol that relocations use,
// which is how the loader finds imports, whatever the hash tables say. Some
// have it call a resolver.
func (e *elfFile) relocated(table window, addend bool) uint64 {
	if e.wide && e.u16(18) == machineMIPS {
		return 0 // its r_info has a layout of its own
	}
	if !e.spend(table.len()) {
		return 0
	}
	step, shift := e.field(8, 16), 8*e.field(1, 4)
	if addend {
		step = e.field(12, 24)
	}
	types, known := elfRelocations[e.u16(18)]
	var count uint64
	for at := uint64(0); at+step <= table.size(); at += step {
		info := table.word(at+e.field(4, 8), e.wide)
		symbol, kind := info>>shift, info&(1<<shift-1)
		e.called = e.called || !known || kind == uint64(types.resolver) // of another processor any may be one
		if symbol != 0 {
			count = max(count, symbol+1)
		}
	}
	return count
}
