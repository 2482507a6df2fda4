package inspect

import (
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"slices"
)

// Facts of the format are from xnu's osfmk/kern/cs_blobs.h. All numbers are
// big endian.
const (
	magicSuperBlob     = 0xfade0cc0
	magicCodeDirectory = 0xfade0c02
	magicCMS           = 0xfade0b01
	slotCMS            = 0x10000
	flagAdhoc          = 0x2
	flagRuntime        = 0x10000
	versionTeam        = 0x20200
	cdhashSize         = 20 // bytes, whatever the hash
	maxBlobs           = 64
)

// signature reads an embedded signature. Its hashes of pages and its
// certificates are not checked.
func (m *machFile) signature(blob window) Signature {
	broken := func(why string) Signature {
		m.problem(-1, "the code signature is broken: %s", why)
		return Signature{State: "broken"}
	}
	blob.order = binary.BigEndian
	if blob.u32(0) != magicSuperBlob {
		return broken("it does not begin with its magic")
	}
	blob, whole := blob.at(0, uint64(blob.u32(4)))
	count := uint64(blob.u32(8))
	if !whole || count > maxBlobs || !blob.has(12, 8*count) {
		return broken("its index goes beyond its end")
	}
	var s Signature
	var strongest uint8
	var adhoc, certified bool
	for i := range count {
		slot, off := blob.u32(12+8*i), uint64(blob.u32(16+8*i))
		part, whole := blob.at(off, uint64(blob.u32(off+4)))
		switch part.u32(0) {
		case magicCodeDirectory:
			if !whole || part.size() < 44 {
				return broken("a code directory goes beyond its end")
			}
			// The kernel takes the directory with the strongest hash.
			if kind := part.u8(37); s.CDHashes == nil || kind > strongest {
				hash := cdhash(kind, part.data)
				if hash == nil {
					return broken("a code directory has an unknown hash")
				}
				strongest = kind
				s.CDHashes = []string{hex.EncodeToString(hash)}
				flags := part.u32(12)
				adhoc, s.HardenedRuntime = flags&flagAdhoc != 0, flags&flagRuntime != 0
				s.Identifier = printable(part.text(uint64(part.u32(20))))
				if team := uint64(part.u32(48)); part.u32(8) >= versionTeam && team != 0 {
					s.Team = printable(part.text(team))
				}
			}
		case magicCMS:
			certified = certified || slot == slotCMS && whole && part.size() > 8
		}
	}
	switch {
	case s.CDHashes == nil:
		return broken("it has no code directory")
	case adhoc || !certified:
		s.State = "adhoc"
	default:
		s.State = "signed"
	}
	return s
}

// cdhash is the hash that names a code directory: the first 20 bytes.
func cdhash(kind uint8, directory []byte) []byte {
	switch kind {
	case 1:
		sum := sha1.Sum(directory)
		return sum[:]
	case 2, 3: // SHA-256, and the same cut to 20 bytes
		sum := sha256.Sum256(directory)
		return sum[:cdhashSize]
	case 4:
		sum := sha512.Sum384(directory)
		return sum[:cdhashSize]
	}
	return nil
}

// states from the weakest to the strongest.
var states = []string{"broken", "unsigned", "adhoc", "signed"}

// weakest sums up the slices: the state, the identity and the runtime flag of
// the weakest, and the hashes of all.
func weakest(all []Signature) *Signature {
	if len(all) == 0 {
		return nil
	}
	rank := func(s Signature) int { return slices.Index(states, s.State) }
	sum := slices.MinFunc(all, func(a, b Signature) int { return rank(a) - rank(b) })
	sum.CDHashes = nil
	for _, s := range all {
		sum.CDHashes = append(sum.CDHashes, s.CDHashes...)
		sum.HardenedRuntime = sum.HardenedRuntime && s.HardenedRuntime
	}
	return &sum
}
