package javascript

import (
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// instance returns an instance of a global class.
func (e *evaluator) instance(name string, args []argument) value {
	if name == "Bun.$.Shell" {
		return value{kind: globalName, str: name, plain: true}
	}
	if len(args) == 1 && args[0].kind == array && slices.Contains(wideArrays, name) {
		v := args[0].value
		v.num, v.more = float64(widthOf(name)), name
		if e.machine != nil && !e.machine.turns(2*len(*v.items), name) {
			return value{}
		}
		if bytes := wideBytes(*v.items, int(v.num), name); bytes.kind == buffer {
			items := elementsOf(bytes.str, name)
			v.items = &items
		}
		return v
	}
	switch name {
	case "Function":
		return e.functionOf(args)
	case "TextDecoder", "util.TextDecoder", "TextEncoder":
		encoding := "utf8"
		if len(args) > 0 && args[0].kind == text {
			encoding = args[0].str
		}
		return value{kind: method, str: name, self: &value{kind: text, str: encoding}}
	case "Array":
		return e.globalFunction("Array.of", args, 0, 0, true)
	case "String":
		return e.globalFunction("String", args, 0, 0, true)
	case "Uint8Array", "Buffer", "Int8Array", "Uint8ClampedArray":
		if len(args) > 1 && args[0].kind == buffer && args[0].more == arrayBuffer { // a part of it
			from, ok1 := integer(args, 1, 0)
			size, ok2 := integer(args, 2, len(args[0].str)-from)
			if b := args[0].str; ok1 && ok2 && from >= 0 && size >= 0 && from+size <= len(b) {
				return value{kind: buffer, str: b[from : from+size], decoded: args[0].decoded}
			}
			return value{}
		}
		return e.globalFunction("Buffer.from", args, 0, 0, true)
	case "ArrayBuffer", "SharedArrayBuffer":
		v := e.alloc(args)
		v.more = arrayBuffer
		return v
	case "DataView":
		if len(args) > 0 && args[0].kind == buffer {
			return args[0].value
		}
	case "Map", "Set", "WeakMap", "WeakSet":
		return e.newCollection(strings.TrimPrefix(name, "Weak"), args)
	case "URLSearchParams":
		return e.newParameters(args)
	case "Date":
		return newDate(args)
	case "Intl.Collator":
		options := argumentOr(args, 1)
		return objectOf("compare", value{kind: method, str: "collate", self: &options})
	case "Intl.PluralRules", "Intl.Segmenter":
		options := argumentOr(args, 1)
		if locale := argumentOr(args, 0); locale.kind == text && !strings.HasPrefix(locale.str, "en") {
			return value{}
		}
		name := map[string]string{"Intl.PluralRules": "select", "Intl.Segmenter": "segment"}[name]
		return objectOf(name, value{kind: method, str: name, self: &options})
	case "Intl.ListFormat", "Intl.NumberFormat":
		options := argumentOr(args, 1)
		if locale := argumentOr(args, 0); locale.kind == text && !strings.HasPrefix(locale.str, "en") {
			return value{}
		}
		return objectOf("format", value{kind: method, str: name, self: &options})
	case "Intl.DateTimeFormat":
		v := newDictionary()
		v.more = dateFormat
		*v.keys, *v.items = append(*v.keys, "\x00locale", "\x00options"), append(*v.items, argumentOr(args, 0), argumentOr(args, 1))
		return v
	case "RegExp":
		if of := argumentOr(args, 0); of.kind == text || of.kind == regularExpression {
			v := value{kind: regularExpression, str: of.str}
			if of.kind == regularExpression {
				v.more = of.more
			}
			if flags := argumentOr(args, 1); flags.kind == text {
				v.more = flags.str
			}
			if e.machine != nil {
				v.items = &[]value{numberValue(0)}
			}
			return v
		}
	case "URL":
		if file, ok := besides(argumentOr(args, 0), argumentOr(args, 1)); ok {
			return value{kind: dictionary, more: "URL", keys: &[]string{"href", "protocol", "host", "pathname", "search", "hash"},
				items: &[]value{textValue("file://" + file), textValue("file:"), textValue(""), textValue(file), textValue(""), textValue("")}}
		}
		return e.urlOf(args)
	}
	return value{}
}

// functionOf returns the function that "new Function" makes, where its body only
// gives a global by name or a constant.
func (e *evaluator) functionOf(args []argument) value {
	if len(args) != 1 || args[0].kind != text {
		return value{}
	}
	body, ok := strings.CutPrefix(strings.TrimSpace(args[0].str), "return")
	if body = strings.Trim(body, " \t\r\n;()"); !ok || body == "" || len(body) > 256 {
		return value{}
	}
	return value{kind: method, str: "return", self: e.dotted(body)}
}

// dotted returns the global that a text of names with dots means; nil if the
// text is no such thing.
func (e *evaluator) dotted(s string) *value {
	v := value{kind: globalName}
	for i, name := range strings.Split(s, ".") {
		if name == "" || !js.IsIdentifierStart([]byte(name)) || strings.ContainsAny(name, " ()[]{};,+-*/'\"`=<>!?:&|\n") {
			return nil
		}
		if i == 0 && name == "this" {
			continue
		}
		v = e.member(v, name)
	}
	return &v
}

// besides is the path of a file whose address is relative to one in the script's
// directory, or that of one there.
func besides(name, base value) (string, bool) {
	if own, ok := strings.CutPrefix(name.str, "file://"); ok && name.kind == text && strings.HasPrefix(own, dirname) {
		return cleanPath(own), true
	}
	from := strings.TrimPrefix(base.str, "file://")
	if name.kind != text || base.kind != text || !strings.HasPrefix(from, dirname) || strings.HasPrefix(name.str, "/") || strings.Contains(name.str, ":") {
		return "", false
	}
	return cleanPath(path.Dir(from) + "/" + name.str), true
}
