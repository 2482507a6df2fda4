package main

import (
	"debug/macho"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// withoutSections empties what the kernel and the loader do not need of an ELF
// file: the section headers.
func withoutSections(data []byte) ([]byte, error) {
	binary.LittleEndian.PutUint64(data[40:], 0) // e_shoff
	binary.LittleEndian.PutUint32(data[60:], 0) // e_shnum, e_shstrndx
	return data, nil
}

// lyingSections lets the section headers call everything a note, so that a
// reader that trusts them sees no symbols.
func lyingSections(data []byte) ([]byte, error) {
	at, n := binary.LittleEndian.Uint64(data[40:]), binary.LittleEndian.Uint16(data[60:])
	for i := range uint64(n) {
		binary.LittleEndian.PutUint32(data[at+64*i+4:], 7) // sh_type: SHT_NOTE
	}
	return data, nil
}

// emptySymbolSection lets the section headers say that .dynsym is empty.
func emptySymbolSection(data []byte) ([]byte, error) {
	at, n := binary.LittleEndian.Uint64(data[40:]), binary.LittleEndian.Uint16(data[60:])
	for i := range uint64(n) {
		if header := data[at+64*i:]; binary.LittleEndian.Uint32(header[4:]) == 11 { // SHT_DYNSYM
			binary.LittleEndian.PutUint64(header[32:], 24) // sh_size: the null symbol
			return data, nil
		}
	}
	return nil, errors.New("no .dynsym")
}

// emptySymtab sets the number of symbols in LC_SYMTAB to zero; dyld binds by its
// own tables.
func emptySymtab(data []byte) ([]byte, error) {
	return overLoadCommands(data, func(command uint32, body []byte) bool {
		if command != uint32(macho.LoadCmdSymtab) {
			return false
		}
		binary.LittleEndian.PutUint32(body[12:], 0)
		return true
	})
}

// unknownSymtab gives LC_SYMTAB a number that no reader knows.
func unknownSymtab(data []byte) ([]byte, error) {
	return overLoadCommands(data, func(command uint32, body []byte) bool {
		if command != uint32(macho.LoadCmdSymtab) {
			return false
		}
		binary.LittleEndian.PutUint32(body, 0x7a)
		return true
	})
}

// overLoadCommands calls change for each load command of a thin Mach-O until it
// has changed one.
func overLoadCommands(data []byte, change func(command uint32, body []byte) bool) ([]byte, error) {
	at := 32
	for range binary.LittleEndian.Uint32(data[16:]) {
		if change(binary.LittleEndian.Uint32(data[at:]), data[at:]) {
			return data, nil
		}
		at += int(binary.LittleEndian.Uint32(data[at+4:]))
	}
	return nil, errors.New("no such load command")
}

// universal writes thin Mach-O files behind a fat header, at pages of 16 KiB.
func universal(slices ...[]byte) []byte {
	const page = 1 << 14
	header := binary.BigEndian.AppendUint32(nil, macho.MagicFat)
	header = binary.BigEndian.AppendUint32(header, uint32(len(slices)))
	body := []byte{}
	for _, slice := range slices {
		body = append(body, make([]byte, (page-len(body)%page)%page)...)
		header = append(header, swapped(slice[4:8])...)
		header = append(header, swapped(slice[8:12])...)
		for _, field := range []int{page + len(body), len(slice), 14} {
			header = binary.BigEndian.AppendUint32(header, uint32(field))
		}
		body = append(body, slice...)
	}
	return append(append(header, make([]byte, page-len(header))...), body...)
}

func swapped(b []byte) []byte { return []byte{b[3], b[2], b[1], b[0]} }

// brokenFirstSlice makes the first slice of a universal file unreadable: the
// other is the one that runs.
func brokenFirstSlice(data []byte) ([]byte, error) {
	at := binary.BigEndian.Uint32(data[16:])
	binary.LittleEndian.PutUint32(data[at+16:], 0x7fffffff) // the number of load commands
	return data, nil
}

// packedLibrary packs a library for packed.c.
func packedLibrary(w *writer) (string, error) { return packed(w, "linux", "", 0xa7) }

// library compiles a library that connects.
func (w *writer) library(target, triple string) ([]byte, error) {
	work, err := os.MkdirTemp("", "evasion-packed-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	return w.object(build{nativePlugin: nativePlugin{source: "socket.c", host: "httpd", target: target}}, work, triple)
}

// packed compiles a library that connects and puts it under a key, as packed.h.
func packed(w *writer, target, triple string, key byte) (string, error) {
	data, err := w.library(target, triple)
	if err != nil {
		return "", err
	}
	for i := range data {
		data[i] ^= key
	}
	return fmt.Sprintf("enum { KEY = %#x };\nstatic const unsigned char packed[] = {%s};\n", key, list(string(data), "%d")), nil
}

// compiledScript is the head of a compiled AppleScript and its trailer, enough
// for what tells one by its bytes.
const compiledScript = "FasdUAS 1.101.10\x0e\x00\x00\x00\x04\x0f\xff\xff\xff\xfe\x00\x01\x00\x02\x01\xff\xff\x00\x00\x01\xff\xfe\x00\x00" +
	"\x0e\x00\x01\x00\x00\x10\x00\b\x00d\x00o\x00 \x00s\x00h\x00e\x00l\x00l\xfa\xde\xde\xad"

// packedScript returns packed.h for compiled_script.c.
func packedScript(form string) func(*writer) (string, error) {
	return func(*writer) (string, error) {
		switch form {
		case "clear":
			return "static const unsigned char packed[] = {" + list(compiledScript, "%d") + "};\n" +
				"static void unpack(unsigned char *out) { for (unsigned i = 0; i < sizeof packed; i++) out[i] = packed[i]; }\n", nil
		case "base64":
			return fmt.Sprintf("static void unpack(unsigned char *out) { unbase64((char *)out, %q); }\n",
				base64.StdEncoding.EncodeToString([]byte(compiledScript))), nil
		case "gzip":
			return "static const unsigned char packed[] = {" + list(string(gzipped(compiledScript)), "%d") + "};\n" + `
struct stream { const unsigned char *in; unsigned in_left; unsigned long in_total; unsigned char *out; unsigned out_left; unsigned long out_total; void *more[8]; };
extern int inflateInit2_(struct stream *, int, const char *, int), inflate(struct stream *, int);
static void unpack(unsigned char *out) {
    struct stream s = {packed, sizeof packed, 0, out, 4096};
    if (inflateInit2_(&s, 31, "1.2.11", sizeof s) != 0 || inflate(&s, 4) != 1) __builtin_trap();
}
`, nil
		case "xor":
			b := []byte(compiledScript)
			for i := range b {
				b[i] ^= 0x77
			}
			return "static const unsigned char packed[] = {" + list(string(b), "%d") + "};\n" +
				"static void unpack(unsigned char *out) { volatile unsigned char k = 0x77; for (unsigned i = 0; i < sizeof packed; i++) out[i] = packed[i] ^ k; }\n", nil
		}
		return "", fmt.Errorf("packedScript: no form %q", form)
	}
}
