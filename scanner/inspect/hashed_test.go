package inspect

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"
)

// hashesIn are the notes of hashes in a module that looks names up and ends with data.
func hashesIn(t *testing.T, data []byte) (notes []string) {
	code := fixture(t, "../scripts/native/socket_lookup.so")
	for _, e := range Identify("a.so", append(bytes.Clone(code), data...)).Embedded {
		switch e.Name {
		case HashedName, HashedSocket, HashedNetwork, HashedExec:
			notes = append(notes, e.Name)
			if e.Offset < int64(len(code)) {
				t.Errorf("%s stands at %d, before the data at %d", e.Name, e.Offset, len(code))
			}
		}
	}
	return notes
}

func words32(words ...uint32) (data []byte) {
	for _, w := range words {
		data = binary.LittleEndian.AppendUint32(data, w)
	}
	return data
}

// The values come from Python: zlib, hashlib, and the functions as their authors give them.
func TestNamesAreFoundByTheirHashes(t *testing.T) {
	for what, hashes := range map[string][]uint32{
		"CRC-32":                {0x05e568bb, 0x74cff91f},
		"CRC-32, not inverted":  {0xfa1a9744, 0x8b3006e0},
		"FNV-1a":                {0x9012766c, 0xaae0ccf9},
		"FNV-1":                 {0x4ebb8f32, 0xda57c9f1},
		"Bernstein, plus":       {0x1c31032e, 0xd3764dcf},
		"Bernstein, xor":        {0x8160cc60, 0xdd843ddb},
		"sdbm":                  {0x9ca52ed3, 0xcf76216a},
		"Java":                  {0xca881f73, 0x38b478ea},
		"turned by 13":          {0x492f0b6e, 0x60aaf9ec},
		"turned by 13, and NUL": {0x5b724978, 0xcf630557},
	} {
		socket, connect := hashes[0], hashes[1]
		if notes := hashesIn(t, words32(1, socket, 2, connect)); len(notes) != 1 || notes[0] != HashedSocket {
			t.Errorf("%s of socket and connect: %v, want %s", what, notes, HashedSocket)
		}
	}
	for what, test := range map[string]struct {
		data []byte
		want string
	}{
		"posix_spawn and dlsym by Jenkins":               {words32(0x78e72caa, 0x75dc5b1c), HashedExec},
		"posix_spawn alone in 64 bits by FNV-1a":         {binary.LittleEndian.AppendUint64(nil, 0xa3c038611197d128), HashedExec},
		"posix_spawn alone in 64 bits as it is compared": {binary.LittleEndian.AppendUint64(nil, 0x3fddda56251dc638), HashedExec},
		"posix_spawn alone in 64 bits by Bernstein":      {binary.LittleEndian.AppendUint64(nil, 0xc0c1767e3abbbc60), HashedExec},
		"the MD5 of a class":                             {fromHex([]byte("eacfc8e23d7553b0")), HashedName},
		"the SHA-256 of a function that runs script":     {fromHex([]byte("1f6388c65fd4a21b")), HashedName},
	} {
		if notes := hashesIn(t, test.data); len(notes) != 1 || notes[0] != test.want {
			t.Errorf("%s: %v, want %s", what, notes, test.want)
		}
	}
}

func TestHashesThatTellNothing(t *testing.T) {
	crc := func(text string) uint32 { return uint32(nameHashes[0]([]byte(text))) }
	for what, data := range map[string][]byte{
		"one of 32 bits":                         words32(crc("posix_spawn")),
		"the same twice":                         words32(crc("posix_spawn"), crc("posix_spawn")),
		"words of other things":                  words32(crc("exec"), crc("bind"), crc("system"), crc("listen")),
		"a socket, and a program's end":          words32(crc("socket"), crc("close")),
		"two functions":                          words32(crc("posix_spawn"), 0x75dc5b1c),
		"too far apart":                          append(append(words32(crc("posix_spawn")), make([]byte, hashedNear)...), words32(crc("dlsym"))...),
		"names that mean nothing for themselves": words32(crc("dlopen"), crc("dlsym")),
	} {
		if notes := hashesIn(t, data); len(notes) > 0 {
			t.Errorf("%s: %v, want nothing", what, notes)
		}
	}
}

// The linker's own table of hashes is no look-up (DT_GNU_HASH, by Bernstein's function).
func TestHashesOfExportsAreTheLinkers(t *testing.T) {
	c := newCollector(new(Facts), 0)
	data := words32(0x1c31032e, 0xd3764dcf)
	c.hashed(data)
	if len(c.facts.Embedded) != 1 {
		t.Fatalf("found %v, want the socket", c.facts.Embedded)
	}
	c = newCollector(new(Facts), 0)
	c.exports["socket"] = struct{}{}
	if c.hashed(data); len(c.facts.Embedded) > 0 {
		t.Errorf("found %v, want nothing", c.facts.Embedded)
	}
}

// One hash is enough where the names are those of files.
func TestProgramsAreFoundByTheirHashes(t *testing.T) {
	find := func(data []byte, imports, selectors string) []Embedded {
		c := newCollector(new(Facts), 0)
		for _, name := range strings.Fields(imports) {
			c.imports[name] = struct{}{}
		}
		for _, name := range strings.Fields(selectors) {
			c.selectors[name] = struct{}{}
		}
		c.hashed(data)
		return c.facts.Embedded
	}
	// The values come from Python, as above.
	for what, hash := range map[string]uint32{"FNV-1a": 0xffcd60c9, "FNV-1a as GCC compares it": 0x068afdb3, "Jenkins's as GCC compares it": 0xafc28f0f, "CRC-32": 0xc78ead60, "Bernstein": 0xd3f63b3d, "sdbm": 0x15e673c8, "FNV-1a of the path": 0x1dfcb9b3} {
		for _, imports := range []string{"readdir execl", "readdir64_r posix_spawn", "glob fork", "nftw64 dlsym", "syscall execv", "_ZNSt10filesystem7__cxx1118directory_iteratorC1E system"} {
			if found := find(words32(1, hash, 2), imports, ""); len(found) != 1 || found[0] != (Embedded{HashedName, 4}) {
				t.Errorf("%s, with %s: %v, want %s", what, imports, found, HashedName)
			}
		}
		if found := find(words32(hash), "objc_msgSend", "contentsOfDirectoryAtPath:error:"); len(found) != 1 {
			t.Errorf("%s, with Foundation: %v, want %s", what, found, HashedName)
		}
		for _, imports := range []string{"readdir printf", "execl stat", "globfree fork"} {
			if found := find(words32(1, hash, 2), imports, ""); len(found) > 0 {
				t.Errorf("%s, with %s: %v, want nothing", what, imports, found)
			}
		}
		if found := find(append(words32(hash), make([]byte, exoticLimit)...), "readdir execl", ""); len(found) > 0 {
			t.Errorf("%s in a large file: %v, want nothing", what, found)
		}
		noise := make([]byte, 4<<10)
		rand.NewChaCha8([32]byte{}).Read(noise)
		binary.LittleEndian.PutUint32(noise[2<<10:], hash)
		if found := find(noise, "readdir execl", ""); len(found) > 0 {
			t.Errorf("%s among packed bytes: %v, want nothing", what, found)
		}
	}
}

func TestHashesThatArmPutsTogether(t *testing.T) {
	const movz, movk, high, wide = 0x52800000, 0x72800000, 1 << 21, 1 << 31
	put := func(register, value uint32) []uint32 {
		return []uint32{movz | value&0xffff<<5 | register, movk | high | value>>16<<5 | register}
	}
	var values []uint64
	add := func(at int, value uint64) { values = append(values, value) }
	mixed := put(3, 0x12345678)
	armConstants(words32(append(append(put(1, 0x9012766c), mixed[0], put(2, 0xaae0ccf9)[0]), mixed[1], put(2, 0xaae0ccf9)[1])...), add)
	armConstants(words32(wide|movz|5|0x1111<<5, wide|movk|5|2*high|0x3333<<5), add)
	want := []uint64{0x9012766c, 0x12345678, 0xaae0ccf9, 0x333300001111}
	if len(values) != len(want) {
		t.Fatalf("%x, want %x", values, want)
	}
	for i := range want {
		if values[i] != want[i] {
			t.Errorf("%x, want %x", values, want)
		}
	}
	values = nil
	armConstants(words32(put(1, 0x9012766c)[1]), add)
	if len(values) > 0 {
		t.Errorf("half of a constant: %x, want nothing", values)
	}
}
