// Package inspect tells what a file is: its digest, its kind by content and,
// for native code, the facts that its own symbol tables state. It reads
// hostile bytes: no input makes it panic, loop or allocate without bound, and
// a part that does not parse becomes a Problem while the rest is still read.
//
// Mach-O, ELF and WebAssembly are read by code of our own. The libraries for
// them (debug/elf, debug/macho, blacktop/go-macho) give a file up at its first
// fault and follow one road to the symbols; a plugin may be broken on purpose
// where a library looks and whole where the loader does.
//
// Scripts have no symbol tables; what their code loads and calls is read by
// packages javascript and php, and what they make of it is in package script.
//
// What a fact means is not known here; that is for the rules (scanner/match).
package inspect

import (
	"bytes"

	"plugvet/scanner/inspect/script"
)

// Kind is what a file is by its content; the suffix decides only between kinds
// of text.
type Kind string

const (
	MachO       Kind = "macho" // thin or universal
	ELF         Kind = "elf"
	PE          Kind = "pe"
	Wasm        Kind = "wasm"
	AppleScript Kind = "applescript" // compiled: FasdUAS, JsOsaDAS; or source: .applescript, an osascript shebang
	JavaScript  Kind = "javascript"  // .js .cjs .mjs .jsx .ts .mts .cts .tsx, or a node shebang
	Declaration Kind = "declaration" // .d.ts .d.mts .d.cts
	SourceMap   Kind = "sourcemap"
	PHP         Kind = "php"
	Shell       Kind = "shell"
	Python      Kind = "python"
	Perl        Kind = "perl"
	Lua         Kind = "lua"
	JSON        Kind = "json"
	Markup      Kind = "markup" // HTML, XML, SVG
	Text        Kind = "text"   // prose and everything else that is text
	Archive     Kind = "archive"
	Java        Kind = "java" // class file: the magic of a universal Mach-O
	Empty       Kind = "empty"
	Data        Kind = "data"
)

// Kinds are all of them.
func Kinds() []Kind {
	return []Kind{MachO, ELF, PE, Wasm, AppleScript, JavaScript, Declaration, SourceMap, PHP, Shell, Python, Perl, Lua, JSON, Markup, Text, Archive, Java, Empty, Data}
}

// Native reports whether a host could load or run the file as machine code.
func (k Kind) Native() bool { return k == MachO || k == ELF || k == PE }

// Lines reports whether the file is text, in which a place has a line number.
func (k Kind) Lines() bool {
	switch k {
	case MachO, ELF, PE, Wasm, AppleScript, Archive, Java, Empty, Data:
		return false
	}
	return true
}

// Facts are what a file's own bytes state about it. Symbol names have the
// leading underscore of Mach-O and the version of ELF removed, so that one
// name means the same function everywhere. Lists are sorted and without
// duplicates, over all slices of a universal file.
type Facts struct {
	Kind Kind
	// Guessed says that the file is taken for JavaScript because Node.js would run
	// it as that and some words in it fit; neither suffix nor shebang says so.
	Guessed bool
	// Interpreter is the base name of the program that a shebang line names, without
	// its version: "osascript", "python". It is empty where there is no such line.
	Interpreter string
	// Slices has one element for a thin file, and one for each architecture of
	// a universal one.
	Slices []Slice

	// Imports are undefined symbols: nlist, dyld info, chained fixups, re-exports;
	// .dynsym and PT_DYNAMIC; of WebAssembly "module.name" and interfaces.
	Imports   []string
	Exports   []string
	Classes   []string // Objective-C classes referred to (not defined) here, without _OBJC_CLASS_$_, or asked for by name
	Selectors []string // Objective-C selectors sent or asked for by name, and those of its own methods
	Libraries []string // dylibs of every load-command kind; DT_NEEDED
	// SearchPaths are where the file has the linker look for libraries: LC_RPATH; DT_RPATH
	// and DT_RUNPATH.
	SearchPaths []string

	Embedded []Embedded // AppleScript that lies compressed or under a key in native code and WebAssembly, by offset

	// Unfollowed says why the code was not followed, or not that of every slice, though the
	// file imports what could use a name that it hides; else it is empty.
	Unfollowed string

	Signature *Signature // Mach-O only; nil where no slice could be read
	Problems  []Problem
}

// A Slice is one architecture of a native file or WebAssembly module.
type Slice struct {
	Arch string // arm64, arm64e, x86_64, i386, aarch64, …
	Type string // bundle, dylib, execute, dyn, exec, rel, …
}

// A Signature is the state of a Mach-O code signature as the file states it;
// nothing is verified against a certificate store.
type Signature struct {
	State           string // "unsigned", "adhoc", "signed" or "broken"; the weakest of all slices
	Identifier      string
	Team            string
	CDHashes        []string // hex, one for each slice that has one
	HardenedRuntime bool
}

// A Problem is a part of the file that does not parse. Offset is in bytes from
// the start of the file, or -1.
type Problem struct {
	Slice  string // architecture, or empty
	Offset int64
	Text   string
}

// Identify tells what data is and, for native code, what its symbol tables
// state. The name is used for its suffix alone. It keeps no reference to data,
// and its time and memory are bounded by a small multiple of data's size.
func Identify(name string, data []byte) *Facts {
	facts := &Facts{Kind: kindOf(name, data), Interpreter: script.Interpreter(beginning(data))}
	switch {
	case facts.Kind == JavaScript:
		facts.Guessed = guessed(name, data)
	case facts.Kind.Native(), facts.Kind == Wasm:
		c := newCollector(facts, len(data))
		c.room = rooms.Get().(*room)
		defer rooms.Put(c.room)
		c.tables(data)
		c.guard("compressed data", func() { c.embedded(data) })
		c.guard("names under a key", func() { c.keyed(data) })
		c.guard("hashes of names", func() { c.hashed(data) })
		c.finish()
	}
	return facts
}

// Outline tells of native code what a list of files has: kind, architectures and
// the state of a signature. Of an ELF file, and of most of Windows', the beginning is
// enough for it.
func Outline(name string, data []byte) *Facts {
	facts := &Facts{Kind: kindOf(name, data)}
	c := newCollector(facts, len(data))
	c.outline = true
	c.tables(data)
	c.finish()
	return facts
}

// outlined reports whether a file that begins so may be native code, and whether
// Outline must see the whole of it.
func outlined(head []byte) (native, whole bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\x7fELF")):
		return true, false
	case bytes.HasPrefix(head, []byte("MZ")):
		return true, !isPE(head) // whose second header may lie further on
	}
	native = isThin(head) || bytes.HasPrefix(head, []byte("\xca\xfe\xba\xbe")) || bytes.HasPrefix(head, []byte("\xca\xfe\xba\xbf"))
	return native, native
}

// tables reads the symbol tables.
func (c *collector) tables(data []byte) {
	switch c.facts.Kind {
	case MachO:
		c.macho(data)
	case ELF:
		c.elf(data)
	case Wasm:
		c.wasm(data)
	}
}
