package machine

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// packed is what a compressor makes of a text.
func packed(text string, compressor func(io.Writer) io.WriteCloser) []byte {
	var b bytes.Buffer
	w := compressor(&b)
	io.WriteString(w, text)
	w.Close()
	return b.Bytes()
}

func inZlib(w io.Writer) io.WriteCloser   { return zlib.NewWriter(w) }
func inGzip(w io.Writer) io.WriteCloser   { return gzip.NewWriter(w) }
func inBrotli(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }
func inDeflate(w io.Writer) io.WriteCloser {
	z, _ := flate.NewWriter(w, 9)
	return z
}

// Eight letters in LZ4: four, and the same again; and, in blocks of libcompression, the four
// as they are before the four that are repeated.
const (
	rawLZ4  = "\x40osas\x04\x00\x00"
	fullLZ4 = "bv4-\x04\x00\x00\x00osasbv41\x04\x00\x00\x00\x03\x00\x00\x00\x00\x04\x00bv4$"
)

func TestStreamsAreUnpacked(t *testing.T) {
	const text, size = "osasosas", uint64(8)
	var m *machine
	pointer := func(to uint64) uint64 {
		at := m.result("")
		m.write(at, to, 8)
		return at
	}
	stream := func(fields ...uint64) uint64 {
		at := m.result("")
		for i, field := range fields {
			m.write(at+8*uint64(i), field, 8)
		}
		return at
	}
	zlibStream := func(name string) func(in, n, out uint64) uint64 {
		return func(in, n, out uint64) uint64 {
			z := stream(in, n, 0, out, 100)
			m.does(name, z, 4)
			return 100 - m.peek(z+streamOutSize, 4)
		}
	}
	libdeflate := func(name string) func(in, n, out uint64) uint64 {
		return func(in, n, out uint64) uint64 {
			used := pointer(0)
			m.does(name, 0, in, n, out, 100, used)
			return m.peek(used, 8)
		}
	}
	apple := func(algorithm uint64) func(in, n, out uint64) uint64 {
		return func(in, n, out uint64) uint64 {
			return m.does("compression_decode_buffer", out, 100, in, n, 0, algorithm)
		}
	}
	foundation := func(algorithm uint64) func(in, n, out uint64) uint64 {
		return func(in, n, out uint64) uint64 {
			m.image.Apple = true
			data := m.sends(0, "dataWithBytes:length:", in, n)
			m.put(out, []byte(m.text(m.sends(data, "decompressedDataUsingAlgorithm:error:", algorithm))))
			m.sends(data, "decompressUsingAlgorithm:error:", algorithm)
			return uint64(len(m.text(data)))
		}
	}
	for _, c := range []struct {
		what   string
		packed []byte
		unpack func(in, n, out uint64) uint64 // and say how much it was
	}{
		{"inflate: zlib", packed(text, inZlib), zlibStream("inflate")},
		{"inflate: gzip", packed(text, inGzip), zlibStream("inflate")},
		{"inflate: deflate", packed(text, inDeflate), zlibStream("inflate")},
		{"uncompress", packed(text, inZlib), func(in, n, out uint64) uint64 {
			used := pointer(100)
			m.does("uncompress", out, used, in, n)
			return m.peek(used, 8)
		}},
		{"libdeflate: deflate", packed(text, inDeflate), libdeflate("libdeflate_deflate_decompress")},
		{"libdeflate: gzip", packed(text, inGzip), libdeflate("libdeflate_gzip_decompress")},
		{"Brotli", packed(text, inBrotli), func(in, n, out uint64) uint64 {
			used := pointer(100)
			m.does("BrotliDecoderDecompress", n, in, used, out)
			return m.peek(used, 8)
		}},
		{"Brotli's stream", packed(text, inBrotli), func(in, n, out uint64) uint64 {
			to, room := pointer(out), pointer(100)
			m.does("BrotliDecoderDecompressStream", 0, pointer(n), pointer(in), room, to, 0)
			return 100 - m.peek(room, 8) + m.peek(to, 8) - out - size
		}},
		{"LZ4", []byte(rawLZ4), func(in, n, out uint64) uint64 { return m.does("LZ4_decompress_safe", in, out, n, 100) }},
		{"LZ4 by its size", []byte(rawLZ4), func(in, n, out uint64) uint64 { return m.does("LZ4_decompress_fast", in, out, size) }},
		{"libcompression: zlib", packed(text, inDeflate), apple(appleZlib)},
		{"libcompression: Brotli", packed(text, inBrotli), apple(appleBrotli)},
		{"libcompression: LZ4", []byte(fullLZ4), apple(appleLZ4)},
		{"libcompression: raw LZ4", []byte(rawLZ4), apple(appleRawLZ4)},
		{"libcompression's stream", packed(text, inDeflate), func(in, n, out uint64) uint64 {
			z := stream()
			m.does("compression_stream_init", z, 1, appleZlib)
			for i, field := range []uint64{out, 100, in, n} {
				m.write(z+8*uint64(i), field, 8)
			}
			m.does("compression_stream_process", z, 1)
			return m.peek(z, 8) - out
		}},
		{"Foundation: zlib", packed(text, inDeflate), foundation(3)},
		{"Foundation: LZ4", []byte(fullLZ4), foundation(1)},
	} {
		m = testMachine()
		in, out := m.result(""), m.result("")
		m.put(in, c.packed)
		if n := c.unpack(in, uint64(len(c.packed)), out); n != size || m.text(out) != text {
			t.Errorf("%s: %d bytes, %q", c.what, n, m.text(out))
		}
	}
}

func TestBlocksOfLZ4AreUnpackedAsFarAsTheyAreWhole(t *testing.T) {
	for packed, want := range map[string]string{
		"":                               "",
		"\xf0\x02" + "123456789abcdefgh": "123456789abcdefgh",
		"\x1fa\x01\x00\xff\x00":          "a" + strings.Repeat("a", 15+255+4),
		"\x10a\x02\x00":                  "a", // from before the beginning
		"\x10a\x00\x00":                  "a",
		"\x50abc":                        "abc",
	} {
		if got := string(blockLZ4(nil, []byte(packed))); got != want {
			t.Errorf("%q: %q", packed, got)
		}
	}
	bomb := append([]byte("\x1fa\x01\x00"), bytes.Repeat([]byte{255}, 1<<12)...)
	if got := len(blockLZ4(nil, bomb)); got > maxCopy+4 {
		t.Errorf("%d bytes", got)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte(fullLZ4), uint64(appleLZ4))
	f.Add([]byte(rawLZ4), uint64(appleRawLZ4))
	f.Fuzz(func(t *testing.T, packed []byte, algorithm uint64) {
		if n := len(testMachine().unpack(algorithm, packed[:min(len(packed), maxCopy)])); n > maxCopy {
			t.Errorf("%d bytes", n)
		}
	})
}
