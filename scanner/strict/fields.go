package strict

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

var (
	tomlUnmarshaler = reflect.TypeFor[toml.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// wantTable is said here and not by the parser, which passes over anything but
// a table where the Go type is a map.
const wantTable = "wrong type: expected table"

// fieldsOf remembers what is asked of each type.
type fieldsOf map[reflect.Type]typeFields

type typeFields struct {
	decodesItself bool
	byName        map[string]reflect.StructField // of a struct, by the toml names
}

// check follows k through the type that the file goes into. It returns what is
// wrong with the key, or nothing.
func (f fieldsOf) check(t reflect.Type, k key) (text, hint string) {
	for _, part := range k.path {
		t = pointee(t)
		fields := f.of(t)
		if fields.decodesItself {
			return "", ""
		}
		name, isName := part.(string)
		switch {
		case !isName && t.Kind() == reflect.Slice:
			t = t.Elem()
		case isName && t.Kind() == reflect.Map:
			t = t.Elem()
		case t.Kind() == reflect.Map:
			return wantTable, ""
		case isName && t.Kind() == reflect.Struct:
			field, ok := fields.byName[name]
			if !ok {
				return fmt.Sprintf("unknown key %q", name), nearest(name, fields.byName)
			}
			t = field.Type
		default:
			return "", "" // a value of the wrong type: the parser says so
		}
	}
	if pointee(t).Kind() == reflect.Map && !k.table {
		return wantTable, ""
	}
	return "", ""
}

func (f fieldsOf) of(t reflect.Type) typeFields {
	fields, ok := f[t]
	if !ok {
		fields.decodesItself = decodesItself(t)
		if t.Kind() == reflect.Struct {
			fields.byName = namesOf(t)
		}
		f[t] = fields
	}
	return fields
}

func namesOf(t reflect.Type) map[string]reflect.StructField {
	fields := map[string]reflect.StructField{}
	for _, field := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(field.Tag.Get("toml"), ",")
		switch {
		case !field.IsExported(), tag == "-", field.Anonymous && tag == "":
		case tag != "":
			fields[tag] = field
		default:
			fields[strings.ToLower(field.Name)] = field
		}
	}
	return fields
}

func pointee(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func decodesItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return t.Kind() == reflect.Interface || p.Implements(tomlUnmarshaler) || p.Implements(textUnmarshaler)
}

// nearest is a hint: the key that was probably meant, or else all that exist.
func nearest(name string, fields map[string]reflect.StructField) string {
	var names []string
	best, distance := "", 3
	for known := range fields {
		names = append(names, known)
		d := edits(strings.ToLower(name), known)
		if d < distance || d == distance && known < best {
			best, distance = known, d
		}
	}
	// Two edits make any two short words alike.
	if best != "" && distance*2 <= len(best) {
		return fmt.Sprintf("did you mean %q?", best)
	}
	slices.Sort(names)
	return "known keys here: " + strings.Join(names, ", ")
}

// edits is the Levenshtein distance; a word far longer than any key is just far.
func edits(a, b string) int {
	if len(a) > 2*len(b)+8 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above+1, row[j]+1, diagonal+cost)
			diagonal = above
		}
	}
	return row[len(b)]
}
