package javascript

import (
	"encoding/binary"
	"math"
	"slices"
	"strconv"
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
		if width, little, ok := floatFormat(name, args); ok {
			n, known := argumentOr(args, 0).number()
			at, ok := integer(args, 1, 0)
			if !known || !ok || at < 0 || at+width > len(out) {
				return "", value{}, false
			}
			b := floatBytes(n, width)
			if !little {
				slices.Reverse(b)
			}
			copy(out[at:], b)
			return string(out), numberValue(float64(at + width)), true
		}
		width, little, ok := numberFormat(strings.TrimPrefix(name, "write"), args)
		at, ok2 := integer(args, 1, 0)
		n := bigOf(argumentOr(args, 0))
		if !strings.HasPrefix(name, "write") || !ok || !ok2 || n == nil || at < 0 || at+width > len(out) {
			return "", value{}, false
		}
		u := n.Uint64()
		if n.Sign() < 0 {
			u = -u
		}
		for i := range width {
			shift := 8 * i
			if !little {
				shift = 8 * (width - 1 - i)
			}
			out[at+i] = byte(u >> shift)
		}
		result = numberValue(float64(at + width))
	}
	return string(out), result, true
}

// numberFormat reads the end of readUInt32LE, or of setUint32 with its argument.
func numberFormat(s string, args []argument) (width int, little, ok bool) {
	order := ""
	if n := len(s); n > 2 && (s[n-2:] == "LE" || s[n-2:] == "BE") {
		s, order = s[:n-2], s[n-2:]
	}
	width, ok = map[string]int{"uint8": 1, "int8": 1, "uint16": 2, "int16": 2, "uint32": 4, "int32": 4, "biguint64": 8, "bigint64": 8}[strings.ToLower(s)]
	little = order == "LE"
	if order == "" && len(args) > 2 {
		little, _ = args[2].truthy()
	}
	return width, little, ok
}

// bufferRead evaluates the methods that read a number.
func bufferRead(b, name string, args []argument) value {
	format := strings.TrimPrefix(strings.TrimPrefix(name, "read"), "get")
	if len(args) > 1 {
		args = append(args[:1:1], argument{}, args[1])
	}
	width, little, ok := numberFormat(format, args)
	at, ok2 := integer(args, 0, 0)
	if format == name || !ok || !ok2 || at < 0 || at+width > len(b) {
		return value{}
	}
	raw := make([]byte, 8)
	copy(raw[8-width:], b[at:at+width])
	if little {
		for i := range width {
			raw[7-i] = b[at+i]
		}
	}
	n := binary.BigEndian.Uint64(raw)
	if width == 8 {
		if n < 1<<63 {
			return value{kind: bigInteger, str: strconv.FormatUint(n, 10)}
		}
		return value{}
	}
	if !strings.Contains(strings.ToLower(format), "uint") && n >= 1<<(8*width-1) {
		return numberValue(float64(n) - math.Pow(2, float64(8*width)))
	}
	return numberValue(float64(n))
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
func wideBytes(items []value, width int, floats bool) value {
	out := make([]byte, 0, len(items)*width)
	for _, item := range items {
		if floats {
			n, ok := item.number()
			if !ok {
				return value{}
			}
			out = append(out, floatBytes(n, width)...)
			continue
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

// floatFormat reads the end of writeFloatLE, or of setFloat64 with its argument.
func floatFormat(name string, args []argument) (width int, little, ok bool) {
	switch {
	case strings.HasSuffix(name, "Float32"), strings.HasSuffix(name, "Float64"):
		little, _ = argumentOr(args, 2).truthy()
		return map[bool]int{true: 4, false: 8}[strings.HasSuffix(name, "32")], little, true
	case strings.HasSuffix(name, "FloatLE"), strings.HasSuffix(name, "FloatBE"):
		return 4, strings.HasSuffix(name, "LE"), true
	case strings.HasSuffix(name, "DoubleLE"), strings.HasSuffix(name, "DoubleBE"):
		return 8, strings.HasSuffix(name, "LE"), true
	}
	return 0, false, false
}
