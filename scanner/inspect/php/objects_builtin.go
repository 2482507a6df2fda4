package php

import (
	"slices"
	"strings"
)

// collections are the classes of PHP that hold elements.
var collections = map[string]bool{
	"arrayobject": true, "arrayiterator": true, "splstack": true, "splqueue": true, "spldoublylinkedlist": true, "splfixedarray": true,
	"iteratoriterator": true, "recursivearrayiterator": true, "splpriorityqueue": true, "splmaxheap": true, "splminheap": true,
	"generator": true, "limititerator": true, "cachingiterator": true, "norewinditerator": true, "infiniteiterator": true, "appenditerator": true,
	"recursiveiteratoriterator": true, "splobjectstorage": true, "callbackfilteriterator": true, "regexiterator": true,
}

// collect gives an object of a collection, or of a document, its elements.
func (r *reader) collect(o *object) {
	if o.class == simpleXML && len(o.args) > 0 {
		if n := parsedDocument(r.budget, o.args[0].s); n != nil {
			o.nodes = n.children
		}
	}
	if !collections[o.class] {
		return
	}
	o.elements = newArray(0)
	if len(o.args) > 0 {
		if in := r.iterated(o.args[0]); in != nil {
			o.elements = in.clone()
		}
	}
	switch n := int64(len(o.elements.values)); {
	case o.class == "limititerator" && len(o.args) > 1:
		if from, to, ok := offsets(o.args[1:min(len(o.args), 3)], n); ok {
			o.elements = sliced(o.elements, int(from), int(to), true).array
		}
	case o.class == "recursiveiteratoriterator":
		flat := newArray(0)
		r.flatten(o.elements, flat, 0)
		o.elements = flat
	}
}

// flatten appends the elements of an array, and of the arrays in it, to another.
func (r *reader) flatten(in, out *array, depth int) {
	for _, v := range in.values {
		if !r.budget.Take(elementCost) || depth > maxCalls {
			return
		}
		if inner := elementsOf(v); inner != nil {
			r.flatten(inner, out, depth+1)
			continue
		}
		out.append(v)
	}
}

// elementsOf are the elements of an array or of a collection; nil for none.
func elementsOf(v value) *array {
	if v.kind == arrayKind {
		return v.array
	}
	if o := v.object(); o != nil {
		return o.elements
	}
	return nil
}

// isException tells whether a class is an exception, of the script or of PHP.
func (r *reader) isException(class string) bool {
	found := false
	is := func(name string) bool {
		name = lower(name)
		return strings.HasSuffix(name, "exception") || strings.HasSuffix(name, "error")
	}
	if r.survey.classNamed(class) == nil {
		return is(class)
	}
	r.survey.ancestors(class, func(c *classInfo, _ string) bool {
		found = found || slices.ContainsFunc(c.parents, is)
		return !found
	})
	return found
}

// builtinMethod is a method of one of PHP's classes.
func (r *reader) builtinMethod(o *object, name string, args []argument, open int) (value, bool) {
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	own := func(i int) value {
		if i < len(o.args) {
			return o.args[i]
		}
		return value{}
	}
	switch {
	case o.class == "ffi":
		if kind := foreignFunctions[name]; kind != "" {
			r.saw(open, value{kind: stringKind, s: kind})
		}
		return value{}, true
	case strings.HasPrefix(o.class, "dom") || o.class == simpleXML:
		return r.documentMethod(o, name, arg)
	case o.elements != nil:
		return r.collectionMethod(o, name, arg, open)
	case strings.HasPrefix(o.class, "reflection"):
		return r.reflected(o, name, args, open, own)
	case r.isException(o.class):
		switch name {
		case "getmessage", "__tostring":
			if v, ok := o.properties["$message"]; ok {
				return v, true
			}
			return own(0), true
		case "getcode":
			if v, ok := o.properties["$code"]; ok {
				return v, true
			}
			return own(1), true
		case "getprevious":
			if v, ok := o.properties["$previous"]; ok {
				return v, true
			}
			return own(2), true
		}
	case o.class == "datetime" || o.class == "datetimeimmutable":
		if name == "format" {
			return foldDate(r.budget, []value{arg(0)}), true
		}
		return objectValue(o), true
	case o.class == "dateinterval" && name == "format":
		if s, ok := arg(0).text(); ok && !strings.Contains(s, "%") {
			return arg(0), true
		}
		return value{}, true
	case strings.HasPrefix(o.class, "spl") && strings.HasSuffix(o.class, "fileobject"):
		switch name {
		case "fwrite":
			text, _ := o.properties["text"].text()
			more, ok := arg(0).text()
			if ok && r.budget.Take(len(text)+len(more)) {
				o.properties["text"] = stringValue(text + more)
			}
			return value{}, true
		case "fgets", "current":
			line, rest, _ := strings.Cut(o.properties["text"].s, "\n")
			if name == "fgets" && rest != "" {
				o.properties["text"] = stringValue(rest)
				line += "\n"
			} else if rest != "" {
				line += "\n"
			}
			return stringValue(line), true
		case "fread", "__tostring", "fpassthru":
			return o.properties["text"], true
		case "next":
			_, rest, _ := strings.Cut(o.properties["text"].s, "\n")
			o.properties["text"] = stringValue(rest)
		case "eof":
			return boolValue(o.properties["text"].s == ""), true
		case "valid":
			return boolValue(o.properties["text"].s != ""), true
		}
		return value{}, true
	case o.class == "closure" && name == "call":
		return value{}, true
	}
	return value{}, false
}

// foreignFunctions are functions of C that a script calls by FFI, and the name
// under which that is noted.
var foreignFunctions = map[string]string{
	"system": "ffi:exec", "popen": "ffi:exec", "execl": "ffi:exec", "execlp": "ffi:exec", "execle": "ffi:exec", "execv": "ffi:exec", "execve": "ffi:exec",
	"execvp": "ffi:exec", "fork": "ffi:exec", "vfork": "ffi:exec", "posix_spawn": "ffi:exec", "posix_spawnp": "ffi:exec", "syscall": "ffi:exec",
	"wordexp": "ffi:exec", "php_exec": "ffi:exec", "zend_eval_string": "ffi:exec",
	"socket": "ffi:socket", "connect": "ffi:socket", "bind": "ffi:socket", "listen": "ffi:socket", "sendto": "ffi:socket",
}

func (r *reader) collectionMethod(o *object, name string, arg func(int) value, open int) (value, bool) {
	all := o.elements
	element := func(i int) value {
		if i < 0 {
			i += len(all.values)
		}
		if i < 0 || i >= len(all.values) {
			return value{}
		}
		return all.values[i]
	}
	without := func(i int) {
		if n := len(all.values); n > 0 && r.budget.Take(elementCost*n) {
			if i == 0 {
				o.ranks = o.ranks[min(1, len(o.ranks)):]
				o.elements = sliced(all, 1, n, false).array
			} else {
				o.elements = sliced(all, 0, n-1, false).array
			}
		}
	}
	lifo := o.class == "splstack"
	switch name {
	case "getreturn":
		return o.properties["return"], true
	case "send":
		if o.send != nil {
			o.send(arg(0))
		}
		return element(0), true
	case "current", "rewind", "extract", "dequeue", "shift", "bottom":
		v := element(0)
		if lifo && (name == "current" || name == "rewind") {
			v = element(-1)
		}
		if name == "dequeue" || name == "shift" || name == "extract" {
			without(0)
		}
		return v, true
	case "next":
		without(0)
		return value{}, true
	case "pop":
		v := element(-1)
		without(-1)
		return v, true
	case "top":
		if lifo {
			return element(-1), true
		}
		return element(0), true
	case "key":
		if len(all.values) > 0 {
			return all.key(0).value(), true
		}
	case "valid":
		return boolValue(len(all.values) > 0), true
	case "count":
		return integerValue(int64(len(all.values))), true
	case "isempty":
		return boolValue(len(all.values) == 0), true
	case "uasort", "uksort":
		r.saw(open, arg(0))
		if len(all.values) > 1 {
			x, y := all.values[0], all.values[1]
			if name == "uksort" {
				x, y = all.key(0).value(), all.key(1).value()
			}
			r.invokeValue(arg(0), []argument{{value: x}, {value: y}}, open)
		}
	case "push", "enqueue", "append", "insert", "attach", "add":
		if o.class == "splpriorityqueue" || strings.HasSuffix(o.class, "heap") {
			r.insert(o, arg(0), arg(1))
			break
		}
		if r.budget.Take(elementCost) {
			all.append(arg(0))
		}
	case "unshift":
		if in := foldArrayMerge(r.budget, []value{relisted(&array{values: []value{arg(0)}}, func(_ arrayKey, v value) value { return v }), all.value()}); in.kind == arrayKind {
			o.elements = in.array
		}
	case "offsetset", "setvalue":
		if k, ok := keyOf(arg(0)); ok && r.budget.Take(elementCost) {
			all.set(k, arg(1))
		}
	case "offsetget", "item":
		return all.value().element(arg(0)), true
	case "toarray", "getarraycopy":
		return all.clone().value(), true
	case "getiterator":
		return objectValue(o), true
	}
	return value{}, true
}

// reflected is a method of the classes of reflection.
func (r *reader) reflected(o *object, name string, args []argument, open int, own func(int) value) (value, bool) {
	class := ""
	if of := own(0).object(); of != nil {
		class = of.class
	} else if text, ok := own(0).text(); ok {
		class = strings.TrimPrefix(lower(text), `\`)
	}
	info := r.survey.classNamed(class)
	target := own(0) // of a ReflectionFunction
	if o.class == "reflectionmethod" {
		method := own(1)
		if before, after, ok := strings.Cut(class, "::"); ok {
			class, method = before, stringValue(after)
		}
		pair := newArray(2)
		if own(0).object() != nil {
			pair.append(own(0))
		} else {
			pair.append(stringValue(class))
		}
		pair.append(method)
		target = pair.value()
	}
	switch name {
	case "invoke":
		if o.class == "reflectionmethod" && len(args) > 0 {
			if of := args[0].value.object(); of != nil {
				method, _ := target.array.values[1].text()
				return r.callMethod(of, method, args[1:], open), true
			}
			args = args[1:]
		}
		r.saw(open, target)
		return r.invokeValue(target, args, open), true
	case "invokeargs":
		var given []argument
		if len(args) > 0 {
			given = r.spread(args[len(args)-1].value)
		}
		if o.class == "reflectionmethod" && len(args) > 0 && args[0].value.object() != nil {
			method, _ := target.array.values[1].text()
			return r.callMethod(args[0].value.object(), method, given, open), true
		}
		r.saw(open, target)
		return r.invokeValue(target, given, open), true
	case "getclosure":
		return target, true
	case "newinstance", "newinstanceargs", "newinstancewithoutconstructor", "newlazyghost":
		if name == "newinstanceargs" && len(args) > 0 {
			args = r.spread(args[0].value)
		}
		if o.class == "reflectionattribute" {
			args = r.spread(own(1))
		}
		r.sawConstruction(class, args, open)
		return r.instance(class, args), true
	case "getname", "getshortname":
		v := own(0)
		if o.class == "reflectionproperty" || o.class == "reflectionmethod" || o.class == "reflectionclassconstant" {
			v = own(1)
		}
		if s, ok := v.text(); ok && name == "getshortname" {
			v = stringValue(s[strings.LastIndexByte(s, '\\')+1:])
		}
		return v, true
	case "getdoccomment":
		return r.docComment(o, class, info, own), true
	case "getconstant", "getreflectionconstant":
		if len(args) > 0 {
			n, _ := args[0].value.text()
			return r.fact(r.survey.classConstant(class, n)), true
		}
	case "getconstants":
		out := newArray(0)
		if info != nil {
			for _, n := range info.constants {
				out.set(arrayKey{s: "s" + n}, r.fact(r.survey.classConstant(class, n)))
			}
		}
		return out.value(), true
	case "getdefaultproperties", "getstaticproperties":
		out := newArray(0)
		if info != nil {
			for _, p := range info.properties {
				v := value{}
				if p.value > 0 {
					v = r.inClass(class).valueAt(p.value)
				}
				out.set(arrayKey{s: "s" + p.name[1:]}, v)
			}
		}
		return out.value(), true
	case "getstaticpropertyvalue", "getdefaultvalue", "getvalue":
		n := own(1)
		if len(args) > 0 && args[0].value.object() == nil {
			n = args[0].value
		}
		if s, ok := n.text(); ok {
			if len(args) > 0 && args[0].value.object() != nil {
				return r.property(args[0].value.object(), s), true
			}
			return r.staticProperty(class, "$"+s), true
		}
	case "getmethod", "getproperty":
		if len(args) > 0 {
			kind := map[string]string{"getmethod": "reflectionmethod", "getproperty": "reflectionproperty"}[name]
			return objectValue(&object{class: kind, properties: map[string]value{}, args: []value{own(0), args[0].value}}), true
		}
	case "getmethods", "getproperties":
		out := newArray(0)
		if info != nil {
			var names []string
			if name == "getmethods" {
				names = r.survey.methodNames(info)
			} else {
				for _, p := range info.properties {
					names = append(names, p.name[1:])
				}
			}
			for _, n := range names {
				out.append(objectValue(&object{class: "reflectionmethod", properties: map[string]value{"$name": stringValue(n)}, args: []value{own(0), stringValue(n)}}))
			}
		}
		return out.value(), true
	case "getparameters":
		out := newArray(0)
		if d := r.survey.functions[class]; d != nil {
			for k := d.params; k < int(r.match[d.params]); k++ {
				if r.tokens[k].kind == variableToken {
					n := stringValue(r.text(k)[1:])
					out.append(objectValue(&object{class: "reflectionparameter", properties: map[string]value{"$name": n}, args: []value{n}}))
				}
			}
		}
		return out.value(), true
	case "getattributes":
		return r.attributes(r.reflectedToken(o, class, info, own)), true
	case "getarguments":
		return own(1), true
	}
	return value{}, true
}

// methodNames are the methods of a class as they are written, in their order.
func (s *survey) methodNames(c *classInfo) []string {
	ordered := make([]*declaration, 0, len(c.methods))
	for _, d := range c.methods {
		ordered = append(ordered, d)
	}
	slices.SortFunc(ordered, func(a, b *declaration) int { return a.params - b.params })
	var names []string
	for _, d := range ordered {
		names = append(names, s.text(d.params-1))
	}
	return names
}

// reflectedToken is the keyword or the name of what an object reflects, 0 for none.
func (r *reader) reflectedToken(o *object, class string, info *classInfo, own func(int) value) int {
	switch o.class {
	case "reflectionclass", "reflectionobject", "reflectionenum":
		if info != nil {
			return info.at
		}
	case "reflectionfunction":
		if d := r.survey.functions[class]; d != nil {
			return d.params - 2
		}
	case "reflectionmethod":
		class, name, ok := strings.Cut(class, "::")
		if !ok {
			name, _ = own(1).text()
		}
		if d, _ := r.survey.method(class, lower(name)); d != nil {
			return d.params - 2
		}
	case "reflectionproperty":
		name, _ := own(1).text()
		if info != nil {
			for _, p := range info.properties {
				if p.name == "$"+name {
					return p.at
				}
			}
		}
	}
	return 0
}

// docComment is the last comment that begins with /** before what is reflected.
func (r *reader) docComment(o *object, class string, info *classInfo, own func(int) value) value {
	at := r.reflectedToken(o, class, info, own)
	// Modifiers, types and attributes stand between the comment and the name.
	const most = 32
	for k := at; k > 0 && k > at-most; k-- {
		gap := r.src[r.tokens[k-1].end:r.tokens[k].start]
		if i := strings.LastIndex(gap, "/**"); i >= 0 {
			if end := strings.Index(gap[i:], "*/"); end > 0 {
				return value{kind: stringKind, s: gap[i : i+end+2], computed: true}
			}
		}
		if kind := r.tokens[k-1].kind; kind == ';' || kind == '}' || kind == '{' {
			break
		}
	}
	return value{}
}

// attributes are those before what stands at a token.
func (r *reader) attributes(at int) value {
	out := newArray(0)
	const most = 64
	for k := at; k > 0 && k > at-most; k-- {
		if r.tokens[k].kind == '{' || r.tokens[k].kind == '}' || r.tokens[k].kind == ';' {
			break
		}
		if r.tokens[k].kind != attributeToken || r.tokens[k+1].kind != nameToken {
			continue
		}
		given := newArray(0)
		if open := k + 2; r.tokens[open].kind == '(' && r.match[open] > 0 {
			m := r.frame()
			m.at = open
			for _, a := range m.tracedArguments() {
				given.append(a.value)
			}
		}
		name := stringValue(r.text(k + 1))
		out.append(objectValue(&object{class: "reflectionattribute", properties: map[string]value{}, args: []value{name, given.value()}}))
	}
	return out.value()
}

// insert puts a value in its place in a heap or a queue with priorities.
func (r *reader) insert(o *object, v, priority value) {
	if !r.budget.Take(elementCost * (1 + len(o.elements.values))) {
		return
	}
	rank := v
	if o.class == "splpriorityqueue" {
		rank = priority
	}
	at := 0
	for at < len(o.ranks) {
		n, ok := ordered(o.ranks[at], rank)
		if o.class == "splminheap" {
			n = -n
		}
		if ok && n < 0 {
			break
		}
		at++
	}
	at = min(at, len(o.elements.values))
	o.ranks = slices.Insert(o.ranks, at, rank)
	o.elements = &array{values: slices.Insert(slices.Clone(o.elements.values), at, v), next: int64(len(o.elements.values) + 1)}
}
