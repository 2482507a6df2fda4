package javascript

import (
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"math/bits"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"plugvet/scanner/inspect/script"
)

// globalFunctions are those of the language and of node that can be computed.
var globalFunctions = map[string]bool{
	"String.fromCharCode": true, "String.fromCodePoint": true, "String": true, "Number": true, "Boolean": true,
	"parseInt": true, "parseFloat": true, "atob": true, "btoa": true, "unescape": true, "escape": true,
	"decodeURIComponent": true, "decodeURI": true, "encodeURIComponent": true, "Buffer.from": true, "Buffer": true,
	"Buffer.concat": true, "Array.from": true, "Array.of": true, "Array": true, "JSON.parse": true, "JSON.stringify": true,
	"Uint8Array.from": true, "Uint8Array.of": true, "Buffer.alloc": true, "Buffer.allocUnsafe": true, "Symbol": true,
	"Symbol.for": true, "Symbol.keyFor": true, "BigInt": true, "structuredClone": true, "encodeURI": true, "isNaN": true,
	"Array.isArray": true, "Number.isInteger": true, "Number.parseInt": true, "Number.parseFloat": true,
	"require.resolve": true, "import.meta.resolve": true, "Date.UTC": true, "Date.parse": true, "Math.hypot": true, "BigInt.asUintN": true, "BigInt.asIntN": true, "String.raw": true,
	"process.binding": true, "process._linkedBinding": true, "internalBinding": true, "process.getBuiltinModule": true,
	"dynamicRequire": true, "eval": true, "Function": true, "RegExp": true,
	"module._load": true, "URL.parse": true,
}

func init() {
	for _, name := range []string{"keys", "values", "entries", "fromEntries", "assign", "freeze", "seal", "preventExtensions", "getPrototypeOf",
		"getOwnPropertyNames", "getOwnPropertyDescriptor", "getOwnPropertyDescriptors", "is", "hasOwn", "create", "defineProperty", "defineProperties", "setPrototypeOf"} {
		globalFunctions["Object."+name] = true
	}
	for _, name := range []string{"apply", "get", "construct", "ownKeys", "has", "set", "getPrototypeOf", "setPrototypeOf", "defineProperty",
		"getOwnPropertyDescriptor"} {
		globalFunctions["Reflect."+name] = true
	}
	for name := range mathFunctions {
		globalFunctions["Math."+name] = true
	}
	for _, class := range wideArrays {
		globalFunctions[class+".from"], globalFunctions[class+".of"] = true, true
	}
}

// wideArrays are the typed arrays that are lists of numbers here and no bytes.
var wideArrays = []string{"Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array", "Float64Array", "BigUint64Array", "BigInt64Array"}

// globalLoaders are the globals that load a module of Node.js.
var globalLoaders = map[string]bool{
	"require": true, "process.getBuiltinModule": true, "process.binding": true, "process._linkedBinding": true,
	"internalBinding": true, "module._load": true,
}

// binding evaluates a call that gives a part of Node.js's own code by its name.
func (e *evaluator) binding(name value, start, end uint32, plain bool) value {
	if name.also != nil {
		return anyOf(*name.also, func(one value) value { return e.binding(one, start, end, plain) })
	}
	if name.kind != text || end <= start {
		return value{}
	}
	e.met(script.Module, "binding:"+name.str, start, end, !plain || !name.plain)
	return value{kind: module, str: "binding:" + name.str, plain: true}
}

// globalFunction evaluates the call of a global.
func (e *evaluator) globalFunction(name string, args []argument, start, end uint32, plain bool) value {
	if len(args) == 0 {
		if name == "Array" || name == "Array.of" {
			return arrayValue([]value{})
		}
		if name == "Symbol" {
			return e.newSymbol(nil)
		}
		if name == "String" {
			return textValue("")
		}
		return value{}
	}
	first := args[0]
	switch name {
	case "process.binding", "process._linkedBinding", "internalBinding":
		return e.binding(first.value, start, end, plain)
	case "process.getBuiltinModule":
		return e.require(first, start, end, plain)
	case "dynamicRequire":
		if len(args) > 1 {
			return e.require(args[1], start, end, plain)
		}
		return value{}
	case "module._load":
		return e.require(first, start, end, plain)
	case "require.resolve", "import.meta.resolve": // a module of node.js is where its name is
		return first.value
	case "eval":
		if first.kind == text && len(first.str) < 256 {
			if v := e.dotted(strings.Trim(strings.TrimSpace(first.str), ";()")); v != nil {
				v.plain = false
				return *v
			}
		}
		return value{}
	case "Function":
		return e.functionOf(args)
	}
	if object, function, ok := strings.Cut(name, "."); ok && (object == "Object" || object == "Reflect") {
		return e.objectFunction(function, args, start, end)
	}
	for _, a := range args {
		if a.kind == unknown {
			return value{}
		}
	}
	if class, function, ok := strings.Cut(name, "."); ok && slices.Contains(wideArrays, class) {
		if list := e.globalFunction("Array."+function, args, start, end, plain); list.kind == array {
			return e.instance(class, []argument{{value: list}})
		}
		return value{}
	}
	switch name {
	case "Symbol":
		return e.newSymbol(args)
	case "Symbol.for", "Symbol.keyFor":
		return symbolFunction(name, args)
	case "BigInt":
		if n := bigOf(first.value); n != nil {
			return bigValue(n)
		}
		return value{}
	case "BigInt.asUintN", "BigInt.asIntN":
		bits, ok := integer(args, 0, 0)
		n := bigOf(argumentOr(args, 1))
		if !ok || n == nil || bits < 0 || bits > maxInteger {
			return value{}
		}
		n.And(n, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(bits)), big.NewInt(1)))
		if name == "BigInt.asIntN" && bits > 0 && n.Bit(bits-1) == 1 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(bits)))
		}
		return bigValue(n)
	case "structuredClone", "Object":
		return first.value
	case "Date.UTC":
		return numberValue(utc(args))
	case "Date.parse":
		if d := newDate(args[:1]); d.kind == dictionary && first.kind == text {
			return numberValue(d.num)
		}
		return value{}
	case "String.raw":
		return e.rawText(args)
	case "Array.isArray":
		return booleanValue(first.kind == array)
	case "Buffer.alloc", "Buffer.allocUnsafe":
		return e.alloc(args)
	case "String.fromCharCode", "String.fromCodePoint":
		return e.fromCharCode(args)
	case "Buffer.from", "Buffer", "Uint8Array.from", "Buffer.concat":
		return e.bufferFrom(name, args, start, end)
	case "Uint8Array.of":
		items := make([]value, len(args))
		for i, a := range args {
			items[i] = a.value
		}
		return bytesOf(items)
	case "Array.from", "Array.of", "Array":
		if name != "Array.from" {
			items := make([]value, len(args))
			for i, a := range args {
				items[i] = a.value
			}
			if name == "Array" && len(args) == 1 && first.kind == number {
				n := int(first.num)
				if n < 0 || n > maxItems || float64(n) != first.num || !e.Take(64*n) {
					return value{}
				}
				items = make([]value, n)
				for i := range items {
					items[i].kind = undefined
				}
			}
			return arrayValue(items)
		}
		items, ok := e.iterate(first.value)
		if first.kind == dictionary && !ok { // Array.from({length: 3}, ...)
			if n := e.member(first.value, "length"); n.kind == number && n.num >= 0 && n.num <= maxItems && e.Take(64*int(n.num)) {
				items, ok = make([]value, int(n.num)), true
				for i := range items {
					items[i].kind = undefined
				}
			}
		}
		if !ok || e.machine != nil && !e.machine.step(len(items)) {
			return value{}
		}
		if len(args) > 1 {
			return e.visit(items, "map", args[1:], start, end)
		}
		return arrayValue(append([]value{}, items...))
	case "JSON.stringify":
		v := first.value
		if by := argumentOr(args, 1); by.kind == closure && v.kind != unknown {
			v = e.replaced(v, "", by, start, end, 0)
		}
		s, ok := e.toJSON(v, 0)
		if keys := argumentOr(args, 1); ok && keys.kind == array {
			s, ok = e.toJSON(withKeys(parseJSON(s), *keys.items), 0)
		}
		if ok {
			return e.indented(s, argumentOr(args, 2))
		}
		return value{}
	case "JSON.parse":
		if first.kind == buffer {
			first.value, _ = toText(first.value)
		}
		if first.kind == text && e.Take(len(first.str)) {
			v := parseJSON(first.str)
			if m := e.machine; m != nil && len(first.str) < maxName && !json.Valid([]byte(first.str)) {
				m.thrown, m.exception = true, m.errorOf("SyntaxError", []argument{{value: textValue("Unexpected token in JSON at position 0")}})
			}
			if len(args) > 1 && v.kind != unknown {
				return e.revived(v, "", args[1].value, start, end, 0)
			}
			return v
		}
		return value{}
	case "parseInt", "parseFloat", "Number", "Number.parseInt", "Number.parseFloat", "isNaN", "Number.isInteger":
		return numeric(strings.TrimPrefix(name, "Number."), args)
	case "Boolean":
		truth, ok := first.truthy()
		if !ok {
			return value{}
		}
		return booleanValue(truth)
	case "RegExp":
		return e.instance("RegExp", args)
	case "URL.parse":
		return e.instance("URL", args)
	}
	if name == "Math.hypot" {
		sum := 0.0
		for _, a := range args {
			n, ok := a.number()
			if !ok {
				return value{}
			}
			sum += n * n
		}
		return numberValue(math.Sqrt(sum))
	}
	if function, ok := strings.CutPrefix(name, "Math."); ok {
		return mathOf(function, args)
	}
	if first.kind == symbol && name == "String" {
		return textValue("Symbol(" + first.str + ")")
	}
	s, ok := e.textOf(first.value)
	if !ok || !e.Take(len(s)) {
		return value{}
	}
	switch name {
	case "escape":
		return textValue(escaped16(s))
	case "encodeURIComponent", "encodeURI":
		return textValue(percentEncoded(s, name == "encodeURI"))
	case "String":
		return value{kind: text, str: s, decoded: first.decoded}
	case "atob":
		return value{kind: text, str: latin1(nodeBase64(s)), decoded: true}
	case "btoa":
		return textValue(base64Text(lowBytes(s)))
	case "unescape":
		if ascii(s) {
			return value{kind: text, str: string(utf16.Decode(unescaped(s))), decoded: true}
		}
	case "decodeURIComponent", "decodeURI", "querystring.unescape":
		b := script.DecodePercent(s)
		if m := e.machine; m != nil && name != "querystring.unescape" {
			if _, err := url.PathUnescape(s); err != nil || !utf8.ValidString(b) {
				m.thrown, m.exception = true, m.errorOf("URIError", []argument{{value: textValue("URI malformed")}})
				return value{}
			}
		}
		return value{kind: text, str: strings.ToValidUTF8(b, "\ufffd"), decoded: first.decoded || len(b) < len(s)}
	}
	return value{}
}

// fromCharCode makes a text of code units or of characters.
func (e *evaluator) fromCharCode(args []argument) value {
	u := make([]uint16, 0, len(args))
	for _, a := range args {
		n, ok := e.numberOf(a.value)
		if !ok {
			return value{}
		}
		if n >= 0x10000 && n <= 0x10ffff {
			u = utf16.AppendRune(u, rune(n))
		} else {
			u = append(u, uint16(toInt32(n)))
		}
	}
	if !e.Take(len(u)) {
		return value{}
	}
	return textValue(string(utf16.Decode(u)))
}

// bufferFrom evaluates Buffer.from and its like.
func (e *evaluator) bufferFrom(name string, args []argument, start, end uint32) value {
	first := args[0]
	if name == "Uint8Array.from" && len(args) > 1 {
		items, ok := e.iterate(first.value)
		if !ok {
			return value{}
		}
		mapped := e.visit(items, "map", args[1:], start, end)
		if mapped.kind != array {
			return value{}
		}
		return bytesOf(*mapped.items)
	}
	if data, ok := itemOf(first.value, "data"); ok && data.kind == array { // what JSON makes of a buffer
		first.value = data
	}
	switch first.kind {
	case buffer:
		if first.more != arrayBuffer {
			first.self = nil // a copy
		} else if from, ok := integer(args, 1, 0); ok && from >= 0 && from <= len(first.str) {
			if n, ok := integer(args, 2, len(first.str)-from); ok && n >= 0 && n <= len(first.str)-from {
				first.value = part(first.value, from, from+n)
			}
		}
		first.more = ""
		return first.value
	case array:
		if name == "Buffer.concat" {
			whole := ""
			for _, item := range *first.items {
				if item.kind != buffer || !e.Take(len(whole)+len(item.str)) {
					return value{}
				}
				whole += item.str
			}
			return value{kind: buffer, str: whole, decoded: true}
		}
		if !e.Take(len(*first.items)) {
			return value{}
		}
		return bytesOf(*first.items)
	case text:
		encoding, ok := words(args, 1, "utf8")
		if !ok || !e.Take(len(first.str)) {
			return value{}
		}
		b, ok := textToBytes(first.str, encoding)
		if !ok {
			return value{}
		}
		return value{kind: buffer, str: b, decoded: true}
	}
	return value{}
}

// numeric evaluates the functions that give numbers.
func numeric(name string, args []argument) value {
	switch name {
	case "parseInt":
		s, ok := args[0].string()
		base, ok2 := integer(args, 1, 0)
		if !ok || !ok2 {
			return value{}
		}
		return numberValue(parseInteger(strings.TrimSpace(s), base))
	case "parseFloat":
		s, ok := args[0].string()
		if !ok {
			return value{}
		}
		s = strings.TrimSpace(s)
		end := 0
		for end < len(s) && strings.IndexByte("0123456789.+-eE", s[end]) >= 0 {
			end++
		}
		return numberValue(textNumber(s[:end]))
	}
	n, ok := args[0].number()
	if !ok {
		return value{}
	}
	switch name {
	case "isNaN":
		return booleanValue(math.IsNaN(n))
	case "isInteger":
		return booleanValue(n == math.Trunc(n) && !math.IsInf(n, 0))
	}
	return numberValue(n)
}

func one(f func(float64) float64) func(a, _ float64) float64 {
	return func(a, _ float64) float64 { return f(a) }
}

// mathFunctions are those of Math with one argument, or with two.
var mathFunctions = map[string]func(a, b float64) float64{
	"floor": func(a, _ float64) float64 { return math.Floor(a) }, "ceil": func(a, _ float64) float64 { return math.Ceil(a) },
	"round": func(a, _ float64) float64 { return math.Floor(a + 0.5) }, "trunc": func(a, _ float64) float64 { return math.Trunc(a) },
	"abs": func(a, _ float64) float64 { return math.Abs(a) }, "sqrt": func(a, _ float64) float64 { return math.Sqrt(a) },
	"cbrt": func(a, _ float64) float64 { return math.Cbrt(a) }, "log": func(a, _ float64) float64 { return math.Log(a) },
	"log2": func(a, _ float64) float64 { return math.Log2(a) }, "log10": func(a, _ float64) float64 { return math.Log10(a) },
	"exp": func(a, _ float64) float64 { return math.Exp(a) }, "sign": func(a, _ float64) float64 { return float64(cmp.Compare(a, 0)) },
	"sin": func(a, _ float64) float64 { return math.Sin(a) }, "cos": func(a, _ float64) float64 { return math.Cos(a) },
	"tan": one(math.Tan), "atan": one(math.Atan), "tanh": one(math.Tanh), "log1p": one(math.Log1p), "expm1": one(math.Expm1),
	"fround": func(a, _ float64) float64 { return float64(float32(a)) },
	"clz32":  func(a, _ float64) float64 { return float64(bits.LeadingZeros32(uint32(toInt32(a)))) },
	"asin":   one(math.Asin), "acos": one(math.Acos), "sinh": one(math.Sinh), "cosh": one(math.Cosh), "asinh": one(math.Asinh),
	"acosh": one(math.Acosh), "atanh": one(math.Atanh), "atan2": math.Atan2,
	"pow": math.Pow, "max": math.Max, "min": math.Min,
	"imul": func(a, b float64) float64 { return float64(toInt32(a) * toInt32(b)) },
}

func mathOf(name string, args []argument) value {
	n, ok := args[0].number()
	function := mathFunctions[name]
	if !ok || function == nil {
		return value{}
	}
	if len(args) == 1 {
		return numberValue(function(n, n))
	}
	if name == "atan2" || name == "pow" {
		args = args[:2]
	}
	for _, a := range args[1:] {
		b, ok := a.number()
		if !ok {
			return value{}
		}
		n = function(n, b)
	}
	return numberValue(n)
}

func parseInteger(s string, base int) float64 {
	sign := 1.0
	if strings.HasPrefix(s, "-") {
		sign, s = -1, s[1:]
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	if (base == 0 || base == 16) && len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x' {
		base, s = 16, s[2:]
	}
	if base == 0 {
		base = 10
	}
	n, digits := 0.0, 0
	for ; digits < len(s) && digits < 400; digits++ {
		c := int(s[digits])
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			c = c | 0x20 - 'a' + 10
		default:
			c = 99
		}
		if c >= base {
			break
		}
		n = n*float64(base) + float64(c)
	}
	if digits == 0 {
		return math.NaN()
	}
	return sign * n
}
