package inspect

import (
	"encoding/binary"
	"slices"
)

// A name of which each letter comes from three tables of numbers that lie side by
// side and are as long as the text, as stealers of passwords for macOS have it
// (Atomic Stealer). Two tables are for pads.

const (
	tableWord  = 4       // bytes of an element
	tableMost  = 1 << 9  // what elements are below: a sum of two bytes
	tableRun   = 1 << 10 // elements that are looked at together
	tableZeros = 4       // elements of zero in a row that end a table
)

// tableLetters give the low byte of a letter from one element of each table.
var tableLetters = []func(a, b, c byte) byte{
	func(a, b, c byte) byte { return a ^ b ^ c },
	func(a, b, c byte) byte { return (a - b) ^ c }, func(a, b, c byte) byte { return (b - a) ^ c },
	func(a, b, c byte) byte { return (a - c) ^ b }, func(a, b, c byte) byte { return (c - a) ^ b },
	func(a, b, c byte) byte { return (b - c) ^ a }, func(a, b, c byte) byte { return (c - b) ^ a },
	func(a, b, c byte) byte { return (a + b) ^ c }, func(a, b, c byte) byte { return (a + c) ^ b }, func(a, b, c byte) byte { return (b + c) ^ a },
	func(a, b, c byte) byte { return (a ^ b) - c }, func(a, b, c byte) byte { return (a ^ c) - b }, func(a, b, c byte) byte { return (b ^ c) - a },
}

// tableNames looks for names in runs of words that are hardly larger than a byte.
func (c *collector) tableNames(data []byte) {
	if len(data) > padLimit {
		return
	}
	var run []byte // the low byte of each word
	zeros := 0
	for at := 0; at+tableWord <= len(data); at += tableWord {
		word := binary.LittleEndian.Uint32(data[at:])
		if zeros++; word != 0 {
			zeros = 0
		}
		if word >= tableMost || zeros == tableZeros || len(run) == tableRun {
			c.tablesIn(run, at)
			run = run[:0]
		}
		if word < tableMost && zeros < tableZeros {
			run = append(run, byte(word))
		}
	}
	c.tablesIn(run, len(data)&^(tableWord-1))
}

// tablesIn looks for names in a run of elements that ends at an offset of the file.
func (c *collector) tablesIn(run []byte, end int) {
	for apart := len(scriptCommand); 3*apart <= len(run); apart++ {
		first, second, third := run, run[apart:], run[2*apart:]
		for i := range third {
			for _, letter := range tableLetters {
				ends := func(name []byte) bool {
					for k := range name {
						j := i + 1 - len(name) + k
						if j < 0 || letter(first[j], second[j], third[j]) != name[k] {
							return false
						}
					}
					return true
				}
				if ends(keyedEnd) && slices.ContainsFunc(keyedNames, ends) {
					c.noteKeyed(PadName, int64(end-(len(run)-i)*tableWord))
					return
				}
			}
		}
	}
}
