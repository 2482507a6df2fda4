package php

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// An object is an instance of a class while a script is traced.
type object struct {
	class      string // in lower case; of the script, or one of PHP's own
	number     int    // among all objects of the trace
	properties map[string]value
	order      []string          // of the properties, as far as it is known
	elements   *array            // of one of PHP's collections
	args       []value           // of the constructor, where the class is PHP's own
	ranks      []value           // of the elements of a heap
	nodes      []*node           // of a document
	fiber      *fiberRun         // of a Fiber that is started
	connection *sqlConnection    // to a database of SQLite
	cursor     *sqlCursor        // of a statement for one
	send       func(value) value // goes on with a generator, where yield is a value
	random     generator         // that it is, once it was asked
	extended   bool              // it may be of a class of another file that extends its own
	ended      bool              // its destructor has run
	gone       map[string]bool   // properties that were unset
	single     bool              // a case of an enumeration: there is no other like it
}

// A classInfo is a class of the script.
type classInfo struct {
	name, full string // with its namespace, as it is spelled and as the survey has it
	at         int    // its keyword
	parents    []string
	properties []property
	methods    map[string]*declaration // by their names in lower case
	constants  []string
	cases      []string // of an enumeration
	trait      bool
	extends    bool              // the first of the parents is the class that it extends
	home       *code             // that a trace ran and that declares it
	aliases    map[string]string // of the methods of its traits, to their names there
}

type property struct {
	name  string // with $
	value int    // the token of its default, 0 for none
	at    int
}

// set gives an object a property.
func (o *object) set(name string, v value) {
	const most = 1 << 10
	if _, has := o.properties[name]; !has && len(o.order) < most {
		o.order = append(o.order, name)
	}
	o.properties[name] = v
}

// names are the names of the properties in their order.
func (o *object) names() []string {
	names := make([]string, 0, len(o.properties))
	had := make(map[string]bool, len(o.properties))
	for _, name := range append(slices.Clip(o.order), slices.Sorted(maps.Keys(o.properties))...) {
		if _, has := o.properties[name]; has && !had[name] {
			names, had[name] = append(names, name), true
		}
	}
	return names
}

func objectValue(o *object) value { return value{guess: &guess{object: o}} }

// object is the object that a value is, if it is one.
func (v value) object() *object {
	if v.known() || v.guess == nil {
		return nil
	}
	return v.guess.object
}

// classNamed finds a class of the script by its name, whatever its namespace; nil
// where it declares none.
func (s *survey) classNamed(name string) *classInfo {
	if c := s.classes[name]; c != nil {
		return c
	}
	return s.classes[s.shortNames[name[strings.LastIndexByte(name, '\\')+1:]]]
}

// method finds a method in a class and in those that it is made of.
func (s *survey) method(class, name string) (d *declaration, of string) {
	s.ancestors(class, func(c *classInfo, full string) bool {
		switch found := c.methods[name]; {
		case found == nil:
			name = cmp.Or(c.aliases[name], name)
		case d == nil || found.body > 0:
			d, of = found, full
		}
		return d == nil || d.body == 0 // an interface only names it, which a trait or a parent has
	})
	return d, of
}

// ancestors calls visit with a class, its parents, its interfaces and its traits,
// until that says no. The name is that of the class that self means there: what
// stands in a trait is the class's that uses it.
func (s *survey) ancestors(class string, visit func(c *classInfo, name string) bool) {
	const most = 16
	type ancestor struct{ name, as string }
	queue := []ancestor{{class, class}}
	for n := 0; n < len(queue) && n < most; n++ {
		c := s.classNamed(queue[n].name)
		if c == nil {
			continue
		}
		as := queue[n].name
		if c.trait {
			as = queue[n].as
		}
		if !visit(c, as) {
			return
		}
		for _, parent := range c.parents[:min(len(c.parents), most-len(queue))] {
			queue = append(queue, ancestor{parent, as})
		}
	}
}

// classConstant is the fact of a constant of a class or of what it is made of.
func (s *survey) classConstant(class, name string) (f *fact) {
	if f = s.constants[class+"::"+name]; f != nil || class == "" {
		return f
	}
	s.ancestors(class, func(c *classInfo, _ string) bool {
		f = s.constants[c.key()+"::"+name]
		return f == nil
	})
	return f
}

// parent is the class that one extends; empty for none.
func (s *survey) parent(class string) string {
	if c := s.classes[class]; c != nil && len(c.parents) > 0 {
		return c.parents[0]
	}
	return ""
}

// extended tells whether a class of the script extends one.
func (s *survey) extended(class string) bool {
	of := s.classNamed(class)
	for _, c := range s.classes {
		for _, p := range c.parents {
			if of != nil && s.classNamed(lower(strings.TrimPrefix(p, `\`))) == of {
				return true
			}
		}
	}
	return false
}

// instance makes an object of a class and runs its constructor.
func (r *reader) instance(class string, args []argument) value {
	return r.constructed(&object{class: class}, args)
}

// constructed runs the constructor of an object that is new.
func (r *reader) constructed(o *object, args []argument) value {
	class := o.class
	const most = 4096 // objects of one script
	if r.trace.instances++; r.trace.instances > most {
		r.trace.limit = tooManyObjects
		return value{}
	}
	if class == "reflectionfunction" && len(args) > 0 && !args[0].value.known() && args[0].value.marks&fromList != 0 {
		return marked(fromList)
	}
	r.trace.made++
	o.number = r.trace.made
	if o.properties == nil {
		o.properties = map[string]value{}
	}
	c := r.survey.classNamed(class)
	if c == nil {
		r.askFor(class, 0)
		c = r.survey.classNamed(class)
	}
	if r.isException(class) {
		o.properties["trace"] = r.backtrace()
	}
	own, _ := r.survey.method(class, "__construct")
	if c == nil || r.isException(class) && own == nil {
		for _, a := range args {
			o.args = append(o.args, a.value)
		}
		if r.collect(o); r.isException(class) {
			r.madeWith(o, args)
		}
	}
	if c != nil && strings.HasPrefix(r.builtinClass(class), "dom") {
		if own == nil {
			o.args = valuesOf(args)
		}
		r.document(o)
	}
	if of := builtinNamed(r.builtinClass(class)); c != nil && of != nil && collections[lower(of.name)] && (own == nil || !of.hasMethod("__construct")) {
		if own == nil {
			o.args = append(o.args, valuesOf(args[:min(1, len(args))])...)
		}
		r.collect(o)
	}
	if own == nil {
		r.connect(o, valuesOf(args))
	}
	r.setDefaults(o)
	if c != nil {
		r.remember(o)
		if d, of := r.survey.method(class, "__construct"); d != nil {
			r.runMethod(d, of, o, args)
		}
	}
	return objectValue(o)
}

// setDefaults gives an object the properties of its class that are something at first.
func (r *reader) setDefaults(o *object) {
	r.survey.ancestors(o.class, func(c *classInfo, of string) bool {
		for _, p := range c.properties {
			if _, set := o.properties[p.name]; !set && p.value > 0 {
				v := r.propertyDefault(c, of, p)
				if o.extended && !cmp.Or(c.home, r.trace.globals.home).isPrivate(p.at) {
					v = r.orOfHeir(o, "property", p.name, v)
				}
				o.set(p.name, v)
			}
		}
		return true
	})
}

// inClass is a reader that computes as if within a class.
func (r *reader) inClass(class string) *reader {
	m := r.frame()
	if c := r.survey.classNamed(class); c != nil {
		m.goInto(c.home)
		if len(c.parents) > 0 {
			m.blocks[0].parent = c.parents[0]
		}
	}
	m.blocks[0].class = class
	return m
}

// valueAt is the value of the expression at a token.
func (r *reader) valueAt(at int) value {
	r.at = at
	return r.expression(precAssign)
}

// property is what a script gets where it asks an object for a property.
func (r *reader) property(o *object, name string) value {
	if d, of := r.overload(o, name, "__get"); d != nil && r.hides(o, name) {
		return r.runMethod(d, of, o, []argument{{value: stringValue(name)}})
	}
	return r.ownProperty(o, name)
}

// ownProperty is what an object has under a name, wherever that may be seen.
func (r *reader) ownProperty(o *object, name string) value {
	if v, ok := o.properties["$"+name]; ok {
		return v.there()
	}
	if o.elements != nil && collections[o.class] {
		if v := o.elements.value().element(stringValue(name)); v.known() {
			return v
		}
	}
	if len(o.nodes) > 0 {
		of := documentProperty
		if o.class == "xmlreader" {
			of = readerProperty
		}
		if v, ok := of(r.budget, o, name); ok {
			return v
		}
	}
	if d, of := r.overload(o, name, "__get"); d != nil {
		return r.runMethod(d, of, o, []argument{{value: stringValue(name)}})
	}
	if choices := r.restored(name); len(choices) > 0 {
		return value{guess: &guess{choices: choices}}
	}
	return r.orOfHeir(o, "property", name, value{})
}

// overload is the method __get or __set of an object, where PHP calls it for a property that
// is not there or cannot be seen: not for one that the class declares from within it, nor
// for the one that the method itself is about.
func (r *reader) overload(o *object, name, method string) (*declaration, string) {
	d, of := r.survey.method(o.class, method)
	if d == nil {
		return nil, ""
	}
	for m := r; m != nil && m.running != nil; m = m.caller {
		if m.running == d && m.this == o && len(m.passedIn) > 0 && m.passedIn[0].value.s == name {
			return nil, ""
		}
	}
	if c, _, _ := r.declares(o, name); c != nil && !o.gone[name] && !r.hides(o, name) {
		return nil, ""
	}
	return d, of
}

// declares is the class that declares a property of an object, its name, and where.
func (r *reader) declares(o *object, name string) (in *classInfo, class string, at int) {
	r.survey.ancestors(o.class, func(c *classInfo, as string) bool {
		for _, p := range c.properties {
			if p.name[1:] == name {
				in, class, at = c, as, p.at
			}
		}
		return in == nil
	})
	return in, class, at
}

// hides tells whether a property of an object cannot be seen from where the reader is.
func (r *reader) hides(o *object, name string) bool {
	c, by, at := r.declares(o, name)
	if c == nil {
		return false
	}
	switch home := cmp.Or(c.home, r.trace.globals.home); {
	case home.isPrivate(at):
		return r.block().class != by
	case !home.isMarked(at, "protected"):
		return false
	}
	within := false
	r.survey.ancestors(o.class, func(_ *classInfo, class string) bool {
		within = within || class == r.block().class
		return !within
	})
	return !within
}

// callMethod calls a method of an object. The name stands before the parenthesis at
// a token.
func (r *reader) callMethod(o *object, name string, args []argument, open int) value {
	written := name
	name = lower(name)
	if d, of := r.survey.method(o.class, name); d != nil {
		v := r.runMethod(d, of, o, args)
		if o.extended && !cmp.Or(d.home, r.trace.globals.home).isPrivate(d.params-1) {
			v = r.orOfHeir(o, "method", name, v)
		}
		return v
	}
	if name == "openfile" && len(o.args) > 0 {
		r.sawOpen(fileObject, "__construct", []argument{{value: o.args[0]}}, open)
	}
	args = r.inPlaces(r.builtinClass(o.class)+"::"+name, args)
	r.sawOpen(o.class, name, args, open)
	if v, ok := r.builtinMethod(o, name, args, open); ok {
		return v
	}
	if d, of := r.survey.method(o.class, "__call"); d != nil {
		return r.runMethod(d, of, o, []argument{{value: stringValue(written)}, {value: listed(args)}})
	}
	return elsewhere("method", name, 0)
}

// callStatic calls a method of a class.
func (r *reader) callStatic(class, name string, args []argument) value {
	written := name
	name = lower(name)
	d, of := r.survey.method(class, name)
	var this *object
	if r.this != nil {
		this = r.this // parent::f() and the like
	}
	switch {
	case d != nil && this != nil:
		return r.runMethod(d, of, this, args)
	case d == nil && this != nil && (this.elements != nil || len(this.nodes) > 0 || this.connection != nil) && name != "__construct" && r.survey.classNamed(class) == nil && r.builtinClass(this.class) == class:
		v, _ := r.builtinMethod(this, name, args, 0)
		return v
	case d != nil:
		called := class
		if r.called != "" && r.extends(r.called, class) { // parent::f() and self::f()
			called = r.called
		}
		return r.runCalled(d, of, called, nil, args)
	case name == "__construct" && this != nil && this.elements == nil && collections[r.builtinClass(this.class)]:
		for _, a := range args {
			this.args = append(this.args, a.value)
		}
		r.collect(this)
		return value{}
	case name == "__construct" && this != nil && sqliteClasses[r.builtinClass(this.class)]:
		r.connect(this, valuesOf(args))
		return value{}
	case name == "__construct" && this != nil && r.isException(this.class):
		r.madeWith(this, args)
		return value{}
	case name == "escapestring" && r.builtinClass(class) == "sqlite3":
		v, _ := r.connectionMethod(new(sqlConnection), name, args, 0)
		return v
	case name == "fromarray" && class == "splfixedarray" && len(args) > 0:
		return r.instance("arrayobject", args[:1])
	case r.survey.classNamed(class) != nil:
		if v, ok := r.enumeration(class, name, args); ok {
			return v
		}
		if d, of := r.survey.method(class, "__callstatic"); d != nil {
			return r.runCalled(d, of, class, nil, []argument{{value: stringValue(written)}, {value: listed(args)}})
		}
	}
	return elsewhere("method", name, 0)
}

// listed is an array of arguments.
func listed(args []argument) value {
	list := newArray(len(args))
	for _, a := range args {
		if a.name != "" {
			list.set(arrayKey{s: "s" + a.name}, a.value)
		} else {
			list.append(a.value)
		}
	}
	return list.value()
}

// enumCase is the case of an enumeration; ok is false where there is none.
func (r *reader) enumCase(class, name string) (v value, ok bool) {
	c := r.survey.classNamed(class)
	if c == nil {
		return value{}, false
	}
	for _, n := range c.cases {
		if n != name {
			continue
		}
		key := class + "::" + name
		if v, made := r.trace.statics[key]; made {
			return v, true
		}
		r.trace.made++
		o := &object{class: class, number: r.trace.made, properties: map[string]value{"$name": stringValue(name)}, single: true}
		if f := r.survey.constants[c.key()+"::"+name]; f != nil {
			o.properties["$value"] = r.fact(f)
		}
		v = objectValue(o)
		r.trace.statics[key] = v
		return v, true
	}
	return value{}, false
}

// enumeration is cases, from and tryFrom.
func (r *reader) enumeration(class, name string, args []argument) (value, bool) {
	c := r.survey.classNamed(class)
	from := name == "from" || name == "tryfrom"
	if c == nil || len(c.cases) == 0 || name != "cases" && (!from || len(args) == 0) {
		return value{}, false
	}
	all, any := newArray(0), map[string]value{}
	for i, n := range c.cases {
		v, _ := r.enumCase(class, n)
		all.append(v)
		for property, of := range v.object().properties {
			if i > 0 {
				of = r.joined(any[property], of)
			}
			any[property] = of
		}
	}
	if !from {
		return all.value(), true
	}
	given := args[0].value
	for _, wanted := range append(given.oneOf(), given) {
		for _, v := range all.values {
			if same := looselyEqual(v.object().properties["$value"], wanted); same.n != 0 {
				return v.whichever(!given.known()), true
			}
		}
	}
	if given.known() {
		return value{kind: nullKind}, true
	}
	return objectValue(&object{class: class, properties: any}), true
}

// sameCase tells whether two values are the same case of an enumeration; known is false
// where they may be something else.
func sameCase(a, b value) (same, known bool) {
	x, y := a.object(), b.object()
	isCase := func(o *object) bool { return o != nil && o.single }
	known = isCase(x) && (isCase(y) || b.kind == nullKind) || isCase(y) && a.kind == nullKind
	return known && x == y, known
}

// whichever is a value that may be another one instead.
func (v value) whichever(may bool) value {
	if o := v.object(); may && o != nil && o.single {
		other := *o
		other.single = false
		return objectValue(&other)
	}
	return v
}

// key is the name of a class in the survey.
func (c *classInfo) key() string { return c.full }

// extends tells whether a class is another one or is made of it.
func (r *reader) extends(class, other string) bool {
	found, wanted := false, r.survey.classNamed(other)
	r.survey.ancestors(class, func(c *classInfo, _ string) bool {
		found = c == wanted
		return !found && r.budget.Step()
	})
	return found
}

// propertyDefault is what a property is at first, of a class whose self is another
// one where it stands in a trait.
func (r *reader) propertyDefault(c *classInfo, self string, p property) value {
	m := r.inClass(self)
	m.goInto(c.home)
	return m.valueAt(p.value)
}
