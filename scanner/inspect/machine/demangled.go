package machine

import (
	"strings"
)

// builtinTypes are those of C++ that a letter stands for in a mangled name.
var builtinTypes = map[byte]string{
	'v': "void", 'w': "wchar_t", 'b': "bool", 'c': "char", 'a': "signed char", 'h': "unsigned char", 's': "short", 't': "unsigned short",
	'i': "int", 'j': "unsigned int", 'l': "long", 'm': "unsigned long", 'x': "long long", 'y': "unsigned long long", 'f': "float", 'd': "double",
	'e': "long double", 'z': "...",
}

// typeSuffixes are what a letter before a type adds behind it.
var typeSuffixes = map[byte]string{'P': "*", 'R': "&", 'O': "&&", 'K': " const", 'V': " volatile"}

// demangled reads the name of a type or a symbol as compilers of C++ write it (Itanium C++
// ABI, 5.1), of the simple ones: names within others, with types for arguments. It fails for
// another, and tells what it took: the bytes it went over.
func demangled(mangled string) (text string, took int, ok bool) {
	d := &demangler{rest: mangled, took: len(mangled)}
	text = d.whole()
	return text, d.took, !d.failed
}

type demangler struct {
	rest   string
	seen   []string // what a substitution may stand for
	failed bool
	took   int // bytes that were read, or written as a part or as the whole
}

// whole reads a type, or a symbol with the types of its arguments.
func (d *demangler) whole() string {
	symbol, is := strings.CutPrefix(d.rest, "_Z")
	if !is {
		text := d.typed(0)
		if d.rest != "" {
			return d.fail()
		}
		return text
	}
	d.rest = symbol
	behind := ""
	if strings.HasPrefix(d.rest, "NK") {
		behind = " const"
	}
	text := d.typed(0)
	if n := len(d.seen); n > 0 && d.seen[n-1] == text { // no type has the name of a function
		d.seen = d.seen[:n-1]
	}
	var arguments []string
	for d.rest != "" && !d.failed {
		arguments = append(arguments, d.typed(0))
	}
	if len(arguments) == 0 {
		return text
	}
	return d.joined("", text, "(", strings.TrimPrefix(d.joined(", ", arguments...), "void"), ")", behind)
}

func (d *demangler) fail() string {
	d.failed = true
	return ""
}

// joined puts parts together, as far as that is not too much: a few substitutions of what has
// some itself stand for a text of any length.
func (d *demangler) joined(between string, parts ...string) string {
	for _, part := range parts {
		if d.took += len(part) + len(between); d.took > maxSource {
			return d.fail()
		}
	}
	return strings.Join(parts, between)
}

// made notes a part that may be referred to.
func (d *demangler) made(text string) string {
	d.seen = append(d.seen, text)
	return text
}

func (d *demangler) next() (c byte) {
	if d.rest == "" {
		d.failed = true
		return 0
	}
	c, d.rest = d.rest[0], d.rest[1:]
	return c
}

// typed reads a type, or a name.
func (d *demangler) typed(depth int) string {
	const deepest = 16
	if depth == deepest || d.rest == "" || d.failed {
		return d.fail()
	}
	c := d.rest[0]
	if behind, ok := typeSuffixes[c]; ok {
		d.rest = d.rest[1:]
		return d.made(d.joined("", d.typed(depth+1), behind))
	}
	if name, ok := builtinTypes[c]; ok {
		d.rest = d.rest[1:]
		return name
	}
	if c == 'N' {
		return d.nested(depth)
	}
	name, known := d.part("")
	if !known {
		d.made(name)
	}
	return d.withArguments(name, depth)
}

// nested reads names within one another.
func (d *demangler) nested(depth int) string {
	d.rest = strings.TrimLeft(d.rest[1:], "KVr")
	var name string
	for !d.failed && !strings.HasPrefix(d.rest, "E") {
		if strings.HasPrefix(d.rest, "I") {
			name = d.withArguments(name, depth)
			continue
		}
		part, known := d.part(name)
		if name != "" {
			part = d.joined("::", name, part)
		}
		if name = part; !known {
			d.made(name)
		}
	}
	d.rest = strings.TrimPrefix(d.rest, "E")
	return name
}

// withArguments reads the arguments of a template, where there are any.
func (d *demangler) withArguments(name string, depth int) string {
	if !strings.HasPrefix(d.rest, "I") {
		return name
	}
	d.rest = d.rest[1:]
	var all []string
	for !d.failed && !strings.HasPrefix(d.rest, "E") {
		all = append(all, d.typed(depth+1))
	}
	d.rest = strings.TrimPrefix(d.rest, "E")
	return d.made(d.joined("", name, "<", d.joined(", ", all...), ">"))
}

// part reads one name, within another, and tells whether it was known before.
func (d *demangler) part(within string) (name string, known bool) {
	const digits = "0123456789"
	switch c := d.next(); {
	case c == 'S' && strings.HasPrefix(d.rest, "t"):
		d.rest = d.rest[1:]
		if d.rest == "" || strings.IndexByte(digits, d.rest[0]) < 0 {
			return "std", true
		}
		name, _ = d.part("")
		return "std::" + name, false
	case c == 'S':
		place := 0
		for c = d.next(); c != '_' && !d.failed; c = d.next() {
			digit := strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", c)
			if place = 36*max(place-1, 0) + digit + 1; digit < 0 || place > len(d.seen) {
				return d.fail(), true
			}
		}
		if place >= len(d.seen) {
			return d.fail(), true
		}
		return d.seen[place], true
	case (c == 'C' || c == 'D') && within != "":
		if d.next(); c == 'D' {
			name = "~"
		}
		return name + within[strings.LastIndexByte(within, ':')+1:], false
	case c >= '1' && c <= '9':
		size := int(c - '0')
		for d.rest != "" && strings.IndexByte(digits, d.rest[0]) >= 0 && size < maxText {
			size = 10*size + int(d.next()-'0')
		}
		if size > len(d.rest) {
			return d.fail(), false
		}
		name, d.rest = d.rest[:size], d.rest[size:]
		return name, false
	}
	return d.fail(), false
}
