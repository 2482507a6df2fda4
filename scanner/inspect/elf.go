package inspect

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Facts of the format are from the System V ABI, chapters 4 and 5, and for
// DT_GNU_HASH from glibc's elf/dl-lookup.c.
const (
	elfRel          = 1
	machineMIPS     = 8
	ptLoad          = 1
	ptDynamic       = 2
	shtSymtab       = 2
	shtDynamic      = 6
	shtNobits       = 8
	shtDynsym       = 11
	dtNeeded        = 1
	dtPLTRelSize    = 2
	dtHash          = 4
	dtStrtab        = 5
	dtSymtab        = 6
	dtRela          = 7
	dtRelaSize      = 8
	dtStrSize       = 10
	dtRPath         = 15
	dtRel           = 17
	dtRelSize       = 18
	dtPLTRel        = 20
	dtJmpRel        = 23
	dtRunPath       = 29
	dtGNUHash       = 0x6ffffef5
	page            = 4096
	maxHeaders      = 1024 // program headers; a real file has about a dozen
	maxNeeded       = 4096 // libraries of one dynamic table; a real one has about ten
	bindLocal       = 0
	symbolSection   = 3
	symbolFile      = 4
	visibilityMask  = 3
	visibleInternal = 1
	visibleHidden   = 2
)

// An elfFile is one ELF file while it is read.
type elfFile struct {
	*collector
	window
	wide  bool
	loads []elfLoad
	// dynamicAt is the address of the dynamic table.
	dynamicAt uint64
	called    bool // the loader calls something for it
}

type elfLoad struct {
	addr, off, size uint64
	code            bool // it may be run
}

// elf reads symbols and libraries twice: as the section headers have them,
// which tools show, and as PT_DYNAMIC has them, which the loader obeys. A file
// where one is missing or lies shows the other.
func (c *collector) elf(data []byte) {
	c.guard("the file", func() {
		e := &elfFile{collector: c, window: window{data, binary.LittleEndian}}
		if len(data) < 52 {
			c.facts.Slices = append(c.facts.Slices, Slice{})
			c.problem(0, "the file is truncated within its header")
			return
		}
		class, order := data[4], data[5]
		if class < 1 || class > 2 || order < 1 || order > 2 {
			c.facts.Slices = append(c.facts.Slices, Slice{})
			c.problem(4, "the header has the impossible class %d or byte order %d", class, order)
			return
		}
		if order == 2 {
			e.order = binary.BigEndian
		}
		e.wide = class == 2
		kind, arch := e.u16(16), e.arch()
		c.facts.Slices = append(c.facts.Slices, Slice{Arch: arch, Type: elfType(kind)})
		c.slice = arch
		if c.outline {
			return
		}
		c.guard("the program header", e.segments)
		loaded := len(c.imports)
		c.guard("the section header", func() { e.sections(kind == elfRel) })
		if loaded > 0 && len(c.imports) > loaded {
			c.problem(-1, "the section headers show %d imports that the dynamic linker does not see", len(c.imports)-loaded)
		}
		c.guard("the code", func() { c.follow(e.image, data) })
		c.guard("the start files", e.withoutCode)
		e.dataAlone()
	})
	c.slice = ""
}

// field reads the header's e_phoff or e_shoff and the like: at narrow in a
// 32-bit file, at wide in a 64-bit one.
func (e *elfFile) field(narrow, wide uint64) uint64 {
	if e.wide {
		return wide
	}
	return narrow
}

func (e *elfFile) segments() {
	table, step := e.word(e.field(28, 32), e.wide), uint64(e.u16(e.field(42, 54)))
	count := uint64(e.u16(e.field(44, 56)))
	if count == 0xffff { // the real number is in the first section header
		count = uint64(e.u32(e.word(e.field(32, 40), e.wide) + e.field(28, 44)))
	}
	if count == 0 {
		return
	}
	if step < e.field(32, 56) || !e.has(table, 1) {
		e.problem(int64(min(table, e.size())), "the program header table is not where the header says")
		return
	}
	if !e.has(table, count*step) {
		e.problem(int64(table), "the program header table goes beyond the end")
		count = (e.size() - table) / step
	}
	if count > maxHeaders {
		e.problem(int64(table), "the program header claims %d segments, of which %d are read", count, maxHeaders)
		count = maxHeaders
	}
	var dynamic []window
	for i := range count {
		h := e.from(table + i*step)
		kind := h.u32(0)
		off, addr := h.word(e.field(4, 8), e.wide), h.word(e.field(8, 16), e.wide)
		size, memory := h.word(e.field(16, 32), e.wide), h.word(e.field(20, 40), e.wide)
		switch kind {
		case ptLoad:
			if !e.has(off, size) {
				e.problem(int64(min(off, e.size())), "a segment goes beyond the end; the file is truncated or its header lies")
			}
			if memory <= size { // else the rest of its last page is filled with zeros
				size += -(addr + size) % page
			}
			e.loads = append(e.loads, elfLoad{addr, off, size, h.u32(e.field(24, 4))&1 != 0})
		case ptDynamic:
			dynamic = append(dynamic, h)
		}
	}
	for _, h := range dynamic {
		// The loader goes by the address, tools by the offset; both are read.
		off, addr := h.word(e.field(4, 8), e.wide), h.word(e.field(8, 16), e.wide)
		size := h.word(e.field(16, 32), e.wide)
		mapped, ok := e.offset(addr)
		e.dynamicAt = addr
		if ok {
			e.dynamic(e.from(mapped))
		}
		if size > 0 && (!ok || mapped != off) {
			part, whole := e.at(off, size)
			if !whole {
				e.problem(int64(min(off, e.size())), "the dynamic table goes beyond the end")
			}
			e.dynamic(part)
		}
	}
}

// offset turns an address into an offset, as the mappings of the loader do:
// by whole pages, a later one over an earlier one.
func (e *elfFile) offset(addr uint64) (uint64, bool) {
	for i := len(e.loads) - 1; i >= 0; i-- {
		l := e.loads[i]
		slack := l.addr % page
		if slack > l.off {
			slack = 0
		}
		if start := l.addr - slack; addr >= start && addr-start < l.size+slack {
			off := l.off - slack + (addr - start)
			return off, e.has(off, 1)
		}
	}
	return 0, false
}

func (e *elfFile) arch() string {
	machine := e.u16(18)
	names := map[uint16]string{
		3: "i386", machineMIPS: "mips", 20: "ppc", 21: "ppc64", 22: "s390x", 40: "arm",
		62: "x86_64", 183: "aarch64", 243: "riscv", 258: "loongarch",
	}
	if name, ok := names[machine]; ok {
		return name
	}
	return fmt.Sprintf("machine %d", machine)
}

func elfType(kind uint16) string {
	switch kind {
	case elfRel:
		return "rel"
	case 2:
		return "exec"
	case 3:
		return "dyn"
	case 4:
		return "core"
	}
	return fmt.Sprintf("type %d", kind)
}

// unversioned cuts "@GLIBC_2.2.5" and "@@BASE".
func unversioned(name []byte) []byte {
	if at := bytes.IndexByte(name, '@'); at > 0 {
		return name[:at]
	}
	return name
}
