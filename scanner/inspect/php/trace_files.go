package php

import (
	"slices"
	"strconv"
	"strings"
)

// What a trace knows of files and streams: those that the script writes, what it reads of
// them and of addresses that hold their text, programs of which it gets the input, and
// wrappers and filters of its own.

// opensText is what a constant address holds that is opened by one function and
// read by another.
func (r *reader) opensText(name string, args []argument) value {
	if len(args) == 0 {
		return value{}
	}
	switch name {
	case "file_get_contents", "file", "fopen", "readfile", "parse_ini_file", "simplexml_load_file":
		text, ok := r.held(args[0].value)
		switch {
		case !ok:
			return value{}
		case name == "file":
			lines := slices.Collect(strings.Lines(text))
			const withoutEnds, withoutEmpty = 2, 4
			if flags, _ := arguments(args).number(1); flags&withoutEnds != 0 {
				for i := range lines {
					lines[i] = strings.TrimRight(lines[i], "\r\n")
				}
				if flags&withoutEmpty != 0 {
					lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
				}
			}
			return listOf(r.budget, lines)
		case name == "parse_ini_file":
			return parsedINI(r.budget, append([]value{stringValue(text)}, valuesOf(args[1:])...), r.ofSettings)
		case name == "simplexml_load_file":
			return r.instance(simpleXML, []argument{{value: stringValue(text)}})
		}
		if from, ok := arguments(args).number(3); ok && name == "file_get_contents" {
			text = text[min(max(from, 0), int64(len(text))):]
			if n, ok := arguments(args).number(4); ok {
				text = text[:min(max(n, 0), int64(len(text)))]
			}
		}
		v := stringValue(text)
		v.decoded = true
		return v
	case "md5_file", "sha1_file", "hash_file", "hash_hmac_file": // the sum of the file, which may be a key
		at := 0
		if strings.HasPrefix(name, "hash_") {
			at = 1
		}
		if at < len(args) {
			if text, ok := r.held(args[at].value); ok {
				given := valuesOf(args)
				given[at] = stringValue(text)
				return foldCall(r.budget, strings.TrimSuffix(name, "_file"), given)
			}
		}
	case "stream_get_contents", "fread", "fgets", "fgetc":
		return args[0].value
	}
	return value{}
}

// ofFiles are the functions that name, open, read and write files and streams.
func (r *reader) ofFiles(name string, args []argument, arg func(int) value, open int) (value, bool) {
	switch name {
	case "realpath":
		if slices.ContainsFunc(append(arg(0).oneOf(), arg(0)), func(v value) bool { return isAddress(v.prefix()) }) {
			return value{}, true // there is none of an address
		}
		return arg(0), true
	case "wp_normalize_path":
		return arg(0), true
	case "trailingslashit", "untrailingslashit":
		end := "/"
		if name[0] == 'u' {
			end = ""
		}
		if text, ok := arg(0).text(); ok {
			return stringValue(strings.TrimRight(text, "/") + end), true
		}
		return between(arg(0).prefix(), strings.TrimRight(arg(0).suffix(), "/")+end, arg(0).marks), true
	case "sys_get_temp_dir":
		return stringValue("/tmp"), true
	case "tempnam":
		r.trace.made++
		return stringValue("/tmp/" + arg(1).prefix() + strconv.Itoa(r.trace.made)), true
	case "tmpfile":
		return objectValue(&object{class: "splfileobject", properties: map[string]value{}, args: []value{stringValue("/tmp/tmpfile")}}), true
	case "fopen":
		if s, ok := arg(0).text(); ok && (strings.HasPrefix(s, "php://memory") || strings.HasPrefix(s, "php://temp")) {
			return objectValue(&object{class: "spltempfileobject", properties: map[string]value{}}), true
		}
		if text, ok := r.held(arg(0)); ok {
			v := stringValue(text)
			v.decoded = true
			return objectValue(&object{class: fileObject, properties: map[string]value{"text": v, "whole": v}, args: []value{arg(0)}}), true
		}
		if mode, ok := arg(1).text(); ok && fileName(arg(0)) != "" && strings.ContainsAny(mode, "waxc") {
			return objectValue(&object{class: "splfileobject", properties: map[string]value{}, args: []value{arg(0)}}), true
		}
	case "stream_get_meta_data":
		if o := arg(0).object(); o != nil {
			about := newArray(1)
			about.set(arrayKey{s: "suri"}, pathOf(o))
			about.partial = true
			return about.value(), true
		}
	case "file_put_contents":
		r.putFile(arg(0), arg(1), arg(2).n&fileAppend != 0)
		return value{}, true
	case "rename", "copy", "link", "symlink":
		switch text, ok := r.written(arg(0)); {
		case ok:
			r.putFile(arg(1), stringValue(text), false)
		case !arg(0).known() && strings.HasPrefix(lower(arg(0).prefix()), "data:"):
			r.putFile(arg(1), marked(arg(0).marks), false)
		default:
			r.putUnknown(fileName(arg(1)), r.unreadOf(arg(0)))
		}
		return value{}, true
	case "move_uploaded_file":
		r.putUnknown(fileName(arg(1)), fromInput)
		return value{}, true
	case "fwrite", "fputs", "fgets", "fread", "fgetc", "fgetcsv", "fputcsv", "fseek", "rewind", "feof", "stream_get_contents":
		if o := arg(0).object(); o != nil {
			return r.callMethod(o, streamMethods[name], args[1:], open), true
		}
	case "fprintf", "vfprintf":
		if o := arg(0).object(); o != nil {
			text := foldCall(r.budget, name[:len(name)-len("fprintf")]+"sprintf", valuesOf(args[1:]))
			return r.callMethod(o, "fwrite", []argument{{value: text}}, open), true
		}
	case "fpassthru":
		if o := arg(0).object(); o != nil {
			r.print(o.properties["text"].s)
		}
	case "fscanf", "stream_get_line":
		text := arg(0)
		if o := text.object(); o != nil {
			text = r.callMethod(o, "fgets", nil, open)
		}
		if !text.known() {
			break
		}
		if name == "stream_get_line" {
			if end, ok := arg(2).text(); ok && end != "" {
				s, _, _ := strings.Cut(text.s, end)
				return stringValue(s), true
			}
			return text, true
		}
		args = append([]argument{{value: text}}, args[1:]...)
		return r.byReference("sscanf", args)
	case "stream_copy_to_stream":
		if to := arg(1).object(); to != nil {
			text := marked(arg(0).marks)
			if from := arg(0).object(); from != nil {
				text = from.properties["text"]
			}
			return r.callMethod(to, "fwrite", []argument{{value: text}}, open), true
		}
	case "popen":
		if mode, ok := arg(1).text(); ok && strings.HasPrefix(mode, "w") {
			return r.pipesTo(name, args), true
		}
	case "proc_open":
		if len(args) > 2 {
			r.opensProcess(args)
			return value{}, true
		}
	case "stream_wrapper_register", "stream_register_wrapper":
		scheme, ok1 := arg(0).text()
		class, ok2 := arg(1).text()
		if ok1 && ok2 && len(r.trace.wrappers) < maxChoices {
			if r.trace.wrappers == nil {
				r.trace.wrappers = map[string]string{}
			}
			r.trace.wrappers[lower(scheme)] = strings.TrimPrefix(lower(class), `\`)
		}
		return value{}, true
	case "stream_filter_register":
		name, ok1 := arg(0).text()
		class, ok2 := arg(1).text()
		if ok1 && ok2 && len(r.trace.filters) < maxChoices {
			if r.trace.filters == nil {
				r.trace.filters = map[string]string{}
			}
			r.trace.filters[lower(name)] = strings.TrimPrefix(lower(class), `\`)
		}
		return value{}, true
	case "stream_filter_append", "stream_filter_prepend":
		filter, _ := arg(1).text()
		if class := r.ownFilter(filter); class != "" {
			r.filterBy(class, arg(3), arg(0).object())
		}
		if o := arg(0).object(); o != nil && filterFunctions[filter] != "" {
			o.properties["text"] = foldCall(r.budget, filterFunctions[filter], []value{o.properties["text"]})
			o.properties["filter"] = stringValue(filterFunctions[filter])
		}
		return value{}, true
	case "stream_bucket_make_writeable": // one is all that there is
		if !r.trace.filtering { // what goes through it is not known
			return objectValue(&object{class: "stdclass", properties: map[string]value{"$data": {}}}), true
		}
		bucket := r.trace.bucket
		if r.trace.bucket = nil; bucket == nil {
			return value{kind: nullKind}, true
		}
		return objectValue(bucket), true
	case "stream_bucket_append", "stream_bucket_prepend":
		if o := arg(1).object(); o != nil && r.trace.filtering {
			if text, ok := o.properties["$data"].text(); ok && r.budget.Take(len(r.trace.passedOn)+len(text)) {
				r.trace.passedOn += text
			}
		}
		return value{}, true
	case "stream_bucket_new":
		return objectValue(&object{class: "stdclass", properties: map[string]value{"$data": arg(1)}}), true
	}
	return value{}, false
}

// streamMethods are the methods that do to a file what functions do.
var streamMethods = map[string]string{
	"fwrite": "fwrite", "fputs": "fwrite", "fgets": "fgets", "fread": "fread", "fgetc": "fgetc", "fgetcsv": "fgetcsv", "fputcsv": "fputcsv",
	"fseek": "fseek", "rewind": "rewind", "feof": "eof", "stream_get_contents": "contents",
}
