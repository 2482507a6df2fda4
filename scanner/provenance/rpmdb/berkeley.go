package rpmdb

import "encoding/binary"

// Berkeley DB's hash (db_page.h): pages numbered from 0, the first of which
// describes the others. The byte order is that of the machine which made it.
const (
	hashMagic    = 0x061561
	hashMetaPage = 8

	// Kinds of pages: hashed keys and values, before and since version 4.6, and
	// a part of a long value.
	hashPageUnsorted = 2
	hashPage         = 13
	overflowPage     = 7

	// Kinds of items on a hash page.
	itemInline = 1
	itemOff    = 3 // on overflow pages

	pageHeader = 26
)

func isBerkeley(start []byte) bool { return orderOf(start) != nil }

func orderOf(start []byte) binary.ByteOrder {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		if len(start) >= 32 && order.Uint32(start[12:]) == hashMagic && start[25] == hashMetaPage {
			return order
		}
	}
	return nil
}

type berkeley struct {
	*file
	order binary.ByteOrder
	page  int64 // bytes of a page
}

// readBerkeley visits every value but that of key 0, which is a counter.
func readBerkeley(f *file, visit func([]byte) bool) error {
	meta, err := f.read(0, min(f.size, 72))
	if err != nil {
		return err
	}
	db := &berkeley{f, orderOf(meta), 0}
	if len(meta) == 72 {
		db.page = int64(db.order.Uint32(meta[20:]))
	}
	if db.page < 512 || db.page > 1<<16 || db.page&(db.page-1) != 0 {
		return unsound("Berkeley DB pages of %d bytes", db.page)
	}
	if meta[24] != 0 {
		return unsound("an encrypted Berkeley DB")
	}
	last := int64(db.order.Uint32(meta[32:]))
	for number := int64(1); number <= last; number++ {
		page, err := db.read(number*db.page, db.page)
		if err != nil {
			return err
		}
		if kind := page[25]; kind != hashPage && kind != hashPageUnsorted {
			continue // overflow pages are read from the items that refer to them
		}
		more, err := db.readItems(page, visit)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// readItems visits the values of a page. Its index has the offsets of a key, its
// value, the next key and so on; each item ends where the one before it starts.
func (db *berkeley) readItems(page []byte, visit func([]byte) bool) (more bool, err error) {
	items := int(db.order.Uint16(page[20:]))
	if items%2 != 0 || pageHeader+2*items > len(page) {
		return false, unsound("a Berkeley DB page with %d items", items)
	}
	end := len(page)
	var key []byte
	for i := range items {
		at := int(db.order.Uint16(page[pageHeader+2*i:]))
		if at < pageHeader+2*items || at >= end {
			return false, unsound("a Berkeley DB page with an item outside of it")
		}
		item := page[at:end]
		end = at
		if i%2 == 0 {
			key = item
			continue
		}
		if len(key) == 5 && key[0] == itemInline && db.order.Uint32(key[1:]) == 0 {
			continue
		}
		value := item[1:]
		switch {
		case item[0] == itemOff && len(item) >= 12:
			if value, err = db.overflow(int64(db.order.Uint32(item[4:])), int64(db.order.Uint32(item[8:]))); err != nil {
				return false, err
			}
		case item[0] != itemInline:
			return false, unsound("a Berkeley DB item of kind %d", item[0])
		}
		if !visit(value) {
			return false, nil
		}
	}
	return true, nil
}

// overflow is a value of n bytes on a chain of pages.
func (db *berkeley) overflow(number, n int64) ([]byte, error) {
	if n > maxHeader || n > db.size {
		return nil, unsound("a Berkeley DB value of %d bytes", n)
	}
	value := make([]byte, 0, n)
	for number != 0 {
		page, err := db.read(number*db.page, db.page)
		if err != nil {
			return nil, err
		}
		used := int64(db.order.Uint16(page[22:]))
		if page[25] != overflowPage || pageHeader+used > db.page || int64(len(value))+used > n {
			return nil, unsound("Berkeley DB page %d is no part of a value", number)
		}
		value = append(value, page[pageHeader:pageHeader+used]...)
		number = int64(db.order.Uint32(page[16:]))
	}
	if int64(len(value)) != n {
		return nil, unsound("a Berkeley DB value of %d bytes has %d", n, len(value))
	}
	return value, nil
}
