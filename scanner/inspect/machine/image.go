package machine

import (
	"bytes"
	"encoding/binary"
)

// An Arch is a processor.
type Arch int

const (
	X86_64 Arch = iota
	ARM64
)

// An Image is a file as its loader puts it into memory.
type Image struct {
	Arch     Arch
	Apple    bool   // whose system calls have numbers of their own
	Head     uint64 // where what the loader alone reads ends, if it is known
	Segments []Segment
	Pointers []Pointer
	Entries  []uint64 // functions that others may call
	// Constructors are where pointers to functions stand that the loader calls.
	Constructors []Span
	// Classes and Categories are where the runtime of Objective-C finds those of the file.
	Classes, Categories []Span
	// Symbols gives those that the loader tells code of, where it may be nil.
	Symbols func() []Symbol
}

// A Symbol is a name of what lies between two addresses.
type Symbol struct {
	Span
	Name string
}

// A Span is a stretch of addresses.
type Span struct{ From, To uint64 }

// A Segment is a stretch of the file at its address.
type Segment struct {
	Addr, Off uint64
	Data      []byte
	Code      bool
}

// A Pointer is what the loader fills in at an address: the address of an import by its
// name, or else a value.
type Pointer struct {
	Addr, Value uint64
	Import      string
	Function    bool // the import is known to be a function
}

// A Watch is told what the code does. Every function may be nil.
type Watch struct {
	// Call is told of a call of an import, with what its arguments point to; sure says that
	// nothing was forced to get there.
	Call func(at uint64, name string, arguments [6]Argument, sure bool)
	// System is told of an instruction for system calls, with the number in its register.
	System func(at, number uint64, arguments [6]Argument)
	// System32 is told of one for those of 32 bits, which Linux answers on x86-64 as well:
	// int 0x80. They have other numbers.
	System32 func(at, number uint64)
	// Inside is told of a read of what an import returned or, where code is set, of the
	// instructions of the import itself, by a plugin that should know neither; or of a look
	// through a library by its addresses, see namesPlaces.
	Inside func(at uint64, name string, code bool)
	// Distance is told of a call that goes past the beginning of an import.
	Distance func(at uint64, name string)
	// Unpacked is told of code that the plugin has made, and made executable.
	Unpacked func(at uint64)
	// Stalls is told of a constructor that computes for longer than any has a reason to.
	Stalls func(at uint64)
	// Force is asked whether to force branches in a file that has no instruction for system
	// calls, which doubles the work.
	Force func() bool
	// Fed is told what was written to the input of a program that popen has started.
	Fed func(at uint64, command, text string)
	// Variable is asked for what the code has set a variable of the environment to.
	Variable func(name string) (value string, set bool)
	// Written is told, after a function, of memory that was written to.
	Written func(function uint64, data []byte)
}

// An Argument is what a call is given.
type Argument struct {
	Value   uint64
	Made    bool // the code has written to where it points
	machine *machine
	place   int       // among those of its call
	call    processor // nil where the code makes the call by way of a library
}

// Text is what it points to at this time, up to a zero byte, or what the string of
// Objective-C has that a compiler left there; empty where that is no text.
func (a Argument) Text() string {
	if a.machine.image.Apple {
		return a.machine.text(a.machine.characters(a.Value))
	}
	return a.machine.text(a.Value)
}

// Source is what it points to as Text is, but a script or a line for a shell, which may be
// longer and have letters of other scripts.
func (a Argument) Source() string {
	at := a.Value
	if a.machine.image.Apple {
		at = a.machine.characters(at)
	}
	return string(a.machine.bytesUpTo(at, maxSource))
}

// Bytes are what it points to at this time, as many as n, as far as a script may go.
func (a Argument) Bytes(n uint64) string {
	return string(a.machine.load(a.Value, min(n, maxSource)))
}

// Texts are those of a list of Foundation, or that a list points to whose end is marked by
// zero; empty where there is none.
func (a Argument) Texts() (all []string) {
	if list, is := a.machine.lists[a.Value]; is {
		for _, object := range list {
			all = append(all, a.machine.unicode(object))
		}
		return all
	}
	all, _ = a.machine.textsOf(func(i int) uint64 { return a.machine.peek(a.Value+8*uint64(i), 8) })
	return all
}

// OneByOne are the texts that a call is given from this argument on, up to zero, of which those
// behind the first have no names of their own; and the argument that comes after the zero.
func (a Argument) OneByOne() (texts []string, behind Argument) {
	if a.call == nil {
		return nil, Argument{machine: a.machine}
	}
	argument := func(i int) uint64 { return a.call.argument(a.place+i, a.place+1) }
	texts, end := a.machine.textsOf(argument)
	return texts, Argument{Value: argument(end + 1), machine: a.machine}
}

// textsOf reads the texts at addresses up to the one that is zero, and tells which that is.
func (m *machine) textsOf(address func(i int) uint64) (texts []string, end int) {
	const most = 256
	for ; end < most; end++ {
		at := address(end)
		if at == 0 {
			break
		}
		text := string(m.bytesUpTo(at, maxSource))
		m.steps -= 1 + len(text)/16
		texts = append(texts, text)
	}
	return texts, end
}

// systemCalls reports whether there may be instructions for system calls.
func (i *Image) systemCalls() bool {
	for _, s := range i.Segments {
		switch {
		case !s.Code:
		case i.Arch == X86_64:
			if bytes.Contains(s.Data, []byte{0x0f, 0x05}) {
				return true
			}
		default:
			for off := -s.Addr & 3; off+4 <= uint64(len(s.Data)); off += 4 {
				if binary.LittleEndian.Uint32(s.Data[off:])&svcMask == svc {
					return true
				}
			}
		}
	}
	return false
}
