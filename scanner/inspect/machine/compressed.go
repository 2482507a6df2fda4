package machine

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"io"

	"github.com/andybalholm/brotli"
)

// What libraries unpack: zlib, libdeflate, bzip2, Brotli, LZ4 and Apple's libcompression.

const (
	unpackSteps = 500    // that the tables of a decoder count for, and
	blockSteps  = 20_000 // a block of bzip2, which is decoded as a whole
)

// Of zlib's z_stream and bzip2's bz_stream; and of compression_stream, where the last is
// the library's own.
const (
	streamIn, streamInSize   = 0, 8
	streamOut, streamOutSize = 24, 32

	appleOut, appleOutSize = 0, 8
	appleIn, appleInSize   = 16, 24
	appleState             = 32
)

// Algorithms of libcompression that are unpacked here: compression.h. One that Foundation
// has a number of its own for stands at that in foundationAlgorithms.
const (
	appleLZ4    = 0x100
	appleRawLZ4 = 0x101
	appleZlib   = 0x205
	appleBrotli = 0xb02
)

var foundationAlgorithms = []uint64{1: appleLZ4, 3: appleZlib}

// unpacks does what a function that decompresses would, if it is one that is known.
func (m *machine) unpacks(name string, a [6]uint64) (result uint64, known bool) {
	in := func(at, size uint64) []byte { return m.load(at, m.amount(at, size)) }
	switch name {
	case "uncompress", "uncompress2":
		size := a[3]
		if name == "uncompress2" {
			size = m.peek(size, 8)
		}
		out := m.inflated(in(a[2], size))
		m.put(a[0], out)
		m.write(a[1], uint64(len(out)), 8)
		return 0, true
	case "BZ2_bzBuffToBuffDecompress":
		out := m.inflated(in(a[2], a[3]&mask(4)))
		m.put(a[0], out)
		m.write(a[1], uint64(len(out)), 4)
		return 0, true
	case "inflate", "BZ2_bzDecompress":
		packed, room := in(m.peek(a[0]+streamIn, 8), m.peek(a[0]+streamInSize, 4)), m.peek(a[0]+streamOutSize, 4)
		out := m.inflated(packed)
		out = out[:min(uint64(len(out)), room)]
		to := m.peek(a[0]+streamOut, 8)
		m.put(to, out)
		m.write(a[0]+streamInSize, 0, 4)
		m.write(a[0]+streamOut, to+uint64(len(out)), 8)
		m.write(a[0]+streamOutSize, room-uint64(len(out)), 4)
		if name == "inflate" {
			return 1, true // the end of the stream
		}
		return 4, true
	case "libdeflate_deflate_decompress", "libdeflate_zlib_decompress", "libdeflate_gzip_decompress":
		out := m.inflated(in(a[1], a[2]))
		out = out[:min(uint64(len(out)), a[4])]
		m.put(a[3], out)
		if a[5] != 0 {
			m.write(a[5], uint64(len(out)), 8)
		}
		return 0, true
	case "BrotliDecoderDecompress":
		out := m.unpack(appleBrotli, in(a[1], a[0]))
		out = out[:min(uint64(len(out)), m.peek(a[2], 8))]
		m.put(a[3], out)
		m.write(a[2], uint64(len(out)), 8)
		return 1, true
	case "BrotliDecoderDecompressStream": // moves its addresses on, and takes from what is left
		packed, room, to := in(m.peek(a[2], 8), m.peek(a[1], 8)), m.peek(a[3], 8), m.peek(a[4], 8)
		out := m.unpack(appleBrotli, packed)
		out = out[:min(uint64(len(out)), room)]
		m.put(to, out)
		m.write(a[1], 0, 8)
		m.write(a[3], room-uint64(len(out)), 8)
		m.write(a[4], to+uint64(len(out)), 8)
		return 1, true
	case "LZ4_decompress_safe", "LZ4_decompress_fast":
		packed, room := in(a[0], maxText), a[2]&mask(4)
		if name == "LZ4_decompress_safe" {
			packed, room = in(a[0], a[2]&mask(4)), a[3]&mask(4)
		}
		out := m.unpack(appleRawLZ4, packed)
		out = out[:min(uint64(len(out)), room)]
		m.put(a[1], out)
		return uint64(len(out)), true
	case "compression_decode_buffer":
		out := m.unpack(a[5]&mask(4), in(a[2], a[3]))
		out = out[:min(uint64(len(out)), a[1])]
		m.put(a[0], out)
		return uint64(len(out)), true
	case "compression_stream_init":
		m.write(a[0]+appleState, a[2]&mask(4), 8)
		return 0, true
	case "compression_stream_process":
		packed, room, to := in(m.peek(a[0]+appleIn, 8), m.peek(a[0]+appleInSize, 8)), m.peek(a[0]+appleOutSize, 8), m.peek(a[0]+appleOut, 8)
		out := m.unpack(m.peek(a[0]+appleState, 8), packed)
		out = out[:min(uint64(len(out)), room)]
		m.put(to, out)
		m.write(a[0]+appleInSize, 0, 8)
		m.write(a[0]+appleOut, to+uint64(len(out)), 8)
		m.write(a[0]+appleOutSize, room-uint64(len(out)), 8)
		return 1, true // the end of the stream
	}
	return 0, false
}

// inflated is what zlib, libdeflate and bzip2 unpack, under whichever head it has.
func (m *machine) inflated(packed []byte) []byte {
	var reader io.Reader
	var err error
	switch source := bytes.NewReader(packed); {
	case bytes.HasPrefix(packed, []byte("\x1f\x8b")):
		reader, err = gzip.NewReader(source)
	case bytes.HasPrefix(packed, []byte("BZh")):
		reader = bzip2.NewReader(source)
		m.steps -= blockSteps
	default:
		if reader, err = zlib.NewReader(source); err != nil {
			reader, err = flate.NewReader(bytes.NewReader(packed)), nil
		}
	}
	if err != nil {
		return nil
	}
	return m.unpacked(reader)
}

// unpack unpacks data by an algorithm of libcompression.
func (m *machine) unpack(algorithm uint64, packed []byte) []byte {
	switch algorithm {
	case appleZlib: // without a head
		return m.unpacked(flate.NewReader(bytes.NewReader(packed)))
	case appleBrotli:
		return m.unpacked(brotli.NewReader(bytes.NewReader(packed)))
	case appleLZ4:
		return m.unpacked(bytes.NewReader(framedLZ4(packed)))
	case appleRawLZ4:
		return m.unpacked(bytes.NewReader(blockLZ4(nil, packed)))
	}
	return nil
}

func (m *machine) unpacked(reader io.Reader) []byte {
	out, _ := io.ReadAll(io.LimitReader(reader, maxCopy)) // what came before a fault counts
	m.steps -= unpackSteps + len(out)/16
	return out
}

// framedLZ4 unpacks the blocks of LZ4 that libcompression puts one after the other.
func framedLZ4(packed []byte) (out []byte) {
	const plainHead, packedHead = 8, 12 // a mark, the size, and that of what is packed
	for len(packed) >= packedHead && len(out) < maxCopy {
		head, size := string(packed[:4]), binary.LittleEndian.Uint32(packed[4:])
		switch head {
		case "bv4-":
			block := packed[plainHead:]
			block = block[:min(uint64(size), uint64(len(block)))]
			out, packed = append(out, block...), packed[plainHead+len(block):]
		case "bv41":
			block := packed[packedHead:]
			block = block[:min(uint64(binary.LittleEndian.Uint32(packed[8:])), uint64(len(block)))]
			out, packed = blockLZ4(out, block), packed[packedHead+len(block):]
		default:
			return out
		}
	}
	return out
}

// blockLZ4 unpacks a block of LZ4 behind what was unpacked before: letters as they are, and
// then some that stood so many bytes before, again and again.
func blockLZ4(out, packed []byte) []byte {
	length := func(n int) int { // four bits, and what follows where they are not enough
		for more := byte(255); n >= 15 && more == 255 && len(packed) > 0; packed = packed[1:] {
			more = packed[0]
			n += int(more)
		}
		return n
	}
	for len(packed) > 0 && len(out) < maxCopy {
		token := packed[0]
		packed = packed[1:]
		n := min(length(int(token>>4)), len(packed))
		out, packed = append(out, packed[:n]...), packed[n:]
		if len(packed) < 2 {
			break
		}
		distance := int(binary.LittleEndian.Uint16(packed))
		packed = packed[2:]
		if distance == 0 || distance > len(out) {
			break
		}
		for n := min(length(int(token&15))+4, maxCopy); n > 0; n-- {
			out = append(out, out[len(out)-distance])
		}
	}
	return out
}
