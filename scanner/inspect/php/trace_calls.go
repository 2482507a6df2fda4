package php

import "strings"

// frame is a reader that computes the body of a function in the same trace.
func (r *reader) frame() *reader {
	if r.trace.fuel--; r.trace.fuel < 0 {
		r.failed = true
	}
	m := r.quiet()
	m.failed = r.failed
	m.trace = r.trace
	m.blocks = []openBlock{{open: -1}}
	m.local = map[string]value{}
	return m
}

// runMethod runs a method of a class for an object, nil where it is static.
func (r *reader) runMethod(d *declaration, class string, this *object, args []argument) value {
	if r.calls >= maxCalls || d.body == 0 {
		return value{}
	}
	m := r.inClass(class)
	m.this = this
	if this != nil && r.survey.classNamed(class) != nil {
		m.called = this.class
	}
	return r.runBody(m, d, args)
}

// runFunction runs a function of the script.
func (r *reader) runFunction(d *declaration, args []argument) value {
	if r.calls >= maxCalls || d.body == 0 {
		return value{}
	}
	return r.runBody(r.frame(), d, args)
}

func (r *reader) runBody(m *reader, d *declaration, args []argument) value {
	if r.trace.visited == nil {
		r.trace.visited = map[*declaration]bool{}
	}
	r.trace.visited[d] = true
	m.running = d
	m.bindTraced(d.params, args, r)
	return m.finish(d.body)
}

// finish runs a body to its end and returns what it comes to.
func (m *reader) finish(body int) value {
	m.failed = m.trace.fuel < 0
	outcome := m.runBlock(body)
	if m.yielded != nil {
		return objectValue(&object{class: "generator", properties: map[string]value{}, elements: m.yielded})
	}
	v := value{}
	if outcome == returnedValue {
		v = m.returned
	}
	for _, other := range m.maybe {
		v = joined(v, other)
	}
	if v.known() {
		v.computed = true
	}
	return v
}

// bindTraced sets the parameters of a function that is traced; caller is where
// those that are references lead to.
func (r *reader) bindTraced(open int, args []argument, caller *reader) {
	r.passedIn = args
	end := int(r.match[open])
	n := 0
	reference, rest, promoted := false, false, false
	for k := open + 1; k < end; k++ {
		switch t := r.tokens[k]; t.kind {
		case '&':
			reference = true
		case ellipsisToken:
			rest = true
		case nameToken:
			promoted = promoted || t.word == wordModifier
		case variableToken:
			name := r.text(k)
			a, given := argumentFor(args, n, name[1:])
			switch {
			case rest:
				r.local[name] = listed(args[min(n, len(args)):])
			case given && reference && a.variable != "":
				r.refer(name, caller, a.variable)
			case given:
				r.local[name] = a.value
			case r.tokens[k+1].kind == '=':
				r.local[name] = r.valueAt(k + 2)
				r.failed = r.trace.fuel < 0
			}
			if promoted && r.this != nil {
				r.this.properties[name] = r.local[name]
			}
			n++
			reference, rest, promoted = false, false, false
			for k++; k < end && r.tokens[k].kind != ','; k++ {
				if m := int(r.match[k]); m > k {
					k = m
				}
			}
		default:
			if m := int(r.match[k]); m > k {
				k = m
			}
		}
	}
}

// argumentFor is the argument of a parameter: the one of its name, or of its place.
func argumentFor(args []argument, n int, name string) (argument, bool) {
	for _, a := range args {
		if a.name == lower(name) {
			return a, true
		}
	}
	if n < len(args) && args[n].name == "" {
		return args[n], true
	}
	return argument{}, false
}

// A reference is a variable that is another one.
type reference struct {
	in   *reader
	name string
}

// refer makes a variable another name of one of a reader.
func (r *reader) refer(name string, in *reader, to string) {
	if at, ok := in.refs[to]; ok {
		in, to = at.in, at.name
	}
	if in == r && name == to || in.local == nil {
		return
	}
	if r.refs == nil {
		r.refs = map[string]reference{}
	}
	r.refs[name] = reference{in, to}
}

// tracedArguments reads ( arguments ) with what is spread out among them.
func (r *reader) tracedArguments() (args []argument) {
	open := r.at
	end := int(r.match[open])
	r.at++
	const most = 1 << 10
	for r.at < end && !r.failed && len(args) < most {
		at := r.at
		a := argument{from: r.at}
		if k := r.tokens[r.at].kind; (k == nameToken || k == varNameToken) && r.tokens[r.at+1].kind == ':' {
			a.name = lower(r.text(r.at))
			r.at += 2
			a.from = r.at
		}
		spreads := r.tokens[r.at].kind == ellipsisToken
		if spreads {
			r.at++
			if r.at == end {
				break
			}
		}
		if r.tokens[r.at].kind == variableToken && (r.tokens[r.at+1].kind == ',' || r.at+1 == end) {
			a.variable = r.text(r.at)
		}
		a.value = r.expression(precLowest)
		a.to = r.at
		if spreads {
			args = append(args, spread(a.value)...)
		} else {
			args = append(args, a)
		}
		if r.at < end && r.tokens[r.at].kind == ',' {
			r.at++
		} else if r.at < end || r.at == at {
			break
		}
	}
	r.at = end + 1
	return args
}

// spread are the arguments that ...v stands for.
func spread(v value) (args []argument) {
	in := elementsOf(v)
	if in == nil {
		return []argument{{value: marked(v.marks)}}
	}
	for i, v := range in.values {
		a := argument{value: v}
		if k := in.key(i); k.s != "" {
			a.name = lower(k.s[1:])
		}
		args = append(args, a)
	}
	return args
}

func valuesOf(args []argument) []value {
	out := make([]value, len(args))
	for i, a := range args {
		out[i] = a.value
	}
	return out
}

// invokeValue calls what a value is: a closure, a name, an object with a method.
func (r *reader) invokeValue(f value, args []argument, open int) value {
	if c := f.closure(); c != nil {
		return r.runClosure(c, args)
	}
	if o := f.object(); o != nil {
		if d, of := r.survey.method(o.class, "__invoke"); d != nil {
			return r.runMethod(d, of, o, args)
		}
		return value{}
	}
	if f.kind == arrayKind && len(f.array.values) == 2 {
		method, ok := f.array.values[1].text()
		if o := f.array.values[0].object(); o != nil && ok {
			return r.callMethod(o, method, args, open)
		}
	}
	if name := r.callable(f); name != "" {
		return r.tracedCall(name, args, open)
	}
	out := value{}
	for _, v := range f.oneOf() {
		out = joined(out, r.invokeValue(v, args, open))
	}
	return out
}

// runClosure runs a closure in the trace.
func (r *reader) runClosure(c *closure, args []argument) value {
	if r.calls >= maxCalls {
		return value{}
	}
	m := r.frame()
	m.this, m.blocks[0].class, m.blocks[0].parent = c.this, c.class.class, c.class.parent
	for name, v := range c.captured {
		m.local[name] = v
	}
	for name, of := range c.references {
		m.refer(name, of.in, of.name)
	}
	m.bindTraced(c.params, args, r)
	if r.tokens[c.body].kind == '{' {
		return m.finish(c.body)
	}
	return m.valueAt(c.body)
}

// tracedCall calls a function or a static method by its name.
func (r *reader) tracedCall(name string, args []argument, open int) value {
	for _, at := range callbackArguments[name] {
		if at < len(args) {
			r.saw(args[at].from, args[at].value)
		}
	}
	if at, ok := codeArguments[name]; ok && at < len(args) {
		r.saw(args[at].from, args[at].value)
	}
	if commandFunctions[name] && len(args) > 0 {
		r.saw(args[0].from, args[0].value)
	}
	if class, method, ok := strings.Cut(name, "::"); ok {
		if class == "ffi" {
			return objectValue(&object{class: "ffi", properties: map[string]value{}})
		}
		if class == "closure" && method == "fromcallable" && len(args) > 0 {
			return args[0].value
		}
		if (class == "datetime" || class == "datetimeimmutable") && strings.HasPrefix(method, "createfrom") {
			return objectValue(&object{class: class, properties: map[string]value{}})
		}
		return r.callStatic(class, method, args)
	}
	if d := r.survey.functions[name]; d != nil {
		return r.runFunction(d, args)
	}
	if v, done := r.stateful(name, args, open); done {
		return v
	}
	if v, done := r.withCallback(name, args, open); done {
		return v
	}
	if v, done := r.byReference(name, args); done {
		return v
	}
	for i := range args { // what stands for a list
		if in := elementsOf(args[i].value); in != nil && args[i].value.kind != arrayKind {
			args[i].value = in.value()
		}
		if o := args[i].value.object(); o != nil {
			args[i].value = r.textOf(args[i].value)
		}
	}
	if v := r.ownText(name, args); v.known() {
		return v
	}
	if v := r.opensText(name, args); v.known() {
		return v
	}
	if isFoldable(name) {
		if v := foldCall(r.budget, name, valuesOf(args)); v.known() || v.guess != nil {
			return v
		}
	}
	return marked(r.passed(name, args))
}

// textOf is an object as a string.
func (r *reader) textOf(v value) value {
	o := v.object()
	if o == nil {
		return v
	}
	if d, of := r.survey.method(o.class, "__tostring"); d != nil {
		return r.runMethod(d, of, o, nil)
	}
	if v, ok := r.builtinMethod(o, "__tostring", nil, 0); ok {
		return v
	}
	return v
}

// commandFunctions take the command that they run first.
var commandFunctions = map[string]bool{
	"exec": true, "shell_exec": true, "system": true, "passthru": true, "popen": true, "proc_open": true, "pcntl_exec": true,
}

// opensText is what a constant address holds that is opened by one function and
// read by another.
func (r *reader) opensText(name string, args []argument) value {
	if len(args) == 0 {
		return value{}
	}
	switch name {
	case "file_get_contents", "file", "fopen", "readfile":
		text, ok := opened(r.budget, args[0].value.s)
		switch {
		case !ok && name == "fopen" && strings.HasPrefix(args[0].value.s, "php://"):
			return value{} // the memory
		case !ok:
			return value{}
		case name == "file":
			return listOf(r.budget, []string{text})
		}
		v := stringValue(text)
		v.decoded = true
		return v
	case "stream_get_contents", "fread", "fgets", "fgetc":
		return args[0].value
	}
	return value{}
}

// stateful are the functions that see or change more than their arguments.
func (r *reader) stateful(name string, args []argument, open int) (value, bool) {
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	switch name {
	case "func_get_args":
		return listed(r.passedIn), true
	case "func_num_args":
		return integerValue(int64(len(r.passedIn))), true
	case "func_get_arg":
		if n, ok := arg(0).number(); ok && n >= 0 && n < int64(len(r.passedIn)) {
			return r.passedIn[n].value, true
		}
		return value{}, true
	case "compact":
		out := newArray(0)
		for _, a := range args {
			for _, v := range append([]value{a.value}, valuesWithin(a.value)...) {
				if v.kind == stringKind {
					out.set(arrayKey{s: "s" + v.s}, r.variable("$"+v.s))
				}
			}
		}
		return out.value(), true
	case "get_defined_vars":
		out := newArray(0)
		for n, v := range r.local {
			out.set(arrayKey{s: "s" + n[1:]}, v)
		}
		return out.value(), true
	case "extract":
		prefix := ""
		if s, ok := arg(2).text(); ok && len(args) > 2 {
			prefix = s + "_"
		}
		if in := elementsOf(arg(0)); in != nil && r.budget.Take(elementCost*len(in.values)) {
			for i, v := range in.values {
				if k := in.key(i).value(); k.kind == stringKind && isName(k.s) {
					r.assign("$"+prefix+k.s, v)
				}
			}
		}
		return value{}, true
	case "define":
		if s, ok := arg(0).text(); ok {
			r.trace.constants[s] = arg(1)
		}
		return value{}, true
	case "constant":
		s, _ := arg(0).text()
		return r.constantNamed(s), true
	case "get_class", "get_called_class", "get_parent_class":
		o := arg(0).object()
		if o == nil {
			o = r.this
		}
		class := r.block().class
		if o != nil {
			class = o.class
		}
		if c := r.survey.classNamed(class); c != nil && c.name != "" {
			return stringValue(c.name), true
		}
		return stringValue(class), true
	case "get_class_methods", "get_class_vars", "get_object_vars":
		class := lower(arg(0).s)
		if o := arg(0).object(); o != nil {
			class = o.class
		}
		out := newArray(0)
		if c := r.survey.classNamed(class); c != nil {
			if name == "get_class_methods" {
				return listOf(r.budget, r.survey.methodNames(c)), true
			}
			for _, p := range c.properties {
				v := value{}
				if o := arg(0).object(); o != nil {
					v = o.properties[p.name]
				} else if p.value > 0 {
					v = r.inClass(class).valueAt(p.value)
				}
				out.set(arrayKey{s: "s" + p.name[1:]}, v)
			}
		}
		return out.value(), true
	case "ob_start":
		r.trace.buffer = []byte{}
		return value{}, true
	case "ob_get_clean", "ob_get_contents", "ob_get_flush":
		if r.trace.buffer != nil {
			return stringValue(string(r.trace.buffer)), true
		}
		return value{}, true
	case "set_error_handler", "set_exception_handler":
		if len(args) > 0 {
			r.trace.handler = arg(0)
		}
		return value{}, true
	case "trigger_error", "user_error":
		r.invokeValue(r.trace.handler, []argument{{value: integerValue(1024)}, {value: arg(0)}}, open)
		return value{}, true
	case "spl_autoload_register", "register_shutdown_function", "register_tick_function", "header_register_callback":
		if len(args) > 0 {
			r.invokeValue(arg(0), args[1:], open)
		}
		return value{}, true
	case "fopen":
		if s, ok := arg(0).text(); ok && (strings.HasPrefix(s, "php://memory") || strings.HasPrefix(s, "php://temp")) {
			return objectValue(&object{class: "spltempfileobject", properties: map[string]value{}}), true
		}
	case "fwrite", "fputs", "fgets", "fread", "stream_get_contents":
		if o := arg(0).object(); o != nil {
			method := "fgets"
			if name == "fwrite" || name == "fputs" {
				method = "fwrite"
			}
			return r.callMethod(o, method, args[1:], open), true
		}
	case "is_callable", "function_exists", "method_exists":
		return value{}, true
	case "method_call":
	}
	return value{}, false
}

// valuesWithin are the elements of an array.
func valuesWithin(v value) []value {
	if v.kind != arrayKind {
		return nil
	}
	return v.array.values
}

// constantNamed is a constant by its name: of the script, of a class, a case.
func (r *reader) constantNamed(name string) value {
	if v, ok := r.trace.constants[name]; ok {
		return v
	}
	if class, constant, ok := strings.Cut(name, "::"); ok {
		class = strings.TrimPrefix(lower(class), `\`)
		if v, ok := r.enumCase(class, constant); ok {
			return v
		}
		return r.fact(r.survey.classConstant(class, constant))
	}
	return r.fact(r.survey.constants[name])
}

// withCallback are the functions that call what they are given for each of
// something.
func (r *reader) withCallback(name string, args []argument, open int) (value, bool) {
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	call := func(f value, given ...value) value {
		all := make([]argument, len(given))
		for i, v := range given {
			all[i].value = v
		}
		return r.invokeValue(f, all, open)
	}
	for i, a := range args { // by name
		if a.name == "callback" && name == "array_map" && i > 0 {
			args[0], args[i] = args[i], args[0]
		}
	}
	switch name {
	case "call_user_func", "forward_static_call":
		if len(args) > 0 {
			return r.invokeValue(arg(0), args[1:], open), true
		}
	case "call_user_func_array", "forward_static_call_array":
		return r.invokeValue(arg(0), spread(arg(1)), open), true
	case "array_map":
		var lists []*array
		longest := 0
		for _, a := range args[min(1, len(args)):] {
			in := elementsOf(a.value)
			if in == nil {
				in = newArray(0)
				in.append(marked(a.value.marks.elementOf(value{})))
			}
			lists = append(lists, in)
			longest = max(longest, len(in.values))
		}
		if len(lists) == 0 || !r.budget.Take(elementCost*longest) {
			return value{}, true
		}
		if len(lists) == 1 && arg(0).kind == nullKind {
			return arg(1), true
		}
		out := newArray(longest)
		for i := range longest {
			given := make([]value, len(lists))
			for k, in := range lists {
				if i < len(in.values) {
					given[k] = in.values[i]
				}
			}
			v := value{}
			if arg(0).kind == nullKind {
				v = relisted(&array{values: given}, func(_ arrayKey, v value) value { return v })
			} else {
				v = call(arg(0), given...)
			}
			if len(lists) == 1 {
				out.set(lists[0].key(i), v)
			} else {
				out.append(v)
			}
		}
		return out.value(), true
	case "array_filter":
		in := elementsOf(arg(0))
		if in == nil || !r.budget.Take(elementCost*len(in.values)) {
			return value{}, true
		}
		return rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
			result := v
			if len(args) > 1 {
				result = call(arg(1), v, k.value())
			}
			truth, known := result.truth()
			return k, v, truth || !known
		}), true
	case "array_reduce":
		carry := arg(2)
		if len(args) < 3 {
			carry = value{kind: nullKind}
		}
		in := elementsOf(arg(0))
		if in == nil {
			return value{}, true
		}
		for _, v := range in.values {
			carry = call(arg(1), carry, v)
		}
		return carry, true
	case "array_walk", "array_walk_recursive":
		if in := elementsOf(arg(0)); in != nil {
			for i, v := range in.values {
				if inner := elementsOf(v); inner != nil && name == "array_walk_recursive" {
					for _, v := range inner.values {
						call(arg(1), v)
					}
					continue
				}
				call(arg(1), v, in.key(i).value(), arg(2))
			}
		}
		return value{}, true
	case "usort", "uasort", "uksort":
		in := elementsOf(arg(0))
		if in == nil {
			return value{}, true
		}
		out := sorted(r.budget, name, in, func(x, y value) (int, bool) {
			n, ok := call(arg(1), x, y).number()
			return int(n), ok
		})
		if args[0].variable != "" {
			r.assign(args[0].variable, out)
		}
		return value{}, true
	case "iterator_apply":
		return r.invokeValue(arg(1), spread(arg(2)), open), true
	case "preg_replace_callback":
		pattern, _ := arg(0).text()
		subject, ok := arg(2).text()
		re := expression(r.budget, pattern, subject)
		if !ok || re == nil {
			call(arg(1), value{})
			return marked(arg(2).marks), true
		}
		var out strings.Builder
		at := 0
		known := true
		for _, m := range re.FindAllStringSubmatchIndex(subject, maxMatches) {
			s, ok := call(arg(1), groupsOf(r.budget, re, subject, m)).text()
			if known = known && ok && r.budget.Take(len(s)); !known {
				break
			}
			out.WriteString(subject[at:m[0]])
			out.WriteString(s)
			at = m[1]
		}
		if !known {
			return value{}, true
		}
		out.WriteString(subject[at:])
		v := stringValue(out.String())
		v.decoded = true
		return v, true
	case "ob_start", "array_udiff", "array_uintersect", "array_diff_ukey":
		for _, i := range callbackArguments[name] {
			call(arg(i), value{}, value{})
		}
		return value{}, true
	}
	return value{}, false
}
