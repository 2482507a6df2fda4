package machine

import (
	"encoding/binary"
	"math"
	"testing"
)

// loopOf is an image with a constructor that repeats some instructions for ever.
func loopOf(instructions string, pointers ...Pointer) *Image {
	code := instructions + "\xeb" + string([]byte{byte(-len(instructions) - 2)}) // jmp
	data := make([]byte, 0x1000)
	copy(data, code)
	return &Image{
		Segments: []Segment{{Addr: 0x1000, Data: data, Code: true}, {Addr: 0x2000, Data: make([]byte, 0x1000)}},
		Pointers: pointers, Entries: []uint64{0x1000},
	}
}

func TestConstructorsAtTheEndOfMemoryEnd(t *testing.T) {
	image := loopOf("\x90")
	image.Constructors = []Span{{math.MaxUint64 - 15, math.MaxUint64 - 7}, {math.MaxUint64 - 7, 8}, {16, 8}}
	Follow(image, &Watch{})
}

func TestSystemCallsTakeSteps(t *testing.T) {
	calls := 0
	Follow(loopOf("\x0f\x05"), &Watch{System: func(uint64, uint64, [6]Argument) { calls++ }}) // syscall
	if calls == 0 || calls > passes*entrySteps/callSteps {
		t.Errorf("%d system calls are looked at", calls)
	}
	calls = 0
	Follow(loopOf("\xb8\x66\x00\x00\x00\xcd\x80"), &Watch{System32: func(at, number uint64) { // mov eax, 102; int 0x80
		if calls++; at != 0x1005 || number != 102 {
			t.Fatalf("call %d at %#x", number, at)
		}
	}})
	if calls == 0 || calls > passes*entrySteps/callSteps {
		t.Errorf("%d system calls of 32 bits are looked at", calls)
	}
	Follow(loopOf("\xb8\x66\x00\x00\x00\xcd\x81"), &Watch{System32: func(uint64, uint64) { t.Fatal("another interrupt is taken for them") }})
}

func TestUnpackingTakesSteps(t *testing.T) {
	var code []byte // 180 times mov rdx, 0x2010; mov rcx, 64; call [0x2000]
	for len(code) < 180*20 {
		code = append(code, "\x48\xc7\xc2\x10\x20\x00\x00\x48\xc7\xc1\x40\x00\x00\x00\xff\x15"...)
		code = binary.LittleEndian.AppendUint32(code, uint32(0x1000-len(code)-4))
	}
	image := loopOf(string(code), Pointer{Addr: 0x2000, Import: "uncompress", Function: true})
	for stream, steps := range map[string]int{"\x78\x9c\x03\x00\x00\x00\x00\x01": unpackSteps, "BZh9\x17\x72\x45\x38\x50\x90\x00\x00\x00\x00": blockSteps} { // empty ones
		copy(image.Segments[1].Data[0x10:], stream)
		calls := 0
		Follow(image, &Watch{Call: func(uint64, string, [6]Argument, bool) { calls++ }})
		if calls == 0 || calls > passes*entrySteps/steps {
			t.Errorf("%d streams are unpacked, of which each takes %d steps", calls, steps)
		}
	}
}

// A number that the code counts up in what it takes for an object's memory may be an
// import's address, and what it calls there a table of C++: neither is a function that is
// reached by its distance from another.
func TestOnlyInstructionsStandAtADistance(t *testing.T) {
	x86 := func(add byte) []byte { // mov rax, [rip+0x0ff9]; add rax, ADD; call rax; ret
		return []byte{0x48, 0x8b, 0x05, 0xf9, 0x0f, 0, 0, 0x48, 0x83, 0xc0, add, 0xff, 0xd0, 0xc3}
	}
	arm := func(add uint32) (code []byte) { // adrp, ldr, add x16, x16, #ADD, blr, ret
		for _, instruction := range []uint32{0xb0000010, 0xf9400210, 0x91000210 | add<<10, 0xd63f0200, 0xd65f03c0} {
			code = binary.LittleEndian.AppendUint32(code, instruction)
		}
		return code
	}
	for _, c := range []struct {
		arch   Arch
		code   []byte
		name   string
		wanted int
	}{
		{ARM64, arm(4), "puts", 1}, {ARM64, arm(1), "puts", 0},
		{X86_64, x86(0x40), "puts", 1}, {X86_64, x86(0xf0), "puts", 1}, {X86_64, x86(4), "puts", 1}, {X86_64, x86(1), "puts", 0}, {X86_64, x86(0xff), "puts", 0},
		{X86_64, x86(0x40), "_ZTVSt9basic_iosIcSt11char_traitsIcEE", 0}, {X86_64, x86(0x40), "_ZThn16_NSdD0Ev", 1},
	} {
		data := make([]byte, 0x1000)
		copy(data, c.code)
		image := &Image{
			Arch:     c.arch,
			Segments: []Segment{{Addr: 0x1000, Data: data, Code: true}, {Addr: 0x2000, Data: make([]byte, 0x1000)}},
			Pointers: []Pointer{{Addr: 0x2000, Import: c.name, Function: true}}, Entries: []uint64{0x1000},
		}
		at := map[uint64]bool{}
		Follow(image, &Watch{Distance: func(from uint64, _ string) { at[from] = true }})
		if len(at) != c.wanted {
			t.Errorf("%x, %s: at %v", c.code, c.name, at)
		}
	}
}
