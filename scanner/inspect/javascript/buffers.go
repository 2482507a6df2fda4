package javascript

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// alloc evaluates Buffer.alloc.
func (e *evaluator) alloc(args []argument) value {
	n, ok := integer(args, 0, 0)
	if !ok || e.machine == nil || n < 0 || n > script.MaxConstant || !e.Take(n) {
		return value{}
	}
	b := value{kind: buffer, str: string(make([]byte, n)), decoded: true}
	if len(args) > 1 {
		if filled, _, ok := bufferChanged(b.str, "fill", append([]argument{args[1]}, encodingOf(args[2:])...)); ok {
			b.str = filled
		}
	}
	return b
}

// encodingOf puts an encoding where fill has it: behind two bounds.
func encodingOf(args []argument) []argument {
	if len(args) == 0 {
		return nil
	}
	none := argument{value: value{kind: undefined}}
	return []argument{none, none, args[0]}
}

// bytesIn returns the bytes that a text, a buffer or a number means for a buffer.
func bytesIn(v value, encoding string) (string, bool) {
	switch v.kind {
	case buffer:
		return v.str, true
	case array:
		b := bytesOf(*v.items)
		return b.str, b.kind == buffer
	case number:
		return string([]byte{byte(toInt32(v.num))}), true
	case text:
		return textToBytes(v.str, encoding)
	}
	return "", false
}

// bufferChanged evaluates the methods that change a buffer, and returns its new
// bytes and what the call gives; undefined stands for the buffer itself.
func bufferChanged(b, name string, args []argument) (changed string, result value, ok bool) {
	out := []byte(b)
	first := argumentOr(args, 0)
	result = value{kind: undefined}
	switch name {
	case "fill":
		encoding := "utf8"
		for _, a := range args[min(1, len(args)):] {
			if a.kind == text {
				encoding = a.str
			}
		}
		by, ok := bytesIn(first, encoding)
		if !ok {
			return "", value{}, false
		}
		from, ok1 := integer(args, 1, 0)
		to, ok2 := integer(args, 2, len(out))
		if len(args) > 1 && args[1].kind == text {
			from, to, ok1, ok2 = 0, len(out), true, true
		}
		if !ok1 || !ok2 || from < 0 || to > len(out) {
			return "", value{}, false
		}
		for i := from; i < to && by != ""; i++ {
			out[i] = by[(i-from)%len(by)]
		}
	case "write":
		at, encoding := 0, "utf8"
		for _, a := range args[min(1, len(args)):] {
			if a.kind == text {
				encoding = a.str
			}
		}
		if len(args) > 1 && args[1].kind == number {
			at = int(args[1].num)
		}
		by, ok := bytesIn(first, encoding)
		if !ok || first.kind != text || at < 0 || at > len(out) {
			return "", value{}, false
		}
		result = numberValue(float64(copy(out[at:], by)))
	case "set":
		at, ok := integer(args, 1, 0)
		by, ok2 := bytesIn(first, "utf8")
		if !ok || !ok2 || at < 0 || at > len(out) {
			return "", value{}, false
		}
		copy(out[at:], by)
	case "swap16", "swap32", "swap64", "reverse":
		width := map[string]int{"swap16": 2, "swap32": 4, "swap64": 8, "reverse": len(out)}[name]
		for at := 0; width > 0 && at+width <= len(out); at += width {
			for i, j := at, at+width-1; i < j; i, j = i+1, j-1 {
				out[i], out[j] = out[j], out[i]
			}
		}
	default:
		if set, ok := strings.CutPrefix(name, "set"); ok && len(args) > 1 { // of a DataView
			args = append([]argument{args[1], args[0]}, args[2:]...)
			name = "write" + set
		}
		format, known := strings.CutPrefix(name, "write")
		f, ok := formatOf(format, argumentOr(args, 2))
		at, ok2 := integer(args, 1, 0)
		if !known || !ok || !ok2 || at < 0 || at+f.width > len(out) {
			return "", value{}, false
		}
		raw := wideBytes([]value{argumentOr(args, 0)}, f.width, f.class)
		if raw.kind != buffer {
			return "", value{}, false
		}
		copy(out[at:], f.inOrder(raw.str))
		result = numberValue(float64(at + f.width))
	}
	return string(out), result, true
}

// A numberFormat is how a number stands among bytes.
type numberFormat struct {
	class  string // of a typed array whose elements are such numbers
	width  int
	little bool
}

// numberClasses are the classes by what the names of methods end in, less the order. The
// methods of no width take one, and there are no arrays for them.
var numberClasses = map[string]string{
	"uint8": "Uint8Array", "int8": "Int8Array", "uint16": "Uint16Array", "int16": "Int16Array", "uint32": "Uint32Array", "int32": "Int32Array",
	"biguint64": "BigUint64Array", "bigint64": "BigInt64Array", "uint": "Uint", "int": "Int",
	"float": "Float32Array", "float32": "Float32Array", "double": "Float64Array", "float64": "Float64Array",
}

// formatOf reads the end of readUInt32LE, or of setUint32, with the last argument of either:
// a width or an order.
func formatOf(name string, last value) (numberFormat, bool) {
	const longest = 6 // bytes of a number without a width of its own
	s := strings.TrimSuffix(strings.TrimSuffix(name, "LE"), "BE")
	f := numberFormat{class: numberClasses[strings.ToLower(s)], little: strings.HasSuffix(name, "LE")}
	if f.width = widthOf(f.class); f.width == 0 && f.class != "" {
		f.width = int(last.num)
		return f, last.kind == number && f.width > 0 && f.width <= longest
	}
	if s == name {
		f.little, _ = last.truthy()
	}
	return f, f.width > 0
}

// inOrder turns bytes from the order that has the lowest first to that of the format, and back.
func (f numberFormat) inOrder(b string) string {
	if f.little {
		return b
	}
	turned := []byte(b)
	slices.Reverse(turned)
	return string(turned)
}

// bufferRead evaluates the methods that read a number.
func bufferRead(b, name string, args []argument) value {
	format := strings.TrimPrefix(strings.TrimPrefix(name, "read"), "get")
	f, ok := formatOf(format, argumentOr(args, 1))
	at, ok2 := integer(args, 0, 0)
	if format == name || !ok || !ok2 || at < 0 || at+f.width > len(b) {
		return value{}
	}
	return elementOf(f.inOrder(b[at:at+f.width]), f.class)
}

// changesBuffer tells whether a method writes to the buffer that it is called on.
func changesBuffer(name string) bool {
	switch name {
	case "fill", "set", "swap16", "swap32", "swap64", "reverse":
		return true
	}
	return strings.HasPrefix(name, "write") || strings.HasPrefix(name, "setUint") || strings.HasPrefix(name, "setInt") || strings.HasPrefix(name, "setBig") || strings.HasPrefix(name, "setFloat")
}

func (e *evaluator) bufferMethod(b, name string, args []argument) value {
	switch name {
	case "toString", "toLocaleString":
		encoding, ok := words(args, 0, "utf8")
		from, to, ok2 := bounds(args[min(1, len(args)):], len(b))
		if !ok || !ok2 || !e.Take(2*len(b)) {
			return value{}
		}
		s, ok := bytesToText(b[from:to], encoding)
		if !ok {
			return value{}
		}
		return value{kind: text, str: s}
	case "indexOf", "lastIndexOf", "includes":
		of, ok := bytesIn(argumentOr(args, 0), "utf8")
		from, ok2 := integer(args, 1, 0)
		if !ok || !ok2 || !e.Take(len(b)/16) {
			return value{}
		}
		at := -1
		if from < 0 {
			from = max(0, from+len(b))
		}
		switch {
		case name == "lastIndexOf" && len(args) < 2:
			at = strings.LastIndex(b, of)
		case name == "lastIndexOf":
			at = strings.LastIndex(b[:min(len(b), from+len(of))], of)
		default:
			from = min(from, len(b))
			if at = strings.Index(b[from:], of); at >= 0 {
				at += from
			}
		}
		if name == "includes" {
			return booleanValue(at >= 0)
		}
		return numberValue(float64(at))
	case "at":
		if n, ok := integer(args, 0, 0); ok && n >= -len(b) && n < len(b) {
			return numberValue(float64(b[(n+len(b))%len(b)]))
		}
		return value{kind: undefined}
	case "map", "reduce", "reduceRight", "filter", "join", "forEach", "find", "some", "every", "entries", "keys", "values":
		items, ok := e.iterate(value{kind: buffer, str: b})
		if !ok || !e.Take(len(b)) {
			return value{}
		}
		got := e.arrayMethod(&items, name, args, 0, 0)
		if got.kind == array && (name == "map" || name == "filter") {
			return bytesOf(*got.items)
		}
		return got
	case "slice", "subarray":
		from, to, ok := bounds(args, len(b))
		if ok {
			return value{kind: buffer, str: b[from:to]}
		}
	case "utf8Slice", "latin1Slice", "asciiSlice", "hexSlice", "base64Slice", "base64urlSlice", "ucs2Slice":
		from, to, ok := bounds(args, len(b))
		if s, known := bytesToText(b[from:to], strings.TrimSuffix(name, "Slice")); ok && known && e.Take(2*len(s)) {
			return value{kind: text, str: s}
		}
	case "equals":
		if len(args) == 1 && args[0].kind == buffer {
			return booleanValue(b == args[0].str)
		}
	}
	if changesBuffer(name) {
		if changed, result, ok := bufferChanged(b, name, args); ok && result.kind == undefined && e.Take(len(b)) {
			return value{kind: buffer, str: changed}
		}
		return value{}
	}
	return bufferRead(b, name, args)
}

func bytesOf(items []value) value {
	out := make([]byte, len(items))
	for i, item := range items {
		n, ok := item.number()
		if !ok {
			return value{}
		}
		out[i] = byte(toInt32(n))
	}
	return value{kind: buffer, str: string(out)}
}

// wideBytes are the bytes of a typed array whose elements have several each, in
// the order of the processors that Node.js runs on.
func wideBytes(items []value, width int, class string) value {
	out := make([]byte, 0, len(items)*width)
	for _, item := range items {
		if strings.HasPrefix(class, "Float") {
			n, ok := item.number()
			if !ok {
				return value{}
			}
			out = append(out, floatBytes(n, width)...)
			continue
		}
		if item.kind == number {
			item.num = math.Trunc(item.num)
		}
		n := bigOf(item)
		if n == nil {
			return value{}
		}
		u := n.Uint64()
		if n.Sign() < 0 {
			u = -u
		}
		for range width {
			out = append(out, byte(u))
			u >>= 8
		}
	}
	return value{kind: buffer, str: string(out)}
}

// floatBytes are the bytes of a floating point number, the lowest first.
func floatBytes(n float64, width int) []byte {
	if width == 4 {
		return binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(n)))
	}
	return binary.LittleEndian.AppendUint64(nil, math.Float64bits(n))
}
