package machine

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// pathOf is what the calls of an image are of, those at a distance with a plus. Its code
// begins at 0x1000; at 0x2000 lie the addresses of puts, of a function by a name, and of read.
func pathOf(arch Arch, name, code string) (all []string) {
	data := make([]byte, 0x1000)
	copy(data, code)
	image := &Image{
		Arch:     arch,
		Segments: []Segment{{Addr: 0x1000, Data: data, Code: true}, {Addr: 0x2000, Data: make([]byte, 0x1000)}},
		Pointers: []Pointer{{Addr: 0x2000, Import: "puts", Function: true}, {Addr: 0x2008, Import: name, Function: true}, {Addr: 0x2010, Import: "read", Function: true}},
		Entries:  []uint64{0x1000},
	}
	Follow(image, &Watch{
		Call:     func(_ uint64, name string, _ [6]Argument, _ bool) { all = append(all, name) },
		Distance: func(_ uint64, name string) { all = append(all, "+"+name) },
	})
	slices.Sort(all)
	return slices.Compact(all)
}

// Instructions of x86-64 for it, where a number stands for the low byte of an address.
const (
	far   = "\x48\x8b\x04\x25\x00\x20\x00\x00\x48\x83\xc0\x08\xff\xd0" // mov rax, [0x2000]; add rax, 8; call rax
	calls = "\xff\x14\x25\x08\x20\x00\x00"                             // call [0x2008]
	reads = "\xff\x14\x25\x10\x20\x00\x00"                             // call [0x2010]
	zero  = "\x31\xc0\x85\xc0"                                         // xor eax, eax; test eax, eax
)

func TestWhatStandsBehindAnEndIsNoPath(t *testing.T) {
	for _, name := range strings.Fields(`abort exit _exit _Exit quick_exit __assert_fail __assert_rtn __stack_chk_fail longjmp siglongjmp _longjmp
		__cxa_throw __cxa_rethrow __cxa_bad_cast _Unwind_Resume _ZSt9terminatev _ZSt20__throw_length_errorPKc _ZSt28__throw_bad_array_new_lengthv
		_ZNSt3__120__throw_length_errorB8ne180100EPKc pthread_exit napi_fatal_error objc_exception_throw _zend_bailout rust_panic _ZN4core9panicking5panic17h0123456789abcdefE`) {
		if got := pathOf(X86_64, name, calls+far+reads+"\xc3"); slices.Contains(got, "+puts") || !slices.Contains(got, "read") {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, trap := range []string{"\xcc", "\xf1", "\x0f\x0b"} { // int3, int1, ud2
		if got := pathOf(X86_64, "time", trap+far+reads+"\xc3"); slices.Contains(got, "+puts") {
			t.Errorf("%x: %q", trap, got)
		}
	}
	for _, name := range []string{"time", "aborts", "exit_group", "_ZSt3cout"} {
		if got := pathOf(X86_64, name, calls+far+"\xc3"); !slices.Contains(got, "+puts") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A branch that never goes to an end, though the reader believes it does, hides nothing.
func TestAnEndIsTurnedBackFrom(t *testing.T) {
	behind := far + "\xc3"
	for what, code := range map[string]string{
		"a call":               zero + "\x74" + string(rune(len(behind))) + behind + calls,
		"a trap":               zero + "\x74" + string(rune(len(behind))) + behind + "\xcc",
		"after another branch": zero + "\x74" + string(rune(len(behind))) + behind + zero + "\x74\x00" + calls,
		// loop: read(); if (0) fails: call; jmp loop: the way out lies before it
		"in a loop":     zero + "\x75" + string(rune(7+4+2+7+2)) + reads + zero + "\x75\x07" + calls + "\xeb" + string([]byte{256 - 7 - 4 - 2 - 7 - 2}) + behind,
		"in a function": zero + "\x74" + string(rune(len(behind))) + behind + "\xe8\x01\x00\x00\x00\xc3" + zero + "\x74\x00" + calls,
	} {
		if got := pathOf(X86_64, "abort", code); !slices.Contains(got, "+puts") {
			t.Errorf("%s: %q", what, got)
		}
	}
}

func TestTrapsOfARMAreTurnedBackFrom(t *testing.T) {
	words := func(all ...uint32) string {
		var code []byte
		for _, w := range all {
			code = binary.LittleEndian.AppendUint32(code, w)
		}
		return string(code)
	}
	// adrp x16, 0x2000; ldr x16, [x16]; add x16, x16, #4; blr x16; ret
	away := []uint32{0xb0000010, 0xf9400210, 0x91001210, 0xd63f0200, 0xd65f03c0}
	for _, trap := range []uint32{0xd4200020, 0x0000dead} { // brk #1, udf
		if got := pathOf(ARM64, "abort", words(append([]uint32{trap}, away...)...)); slices.Contains(got, "+puts") {
			t.Errorf("%#x: %q", trap, got)
		}
		if got := pathOf(ARM64, "abort", words(append([]uint32{0xb500005f, trap}, away...)...)); !slices.Contains(got, "+puts") { // cbnz xzr, over it
			t.Errorf("%#x behind a branch: %q", trap, got)
		}
	}
}
