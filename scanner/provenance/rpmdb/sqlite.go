package rpmdb

import (
	"bytes"
	"encoding/binary"
	"strings"
)

var sqliteMagic = []byte("SQLite format 3\x00")

func isSQLite(start []byte) bool { return bytes.HasPrefix(start, sqliteMagic) }

// sqlite is a database of tables, each a B-tree of pages numbered from 1
// (fileformat2.html).
type sqlite struct {
	*file
	page   int64 // bytes of a page
	usable int64 // without those reserved at its end
}

// maxTreeDepth is how deep a B-tree may be: SQLite's own limit.
const maxTreeDepth = 20

// readSQLite visits the second column, blob, of the table Packages, whose first
// is the row's number.
func readSQLite(f *file, visit func([]byte) bool) error {
	head, err := f.read(0, min(f.size, 100))
	if err != nil {
		return err
	}
	if len(head) < 100 {
		return unsound("a SQLite header of %d bytes", len(head))
	}
	db := &sqlite{file: f, page: int64(binary.BigEndian.Uint16(head[16:]))}
	if db.page == 1 {
		db.page = 1 << 16
	}
	db.usable = db.page - int64(head[20])
	if db.page < 512 || db.page&(db.page-1) != 0 || db.usable < 480 {
		return unsound("SQLite pages of %d bytes, %d reserved", db.page, head[20])
	}
	root, err := db.findTable("Packages")
	if err != nil {
		return err
	}
	_, err = db.walk(root, 0, func(row []byte) (bool, error) {
		columns, err := record(row)
		if err != nil {
			return false, err
		}
		if len(columns) != 2 || !columns[1].bytes {
			return false, unsound("a row of Packages that is no number with a blob")
		}
		return visit(columns[1].data), nil
	})
	return err
}

// findTable is the first page of a table, as the schema has it: rows of type,
// name, table, page and statement, in the tree of page 1.
func (db *sqlite) findTable(name string) (root int64, err error) {
	_, err = db.walk(1, 0, func(row []byte) (bool, error) {
		columns, err := record(row)
		if err != nil {
			return false, err
		}
		if len(columns) < 4 || string(columns[0].data) != "table" || !strings.EqualFold(string(columns[1].data), name) {
			return true, nil
		}
		for _, b := range columns[3].data {
			root = root<<8 | int64(b)
		}
		return false, nil
	})
	if err == nil && root <= 0 {
		err = unsound("a SQLite database without the table %s", name)
	}
	return root, err
}

// The kinds of pages of a table.
const (
	interiorPage = 0x05
	leafPage     = 0x0d
)

// walk visits the rows of the tree at a page. More is false when visit has had
// enough.
func (db *sqlite) walk(number int64, depth int, visit func(row []byte) (bool, error)) (more bool, err error) {
	if depth > maxTreeDepth {
		return false, unsound("a SQLite table that is deeper than %d pages", maxTreeDepth)
	}
	page, err := db.read((number-1)*db.page, db.page)
	if err != nil {
		return false, err
	}
	head := page
	if number == 1 {
		head = page[100:] // behind the file's header
	}
	page = page[:db.usable]
	cells := int(binary.BigEndian.Uint16(head[3:]))
	var pointers []byte
	switch head[0] {
	case interiorPage:
		pointers = head[12:]
	case leafPage:
		pointers = head[8:]
	default:
		return false, unsound("SQLite page %d is no part of a table", number)
	}
	if 2*cells > len(pointers) {
		return false, unsound("SQLite page %d has %d cells", number, cells)
	}
	for i := range cells {
		at := int(binary.BigEndian.Uint16(pointers[2*i:]))
		if at+4 > len(page) {
			return false, unsound("SQLite page %d has a cell outside of it", number)
		}
		if head[0] == interiorPage {
			more, err = db.walk(int64(binary.BigEndian.Uint32(page[at:])), depth+1, visit)
		} else {
			var row []byte
			if row, err = db.payload(page[at:]); err == nil {
				more, err = visit(row)
			}
		}
		if err != nil || !more {
			return false, err
		}
	}
	if head[0] == interiorPage {
		return db.walk(int64(binary.BigEndian.Uint32(head[8:])), depth+1, visit)
	}
	return true, nil
}

// payload is the record of a leaf's cell, which goes on in a chain of overflow
// pages where it is long.
func (db *sqlite) payload(cell []byte) ([]byte, error) {
	size, cell, ok := varint(cell)
	_, cell, ok2 := varint(cell) // the row's number
	// It cannot be longer than the file.
	if !ok || !ok2 || size > uint64(db.size) || size > maxHeader {
		return nil, unsound("a row of %d bytes", size)
	}
	n := int64(size)
	local := n
	if n > db.usable-35 {
		least := (db.usable-12)*32/255 - 23
		if local = least + (n-least)%(db.usable-4); local > db.usable-35 {
			local = least
		}
	}
	rest := int64(0)
	if n > local {
		rest = 4
	}
	if local+rest > int64(len(cell)) {
		return nil, unsound("a row that ends outside of its page")
	}
	if err := db.spend(local); err != nil { // any number of cells may be one and the same
		return nil, err
	}
	if n == local {
		return cell[:n], nil
	}
	row := append(make([]byte, 0, n), cell[:local]...)
	next := int64(binary.BigEndian.Uint32(cell[local:]))
	for int64(len(row)) < n {
		page, err := db.read((next-1)*db.page, db.page)
		if err != nil {
			return nil, err
		}
		next = int64(binary.BigEndian.Uint32(page))
		row = append(row, page[4:min(db.usable, 4+n-int64(len(row)))]...)
	}
	if next != 0 {
		return nil, unsound("a row that goes on behind its end")
	}
	return row, nil
}

// A column is a value of a record: a text or blob (bytes), or a number in
// big-endian.
type column struct {
	data  []byte
	bytes bool
}

// maxColumns bounds the columns of a record; the schema has five.
const maxColumns = 16

// record splits a row into its columns.
func record(row []byte) ([]column, error) {
	size, types, ok := varint(row)
	used := uint64(len(row) - len(types))
	if !ok || size < used || size > uint64(len(row)) {
		return nil, unsound("a record with a header of %d bytes", size)
	}
	types, body := row[used:size], row[size:]
	var columns []column
	for len(types) > 0 {
		var kind uint64
		if kind, types, ok = varint(types); !ok || len(columns) == maxColumns {
			return nil, unsound("a record with a bad header")
		}
		n := uint64(0)
		switch {
		case kind >= 12:
			n = (kind - 12) / 2
		case kind < 7:
			n = []uint64{0, 1, 2, 3, 4, 6, 8}[kind]
		case kind == 7:
			n = 8
		}
		if n > uint64(len(body)) {
			return nil, unsound("a record with a column of %d bytes", n)
		}
		columns = append(columns, column{body[:n], kind >= 12})
		body = body[n:]
	}
	return columns, nil
}

// varint reads a number of one to nine bytes: seven bits of each, the highest
// first, and all of the ninth.
func varint(data []byte) (value uint64, rest []byte, ok bool) {
	for i, b := range data[:min(len(data), 9)] {
		if i == 8 {
			return value<<8 | uint64(b), data[9:], true
		}
		value = value<<7 | uint64(b&0x7f)
		if b < 0x80 {
			return value, data[i+1:], true
		}
	}
	return 0, nil, false
}
