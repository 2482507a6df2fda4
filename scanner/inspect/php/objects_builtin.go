package php

import (
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

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

// madeWith sets what an exception has of what its constructor is given.
func (r *reader) madeWith(o *object, args []argument) {
	parts := []string{"$message", "$code", "$previous"}
	if r.builtinClass(o.class) == "errorexception" {
		parts = []string{"$message", "$code", "$severity", "$file", "$line", "$previous"}
	}
	for i, a := range args[:min(len(args), len(parts))] {
		o.properties[parts[i]] = a.value
	}
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
	if i, ok := givesBack[o.class+"::"+name]; ok {
		return own(i), true
	}
	switch o.class {
	case "xmlreader":
		if v, ok := r.xmlReader(o, name, arg, open); ok {
			return v, true
		}
	case "xmlwriter":
		if v, ok := r.xmlWriter(o, name, arg); ok {
			return v, true
		}
	}
	if name == "registerphpfunctions" { // of which a file may say the names, that this script or one that calls it reads
		r.trace.open |= script.OpenToFiles | script.OpenToCallers | script.Assembles
	}
	switch {
	case o.class == "ffi":
		if kind := foreignFunctions[name]; kind != "" {
			r.saw(open, value{kind: stringKind, s: kind})
		}
		return value{}, true
	case o.class == "directory" && name == "read":
		return r.readDirectory(o), true
	case o.class == "xsltprocessor":
		return r.xslt(o, name, arg, open), true
	case len(o.nodes) > 0 && o.class != "xmlreader" || strings.HasPrefix(o.class, "dom") && !r.isException(o.class) || o.class == simpleXML:
		return r.documentMethod(o, name, arg, open)
	case o.elements != nil:
		return r.collectionMethod(o, name, arg, open)
	case strings.HasPrefix(o.class, "reflection") && o.class != "reflectionextension":
		return r.reflected(o, name, args, open, own)
	case r.isException(o.class):
		switch name {
		case "gettrace":
			return o.properties["trace"], true
		case "__tostring":
			return o.properties["$message"], true
		case "getmessage", "getcode", "getprevious", "getfile", "getline", "getseverity":
			return o.properties["$"+strings.TrimPrefix(name, "get")], true
		}
	case o.class == "datetime" || o.class == "datetimeimmutable":
		if name == "format" {
			return foldDate(r.budget, append([]value{arg(0)}, moment(own(0))...)), true
		}
		if strings.HasPrefix(name, "get") || name == "settimezone" {
			return objectValue(o), true
		}
		if o.class == "datetime" { // another moment, which is not known
			o.args = nil
		}
		return objectValue(&object{class: o.class, properties: map[string]value{}}), true
	case o.class == "dateinterval" && name == "format":
		if s, ok := arg(0).text(); ok && !strings.Contains(s, "%") {
			return arg(0), true
		}
		return value{}, true
	case strings.HasPrefix(o.class, "spl") && strings.HasSuffix(o.class, "fileobject"):
		return r.fileMethod(o, name, args, arg), true
	case o.connection != nil:
		return r.connectionMethod(o.connection, name, args, open)
	case o.cursor != nil:
		return r.cursorMethod(o, name, args, open)
	case o.class == "collator" && (name == "sort" || name == "asort"):
		return r.byReference(name, args)
	case o.class == "phptoken":
		return r.phpToken(o, name, arg(0)), true
	case o.class == "splfileinfo" && name == "openfile":
		return r.instance(fileObject, []argument{{value: own(0)}}), true
	case o.class == "splfileinfo":
		return fileInfo(r.budget, name, own(0), arg(0)), true
	case o.class == "xmlreader" && name == "read":
		return value{}, true
	case o.class == "soapserver":
		return r.soapServer(o, name, args, open), true
	case o.class == "messageformatter" && name == "setpattern" && len(o.args) > 1:
		o.args[1] = arg(0)
		return boolValue(true), true
	case o.class == "messageformatter" && name == "format":
		if v := foldMessage(r.budget, []value{own(0), own(1), arg(0)}); v.known() {
			return v, true
		}
		return marked(fromCodes), true
	case o.class == "transliterator":
		return r.transliterates(o, name, arg(0)), true
	case strings.HasPrefix(o.class, `random\`):
		if v := r.randomMethod(o, name, args); v.known() {
			return v, true
		}
		return marked(fromCodes), true
	case textClasses[o.class]:
		return marked(fromCodes), true
	case o.class == "fiber":
		return r.fiber(o, name, args, open), true
	case o.class == "reflectionextension" && name == "getfunctions":
		return marked(fromList), true
	case o.class == "reflectionextension" && (name == "getclassnames" || name == "getclasses"):
		names := r.declaredClasses(false, own(0).s)
		if name == "getclassnames" || !names.known() {
			return names, true
		}
		return rebuilt(names.array, func(_ arrayKey, v value) (arrayKey, value, bool) {
			return arrayKey{s: "s" + v.s}, objectValue(&object{class: "reflectionclass", properties: map[string]value{"$name": v}, args: []value{v}}), r.budget.Take(elementCost)
		}), true
	case o.class == "closure" && name == "call":
		return value{}, true
	}
	return value{}, false
}

// soapServer is a method of SoapServer, which calls the function that a request names,
// if the script gives it to the server: one, several, or all that there are.
func (r *reader) soapServer(o *object, name string, args []argument, open int) value {
	const all = 999 // SOAP_FUNCTIONS_ALL
	if len(args) == 0 {
		return value{}
	}
	v := args[0].value
	switch name {
	case "addfunction":
		o.properties["functions"] = v
		for _, one := range append(valuesWithin(v), v) {
			if one.kind == stringKind {
				r.saw(open, one)
			}
		}
	case "handle":
		if n, _ := o.properties["functions"].number(); n != all {
			break
		}
		document := parsedDocument(r.budget, v.withoutHole())
		if document == nil {
			break
		}
		for _, body := range document.descendants(r.budget, "Body") {
			for _, call := range body.elements("*") {
				var given []argument
				for _, n := range call.elements("*") {
					given = append(given, argument{value: stringValue(n.text(r.budget))})
				}
				f := stringValue(call.name)
				r.saw(open, f)
				r.invokeValue(f, given, open)
			}
		}
	}
	return value{}
}

// givesBack are methods of PHP's classes that return what the object was made with,
// and which of the constructor's arguments that is.
var givesBack = map[string]int{
	"weakreference::get": 0, "datetimezone::getname": 0, "messageformatter::getpattern": 1,
	"curlfile::getfilename": 0, "curlfile::getmimetype": 1, "curlfile::getpostfilename": 2,
}

// madeBy is the property of an object of textClasses that is the method which made it.
const madeBy = "made by"

// textClasses are classes of PHP that carry a text or make another one of it, and that
// are not computed here.
var textClasses = map[string]bool{
	"xmlreader": true, "xmlwriter": true, "messageformatter": true, "transliterator": true, "numberformatter": true, "uconverter": true,
	"intldateformatter": true, "ds\\vector": true, "ds\\deque": true, "ds\\stack": true, "ds\\queue": true, "ds\\map": true, "memcached": true, "yar_client": true,
}

// fileInfo is a method of SplFileInfo that takes a path apart.
func fileInfo(b *script.Budget, method string, path, suffix value) value {
	if !path.known() && path.prefix() == "" {
		return marked(path.marks)
	}
	switch method {
	case "getbasename", "getfilename":
		if suffix.known() {
			return foldCall(b, "basename", []value{path, suffix})
		}
		return foldCall(b, "basename", []value{path})
	case "getextension":
		return foldCall(b, "pathinfo", []value{path, integerValue(4)})
	case "getpath":
		return foldCall(b, "dirname", []value{path})
	case "getpathname", "getrealpath", "__tostring":
		return path
	}
	return value{}
}

// foreignFunctions are functions of C that a script calls by FFI, and the name
// under which that is noted.
var foreignFunctions = map[string]string{
	"system": "ffi:exec", "popen": "ffi:exec", "execl": "ffi:exec", "execlp": "ffi:exec", "execle": "ffi:exec", "execv": "ffi:exec", "execve": "ffi:exec",
	"execvp": "ffi:exec", "fork": "ffi:exec", "vfork": "ffi:exec", "posix_spawn": "ffi:exec", "posix_spawnp": "ffi:exec", "syscall": "ffi:exec",
	"wordexp": "ffi:exec", "php_exec": "ffi:exec", "zend_eval_string": "ffi:exec",
	"socket": "ffi:socket", "connect": "ffi:socket", "bind": "ffi:socket", "listen": "ffi:socket", "sendto": "ffi:socket",
}
