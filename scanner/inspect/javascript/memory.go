package javascript

import (
	"encoding/binary"
	"math"
	"math/big"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// Several values may share bytes: typed arrays and views over one ArrayBuffer. A
// buffer has its bytes in str, as they were when it was last read, self is the memory
// that it is a part of and num where in that it begins. Typed arrays whose elements
// have several bytes are lists; an overlay says which memory lies under one.

// arrayBuffer is what more is of a buffer that is an ArrayBuffer: what is made of one
// shares its bytes, what is made of another has a copy.
const arrayBuffer = "ArrayBuffer"

// An overlay is the memory under a list of numbers.
type overlay struct {
	memory *value
	offset int
	class  string
	seen   string // the memory's bytes, as the list has them
}

// maxOverlays bounds the lists over memory of one script, and maxOverlaid what is in them:
// they are kept as long as it runs.
const (
	maxOverlays = 256
	maxOverlaid = 1 << 18
)

// shared gives a buffer a memory, so that what is done to it shows wherever it is.
func shared(v value) value {
	if v.kind == buffer && v.self == nil {
		v.self, v.num = &value{kind: buffer, str: v.str}, 0
	}
	return v
}

// current is a value with the bytes that its memory has now.
func (m *machine) current(v value) value {
	if m.assembled != nil && v.kind == buffer && v.self != nil {
		m.show(v.self)
	} else if m.assembled != nil && v.kind == array && v.num > 0 && m.overlays[v.items] != nil {
		m.show(m.overlays[v.items].memory)
	}
	switch {
	case v.kind == buffer && v.self != nil:
		if from := int(v.num); from+len(v.str) <= len(v.self.str) {
			v.str = v.self.str[from : from+len(v.str)]
		}
	case v.kind == array && v.num > 0 && len(m.overlays) > 0:
		if o := m.overlays[v.items]; o != nil && o.seen != o.memory.str && m.turns(len(*v.items), o.class) {
			copy(*v.items, elementsOf(o.memory.str[o.offset:o.offset+len(*v.items)*int(v.num)], o.class))
			o.seen = o.memory.str
		}
	}
	return v
}

// keep writes the bytes of a buffer to its memory.
func keep(v value, changed string) {
	if v.self != nil && len(changed) == len(v.str) && int(v.num)+len(changed) <= len(v.self.str) {
		v.self.str = v.self.str[:int(v.num)] + changed + v.self.str[int(v.num)+len(changed):]
	}
}

// part is the memory [from, to) of a buffer as a buffer of its own.
func part(v value, from, to int) value {
	out := value{kind: buffer, str: v.str[from:to], self: v.self, decoded: v.decoded}
	if v.self != nil {
		out.num = v.num + float64(from)
	}
	return out
}

// sublist is subarray of a typed array that is a list: it has the same elements.
func (e *evaluator) sublist(v value, args []argument) value {
	from, to, ok := bounds(args, len(*v.items))
	if !ok || from > to {
		return value{}
	}
	items := (*v.items)[from:to:to]
	out := value{kind: array, items: &items, num: v.num, more: v.more}
	if m := e.machine; m != nil && m.overlays[v.items] != nil {
		o := m.overlays[v.items]
		m.laid(out, o.memory, o.offset+from*int(v.num))
	}
	return out
}

// whole is the ArrayBuffer of a buffer or of a typed array.
func (m *machine) whole(v value) value {
	if v.kind == buffer {
		if v = shared(v); v.self != nil {
			v.str, v.num = v.self.str, 0
		}
		v.more = arrayBuffer
		return v
	}
	o := m.overlays[v.items]
	if o == nil {
		if !m.turns(len(*v.items), v.more) {
			return value{}
		}
		bytes := wideBytes(*v.items, int(v.num), v.more)
		if bytes.kind != buffer {
			return value{}
		}
		o = m.laid(v, shared(bytes).self, 0)
	}
	return value{kind: buffer, str: o.memory.str, self: o.memory, more: arrayBuffer}
}

func (m *machine) laid(v value, memory *value, offset int) *overlay {
	o := &overlay{memory: memory, offset: offset, class: v.more, seen: memory.str}
	if m.overlays == nil {
		m.overlays = map[*[]value]*overlay{}
	}
	if n := len(*v.items); len(m.overlays) < maxOverlays && m.overlaid+n <= maxOverlaid {
		m.overlays[v.items] = o
		m.overlaid += n
	}
	return o
}

// viewed evaluates "new" of a typed array or a view over a buffer: the memory of an
// ArrayBuffer, or a copy of other bytes.
func (m *machine) viewed(class string, args []argument) (value, bool) {
	of := argumentOr(args, 0)
	width := widthOf(class)
	if of.kind != buffer || width == 0 {
		return value{}, false
	}
	if of.more != arrayBuffer && class != "DataView" {
		if width > 1 || !m.step(1+len(of.str)/16) { // an element for each
			return value{}, false
		}
		return shared(value{kind: buffer, str: of.str, decoded: of.decoded}), true
	}
	of = shared(of)
	from, ok1 := integer(args, 1, 0)
	n, ok2 := integer(args, 2, (len(of.str)-from)/width)
	if !ok1 || !ok2 || from < 0 || n < 0 || n > maxItems || from+n*width > len(of.str) {
		return value{}, false
	}
	if m.unknownBytes(of, from, n*width) {
		return value{decoded: true}, true
	}
	if width == 1 {
		m.step(4)
		return part(of, from, from+n), true
	}
	if !m.turns(n, class) {
		return value{}, false
	}
	items := elementsOf(of.str[from:from+n*width], class)
	v := value{kind: array, items: &items, num: float64(width), more: class}
	m.laid(v, of.self, int(of.num)+from)
	return v, true
}

// widthOf is how many bytes an element of a typed array has; 0 of other classes.
func widthOf(class string) int {
	switch {
	case class == "DataView" || class == "Uint8ClampedArray":
		return 1
	case !strings.HasSuffix(class, "Array"):
		return 0
	case strings.HasSuffix(class, "8Array"):
		return 1
	case strings.HasSuffix(class, "16Array"):
		return 2
	case strings.HasSuffix(class, "32Array"):
		return 4
	case strings.HasSuffix(class, "64Array"):
		return 8
	}
	return 0
}

// turns spends the steps that it takes to turn so many elements of a typed array into bytes,
// or these into elements. Each of some classes is a number of any length.
func (m *machine) turns(n int, class string) bool {
	if strings.HasPrefix(class, "Big") {
		return m.step(16 * n)
	}
	return m.step(4 * n)
}

// elementsOf are the numbers that a typed array has for bytes.
func elementsOf(b, class string) []value {
	width := widthOf(class)
	items := make([]value, 0, len(b)/max(1, width))
	for ; width > 0 && len(b) >= width; b = b[width:] {
		items = append(items, elementOf(b[:width], class))
	}
	return items
}

// elementOf is the number that an element of a typed array has for its bytes.
func elementOf(b, class string) value {
	var word [8]byte
	copy(word[:], b)
	u := binary.LittleEndian.Uint64(word[:])
	unused := 64 - 8*len(b)
	signed := int64(u<<unused) >> unused
	switch {
	case class == "Float64Array":
		return numberValue(math.Float64frombits(u))
	case class == "Float32Array":
		return numberValue(float64(math.Float32frombits(uint32(u))))
	case class == "BigUint64Array":
		return bigValue(new(big.Int).SetUint64(u))
	case class == "BigInt64Array":
		return bigValue(big.NewInt(signed))
	case strings.HasPrefix(class, "Int"):
		return numberValue(float64(signed))
	}
	return numberValue(float64(u))
}

// atomic evaluates the functions of Atomics.
func (m *machine) atomic(function string, of, at, by, other value) (value, bool) {
	was := m.get(m.current(of), at)
	next, known := by, true
	switch function {
	case "load":
		return was, was.kind != unknown
	case "compareExchange":
		if next = other; !same(was, by) {
			return was, was.kind != unknown
		}
	case "store", "exchange":
	default:
		operator, ok := map[string]js.TokenType{"add": js.AddToken, "sub": js.SubToken, "and": js.BitAndToken, "or": js.BitOrToken, "xor": js.BitXorToken}[function]
		if !ok {
			return value{}, false
		}
		next, known = m.operate(operator, was, by)
	}
	if was.kind == unknown || !known || of.kind != array && of.self == nil {
		return value{}, false
	}
	m.put(of, at, next)
	if function == "store" {
		return by, true
	}
	return was, true
}

// putElement gives an element of a typed array a number, which becomes one of its kind.
func (m *machine) putElement(v value, i int, item value) {
	if i >= 0 && i < len(*v.items) {
		m.write(v, i, []value{item})
	}
}

// setElements evaluates "set" of a typed array that is a list.
func (m *machine) setElements(v value, args []argument) {
	items, ok := m.iterate(argumentOr(args, 0))
	at, ok2 := integer(args, 1, 0)
	if ok && ok2 && at >= 0 && at+len(items) <= len(*v.items) {
		m.write(v, at, items)
	}
}

// write makes numbers of its kind the elements of a typed array from one on, and writes
// them to the memory under it.
func (m *machine) write(v value, from int, items []value) {
	if !m.turns(2*len(items), v.more) {
		return
	}
	bytes := wideBytes(items, int(v.num), v.more)
	if bytes.kind != buffer {
		return
	}
	copy((*v.items)[from:], elementsOf(bytes.str, v.more))
	if o := m.overlays[v.items]; o != nil && m.step(1+len(o.memory.str)/64) {
		keep(value{str: bytes.str, self: o.memory, num: float64(o.offset + from*int(v.num))}, bytes.str)
		o.seen = o.memory.str
	}
}
