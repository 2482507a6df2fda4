package inspect

import (
	"bytes"
	"cmp"
	"compress/bzip2"
	"compress/flate"
	"io"
	"slices"
	"strings"
)

// Facts of the formats are from RFC 1950 (zlib), 1951 (deflate) and 1952 (gzip).
const (
	maxInflated   = 256 << 10 // bytes of one stream that are looked at; a script is shorter
	inflateFactor = 16        // bytes inflated from one file, as a multiple of its size
	headCost      = 256       // what looking at a head takes, in bytes inflated
	startCost     = 4 << 10   // and what beginning a stream does
	maxEmbedded   = 64        // findings in one file; more of them would say no more
)

// An Embedded is something that a native file carries in another form than its
// own: compressed, under a key, or made by its code.
type Embedded struct {
	Name   string // one of the constants below
	Offset int64  // where the stream or name begins, in bytes from the start of the file
}

const (
	CompiledScript  = "applescript-compiled"
	ScriptSource    = "applescript-source"      // at least two phrases of the language
	ScriptCommand   = "applescript-command"     // names the interpreter
	ShiftedName     = "applescript-shifted"     // a class or command, each byte times a constant and with another added
	KeyedName       = "applescript-keyed"       // the same under xor with a key that repeats, or with its bits turned
	RolledName      = "applescript-rolled"      // under a key that grows
	SubstitutedName = "applescript-substituted" // every letter replaced by a byte of its own
	AlphabetName    = "applescript-alphabet"    // written with an alphabet that the file has
	PadName         = "applescript-padded"      // under a key that is another part of the file
	StoredName      = "applescript-stored"      // put together by instructions
	PiecesName      = "applescript-pieces"      // in strings that lie side by side
	EncodedName     = "applescript-encoded"     // under a cipher, and that under base64 or hexadecimal

	// Hashes of names that it looks up, see hashed.
	HashedName    = "applescript-hashed"
	HashedSocket  = "hash-socket"
	HashedNetwork = "hash-network"
	HashedExec    = "hash-exec"

	// What code does when it is followed, see follow.
	MadeName        = "applescript-made"    // it makes such a name
	ScriptService   = "applescript-service" // it asks for a service that runs a text as a script
	SocketFunction  = "function-socket"     // it makes the name of a function for sockets
	NetworkFunction = "function-network"    // or of a resolver or an HTTP client,
	ExecFunction    = "function-exec"       // or for programs
	RawFunction     = "function-raw"        // or it looks up one that captures or forges packets
	MadeLookUp      = "function-made"       // it makes the name of a function or class that it looks up
	RawSocket       = "socket-raw"          // it asks for a raw socket
	KernelSocket    = "socket-kernel"       // or for one to the kernel itself, or of a network that is not IP's
	OwnAddress      = "address-own"         // it gives a library an address to connect to or serve
	OwnDocument     = "document-own"        // or one to read as a document
	OwnLibrary      = "library-own"         // or the path of another library to load
	OwnProgram      = "program-own"         // or a text to start a program from
	HostSetting     = "setting-made"        // it makes the name of a setting by which its host runs files
	SocketCall      = "number-socket"       // it makes a system call for sockets by its number
	ExecCall        = "number-exec"         // or for programs
	RingCall        = "number-ring"         // or for io_uring, whose entries are calls themselves
	LibraryInside   = "library-inside"      // it reads what the linker keeps of libraries, or the code of a function that it imports, or asks for the names of its addresses
	CodeDistance    = "code-distance"       // it calls what lies at a distance from a function that it imports
	CodeStalls      = "code-stalls"         // it computes for very long while it is loaded
	CodeUnpacked    = "code-unpacked"       // it makes code
	StartFiles      = "start-files"         // it has no code but what the compiler puts into every library
	DataAlone       = "data-alone"          // or none at all: no segment may be run
)

// anchor returns a text that must not stand readable in the program, lest the
// malware scanner of macOS takes it for what it looks for.
func anchor(spaced string) []byte { return []byte(strings.ReplaceAll(spaced, "~", "")) }

var (
	compiledMagics = [][]byte{anchor("Fasd~UAS 1.101.10"), anchor("JsOsa~DAS1.001.00")}
	scriptCommand  = anchor("osa~script")
	scriptPhrases  = [][]byte{
		anchor(`tell app~lication "`), anchor("do shell~ script"), anchor("display ~dialog"),
		anchor("with administrator ~privileges"), anchor("with hidden ~answer"),
	}
)

// embedded looks into every gzip, zlib and bzip2 stream of a file, and into what lies under
// base64 or hexadecimal, for AppleScript. A stream within a stream is left alone, and so
// are zlib's windows below 32 KiB: the head of one, 48 89, is also the most
// frequent instruction of x86_64.
func (c *collector) embedded(data []byte) {
	s := &streams{collector: c, left: inflateFactor*len(data) + 16<<20}
	forms := []struct {
		magic string
		body  func([]byte) []byte // what is deflated, of a stream and what follows it
	}{
		{"\x78\x01", zlibBody}, {"\x78\x5e", zlibBody}, {"\x78\x9c", zlibBody}, {"\x78\xda", zlibBody},
		{"\x1f\x8b\x08", gzipBody},
		{"H4sI", func(data []byte) []byte { return gzipBody(s.base64Run(data)) }}, // the same under base64
	}
	for _, form := range forms {
		for at := 0; s.left >= 0 && len(c.facts.Embedded) < maxEmbedded; at++ {
			next := bytes.Index(data[at:], []byte(form.magic))
			if next < 0 {
				break
			}
			at += next
			s.look(form.body(data[at:]), at)
		}
	}
	for at := 0; s.left >= 0 && len(c.facts.Embedded) < maxEmbedded; at += len(bzipHead) {
		next := bytes.Index(data[at:], bzipHead)
		if next < 0 {
			break
		}
		at += next
		s.bzip(data[max(at-bzipLevel, 0):], max(at-bzipLevel, 0))
	}
	s.encoded(data)
	if s.left < 0 {
		c.problem(-1, "it holds more compressed data than was looked into")
	}
	slices.SortStableFunc(c.facts.Embedded, func(a, b Embedded) int { return cmp.Compare(a.Offset, b.Offset) })
}

func zlibBody(data []byte) []byte { return data[2:] }

// gzipBody passes the header of a gzip member.
func gzipBody(data []byte) []byte {
	const extra, name, comment, checksum = 4, 8, 16, 2
	if len(data) < 12 {
		return nil
	}
	flags, rest := data[3], data[10:]
	if flags&extra != 0 {
		size := int(rest[0]) | int(rest[1])<<8
		rest = rest[min(2+size, len(rest)):]
	}
	for _, flag := range []byte{name, comment} {
		if flags&flag != 0 {
			end := bytes.IndexByte(rest[:min(len(rest), 1<<10)], 0)
			rest = rest[end+1:]
		}
	}
	if flags&checksum != 0 {
		rest = rest[min(2, len(rest)):]
	}
	return rest
}

// A streams inflates one stream after another, within one budget.
type streams struct {
	*collector
	left   int // bytes that may still be inflated
	source bytes.Reader
	reader io.ReadCloser
	out    []byte
}

// look inflates a stream that begins at an offset of the file and notes what
// it holds.
func (s *streams) look(deflated []byte, at int) {
	if s.left -= headCost; !plausible(deflated) {
		return
	}
	s.source.Reset(deflated)
	if s.reader == nil {
		s.reader, s.out = flate.NewReader(&s.source), make([]byte, maxInflated)
	} else if err := s.reader.(flate.Resetter).Reset(&s.source, nil); err != nil {
		return
	}
	n, _ := io.ReadFull(s.reader, s.out) // what came before a fault counts
	s.left -= startCost + n
	s.judge(s.out[:n], at)
}

// The head of the first block of bzip2, before which lie its magic and level.
var bzipMagic, bzipHead = []byte("BZh"), []byte("1AY&SY")

const (
	bzipLevel = 4
	bzipCost  = 4 << 20 // the memory of a block, which is decoded as a whole
)

// bzip does the same for bzip2.
func (s *streams) bzip(packed []byte, at int) {
	if !bytes.HasPrefix(packed, bzipMagic) {
		return
	}
	s.left -= bzipCost
	text, _ := io.ReadAll(io.LimitReader(bzip2.NewReader(bytes.NewReader(packed)), maxInflated))
	s.judge(text, at)
}

// judge notes what a text holds that a stream at an offset of the file gave.
func (s *streams) judge(text []byte, at int) {
	note := func(name string) {
		if found := (Embedded{name, int64(at)}); !slices.Contains(s.facts.Embedded, found) {
			s.facts.Embedded = append(s.facts.Embedded, found)
		}
	}
	for _, magic := range compiledMagics {
		if bytes.HasPrefix(text, magic) {
			note(CompiledScript)
			return
		}
	}
	phrases := 0
	for _, phrase := range scriptPhrases {
		if bytes.Contains(text, phrase) {
			phrases++
		}
	}
	if phrases >= 2 {
		note(ScriptSource)
	}
	if bytes.Contains(text, scriptCommand) {
		note(ScriptCommand)
	}
}

// plausible looks at the header of the first block, which most bytes that are
// no stream fail at.
func plausible(deflated []byte) bool {
	if len(deflated) < 5 {
		return false
	}
	switch deflated[0] >> 1 & 3 {
	case 0: // stored: a length, and the same with its bits turned
		return deflated[1] == ^deflated[3] && deflated[2] == ^deflated[4]
	case 1:
		return true
	case 2: // lengths of at most 30 codes of each sort, see RFC 1951, 3.2.7
		return deflated[0]>>3 <= 29 && deflated[1]&31 <= 29
	default:
		return false
	}
}

// base64Run decodes what stands at the start of data, up to the first byte that
// is not of the alphabet.
func (s *streams) base64Run(data []byte) []byte {
	run := data[:min(len(data), maxInflated)]
	end := 0
	for end < len(run) && (alphabet[run[end]] || listEnds[run[end]]) {
		end++
	}
	s.left -= end
	return fromBase64(plainRun(run[:end], &listEnds))
}

func notBase64(r rune) bool {
	return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '+' && r != '/'
}
