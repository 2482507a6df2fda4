// Package entities puts the entities of a document of XML where they are referred to, as
// its reader does before it fetches what they name (XML 1.0, 4.4 and 4.5): an address may be
// spelled by references, and stand in an entity that an entity declares.
package entities

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	most    = 64 << 10 // bytes that a document comes to, and that entities have: they may grow without end
	work    = 4 * most // bytes that are read for them beside the document, of entities again and again
	deepest = 16       // entities in entities
	step    = 16       // what one look at the text takes, in bytes
)

var (
	declaration = regexp.MustCompile(`^<!ENTITY\s+(%\s+)?([\w:.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)
	reference   = regexp.MustCompile(`^(?:[&%][\w:.-]+|&#(?:[0-9]{1,7}|x[0-9A-Fa-f]{1,6}));`)
	predefined  = map[string]string{"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": `"`, "&apos;": "'"}
)

// Included gives a document with its entities in the place of the references to them, and
// without their declarations.
func Included(document string) string {
	if !strings.ContainsAny(document, "&%") {
		return document
	}
	d := &reader{values: map[string]string{}, left: most, work: min(len(document), most) + work}
	d.read(document, 0)
	return d.out.String()
}

type reader struct {
	values map[string]string // of entities, by the references to them
	out    strings.Builder
	left   int // bytes that may be written
	work   int // bytes that may be read
}

func (d *reader) read(text string, depth int) {
	if depth == deepest {
		return
	}
	for len(text) > 0 && d.left > 0 && d.work > 0 {
		next := strings.IndexAny(text, "&%<")
		if next < 0 {
			next = len(text)
		}
		d.work -= next + step
		d.write(text[:next])
		text = text[next:]
		if m := declaration.FindStringSubmatch(text); m != nil {
			d.work -= len(m[0])
			d.declare(m[1] != "", m[2], m[3]+m[4])
			text = text[len(m[0]):]
			continue
		}
		name := reference.FindString(text)
		value, known := d.values[name]
		switch {
		case known:
			d.read(value, depth+1)
		case name != "":
			d.write(character(name))
		case text != "":
			name = text[:1]
			d.write(name)
		}
		text = text[len(name):]
	}
}

func (d *reader) write(text string) {
	text = text[:min(len(text), d.left)]
	d.left -= len(text)
	d.out.WriteString(text)
}

// declare notes the value of an entity, in which characters and parameters are put already
// where it is declared. The first declaration counts.
func (d *reader) declare(parameter bool, name, literal string) {
	if name = "&" + name + ";"; parameter {
		name = "%" + name[1:]
	}
	if _, known := d.values[name]; known {
		return
	}
	var value strings.Builder
	for len(literal) > 0 && value.Len() < d.left {
		next := strings.IndexAny(literal, "&%")
		if next < 0 {
			next = len(literal)
		}
		value.WriteString(literal[:next])
		literal = literal[next:]
		found := reference.FindString(literal)
		switch {
		case strings.HasPrefix(found, "&#"):
			value.WriteString(character(found))
		case strings.HasPrefix(found, "%"):
			value.WriteString(d.values[found])
		case literal != "":
			found = literal[:1]
			value.WriteString(found)
		}
		literal = literal[len(found):]
	}
	d.left -= value.Len()
	d.values[name] = value.String()
}

// character is what a reference to a character stands for, or else the reference itself.
func character(name string) string {
	number, ok := strings.CutPrefix(strings.TrimSuffix(name, ";"), "&#")
	if !ok {
		if c, ok := predefined[name]; ok {
			return c
		}
		return name
	}
	base := 10
	if strings.HasPrefix(number, "x") {
		number, base = number[1:], 16
	}
	n, err := strconv.ParseInt(number, base, 32)
	if err != nil {
		return name
	}
	return string(rune(n))
}
