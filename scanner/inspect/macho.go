package inspect

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"plugvet/scanner/inspect/machine"
)

// Facts of the format are from mach-o/loader.h, mach-o/fat.h, mach-o/nlist.h
// and mach-o/fixup-chains.h of Apple's cctools and dyld.

const (
	maxSlices   = 204    // entries in the first 4 KiB, all that dyld and the kernel look at
	maxCommands = 10_000 // a real file has a few dozen
	maxSegments = 64     // a real file has about five
	firstJava   = 43     // as file(1) has it: below, the number counts slices; class files begin at 45
	fatMagic    = 0xcafebabe
	fatMagic64  = 0xcafebabf
	machMagic32 = 0xfeedface
	machMagic64 = 0xfeedfacf
	machObject  = 1
	// the type of a section, S_MOD_INIT_FUNC_POINTERS
	constructorPointers = 9
	cpuWide             = 0x01000000
	cpuArm64            = cpuWide | 12
)

// thinOrder tells byte order and width from a Mach-O magic.
func thinOrder(data []byte) (order binary.ByteOrder, wide, ok bool) {
	if len(data) < 4 {
		return nil, false, false
	}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		switch order.Uint32(data) {
		case machMagic64:
			return order, true, true
		case machMagic32:
			return order, false, true
		}
	}
	return nil, false, false
}

func isThin(data []byte) bool {
	_, _, ok := thinOrder(data)
	return ok
}

// A fatEntry is one line of a universal header.
type fatEntry struct {
	cpu, sub  uint32
	off, size uint64
}

// fatEntryAt returns line i of a universal header, where the file has one.
func fatEntryAt(data []byte, i int) (e fatEntry, ok bool) {
	w := window{data, binary.BigEndian}
	if w.u32(0) == fatMagic64 {
		at := 8 + 32*uint64(i)
		return fatEntry{w.u32(at), w.u32(at + 4), w.u64(at + 8), w.u64(at + 16)}, w.has(at, 32)
	}
	at := 8 + 20*uint64(i)
	return fatEntry{w.u32(at), w.u32(at + 4), uint64(w.u32(at + 8)), uint64(w.u32(at + 12))}, w.has(at, 20)
}

// fatEntries returns the entries that are there, at most limit, and how many are claimed.
func fatEntries(data []byte, limit int) (entries []fatEntry, claimed uint32) {
	claimed = window{data, binary.BigEndian}.u32(4)
	for i := 0; i < limit && uint32(i) < claimed; i++ {
		e, ok := fatEntryAt(data, i)
		if !ok {
			break
		}
		entries = append(entries, e)
	}
	return entries, claimed
}

// isJavaClass tells a class file from a universal Mach-O: a version of 43 or
// more, a constant pool that begins with a known tag, and no entry that a
// loader of Mach-O would find a slice by.
func isJavaClass(data []byte) bool {
	w := window{data, binary.BigEndian}
	if w.u32(0) != fatMagic || w.u32(4) < firstJava || w.u16(8) == 0 {
		return false
	}
	if tag := w.u8(10); tag == 0 || tag > 20 {
		return false
	}
	entries, _ := fatEntries(data, maxSlices)
	for _, e := range entries {
		if slice, _ := w.at(e.off, e.size); isThin(slice.data) {
			return false
		}
	}
	return true
}

// macho reads a thin or universal file.
func (c *collector) macho(data []byte) {
	if isThin(data) {
		c.guard("the file", func() { c.thin(data) })
		return
	}
	entries, claimed := fatEntries(data, maxSlices)
	if claimed > maxSlices {
		c.problem(4, "the universal header claims %d slices, of which %d are read", claimed, len(entries))
	} else if int(claimed) > len(entries) {
		c.problem(4, "the universal header claims %d slices and has room for %d", claimed, len(entries))
	}
	if claimed == 0 {
		c.problem(4, "the universal header has no slice")
	}
	w := window{data, binary.BigEndian}
	// lipo can leave a slice uncounted, to hide it from old systems.
	if e, ok := fatEntryAt(data, len(entries)); ok && int(claimed) == len(entries) {
		if slice, _ := w.at(e.off, e.size); isThin(slice.data) {
			c.problem(4, "the universal header has a slice more than it counts")
			entries = append(entries, e)
		}
	}
	for i, e := range entries {
		c.slice, c.base = archName(e.cpu, e.sub), 0
		slice, whole := w.at(e.off, e.size)
		if overlaps(entries[:i], e) {
			c.problem(4, "a slice lies over another slice")
		}
		if !whole {
			c.problem(int64(min(e.off, w.size())), "slice %d goes beyond the end of the file", i)
		}
		c.base = int64(e.off)
		if !isThin(slice.data) {
			c.problem(-1, "a slice is no Mach-O file")
			continue
		}
		c.guard(fmt.Sprintf("slice %d", i), func() { c.thin(slice.data) })
	}
	c.slice, c.base = "", 0
}

func overlaps(before []fatEntry, e fatEntry) bool {
	for _, b := range before {
		// Sizes of a 64-bit header may run over; such a slice ends nowhere.
		if e.off < b.off+min(b.size, 1<<62) && b.off < e.off+min(e.size, 1<<62) {
			return true
		}
	}
	return false
}

// A machFile is one slice while it is read.
type machFile struct {
	*collector
	window
	wide     bool
	object   bool
	segments []machSegment
	selrefs  []machSection
	methname []machSection
	chained  bool

	// What is needed to follow the code.
	pointers []machine.Pointer
	starts   []uint64 // of functions
	inits    []machine.Span
	symbols  func() []machine.Symbol

	// Where the lists of Objective-C's classes of the file lie, and of what is added to some.
	ownClasses, categories []machine.Span
}

type machSegment struct {
	addr, off, size uint64
	code            bool // it may be run
}
type machSection struct{ off, size uint64 }

// thin reads one Mach-O. What its load commands point to is read after them,
// exports before imports, since a weak bind to an own symbol is no import.
func (c *collector) thin(data []byte) {
	order, wide, _ := thinOrder(data)
	m := &machFile{collector: c, window: window{data, order}, wide: wide}
	header := uint64(28)
	if wide {
		header = 32
	}
	arch, kind := archName(m.u32(4), m.u32(8)), m.u32(12)
	c.slice = arch
	m.object = kind == machObject
	c.facts.Slices = append(c.facts.Slices, Slice{Arch: arch, Type: machType(kind)})
	if !m.has(0, header) {
		c.problem(0, "the file is truncated within its header")
		return
	}

	count, size := m.u32(16), uint64(m.u32(20))
	commands, whole := m.at(header, size)
	if !whole {
		c.problem(int64(header), "the file is truncated within its load commands")
	}
	var exports, imports []func() // a symbol table has both, and needs no other
	signature := Signature{State: "unsigned"}
	at := uint64(0)
	if count > maxCommands {
		c.problem(16, "the header claims %d load commands, of which at most %d are read", count, maxCommands)
		count = maxCommands
	}
	for i := range count {
		cmdsize := uint64(commands.u32(at + 4))
		if cmdsize < 8 || !commands.has(at, cmdsize) {
			c.problem(int64(header+min(at, m.size())), "load command %d of %d has an impossible size", i, count)
			break
		}
		cmd, _ := commands.at(at, cmdsize)
		if !c.spend(cmd.len()) {
			break
		}
		at += cmdsize
		switch kind := cmd.u32(0) &^ lcRequired; kind {
		case lcSegment, lcSegment64:
			m.segment(cmd, kind == lcSegment64)
		case lcSymtab:
			exports = append(exports, func() { m.symtab(cmd) })
		case lcDyldInfo:
			exports = append(exports, func() { m.trie(m.part(cmd, 40, "the export trie")) })
			imports = append(imports, func() {
				m.binds(m.part(cmd, 16, "the bind table"), false)
				m.binds(m.part(cmd, 24, "the weak bind table"), false)
				m.binds(m.part(cmd, 32, "the lazy bind table"), true)
			})
		case lcExportsTrie:
			exports = append(exports, func() { m.trie(m.part(cmd, 8, "the export trie")) })
		case lcChainedFixups:
			m.chained = true
			imports = append(imports, func() { m.chainedImports(m.part(cmd, 8, "the chained fixups")) })
		case lcLoadDylib, lcLoadWeakDylib, lcReexportDylib, lcLazyLoadDylib, lcLoadUpwardDylib:
			c.add(c.libraries, cmd.text(uint64(cmd.u32(8))))
		case lcRPath:
			c.add(c.searchPaths, cmd.text(uint64(cmd.u32(8))))
		case lcFunctionStarts:
			imports = append(imports, func() { m.functionStarts(m.part(cmd, 8, "the list of functions")) })
		case lcCodeSignature:
			c.guard("the code signature", func() { signature = m.signature(m.part(cmd, 8, "the code signature")) })
		}
	}
	for _, read := range append(exports, imports...) {
		c.guard("a table of the dynamic linker", read)
	}
	c.guard("the Objective-C section", m.objc)
	c.guard("the code", func() { c.follow(m.image, data) })
	c.signatures = append(c.signatures, signature)
}

// Load commands, without the bit that says "dyld must know this".
const (
	lcRequired        = 0x80000000
	lcSegment         = 0x1
	lcSymtab          = 0x2
	lcLoadDylib       = 0xc
	lcLoadWeakDylib   = 0x18
	lcSegment64       = 0x19
	lcRPath           = 0x1c
	lcCodeSignature   = 0x1d
	lcReexportDylib   = 0x1f
	lcLazyLoadDylib   = 0x20
	lcDyldInfo        = 0x22
	lcFunctionStarts  = 0x26
	lcLoadUpwardDylib = 0x23
	lcExportsTrie     = 0x33
	lcChainedFixups   = 0x34
)

// part returns the bytes that an offset and a size at field of cmd point to.
func (m *machFile) part(cmd window, field uint64, what string) window {
	off, size := uint64(cmd.u32(field)), uint64(cmd.u32(field+4))
	part, whole := m.at(off, size)
	if size > 0 && !whole {
		m.problem(int64(off), "%s goes beyond the end", what)
	}
	return part
}

// segment notes where addresses lie in the file and where selectors are.
func (m *machFile) segment(cmd window, wide bool) {
	at, step := uint64(24), uint64(4)
	if wide {
		step = 8
	}
	sections, head, each := uint64(cmd.u32(at+4*step+8)), at+4*step+16, uint64(68)
	if !cmd.has(0, head) {
		m.problem(-1, "a segment command is too short")
		return
	}
	addr, off, size := cmd.word(at, wide), cmd.word(at+2*step, wide), cmd.word(at+3*step, wide)
	if !m.has(off, size) {
		m.problem(int64(min(off, m.size())), "segment %s goes beyond the end; the file is truncated or its header lies", printable(cmd.data[8:24]))
	}
	if len(m.segments) == maxSegments {
		m.problem(-1, "there are more than %d segments; the rest was not read", maxSegments)
		return
	}
	m.segments = append(m.segments, machSegment{addr, off, size, cmd.u32(at+4*step+4)&4 != 0})
	if wide {
		each = 80
	}
	for i := range sections {
		section, whole := cmd.at(head+i*each, each)
		if !whole {
			m.problem(-1, "segment %s claims more sections than it has room for", printable(cmd.data[8:24]))
			return
		}
		s := machSection{uint64(section.u32(32 + 2*step)), section.word(32+step, wide)}
		if flags := section.u32(48 + 2*step); wide && flags&0xff == constructorPointers {
			m.inits = append(m.inits, machine.Span{From: section.u64(32), To: section.u64(32) + min(s.size, 8*maxSegments)})
		}
		switch string(bytes.TrimRight(section.data[:16], "\x00")) {
		case "__objc_selrefs":
			m.selrefs = append(m.selrefs, s)
		case "__objc_methname":
			m.methname = append(m.methname, s)
		case "__objc_classlist", "__objc_catlist":
			list := &m.ownClasses
			if section.data[len("__objc_c")] == 'a' {
				list = &m.categories
			}
			if wide {
				*list = append(*list, machine.Span{From: section.u64(32), To: section.u64(32) + min(s.size, 8*maxFunctionStarts)})
			}
		case "__init_offsets": // constructors, from the beginning of the file
			offsets, _ := m.at(s.off, s.size)
			for at := uint64(0); at+4 <= offsets.size() && at < 4*maxSegments; at += 4 {
				m.starts = append(m.starts, uint64(offsets.u32(at)))
			}
		}
	}
}

// printable is a fixed-size name as it may stand in a sentence.
func printable(name []byte) string {
	name = bytes.Clone(bytes.TrimRight(name, "\x00"))
	for i, b := range name {
		if notPrintable(b) {
			name[i] = '?'
		}
	}
	return string(name)
}

func machType(kind uint32) string {
	types := []string{1: "object", 2: "execute", 4: "core", 6: "dylib", 7: "dylinker", 8: "bundle", 9: "stub", 10: "dsym", 11: "kext"}
	if int64(kind) < int64(len(types)) && types[kind] != "" {
		return types[kind]
	}
	return fmt.Sprintf("type %d", kind)
}

func archName(cpu, sub uint32) string {
	switch cpu {
	case cpuArm64:
		if sub&0xffffff == 2 {
			return "arm64e"
		}
		return "arm64"
	case cpuWide | 7:
		return "x86_64"
	case 7:
		return "i386"
	case 12:
		return "arm"
	case 18:
		return "ppc"
	case cpuWide | 18:
		return "ppc64"
	case 0x0200000c:
		return "arm64_32"
	}
	return fmt.Sprintf("cpu %d", cpu)
}
