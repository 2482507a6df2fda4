package php

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A script may find a class of PHP's own, or a method of one, without its name: among all
// that there are, by what they have.

// classesText are the classes of PHP 8.2 and then its interfaces, in the order in which
// get_declared_classes and get_declared_interfaces have them, as reflection tells them.
// Each is a line: its kind, which is private where nobody else may make one, its extension,
// its name, its parent, its interfaces beside those of the parent, the methods that it
// declares itself and those of its constants that are numbers, or texts without blanks:
// A=1 B='text.
//
//go:embed classes.txt
var classesText string

// A builtin is a class or an interface of PHP's own.
type builtin struct {
	kind, extension, name, parent string
	interfaces, methods           []string
	constants                     map[string]value
}

// builtins are the classes and interfaces of PHP in their order, and by their names in
// lower case.
var builtins = sync.OnceValues(func() (all []*builtin, byName map[string]*builtin) {
	byName = map[string]*builtin{}
	for line := range strings.Lines(classesText) {
		f := strings.Fields(line)
		b := &builtin{kind: f[0], extension: f[1], name: f[2], parent: strings.Trim(f[3], "-"), constants: map[string]value{}}
		for _, member := range f[5:] {
			name, is, isConstant := strings.Cut(member, "=")
			text, isText := strings.CutPrefix(is, "'")
			switch {
			case isText:
				b.constants[name] = value{kind: stringKind, s: text}
			case isConstant:
				n, _ := strconv.ParseInt(is, 10, 64)
				b.constants[name] = value{kind: intKind, n: n}
			default:
				b.methods = append(b.methods, name)
			}
		}
		if f[4] != "-" {
			b.interfaces = strings.Split(f[4], ",")
		}
		all, byName[lower(b.name)] = append(all, b), b
	}
	return all, byName
})

// builtin is the class of PHP's of a name that the script does not declare itself.
func (r *reader) builtin(class string) *builtin {
	if r.survey.classNamed(lower(class)) != nil {
		return nil
	}
	return builtinNamed(class)
}

// builtinNamed is the class of PHP's of a name; nil for none.
func builtinNamed(name string) *builtin {
	_, byName := builtins()
	return byName[lower(strings.TrimPrefix(name, `\`))]
}

// parents are the names of the classes that one extends.
func (b *builtin) parents() (names []string) {
	for _, c := range b.lineage()[1:] {
		names = append(names, c.name)
	}
	return names
}

// lineage are a class and those that it extends.
func (b *builtin) lineage() (line []*builtin) {
	for ; b != nil; b = builtinNamed(b.parent) {
		line = append(line, b)
	}
	return line
}

// allMethods are the methods of a class and those that it inherits, as get_class_methods
// has them.
func (b *builtin) allMethods() (names []string) {
	had := map[string]bool{}
	for _, c := range b.lineage() {
		for _, m := range c.methods {
			if !had[m] {
				had[m], names = true, append(names, m)
			}
		}
	}
	return names
}

// constantOfPHP is a constant of a class of PHP's, or of what it extends.
func (r *reader) constantOfPHP(class, name string) value {
	for _, c := range r.builtin(class).lineage() {
		if v, ok := c.constants[name]; ok {
			return v
		}
	}
	return value{}
}

// allInterfaces are the interfaces of a class and of those that it extends.
func (b *builtin) allInterfaces() (names []string) {
	for _, c := range b.lineage() {
		names = append(names, c.interfaces...)
	}
	return names
}

func (b *builtin) hasMethod(name string) bool {
	return slices.ContainsFunc(b.lineage(), func(c *builtin) bool {
		return slices.ContainsFunc(c.methods, func(m string) bool { return strings.EqualFold(m, name) })
	})
}

// isA tells whether a class extends another one, or is made of an interface.
func (b *builtin) isA(name string) bool {
	is := func(of string) bool { return strings.EqualFold(of, strings.TrimPrefix(name, `\`)) }
	return slices.ContainsFunc(b.parents(), is) || slices.ContainsFunc(b.allInterfaces(), is)
}

// declaredClasses are the classes, or the interfaces, that PHP and then the script
// declare, or those of one extension.
func (r *reader) declaredClasses(interfaces bool, extension string) value {
	all, _ := builtins()
	if !r.budget.Take(elementCost * len(all)) {
		return value{}
	}
	out := newArray(len(all))
	for _, b := range all {
		if (b.kind == "interface") == interfaces && (extension == "" || strings.EqualFold(extension, b.extension)) {
			v := stringValue(b.name)
			v.marks = ofClasses
			out.append(v)
		}
	}
	if interfaces || extension != "" {
		return out.value()
	}
	var own []*classInfo
	for _, c := range r.survey.classes {
		if c.home == nil && c.name != "" {
			own = append(own, c)
		}
	}
	slices.SortFunc(own, func(a, b *classInfo) int { return a.at - b.at })
	for _, c := range own {
		v := stringValue(c.name)
		v.marks = ofClasses
		out.append(v)
	}
	return out.value()
}

// listed is the class of PHP's that a value names which was found among all; nil for
// another value.
func (v value) listed() *builtin {
	if v.marks&ofClasses == 0 {
		return nil
	}
	return builtinNamed(v.s)
}

// askedOfClass are the functions that ask something of a class. It is answered for those
// that were found among all; of others that there are the script means to know whether
// this version of PHP has them.
func (r *reader) askedOfClass(name string, arg func(int) value) (value, bool) {
	b := arg(0).listed()
	of, known := arg(1).text()
	switch {
	case name == "defined":
		class, constant, ok := strings.Cut(arg(0).s, "::")
		if !ok || !arg(0).computed || !r.budget.Take(len(r.src)/64) || strings.Contains(r.src, class+"::") {
			return value{}, false
		}
		if c := r.survey.classNamed(lower(class)); c != nil {
			return boolValue(r.survey.classConstant(c.key(), constant) != nil), true
		}
		if r.builtin(class) == nil {
			return value{}, false
		}
		return boolValue(r.constantOfPHP(class, constant).known()), true
	case b == nil && arg(0).marks&ofClasses != 0 && name == "method_exists" && known: // one of the script's own
		d, _ := r.survey.method(lower(arg(0).s), lower(of))
		return boolValue(d != nil), true
	case b == nil:
		return value{}, false
	}
	switch name {
	case "class_exists":
		return boolValue(b.kind != "interface"), true
	case "interface_exists":
		return boolValue(b.kind == "interface"), true
	case "enum_exists", "trait_exists":
		return boolValue(false), true
	case "method_exists":
		if known {
			return boolValue(b.hasMethod(of)), true
		}
	case "is_subclass_of", "is_a":
		if known {
			return boolValue(b.isA(of) || name == "is_a" && strings.EqualFold(of, b.name)), true
		}
	}
	return value{}, false
}

// askedByReflection is what a ReflectionClass tells of a class of PHP's own.
func (r *reader) askedByReflection(name string, class, of value) (value, bool) {
	b := r.builtin(class.s)
	if b == nil {
		return value{}, false
	}
	about := func(class string, more ...value) value {
		return objectValue(&object{class: class, properties: map[string]value{}, args: more})
	}
	switch name {
	case "getname":
		return stringValue(b.name), true
	case "getextensionname":
		return stringValue(b.extension), true
	case "getextension":
		return about("reflectionextension", stringValue(b.extension)), true
	case "getparentclass":
		if b.parent == "" {
			return boolValue(false), true
		}
		return about("reflectionclass", stringValue(b.parent)), true
	case "getinterfacenames":
		return listOf(r.budget, b.allInterfaces()), true
	case "getmethods":
		out := newArray(0)
		for _, m := range b.allMethods() {
			if !r.budget.Take(elementCost) {
				break
			}
			o := about("reflectionmethod", class, stringValue(m))
			o.object().properties["$name"] = stringValue(m)
			o.object().properties["$class"] = class
			out.append(o)
		}
		return out.value(), true
	}
	if class.listed() == nil {
		return value{}, false
	}
	text, known := of.text()
	switch name {
	case "isinterface":
		return boolValue(b.kind == "interface"), true
	case "isabstract":
		return boolValue(b.kind == "interface" || b.kind == "abstract"), true
	case "isinstantiable":
		return boolValue(b.kind == "class"), true
	case "isinternal":
		return boolValue(true), true
	case "isuserdefined", "isanonymous", "isenum", "istrait":
		return boolValue(false), true
	case "hasmethod":
		if known {
			return boolValue(b.hasMethod(text)), true
		}
	case "issubclassof", "implementsinterface":
		if known {
			return boolValue(b.isA(text)), true
		}
	}
	return value{}, false
}
