package javascript

import (
	_ "embed"
	"strings"
	"sync"
)

// builtins.txt lists, for objects of the language and of Node.js 20, the names of
// their properties in the order of Object.getOwnPropertyNames. Behind those of the global
// object stand some that later versions have.
//
//go:embed builtins.txt
var builtinsText string

var builtins = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(builtinsText) {
		if object, names, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			all[object] = strings.Fields(names)
		}
	}
	return all
})

// loadedModules is process.moduleLoadList, as it is once all of them are loaded.
func loadedModules() value {
	var names []string
	for _, name := range builtins()["module.builtinModules"] {
		names = append(names, "NativeModule "+name)
	}
	return texts(names)
}

// ownMembers are the names of what values have by the language itself.
var ownMembers = sync.OnceValue(func() map[valueKind]map[string]bool {
	all := map[valueKind]map[string]bool{}
	for kind, prototype := range map[valueKind]string{text: "String", array: "Array", number: "Number", boolean: "Boolean"} {
		all[kind] = map[string]bool{}
		for _, object := range []string{prototype + ".prototype", "Object.prototype"} {
			for _, name := range builtins()[object] {
				all[kind][name] = true
			}
		}
	}
	return all
})

// hasBuiltin tells whether an object has a property by the language itself.
func hasBuiltin(object, name string) bool {
	for _, n := range builtins()[object] {
		if n == name {
			return true
		}
	}
	return false
}

// ofPlatform tells whether a global, or what it is a property of, is one that Node.js
// or another platform may have.
func ofPlatform(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	switch name {
	case "Bun", "Deno", "XMLHttpRequest":
		return true
	}
	return hasBuiltin("globalThis", name)
}

// nativeText is the text of a function that the engine brings.
func nativeText(name string) string { return "function " + name + "() { [native code] }" }

// isFunction tells whether a global is a function, by its whole name.
func isFunction(global string) bool {
	if global == "" {
		return false
	}
	object, name, ok := cutLast(global)
	if !ok {
		object = "globalThis"
	}
	if !hasBuiltin(object, name) {
		return globalFunctions[global] || globalLoaders[global]
	}
	switch first := name[0]; {
	case object == "globalThis":
		return first >= 'A' && first <= 'Z' && name != "NaN" && name != "Infinity" && name != "JSON" && name != "Math" && name != "Reflect" && name != "Intl" ||
			globalFunctions[global] || globalLoaders[global]
	case first == '$', object == "Symbol" && name != "for" && name != "keyFor", object == "Math" && first <= 'Z':
		return false
	}
	switch name {
	case "length", "name", "prototype", "constructor", "size", "flags", "source", "global", "sticky", "unicode", "multiline":
		return false
	}
	return true
}

// languageFunction tells whether a value is a function of the language, which is there
// wherever the script runs.
func languageFunction(v value) bool {
	return v.kind == globalName && v.more == "" && pure(v.str) && !globalLoaders[v.str] && isFunction(v.str)
}

// cutLast parts a name with dots before the last part.
func cutLast(name string) (object, last string, ok bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return "", name, false
	}
	return name[:dot], name[dot+1:], true
}

// tags is what Object.prototype.toString calls a value of a kind, empty where more must be
// known of it.
var tags = [...]string{
	unknown: "", undefined: "Undefined", null: "Null", boolean: "Boolean", number: "Number", text: "String", buffer: "Uint8Array",
	array: "Array", dictionary: "Object", regularExpression: "RegExp", bigInteger: "BigInt", symbol: "Symbol",
	collection: "", iterator: "", closure: "Function", globalName: "", module: "", method: "Function",
}

// tagOf is what Object.prototype.toString makes of a value: [object Array].
func tagOf(v value) (string, bool) {
	tag := tags[v.kind]
	switch v.kind {
	case dictionary:
		if _, ok := itemOf(v, errorKey); ok {
			tag = "Error"
		} else if v.more != "" {
			tag = v.more
		}
		if own, ok := itemOf(v, symbolKey+"Symbol.toStringTag"); ok {
			if own.kind != text {
				return "", false
			}
			tag = own.str
		}
	case collection:
		tag = v.str
	case globalName:
		switch {
		case v.str == "Math", v.str == "JSON", v.str == "Reflect", v.str == "Atomics", v.str == "process":
			tag = v.str
		case isFunction(v.str):
			tag = "Function"
		case v.str == "":
			tag = "global"
		}
	}
	return "[object " + tag + "]", tag != ""
}

// classKey and errorKey are the keys under which an object keeps its class, and an
// error the name of its own.
const (
	classKey = "\x00class"
	errorKey = "\x00error"
)

// errorText is an error as a text.
func errorText(v value) (string, bool) {
	class, ok := itemOf(v, errorKey)
	if !ok {
		return "", false
	}
	name := class.str
	if own, ok := itemOf(v, "name"); ok {
		name = own.str
	}
	message := itemText(v, "message")
	switch {
	case message == "":
		return name, true
	case name == "":
		return message, true
	}
	return name + ": " + message, true
}
