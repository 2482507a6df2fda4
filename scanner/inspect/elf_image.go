package inspect

import (
	"slices"

	"plugvet/scanner/inspect/machine"
)

// Tags and relocations of the System V ABI's supplements for x86-64 and AArch64.
const (
	machineX86     = 62
	machineARM64   = 183
	dtPLTGOT       = 3
	dtInit         = 12
	dtFini         = 13
	dtDebug        = 21
	dtInitArray    = 25
	dtFiniArray    = 26
	dtInitArrayLen = 27
	symbolFunction = 2
	symbolResolver = 10
	symbolWeak     = 2 // a binding
	maxDynamic     = 512
	maxRelocations = 1 << 16
)

// elfRelocations are, for a processor, the types that take a symbol, one of which is for
// functions alone, and those that take none.
var elfRelocations = map[uint16]struct {
	absolute, data, function, relative, resolver uint32
	arch                                         machine.Arch
}{
	machineX86:   {1, 6, 7, 8, 37, machine.X86_64},
	machineARM64: {257, 1025, 1026, 1027, 1032, machine.ARM64},
}

// image is the file as the loader maps it, or nil where that is not to be told.
func (e *elfFile) image() *machine.Image {
	types, known := elfRelocations[e.u16(18)]
	if !known || !e.wide || len(e.loads) == 0 {
		return nil
	}
	image := &machine.Image{Arch: types.arch}
	for _, l := range e.loads {
		part, _ := e.at(l.off, l.size)
		image.Segments = append(image.Segments, machine.Segment{Addr: l.addr, Off: l.off, Data: part.data, Code: l.code})
	}
	value, dynamic := map[uint64]uint64{}, e.dynamicAt
	for i := range uint64(maxDynamic) {
		at, ok := e.offset(dynamic + 16*i)
		tag := e.u64(at)
		if !ok || tag == 0 {
			break
		}
		if tag == dtDebug { // where the loader leaves the list of libraries
			image.Pointers = append(image.Pointers, machine.Pointer{Addr: dynamic + 16*i + 8, Import: "_r_debug"})
		}
		value[tag] = e.u64(at + 8)
	}
	// Linkers may put constants right behind the tables for the loader.
	for table, size := range map[uint64]uint64{dtStrtab: dtStrSize, dtRela: dtRelaSize, dtJmpRel: dtPLTRelSize} {
		image.Head = max(image.Head, value[table]+value[size])
	}
	if table := value[dtPLTGOT]; table != 0 { // and where it leaves that of the file itself
		image.Pointers = append(image.Pointers, machine.Pointer{Addr: table + 8, Import: "link_map"})
	}
	place := func(tag uint64) window {
		if off, ok := e.offset(value[tag]); ok && value[tag] != 0 {
			return e.from(off)
		}
		return window{order: e.order}
	}
	symbols, names := place(dtSymtab), place(dtStrtab)
	defined := func(yield func(symbol window) bool) {
		for i := range uint64(maxRelocations) {
			s := symbols.from(24 * i)
			if !s.has(0, 24) || value[dtStrtab] > value[dtSymtab] && value[dtSymtab]+24*i >= value[dtStrtab] || s.u16(6) != 0 && !yield(s) {
				break
			}
		}
	}
	var exports []uint64
	for s := range defined {
		if kind := s.u8(4) & 0xf; kind == symbolFunction || kind == symbolResolver {
			exports = append(exports, s.u64(8))
		}
	}
	image.Symbols = func() (all []machine.Symbol) {
		for s := range defined {
			if at, name := s.u64(8), names.text(uint64(s.u32(0))); len(name) > 0 { // else it is another table that lies there
				all = append(all, machine.Symbol{Span: machine.Span{From: at, To: at + max(1, s.u64(16))}, Name: string(name)})
			}
		}
		return all
	}
	for _, r := range []struct{ table, size uint64 }{{dtRela, dtRelaSize}, {dtJmpRel, dtPLTRelSize}} {
		relocations, _ := place(r.table).at(0, min(value[r.size], 24*maxRelocations))
		for at := uint64(0); at+24 <= relocations.size(); at += 24 {
			info, addend := relocations.u64(at+8), relocations.u64(at+16)
			p := machine.Pointer{Addr: relocations.u64(at)}
			switch kind := uint32(info); kind {
			case types.relative, types.resolver:
				p.Value = addend
			case types.absolute, types.data, types.function:
				s := symbols.from(info >> 32 * 24)
				if s.u16(6) != 0 {
					p.Value = s.u64(8) + addend
					break
				}
				if s.u8(4)>>4 == symbolWeak && addend != 0 { // nobody has it, and it is nothing: letters, maybe
					p.Value = addend
					break
				}
				p.Import = string(unversioned(names.text(uint64(s.u32(0)))))
				p.Function = kind == types.function || s.u8(4)&0xf == symbolFunction
			default:
				continue
			}
			image.Pointers = append(image.Pointers, p)
		}
	}
	if at := value[dtInitArray]; at != 0 {
		image.Constructors = []machine.Span{{From: at, To: at + min(value[dtInitArrayLen], 8*maxDynamic)}}
	}
	image.Entries = slices.DeleteFunc(append([]uint64{value[dtInit]}, exports...), func(at uint64) bool { return at == 0 })
	return image
}
