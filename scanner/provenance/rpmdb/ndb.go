package rpmdb

import (
	"bytes"
	"encoding/binary"
)

// ndb's file (rpmpkg.c), all numbers little-endian: a header of 32 bytes, slots
// of 16 bytes to the end of the last slot page, then blobs in blocks.
const (
	ndbSlotPage = 4096
	ndbBlock    = 16
)

var (
	ndbMagic     = []byte("RpmP")
	ndbSlotMagic = []byte("Slot")
	ndbBlobMagic = []byte("BlbS")
)

func isNDB(start []byte) bool { return bytes.HasPrefix(start, ndbMagic) && len(start) == 32 }

func readNDB(f *file, visit func([]byte) bool) error {
	// Magic, version, generation, number of slot pages.
	head, err := f.read(0, 32)
	if err != nil {
		return err
	}
	if version := binary.LittleEndian.Uint32(head[4:]); version != 0 {
		return unsound("version %d of ndb is not known", version)
	}
	pages := int64(binary.LittleEndian.Uint32(head[12:]))
	slots, err := f.read(32, pages*ndbSlotPage-32)
	if err != nil {
		return err
	}
	for ; len(slots) > 0; slots = slots[16:] {
		// Magic, package, block, number of blocks.
		if !bytes.HasPrefix(slots, ndbSlotMagic) {
			return unsound("a slot of ndb that is none")
		}
		number := binary.LittleEndian.Uint32(slots[4:])
		if number == 0 {
			continue // free
		}
		at := int64(binary.LittleEndian.Uint32(slots[8:])) * ndbBlock
		// Magic, package, generation, length.
		blob, err := f.read(at, 16)
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(blob, ndbBlobMagic) || binary.LittleEndian.Uint32(blob[4:]) != number {
			return unsound("ndb's package %d is not where its slot says", number)
		}
		n := int64(binary.LittleEndian.Uint32(blob[12:]))
		if n > maxHeader {
			return unsound("ndb's package %d has %d bytes", number, n)
		}
		if blob, err = f.read(at+16, n); err != nil {
			return err
		}
		if !visit(blob) {
			break
		}
	}
	return nil
}
