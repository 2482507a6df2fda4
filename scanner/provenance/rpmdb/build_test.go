package rpmdb

import (
	"encoding/binary"
	"slices"
	"strings"
)

// The smallest databases of each format, as the tests and the fuzzer start from.
// That they are what rpm writes show the tests of package provenance, with the
// stock rpm.

// entry is an entry of a header.
type entry struct {
	tag, kind, count uint32
	data             []byte
}

func texts(tag uint32, values ...string) entry {
	return entry{tag, typeStringArray, uint32(len(values)), []byte(strings.Join(values, "\x00") + "\x00")}
}

func numbers(tag uint32, values ...uint32) entry {
	var data []byte
	for _, v := range values {
		data = binary.BigEndian.AppendUint32(data, v)
	}
	return entry{tag, 4, uint32(len(values)), data}
}

func blob(entries ...entry) []byte {
	var index, data []byte
	for _, e := range entries {
		for _, v := range []uint32{e.tag, e.kind, uint32(len(data)), e.count} {
			index = binary.BigEndian.AppendUint32(index, v)
		}
		data = append(data, e.data...)
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(len(entries)))
	return slices.Concat(binary.BigEndian.AppendUint32(head, uint32(len(data))), index, data)
}

const digest = "62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a" // SHA-256 of "m"

// pack is the header of a package with one file, longer by padding bytes.
func pack(name string, padding int, more ...entry) []byte {
	return blob(append([]entry{
		texts(tagName, name), texts(tagVersion, "1.2"), texts(tagRelease, "3"), numbers(tagEpoch, 4), texts(tagArch, "x86_64"),
		texts(tagBaseNames, name+".so"), texts(tagDirNames, "/usr/lib64/nginx/modules/"), numbers(tagDirIndexes, 0),
		numbers(tagFileModes, 0o100755), numbers(tagDigestAlgo, 8), texts(tagFileDigests, digest),
		{1, 7, uint32(padding), make([]byte, padding)},
	}, more...)...)
}

const pageSize = 1024

func putVarint(data []byte, v uint64) []byte {
	if v >= 0x80 {
		var head []byte
		for rest := v >> 7; rest > 0; rest >>= 7 {
			head = append(head, byte(rest)|0x80)
		}
		slices.Reverse(head)
		data = append(data, head...)
	}
	return append(data, byte(v)&0x7f)
}

// treePage is a page of a table with its cells, from offset start on.
func treePage(start int, kind byte, right uint32, cells ...[]byte) []byte {
	page := make([]byte, pageSize)
	head := page[start:]
	head[0] = kind
	binary.BigEndian.PutUint16(head[3:], uint16(len(cells)))
	pointers := head[8:]
	if kind == interiorPage {
		binary.BigEndian.PutUint32(head[8:], right)
		pointers = head[12:]
	}
	at := pageSize
	for i, cell := range cells {
		at -= len(cell)
		copy(page[at:], cell)
		binary.BigEndian.PutUint16(pointers[2*i:], uint16(at))
	}
	return page
}

// sqliteOf has page 1 for the schema, 2 for an interior page, one leaf for each
// header, and their overflow pages.
func sqliteOf(blobs ...[]byte) []byte {
	types := []byte{6, 12 + 1 + 2*5, 12 + 1 + 2*8, 12 + 1 + 2*8, 1, 12 + 1}
	schema := slices.Concat(types, []byte("tablePackagesPackages"), []byte{2})
	first := treePage(100, leafPage, 0, slices.Concat([]byte{byte(len(schema)), 1}, schema, make([]byte, 4)))
	copy(first, sqliteMagic)
	binary.BigEndian.PutUint16(first[16:], pageSize)

	var leaves, more []byte
	var children [][]byte
	for i, b := range blobs {
		kind := putVarint(nil, uint64(12+2*len(b)))
		row := slices.Concat([]byte{byte(2 + len(kind)), 0}, kind, b)
		local := len(row)
		if local > pageSize-35 {
			least := (pageSize-12)*32/255 - 23
			if local = least + (local-least)%(pageSize-4); local > pageSize-35 {
				local = least
			}
		}
		cell := append(putVarint(putVarint(nil, uint64(len(row))), uint64(i+1)), row[:local]...)
		next := func() uint32 { return uint32(3 + len(blobs) + len(more)/pageSize) }
		for rest := row[local:]; len(rest) > 0; {
			if len(rest) == len(row)-local {
				cell = binary.BigEndian.AppendUint32(cell, next())
			}
			n := min(len(rest), pageSize-4)
			page := make([]byte, pageSize)
			if n < len(rest) {
				binary.BigEndian.PutUint32(page, next()+1)
			}
			copy(page[4:], rest[:n])
			more, rest = append(more, page...), rest[n:]
		}
		leaves = append(leaves, treePage(0, leafPage, 0, append(cell, 0, 0, 0, 0))...)
		children = append(children, append(binary.BigEndian.AppendUint32(nil, uint32(3+i)), byte(i+1)))
	}
	last := len(children) - 1
	root := treePage(0, interiorPage, binary.BigEndian.Uint32(children[last]), children[:last]...)
	return slices.Concat(first, root, leaves, more)
}

func littleEndian(magic string, values ...uint32) []byte {
	data := []byte(magic)
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, v)
	}
	return data
}

func ndbOf(blobs ...[]byte) []byte {
	head := littleEndian("RpmP", 0, 1, 1, 0, 0, 0, 0)
	var body []byte
	for i, b := range blobs {
		head = append(head, littleEndian("Slot", uint32(i+1), uint32((ndbSlotPage+len(body))/ndbBlock), uint32(len(b)/ndbBlock+3))...)
		body = append(append(body, littleEndian("BlbS", uint32(i+1), 1, uint32(len(b)))...), b...)
		body = append(body, make([]byte, 16-len(body)%16)...)
	}
	for len(head) < ndbSlotPage {
		head = append(head, littleEndian("Slot", 0, 0, 0)...)
	}
	return append(head, body...)
}

// berkeleyOf has the first page, one of keys and values, and overflow pages.
func berkeleyOf(order binary.ByteOrder, blobs ...[]byte) []byte {
	items := [][]byte{{itemInline, 0, 0, 0, 0}, {itemInline, 9, 0, 0, 0}} // the counter
	var more []byte
	for i, b := range blobs {
		key := make([]byte, 5)
		key[0] = itemInline
		order.PutUint32(key[1:], uint32(i+1))
		item := make([]byte, 12)
		item[0] = itemOff
		order.PutUint32(item[4:], uint32(2+len(more)/pageSize))
		order.PutUint32(item[8:], uint32(len(b)))
		if i == 0 && len(b) < pageSize/2 {
			item = append([]byte{itemInline}, b...)
			b = nil
		}
		items = append(items, key, item)
		for len(b) > 0 {
			n := min(len(b), pageSize-pageHeader)
			page := make([]byte, pageSize)
			page[25] = overflowPage
			order.PutUint16(page[22:], uint16(n))
			if n < len(b) {
				order.PutUint32(page[16:], uint32(3+len(more)/pageSize))
			}
			copy(page[pageHeader:], b[:n])
			more, b = append(more, page...), b[n:]
		}
	}
	page := make([]byte, pageSize)
	page[25] = hashPage
	order.PutUint16(page[20:], uint16(len(items)))
	at := pageSize
	for i, item := range items {
		at -= len(item)
		copy(page[at:], item)
		order.PutUint16(page[pageHeader+2*i:], uint16(at))
	}
	meta := make([]byte, pageSize)
	order.PutUint32(meta[12:], hashMagic)
	order.PutUint32(meta[20:], pageSize)
	meta[25] = hashMetaPage
	order.PutUint32(meta[32:], uint32(1+len(more)/pageSize))
	return slices.Concat(meta, page, more)
}
