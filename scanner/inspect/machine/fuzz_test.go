package machine

import (
	"encoding/binary"
	"testing"
)

// FuzzFollow follows any bytes as code, which must neither panic nor take more than the
// steps and the memory that a pass has.
func FuzzFollow(f *testing.F) {
	f.Add([]byte{0x48, 0x31, 0xc0, 0xb0, 0x29, 0x0f, 0x05, 0xeb, 0xf7}, false, uint64(0x1000))
	f.Add([]byte{0xf3, 0x48, 0xab, 0xe8, 0xf8, 0xff, 0xff, 0xff, 0xff, 0x25, 0, 0, 0, 0}, false, uint64(0))
	f.Add([]byte{0x20, 0x00, 0x80, 0xd2, 0x01, 0x10, 0x00, 0xd4, 0xfe, 0xff, 0xff, 0x17}, true, uint64(0x4000))
	f.Add([]byte{0x1f, 0x04, 0x00, 0xf8, 0xff, 0xff, 0xff, 0x17}, true, uint64(fileLimit)-1)
	f.Fuzz(func(t *testing.T, data []byte, arm64 bool, at uint64) {
		if len(data) > 1<<12 {
			return
		}
		image := &Image{Segments: []Segment{{Addr: at, Data: data, Code: true}, {Addr: at + pageSize, Data: data}},
			Entries:      []uint64{at, at + uint64(len(data)/2)},
			Pointers:     []Pointer{{Addr: at + pageSize, Import: "memcpy", Function: true}, {Addr: at + pageSize + 8, Import: "mprotect"}},
			Constructors: []Span{{From: at + pageSize, To: at + pageSize + 64}}}
		if arm64 {
			image.Arch, image.Apple = ARM64, len(data)%2 == 1
		}
		kept := append([]byte(nil), data...)
		calls := 0
		Follow(image, &Watch{
			Call:   func(uint64, string, [6]Argument, bool) { calls++ },
			System: func(uint64, uint64, [6]Argument) { calls++ },
			Written: func(_ uint64, data []byte) {
				if len(data) > pageSize+beside {
					t.Errorf("%d bytes are shown as one page", len(data))
				}
			},
		})
		if limit := passes*allSteps + loadSteps*2; calls > limit {
			t.Errorf("%d calls, of %d steps", calls, limit)
		}
		if string(kept) != string(data) {
			t.Error("the code has written to the file itself")
		}
		m := &machine{image: image, room: new(room), pages: map[uint64]*page{}, byName: map[string]uint64{}}
		m.fill()
		for i := range uint64(2 * maxPages) {
			m.write(binary.LittleEndian.Uint64([]byte("\x00\x00\x00\x00\x10\x00\x00\x00"))+i<<pageBits, ^uint64(0), 8)
		}
		if m.owned > maxPages {
			t.Errorf("%d pages are written to", m.owned)
		}
	})
}

// FuzzTextsAreRead has functions of the C library read any text in any format.
func FuzzTextsAreRead(f *testing.F) {
	f.Add("1999-08-07 11:05 PM", "%F %I:%M %p")
	f.Add("7f -12 os,as c", "%x%d %[^,],%2c%*s%n")
	f.Add("6f73:6173::", "%")
	f.Add("_ZN3osa6scriptI3kitS_EEvPKc", "")
	f.Add(`\N{LATIN SMALL LETTER O}&#x73;ａ`, "[^a-z] Any-Name(Lower); NFKC; :: Hex; a > b")
	f.Fuzz(func(t *testing.T, text, format string) {
		m := testMachine()
		for _, apple := range []bool{false, true} {
			m.image.Apple = apple
			for _, name := range []string{"sscanf", "strptime", "strtol", "inet_aton", "inet_network", "ether_aton", "uuid_parse", "gethostbyname", "asctime", "ctime", "srand48_r", "seed48", "lcong48", "__cxa_demangle", "u_charFromName", "strerror", "strerror_r"} {
				m.does(name, m.give(text), m.give(format), m.result(""))
			}
			m.does("strftime", m.result(""), 64, m.give(format), m.give(text))
			for _, how := range []transform{{id: format}, {id: format, back: true}, {id: format, rules: true}} {
				if made, _ := m.transliterated(how, text); len(made) > max(maxSource, len(text)) {
					t.Errorf("%v makes %d bytes", how, len(made))
				}
			}
		}
		if m.owned > maxPages {
			t.Errorf("%d pages are written to", m.owned)
		}
	})
}
