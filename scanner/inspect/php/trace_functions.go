package php

import (
	"maps"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// commandFunctions take the command that they run first.
var commandFunctions = map[string]bool{
	"exec": true, "shell_exec": true, "system": true, "passthru": true, "popen": true, "proc_open": true, "pcntl_exec": true,
}

// stateful are the functions that see or change more than their arguments.
func (r *reader) stateful(name string, args []argument, open int) (value, bool) {
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	if v, done := r.listing(name, arg); done {
		return v, true
	}
	if v, done := r.kept(name, arg); done {
		return v, true
	}
	if v, done := r.ofEngine(name, arg); done {
		return v, true
	}
	if v, done := r.byHost(name, args, open); done {
		return v, true
	}
	if v, done := r.ofFiles(name, args, arg, open); done {
		return v, true
	}
	if v, done := r.askedOfClass(name, arg); done {
		return v, true
	}
	if v, done := r.random(name, args); done {
		return v, true
	}
	if yamlParsers[name] {
		return r.parsedYAML(name, args, arg, open), true
	}
	switch name {
	case "get_declared_classes", "get_declared_interfaces":
		return r.declaredClasses(name == "get_declared_interfaces", ""), true
	case "class_implements", "class_parents":
		if b := r.builtin(r.classFrom(arg(0))); b != nil && r.budget.Take(elementCost) {
			names := b.allInterfaces()
			if name == "class_parents" {
				names = b.parents()
			}
			out := newArray(len(names))
			for _, n := range names {
				out.set(arrayKey{s: "s" + n}, stringValue(n))
			}
			return out.value(), true
		}
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
		for _, n := range slices.Sorted(maps.Keys(r.local)) {
			out.set(arrayKey{s: "s" + n[1:]}, r.local[n])
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
			if in.open {
				r.setsAny(in.more)
			}
		} else {
			r.setsAny(arg(0).marks)
		}
		return value{}, true
	case "define":
		if s, ok := arg(0).text(); ok {
			if _, again := r.trace.constants[s]; !again {
				r.trace.defined = append(r.trace.defined, s)
			}
			r.trace.constants[s] = arg(1)
			r.trace.constants[s[strings.LastIndexByte(s, '\\')+1:]] = arg(1)
		}
		return value{}, true
	case "get_defined_constants":
		own := newArray(0)
		for _, n := range r.trace.defined {
			own.set(arrayKey{s: "s" + n}, r.trace.constants[n])
		}
		if len(args) == 0 || len(own.values) == 0 {
			return own.value(), len(own.values) > 0
		}
		all := newArray(0)
		all.set(arrayKey{s: "suser"}, own.value())
		return all.value(), true
	case "in_array", "array_search":
		if o := arg(0).object(); o != nil && o.single {
			return foldFunctions[name](r.budget, valuesOf(args)), true
		}
	case "constant":
		return r.each(arg(0), func(one value) value {
			s, _ := one.text()
			return r.constantNamed(s)
		}), true
	case "class_alias":
		class, alias := lower(arg(0).s), strings.TrimPrefix(lower(arg(1).s), `\`)
		if c := r.survey.classNamed(strings.TrimPrefix(class, `\`)); c != nil && alias != "" && r.budget.Take(elementCost) {
			r.survey.shortNames[alias[strings.LastIndexByte(alias, '\\')+1:]] = c.key()
		} else if c == nil && alias != "" && len(r.trace.aliases) < maxChoices {
			if r.trace.aliases == nil {
				r.trace.aliases = map[string]string{}
			}
			r.trace.aliases[alias] = strings.TrimPrefix(class, `\`)
		}
		return value{}, true
	case "debug_backtrace":
		return r.backtrace(), true
	case "get_class", "get_called_class", "get_parent_class":
		o := arg(0).object()
		if o == nil {
			o = r.this
		}
		class := r.block().class
		if name == "get_called_class" {
			class = r.class("static")
		}
		if o != nil {
			class = o.class
		} else if arg(0).kind == stringKind {
			class = r.classFrom(arg(0))
		}
		if name == "get_parent_class" {
			return r.parentName(class), true
		}
		return stringValue(r.className(class).s), true
	case "class_uses":
		class := lower(arg(0).s)
		if o := arg(0).object(); o != nil {
			class = o.class
		}
		out := newArray(0)
		for _, t := range r.survey.traitsOf(class) {
			name := r.className(t)
			out.set(arrayKey{s: "s" + name.s}, name)
		}
		return out.value(), len(out.values) > 0
	case "get_class_methods", "get_class_vars", "get_object_vars":
		class := lower(arg(0).s)
		if o := arg(0).object(); o != nil {
			class = o.class
		}
		out := newArray(0)
		if o := arg(0).object(); o != nil && name == "get_object_vars" && r.survey.classNamed(class) == nil {
			return r.cast("array", arg(0)), true
		}
		if c := r.survey.classNamed(class); c != nil {
			if name == "get_class_methods" {
				return listOf(r.budget, r.allMethods(class)), true
			}
			for _, p := range c.properties {
				v := value{}
				if o := arg(0).object(); o != nil {
					v = o.properties[p.name]
				} else if p.value > 0 {
					v = r.propertyDefault(c, class, p)
				}
				out.set(arrayKey{s: "s" + p.name[1:]}, v)
			}
		}
		if name == "get_class_methods" && r.builtin(class) != nil {
			return listOf(r.budget, r.builtin(class).allMethods()), true
		}
		return out.value(), true
	case "ob_start":
		r.trace.buffer, r.trace.printer = []byte{}, arg(0)
		return value{}, true
	case "ob_end_flush", "ob_flush", "ob_end_clean":
		r.invokeValue(r.trace.printer, []argument{{value: stringValue(string(r.trace.buffer))}}, open)
		return value{}, true
	case "printf", "vprintf", "print_r", "readfile":
		text, known := value{}, len(args) > 1 && name == "print_r"
		switch name {
		case "printf":
			text = foldCall(r.budget, "sprintf", valuesOf(args))
		case "vprintf":
			text = foldCall(r.budget, "vsprintf", valuesOf(args))
		case "print_r":
			if s, ok := printed(r.budget, arg(0), 0); ok {
				text = stringValue(s)
			}
		case "readfile":
			text = r.opensText(name, args)
		}
		if s, ok := text.text(); ok && !known {
			r.print(s)
			return value{}, true
		}
	case "var_dump":
		for _, a := range args {
			if s, ok := dumped(r.budget, a.value, 0); ok {
				r.print(s)
			}
		}
		return value{}, true
	case "var_export":
		s, ok := r.exportedObject(arg(0), 0)
		if returns, _ := arg(1).truth(); ok && returns {
			return stringValue(s), true
		} else if ok && len(args) == 1 {
			r.print(s)
			return value{kind: nullKind}, true
		}
	case "pcntl_signal":
		if n, ok := arg(0).number(); ok && len(args) > 1 && len(r.trace.signals) < maxChoices {
			if r.trace.signals == nil {
				r.trace.signals = map[int64]value{}
			}
			r.trace.signals[n] = arg(1)
		}
		return value{}, true
	case "posix_kill", "pcntl_alarm":
		sent := arg(1)
		if name == "pcntl_alarm" {
			sent = integerValue(sigAlarm)
		}
		if n, ok := sent.number(); ok {
			if f, ok := r.trace.signals[n]; ok {
				r.invokeValue(f, []argument{{value: sent}, {}}, open)
			}
		}
		return value{}, true
	case "strtok":
		return r.nextPiece(args)
	case "uniqid":
		return beginning(arg(0).prefix(), 0), true
	case "filter_var_array":
		if len(args) == 1 {
			return arg(0), true
		}
	case "json_encode":
		if o := arg(0).object(); o != nil {
			v := r.cast("array", arg(0))
			if d, of := r.survey.method(o.class, "jsonserialize"); d != nil {
				v = r.runMethod(d, of, o, nil)
			}
			return foldCall(r.budget, name, append([]value{v}, valuesOf(args[1:])...)), true
		}
	case "json_decode":
		v := foldCall(r.budget, name, valuesOf(args))
		if whole, _ := arg(1).truth(); !whole && arg(3).n&1 == 0 && v.kind == arrayKind {
			return r.decodedObjects(v, 0), true
		}
	case "is_array", "is_string", "is_int", "is_object", "is_null", "is_bool":
		if is, known := isKind(name[len("is_"):], arg(0)); known {
			return boolValue(is), true
		}
	case "array_column":
		if in := elementsOf(arg(0)); in != nil && r.budget.Take(elementCost*len(in.values)) {
			rows := rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
				if v.object() != nil {
					v = r.cast("array", v)
				}
				return k, v, true
			})
			return foldCall(r.budget, name, append([]value{rows}, valuesOf(args[1:])...)), true
		}
	case "array_rand":
		if some := r.partial(arg(0)); some.known() && len(args) == 1 {
			return foldCall(r.budget, "key", []value{some}), true
		}
	case "array_multisort":
		r.multisort(args)
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
	case "restore_error_handler":
		if r.trace.warned == 0 { // PHP warns of much that is not seen here
			r.warn(value{})
		}
		return value{}, true
	case "error_get_last":
		last := newArray(1)
		last.set(arrayKey{s: "smessage"}, r.trace.lastError)
		return last.value(), true
	case "trigger_error", "user_error":
		r.trace.lastError = arg(0)
		r.putFile(r.trace.settings["error_log"], arg(0), true)
		r.invokeValue(r.trace.handler, []argument{{value: integerValue(1024)}, {value: arg(0)}}, open)
		return value{}, true
	case "error_log":
		file := r.trace.settings["error_log"]
		if n, _ := arg(1).number(); n == toFile {
			file = arg(2)
		}
		r.putFile(file, arg(0), true)
		return value{}, true
	case "spl_autoload_register":
		if len(args) > 0 && len(r.trace.autoload) < maxChoices {
			r.trace.autoload = append(r.trace.autoload, arg(0))
			r.invokeValue(arg(0), nil, open)
		}
		return value{}, true
	case "class_exists", "interface_exists", "trait_exists", "enum_exists":
		if len(args) > 0 {
			r.askFor(args[0].value.s, args[0].from)
		}
		return value{}, true
	case "register_shutdown_function", "register_tick_function", "header_register_callback":
		if len(args) > 0 {
			r.invokeValue(arg(0), args[1:], open)
		}
		return value{}, true
	case "ini_set", "ini_alter":
		if key, _ := arg(0).text(); settingsThatCall[lower(key)] && len(args) > 1 {
			r.saw(args[1].from, arg(1))
			r.saw(open, arg(1)) // which may be array_map's
		}
		if !arg(0).known() && arg(0).marks&fromFile != 0 { // which settings, a file says
			r.trace.open |= script.OpenToFiles | script.Assembles
		}
		return r.setting(name, arg(0), arg(1)), true
	case "putenv", "ini_get", "get_cfg_var", "getenv":
		return r.setting(name, arg(0), arg(1)), true
	case "unserialize":
		return r.unserialized(settled(args), open), true
	case "session_decode":
		text, _ := arg(0).text()
		all := newArray(0)
		for r.budget.Take(elementCost + len(text)) {
			name, rest, ok := strings.Cut(text, "|")
			if !ok {
				break
			}
			restorer := &restorer{r: r, open: open}
			v, behind, ok := (&unserializer{b: r.budget, of: restorer}).next(rest, 0)
			restorer.end()
			if !ok {
				break
			}
			all.set(arrayKey{s: "s" + name}, v)
			text = behind
		}
		r.assign("$_SESSION", all.value())
		return boolValue(true), true
	case "serialize":
		if arg(0).object() != nil || arg(0).kind == arrayKind {
			return r.serialized(arg(0)), true
		}
	case "xml_set_element_handler", "xml_set_character_data_handler", "xml_set_processing_instruction_handler", "xml_set_default_handler":
		r.trace.documentHandlers(name, args)
		return value{}, true
	case "xml_parse":
		r.parseEvents(arg(1).withoutHole(), arg(0), open)
		return integerValue(1), true
	case "libxml_set_external_entity_loader":
		r.trace.entities = arg(0)
		return boolValue(true), true
	case "simplexml_load_string":
		r.loadsOthers(documentText(arg(0)), arg(2), open)
		if !arg(0).known() {
			return marked(arg(0).marks & fromFile), true
		}
		return r.instance(simpleXML, args[:min(1, len(args))]), true
	case "simplexml_load_file":
		if text, ok := r.held(arg(0)); ok {
			r.loadsOthers(text, arg(2), open)
		}
	case "parse_ini_string":
		if v := parsedINI(r.budget, valuesOf(args), r.ofSettings); v.known() {
			return v, true
		}
	case "dom_import_simplexml", "simplexml_import_dom":
		if o := arg(0).object(); o != nil && len(o.nodes) > 0 {
			if name == "dom_import_simplexml" {
				return nodeValue(domNode, o.nodes), true
			}
			nodes := o.nodes
			if nodes[0].kind == documentNode {
				nodes = nodes[0].elements("*")
			}
			return nodeValue(simpleXML, nodes), true
		}
	case "xml_parse_into_struct":
		if text, ok := arg(1).text(); ok && len(args) > 2 {
			values, index := structOf(r.budget, text)
			r.setArgument(args[2], values.value())
			if len(args) > 3 {
				r.setArgument(args[3], index.value())
			}
			return integerValue(1), true
		}
	case "transliterator_create", "transliterator_create_from_rules":
		return r.tracedMethod("transliterator", strings.ReplaceAll(name[len("transliterator_"):], "_", ""), args, open), true
	case "transliterator_transliterate":
		if o := arg(0).object(); o != nil {
			return r.transliterates(o, "transliterate", arg(1)), true
		}
	case "date_create", "date_create_immutable":
		return objectValue(&object{class: "datetime", properties: map[string]value{}, args: valuesOf(args)}), true
	case "timezone_open":
		return objectValue(&object{class: "datetimezone", properties: map[string]value{}, args: []value{arg(0)}}), true
	case "timezone_name_get":
		if o := arg(0).object(); o != nil {
			return r.callMethod(o, "getName", nil, open), true
		}
	case "date_format", "date_interval_format":
		if o := arg(0).object(); o != nil {
			return r.callMethod(o, "format", args[min(1, len(args)):], open), true
		}
		return foldDate(r.budget, []value{arg(1)}), true
	case "is_callable", "function_exists", "method_exists":
		if len(args) > 2 && name == "is_callable" {
			r.setArgument(args[2], arg(0))
		}
		return value{}, true
	}
	return value{}, false
}

// nextPiece is strtok of a text, or of what the last one has left.
func (r *reader) nextPiece(args []argument) (value, bool) {
	if len(args) == 0 {
		return value{}, false
	}
	if len(args) > 1 {
		r.trace.untaken = args[0].value
	}
	of := r.trace.untaken
	text, ok := of.text()
	ends, known := args[len(args)-1].value.text()
	if !ok || !known || !isASCII(ends) || !r.budget.Take(elementCost) {
		r.trace.untaken = marked(of.marks)
		return marked(of.marks.elementOf(value{})), len(args) == 1
	}
	text = strings.TrimLeft(text, ends)
	if text == "" {
		return boolValue(false), true
	}
	piece, rest := text, ""
	if i := strings.IndexAny(text, ends); i >= 0 {
		piece, rest = text[:i], text[i+1:]
	}
	r.trace.untaken = value{kind: stringKind, s: rest, computed: true, decoded: of.decoded}
	return value{kind: stringKind, s: piece, computed: true, decoded: of.decoded}, true
}

// decodedObjects makes objects of what json_decode gives that has names.
func (r *reader) decodedObjects(v value, depth int) value {
	if v.kind != arrayKind || depth > maxCalls || !r.budget.Take(elementCost*len(v.array.values)) {
		return v
	}
	out := rebuilt(v.array, func(k arrayKey, e value) (arrayKey, value, bool) { return k, r.decodedObjects(e, depth+1), true })
	if v.array.isList() {
		return out
	}
	return r.cast("object", out)
}
