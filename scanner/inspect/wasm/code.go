package wasm

import "encoding/binary"

// The instructions that are no mere computation with one or two numbers.
const (
	opUnreachable, opNop, opBlock, opLoop, opIf, opElse           = 0x00, 0x01, 0x02, 0x03, 0x04, 0x05
	opEnd, opBranch, opBranchIf, opBranchTable, opReturn          = 0x0b, 0x0c, 0x0d, 0x0e, 0x0f
	opCall, opCallIndirect, opReturnCall, opReturnCallIndirect    = 0x10, 0x11, 0x12, 0x13
	opDrop, opSelect, opSelectOf                                  = 0x1a, 0x1b, 0x1c
	opLocalGet, opLocalSet, opLocalTee, opGlobalGet, opGlobalSet  = 0x20, 0x21, 0x22, 0x23, 0x24
	opTableGet, opTableSet                                        = 0x25, 0x26
	opFirstLoad, opFirstStore, opMemorySize, opMemoryGrow         = 0x28, 0x36, 0x3f, 0x40
	opI32, opI64, opF32, opF64                                    = 0x41, 0x42, 0x43, 0x44
	opFirstNumeric, opLastNumeric                                 = 0x45, 0xc4
	opRefNull, opRefIsNull, opRefFunc                             = 0xd0, 0xd1, 0xd2
	prefixed                                                      = 0x100 // by 0xfc
	opLastTruncation                                              = prefixed + 7
	opMemoryInit, opDataDrop, opMemoryCopy, opMemoryFill          = prefixed + 8, prefixed + 9, prefixed + 10, prefixed + 11
	opTableInit, opElemDrop, opTableCopy, opTableGrow, opTableLen = prefixed + 12, prefixed + 13, prefixed + 14, prefixed + 15, prefixed + 16
	opTableFill                                                   = prefixed + 17
)

// An instruction of a function, with what stands behind it: an index or a number. Of a
// block, b says where it ends, and how many values go in and come out; of "if", a says
// where it goes on if not.
type instruction struct {
	op uint16
	a  uint32
	b  uint64
}

// A code is a function's body.
type code struct {
	locals       int // besides its parameters
	instructions []instruction
	targets      []uint32 // of branches that have several
	lost         bool     // it holds what is not known
	// chosen says how often a way was taken where it is not known which one is.
	chosen map[int]int
}

// compile reads a body of a function.
func (m *Module) compile(body []byte, locals bool) *code {
	c := &code{}
	r := &reader{data: body}
	if locals {
		r.list(func() {
			n := r.unsigned(32)
			r.valueType()
			if c.locals += int(min(n, maxLocals+1)); c.locals > maxLocals {
				r.bad = true
			}
		})
	}
	var open []int // blocks
	for !r.bad && r.pos < len(body) {
		at := len(c.instructions)
		i := instruction{op: uint16(r.byte())}
		switch op := i.op; {
		case op == opUnreachable, op == opNop, op == opReturn, op == opDrop, op == opSelect, op == opRefIsNull:
		case op == opBlock, op == opLoop, op == opIf:
			parameters, results := m.blockType(r)
			i.b = uint64(parameters)<<8 | uint64(results)
			open = append(open, at)
		case op == opElse:
			if len(open) == 0 || c.instructions[open[len(open)-1]].op != opIf || c.instructions[open[len(open)-1]].a != 0 {
				r.bad = true
				break
			}
			c.instructions[open[len(open)-1]].a = uint32(at) + 1
		case op == opEnd:
			if len(open) == 0 {
				r.bad = r.bad || r.pos != len(body)
				break
			}
			block := &c.instructions[open[len(open)-1]]
			block.b |= uint64(at) << 16
			if block.op == opIf {
				if block.a == 0 {
					block.a = uint32(at)
				} else {
					c.instructions[block.a-1].a = uint32(at)
				}
			}
			open = open[:len(open)-1]
		case op == opBranchTable:
			i.a = uint32(len(c.targets))
			r.list(func() { c.targets = append(c.targets, r.index()) })
			c.targets = append(c.targets, r.index())
			i.b = uint64(uint32(len(c.targets)) - i.a)
		case op == opCallIndirect, op == opReturnCallIndirect:
			i.a = r.index()
			i.b = uint64(r.index())
		case op == opSelectOf:
			r.types()
			i.op = opSelect
		case op >= opFirstLoad && op < opMemorySize:
			if align := r.index(); align&0x40 != 0 {
				i.a = r.index()
			}
			i.b = uint64(r.index())
		case op == opI32:
			i.b = uint64(uint32(r.signed(32)))
		case op == opI64:
			i.b = uint64(r.signed(64))
		case op == opF32, op == opF64:
			n := 4 << (op - opF32)
			if r.skip(n); !r.bad {
				var word [8]byte
				copy(word[:], body[r.pos-n:r.pos])
				i.b = binary.LittleEndian.Uint64(word[:])
			}
		case op >= opFirstNumeric && op <= opLastNumeric:
		case op == opRefNull:
			r.signed(33)
		case op == opBranch, op == opBranchIf, op == opCall, op == opReturnCall, op >= opLocalGet && op <= opTableSet, op == opMemorySize, op == opMemoryGrow, op == opRefFunc:
			i.a = r.index()
		case op == 0xfc:
			switch i.op = uint16(min(r.unsigned(32), 0xff)) + prefixed; {
			case i.op <= opLastTruncation:
			case i.op <= opTableFill:
				i.a = r.index()
				if i.op == opMemoryInit || i.op == opMemoryCopy || i.op == opTableInit || i.op == opTableCopy {
					i.b = uint64(r.index())
				}
			default:
				r.bad = true
			}
		default:
			r.bad = true
		}
		c.instructions = append(c.instructions, i)
	}
	n := len(c.instructions)
	c.lost = r.bad || len(open) > 0 || n == 0 || c.instructions[n-1].op != opEnd
	return c
}

// blockType is how many values a block takes and gives.
func (m *Module) blockType(r *reader) (parameters, results int) {
	switch t := r.signed(33); {
	case t == -64:
	case t < 0: // references to objects say more
		results, r.bad = 1, r.bad || t == -28 || t == -29
	case t < int64(len(m.types)) && len(m.types[t].Parameters) < 256 && len(m.types[t].Results) < 256:
		return len(m.types[t].Parameters), len(m.types[t].Results)
	default:
		r.bad = true
	}
	return parameters, results
}
