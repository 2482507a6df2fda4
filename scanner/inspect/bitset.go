package inspect

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// Names that a cipher hides leave marks on single bits of their letters, or on which
// letters are alike. Those of 64 bytes are compared in a few instructions: where the marks
// are not, there is no need to look closer.

// A bitset has one bit for each byte of a text, 64 in a word, and ends with a word of zeros.
type bitset []uint64

// lowest are the lowest bits of bytes.
func lowest(room bitset, data []byte) bitset {
	set := slices.Grow(room[:0], len(data)/64+2)
	for ; len(data) >= 64; data = data[64:] {
		set = append(set, lowest64((*[64]byte)(data)))
	}
	var rest [64]byte
	copy(rest[:], data)
	return append(set, lowest64(&rest), 0)
}

func lowest64(data *[64]byte) (set uint64) {
	for i := 0; i < 64; i += 8 {
		set |= gather(binary.LittleEndian.Uint64(data[i:])) << i
	}
	return set
}

// gather returns the lowest bits of eight bytes.
func gather(word uint64) uint64 {
	return word & 0x0101010101010101 * 0x0102040810204080 >> 56 // bit 8*i goes to bit 56+i
}

// zeroBytes has the highest bit of each byte of the word set that is 0, and no other.
func zeroBytes(word uint64) uint64 {
	const low = 0x7f7f7f7f7f7f7f7f
	return ^(word&low + low | word | low)
}

// alike tells of each byte whether it is the same as the one so many places further on.
func alike(room bitset, data []byte, further int) bitset {
	set := slices.Grow(room[:0], len(data)/64+2)
	for ; len(data) >= 64+further; data = data[64:] {
		set = append(set, alike64((*[64]byte)(data), (*[64]byte)(data[further:])))
	}
	for ; len(data) > 0; data = data[min(64, len(data)):] {
		var rest, behind [64]byte
		copy(rest[:], data)
		copy(behind[:], data[min(further, len(data)):])
		set = append(set, alike64(&rest, &behind))
	}
	return append(set, 0)
}

func alike64(data, other *[64]byte) (set uint64) {
	for i := 0; i < 64; i += 8 {
		set |= gather(zeroBytes(binary.LittleEndian.Uint64(data[i:])^binary.LittleEndian.Uint64(other[i:]))>>7) << i
	}
	return set
}

// beside are, for each byte of a word of 64, the bit of the one that lies so many places
// further on: up to 63, or back if less than 0.
func (b bitset) beside(word, places int) uint64 {
	if places >= 0 {
		return b[word]>>places | b[word+1]<<(64-places)
	}
	bits := b[word] << -places
	if word > 0 {
		bits |= b[word-1] >> (64 + places)
	}
	return bits
}

// places are those of the bits that are set.
func (b bitset) places(yield func(int) bool) {
	for word, set := range b {
		for ; set != 0; set &= set - 1 {
			if !yield(64*word + bits.TrailingZeros64(set)) {
				return
			}
		}
	}
}
