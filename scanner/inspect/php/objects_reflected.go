package php

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// reflected is a method of the classes of reflection.
func (r *reader) reflected(o *object, name string, args []argument, open int, own func(int) value) (value, bool) {
	class := ""
	if of := own(0).object(); of != nil {
		class = of.class
	} else if text, ok := own(0).text(); ok {
		class = strings.TrimPrefix(lower(text), `\`)
	}
	info := r.survey.classNamed(class)
	if o.class == "reflectionclass" || o.class == "reflectionobject" {
		of, asked := own(0), value{}
		if of.object() != nil {
			of = stringValue(class)
		}
		if len(args) > 0 {
			asked = args[0].value
		}
		if v, ok := r.askedByReflection(name, of, asked); ok {
			return v, true
		}
	}
	if tellsMembers[name] && info == nil && class != "" && o.class != "reflectionfunction" && r.builtin(class) == nil { // a file beside this one may declare it
		r.trace.open |= script.OpenToFiles | script.Assembles
	}
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
			given = r.spread(args[len(args)-1])
		}
		if o.class == "reflectionmethod" && len(args) > 0 && args[0].value.object() != nil {
			method, _ := target.array.values[1].text()
			return r.callMethod(args[0].value.object(), method, given, open), true
		}
		r.saw(open, target)
		return r.invokeValue(target, given, open), true
	case "getclosure":
		if len(args) > 0 && args[0].value.object() != nil && o.class == "reflectionmethod" {
			return pairOf(args[0].value, target.array.values[1]), true
		}
		return target, true
	case "newinstance", "newinstanceargs", "newinstancewithoutconstructor", "newlazyghost":
		if name == "newinstanceargs" && len(args) > 0 {
			args = r.spread(args[0])
		}
		if o.class == "reflectionattribute" {
			args = r.spread(argument{value: own(1)})
		}
		if info == nil && class != "" {
			r.saw(open, value{kind: stringKind, s: class + "::__construct", computed: own(0).computed})
		}
		r.sawConstruction(class, args, open)
		return r.instance(class, args), true
	case "__tostring":
		if o.class == "reflectionnamedtype" {
			return own(0), true
		}
	case "getname", "getshortname", "getnamespacename":
		v := own(0)
		if o.class == "reflectionproperty" || o.class == "reflectionmethod" || o.class == "reflectionclassconstant" || strings.HasPrefix(o.class, "reflectionenum") && len(o.args) > 1 {
			v = own(1)
		} else if of := v.object(); of != nil {
			v = r.className(of.class)
		}
		if s, ok := v.text(); ok {
			switch last := strings.LastIndexByte(s, '\\'); name {
			case "getshortname":
				v = stringValue(s[last+1:])
			case "getnamespacename":
				v = stringValue(s[:max(last, 0)])
			}
		}
		return v, true
	case "getdoccomment":
		return docComment(r.reflectedToken(o, class, info, own)), true
	case "getconstant":
		if len(args) > 0 {
			n, _ := args[0].value.text()
			return r.fact(r.survey.classConstant(class, n)), true
		}
	case "getreflectionconstants", "getcases", "getcase":
		kind, names := "reflectionclassconstant", r.survey.constantNames(class)
		if name != "getreflectionconstants" && info != nil {
			kind, names = "reflectionenumbackedcase", info.cases
		}
		out := newArray(0)
		for _, n := range names {
			one := reflectedMember(kind, own(0), stringValue(n))
			if name == "getcase" && len(args) > 0 && args[0].value.s == n {
				return one, true
			}
			out.append(one)
		}
		return out.value(), name != "getcase"
	case "getbackingvalue":
		s, _ := own(1).text()
		if of, ok := r.enumCase(class, s); ok {
			return r.ownProperty(of.object(), "value"), true
		}
	case "getconstants":
		out := newArray(0)
		for _, n := range r.survey.constantNames(class) {
			out.set(arrayKey{s: "s" + n}, r.fact(r.survey.classConstant(class, n)))
		}
		return out.value(), true
	case "getdefaultproperties", "getstaticproperties":
		out := newArray(0)
		for _, p := range r.survey.allProperties(class) {
			v := value{}
			if p.value > 0 {
				v = r.propertyDefault(p.of, p.self, p.property)
			}
			out.set(arrayKey{s: "s" + p.name[1:]}, v)
		}
		return out.value(), true
	case "getstaticvariables":
		return r.keptVariables(target, r.survey.functions[class]), true
	case "getstaticpropertyvalue", "getdefaultvalue", "getvalue":
		n := own(1)
		switch o.class {
		case "reflectionparameter":
			return n, true
		case "reflectionclassconstant":
			s, _ := n.text()
			return r.fact(r.survey.classConstant(class, s)), true
		case "reflectionenumbackedcase", "reflectionenumunitcase":
			s, _ := n.text()
			return r.enumCase(class, s)
		}
		if len(args) > 0 && args[0].value.object() == nil {
			n = args[0].value
		}
		if s, ok := n.text(); ok {
			if len(args) > 0 && args[0].value.object() != nil {
				return r.ownProperty(args[0].value.object(), s), true
			}
			return r.staticProperty(class, "$"+s), true
		}
	case "getmethod", "getproperty", "getreflectionconstant":
		if len(args) > 0 {
			kind := map[string]string{"getmethod": "reflectionmethod", "getproperty": "reflectionproperty", "getreflectionconstant": "reflectionclassconstant"}[name]
			return reflectedMember(kind, own(0), args[0].value), true
		}
	case "getmethods", "getproperties":
		out := newArray(0)
		if info != nil {
			kind, names := "reflectionmethod", []string(nil)
			if name == "getmethods" {
				names = r.allMethods(class)
			} else {
				kind = "reflectionproperty"
				for _, p := range r.survey.allProperties(class) {
					names = append(names, p.name[1:])
				}
			}
			for _, n := range names {
				out.append(reflectedMember(kind, own(0), stringValue(n)))
			}
		}
		return out.value(), true
	case "getparameters":
		if c := target.closure(); c != nil {
			return r.reflectedParameters(c.home, c.params), true
		}
		d := r.survey.functions[class]
		if o.class == "reflectionmethod" {
			method, _ := target.array.values[1].text()
			d, _ = r.survey.method(class, lower(method))
		}
		if d != nil {
			return r.reflectedParameters(d.home, d.params), true
		}
		return newArray(0).value(), true
	case "getparentclass":
		parent, ok := r.parentName(class).text()
		if !ok || parent == "" {
			return boolValue(false), true
		}
		return r.reflectedClass(parent), true
	case "getdeclaringclass":
		return r.reflectedClass(r.survey.declaringClass(o.class, class, own(1))), true
	case "gettraits", "gettraitnames":
		out := newArray(0)
		for _, t := range r.survey.traitsOf(class) {
			if name == "gettraits" {
				out.append(r.reflectedClass(t))
			} else {
				out.append(r.className(t))
			}
		}
		return out.value(), true
	case "getextension":
		return objectValue(&object{class: "reflectionextension", properties: map[string]value{}}), o.class == "reflectionfunction"
	case "gettype":
		return own(2), true
	case "getattributes":
		all := own(3) // of a parameter
		if o.class != "reflectionparameter" {
			in, at := r.reflectedToken(o, class, info, own)
			all = in.attributes(at)
		}
		return r.attributesOf(all, args), true
	case "getarguments":
		return own(1), true
	}
	return value{}, true
}

// tellsMembers are the methods by which a class tells what its members are, or what stands
// beside them: a name may be made of that.
var tellsMembers = map[string]bool{
	"getmethods": true, "getproperties": true, "getconstants": true, "getreflectionconstants": true, "getcases": true, "getattributes": true,
	"getdoccomment": true, "getdefaultproperties": true, "getstaticproperties": true,
}

// reflectedMember is what reflects a member of a class.
func reflectedMember(kind string, class, name value) value {
	return objectValue(&object{class: kind, properties: map[string]value{"$name": name}, args: []value{class, name}})
}

// reflectedParameters are those of a function, in a parenthesis of a code.
func (r *reader) reflectedParameters(of *code, open int) value {
	out := newArray(0)
	m := r.frame()
	m.goInto(of)
	m.inNamespaceOf(open)
	for k := open; k < int(m.match[open]) && m.step(); k++ {
		if m.tokens[k].kind != variableToken {
			continue
		}
		n, otherwise, kind := stringValue(m.text(k)[1:]), value{}, value{}
		if m.tokens[k-1].kind == nameToken {
			name := stringValue(m.typeName(k - 1))
			kind = objectValue(&object{class: "reflectionnamedtype", properties: map[string]value{}, args: []value{name}})
		}
		if m.tokens[k+1].kind == '=' {
			otherwise = m.valueAt(k + 2)
		}
		out.append(objectValue(&object{class: "reflectionparameter", properties: map[string]value{"$name": n}, args: []value{n, otherwise, kind, m.attributes(k)}}))
		for k++; k < int(m.match[open]) && m.tokens[k].kind != ','; k++ { // what it is otherwise may hold variables
			if end := int(m.match[k]); end > k {
				k = end
			}
		}
	}
	return out.value()
}

// typeName is the name of a type at a token: with its namespace where it is a class.
func (r *reader) typeName(at int) string {
	name := r.text(at)
	switch lower(name) {
	case "int", "string", "array", "bool", "float", "callable", "iterable", "mixed", "object", "self":
		return name
	}
	if full := r.class(name); strings.HasSuffix(full, `\`+lower(name)) {
		return full[:len(full)-len(name)] + name
	}
	return strings.TrimPrefix(name, `\`)
}

// keptVariables are the variables that a closure takes along, or those that a function
// keeps from call to call, as it sets them first.
func (r *reader) keptVariables(f value, d *declaration) value {
	out := newArray(0)
	if c := f.closure(); c != nil {
		for _, name := range slices.Sorted(maps.Keys(c.captured)) {
			out.set(arrayKey{s: "s" + name[1:]}, c.captured[name])
		}
	} else if d != nil && d.body > 0 {
		m := r.frame()
		m.goInto(d.home)
		for k := d.body; k < int(m.match[d.body]) && m.step(); k++ {
			if m.tokens[k].word == wordStatic && m.tokens[k+1].kind == variableToken && m.tokens[k+2].kind == '=' {
				out.set(arrayKey{s: "s" + m.text(k + 1)[1:]}, m.valueAt(k+3))
			}
		}
	}
	return out.value()
}

// methodNames are the methods of a class as they are written, in their order.
func (r *reader) methodNames(c *classInfo) []string {
	ordered := make([]*declaration, 0, len(c.methods))
	for _, d := range c.methods {
		ordered = append(ordered, d)
	}
	slices.SortFunc(ordered, func(a, b *declaration) int { return a.params - b.params })
	var names []string
	for _, d := range ordered {
		names = append(names, cmp.Or(d.home, r.trace.globals.home).text(d.params-1))
	}
	return names
}

// allMethods are the methods of a class of the script, and of those that it is made of.
func (r *reader) allMethods(class string) (names []string) {
	had := map[string]bool{}
	add := func(more []string) {
		for _, n := range more {
			if !had[lower(n)] {
				had[lower(n)], names = true, append(names, n)
			}
		}
	}
	r.survey.ancestors(class, func(c *classInfo, _ string) bool {
		add(r.methodNames(c))
		return true
	})
	if b := r.builtin(r.builtinClass(class)); b != nil {
		add(b.allMethods())
	}
	return names
}

// reflectedToken is the keyword or the name of what an object reflects, in the code that
// the reader is in that is returned with it; 0 for none.
func (r *reader) reflectedToken(o *object, class string, info *classInfo, own func(int) value) (in *reader, at int) {
	var home *code
	switch o.class {
	case "reflectionclass", "reflectionobject", "reflectionenum":
		if info != nil {
			home, at = info.home, info.at
		}
	case "reflectionfunction":
		if c := own(0).closure(); c != nil {
			home, at = c.home, c.params-1
		} else if d := r.survey.functions[class]; d != nil {
			home, at = d.home, d.params-2
		}
	case "reflectionmethod":
		before, name, ok := strings.Cut(class, "::")
		if class = before; !ok {
			name, _ = own(1).text()
		}
		if d, of := r.survey.method(class, lower(name)); d != nil {
			class, home, at = of, d.home, d.params-2
		}
	case "reflectionenumbackedcase", "reflectionenumunitcase", "reflectionclassconstant":
		name, _ := own(1).text()
		r.survey.ancestors(class, func(c *classInfo, self string) bool {
			in = r.inClass(self)
			in.goInto(c.home)
			at = in.constantToken(c.at, name)
			return at == 0
		})
		if at > 0 {
			return in, at
		}
	case "reflectionproperty":
		name, _ := own(1).text()
		for _, p := range r.survey.allProperties(class) {
			if p.name == "$"+name {
				class, home, at = p.self, p.of.home, p.at
				break
			}
		}
	}
	in = r.inClass(class)
	in.goInto(home)
	return in, at
}

// constantToken is the keyword of a constant, or a case, of the class whose keyword stands
// at a token; 0 for none.
func (r *reader) constantToken(class int, name string) int {
	body := class
	for r.tokens[body].kind != '{' && body < r.length && r.step() {
		body++
	}
	for k := body + 1; k < int(r.match[body]) && r.step(); k++ {
		if w := r.tokens[k].word; (w == wordCase || w == wordConst) && r.text(k+1) == name {
			return k
		}
		if m := int(r.match[k]); m > k {
			k = m
		}
	}
	return 0
}

// docComment is the last comment that begins with /** before what stands at a token.
func docComment(in *reader, at int) value {
	// Modifiers, types and attributes stand between the comment and the name.
	const most = 32
	for k := at; k > 0 && k > at-most; k-- {
		gap := in.src[in.tokens[k-1].end:in.tokens[k].start]
		if i := strings.LastIndex(gap, "/**"); i >= 0 {
			if end := strings.Index(gap[i:], "*/"); end > 0 {
				return value{kind: stringKind, s: gap[i : i+end+2], computed: true}
			}
		}
		if kind := in.tokens[k-1].kind; kind == ';' || kind == '}' || kind == '{' {
			break
		}
	}
	return boolValue(false)
}

// isInvoking tells the methods that call the function that an object stands for.
func isInvoking(method string) bool {
	return strings.EqualFold(method, "invoke") || strings.EqualFold(method, "invokeArgs") || strings.EqualFold(method, "__invoke")
}
