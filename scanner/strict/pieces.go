package strict

import (
	"bytes"
	"reflect"
	"slices"
)

// pieceSize is how much of a long list of tables the parser gets at once, in bytes. It
// makes a tree of what it reads that takes some twenty times as much.
const pieceSize = 32 << 10

// A list is a run of tables [[name]] at the top of a file, with the tables below them:
// where each element starts, and where the last one ends, as offsets. A file that comes
// back to the name after other tables has none.
type list struct {
	name   string
	starts []int
	end    int // 0 as long as no other table came
	broken bool
}

// add takes the next head of the file.
func (l *list) add(k key) {
	name := k.path[0]
	_, element := k.path[len(k.path)-1].(int)
	switch {
	case l.starts == nil && element && len(k.path) == 2:
		l.name, l.starts = name.(string), []int{k.start}
	case l.starts == nil:
	case name != l.name:
		if l.end == 0 {
			l.end = k.start
		}
	case l.end > 0:
		l.broken = true
	case element && len(k.path) == 2:
		l.starts = append(l.starts, k.start)
	}
}

// parseInPieces does what parse does, with no tree of the whole file: all that is not in
// the list is parsed with its first element, so that nothing is defined twice unseen,
// and the others some at a time. It reports whether it could; where it could not, into
// is what it was.
func parseInPieces(data []byte, l list, size int, into any) bool {
	if l.broken || len(l.starts) < 2 {
		return false
	}
	if l.end == 0 {
		l.end = len(data)
	}
	for _, cut := range append(slices.Clip(l.starts), l.end) {
		if cut < len(data) && !startsLine(data, cut) {
			return false // perhaps what the parser refuses: two tables on one line
		}
	}
	kind := reflect.TypeOf(into).Elem()
	whole := reflect.New(kind)
	if parse(slices.Concat(data[:l.starts[1]], data[l.end:]), whole.Interface()) != nil {
		return false
	}
	field, ok := namesOf(kind)[l.name]
	if !ok || field.Type.Kind() != reflect.Slice {
		return false
	}
	elements := whole.Elem().FieldByIndex(field.Index)
	elements.Grow(len(l.starts) - 1)
	for i := 1; i < len(l.starts); {
		start, end := l.starts[i], l.end
		for i++; i < len(l.starts); i++ {
			if l.starts[i]-start >= size {
				end = l.starts[i]
				break
			}
		}
		piece := reflect.New(kind)
		if parse(data[start:end], piece.Interface()) != nil {
			return false
		}
		elements.Set(reflect.AppendSlice(elements, piece.Elem().FieldByIndex(field.Index)))
	}
	reflect.ValueOf(into).Elem().Set(whole.Elem())
	return true
}

// startsLine tells whether nothing but blanks stands before an offset on its line.
func startsLine(data []byte, offset int) bool {
	before := bytes.TrimRight(data[:offset], " \t")
	return len(before) == 0 || before[len(before)-1] == '\n'
}
