package php

import (
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// What a script keeps outside of its variables while it is traced: settings, the
// environment, the schemes that it opens by classes of its own.

// setting is ini_set, putenv and what reads them again.
func (r *reader) setting(function string, name, v value) value {
	key, ok := name.text()
	if !ok {
		return marked(name.marks.partOf())
	}
	env := false
	switch function {
	case "putenv":
		var text string
		key, text, ok = strings.Cut(key, "=")
		v, env = stringValue(text), true
		fallthrough
	case "ini_set", "ini_alter":
		const most = 64
		if r.trace.settings == nil {
			r.trace.settings = map[string]value{}
		}
		if len(r.trace.settings) < most && ok {
			r.trace.settings[settingKey(key, env)] = v
		}
		return value{}
	}
	return r.trace.settings[settingKey(key, function == "getenv")]
}

// sigAlarm is SIGALRM.
const sigAlarm = 14

// keeps are the functions that keep a value by a key, in memory that is shared or in a
// cache, and which of their arguments these are; givesKept are those that return it.
var (
	keeps = map[string][2]int{
		"shm_put_var": {1, 2}, "apcu_store": {0, 1}, "apcu_add": {0, 1}, "apc_store": {0, 1}, "wp_cache_set": {0, 1}, "wp_cache_add": {0, 1},
		"set_transient": {0, 1}, "set_site_transient": {0, 1}, "update_option": {0, 1}, "add_option": {0, 1}, "update_site_option": {0, 1},
		"add_site_option": {0, 1}, "set_theme_mod": {0, 1}, "update_user_meta": {1, 2}, "add_user_meta": {1, 2}, "update_post_meta": {1, 2}, "add_post_meta": {1, 2},
	}
	givesKept = map[string]int{
		"shm_get_var": 1, "apcu_fetch": 0, "apc_fetch": 0, "wp_cache_get": 0, "get_transient": 0, "get_site_transient": 0,
		"get_option": 0, "get_site_option": 0, "get_theme_mod": 0, "get_user_meta": 1, "get_post_meta": 1,
	}
)

// kept is a function that keeps a value, or returns one that the script has kept.
func (r *reader) kept(name string, arg func(int) value) (value, bool) {
	if at, ok := keeps[name]; ok {
		const most = 256
		if r.trace.shared == nil {
			r.trace.shared = newArray(0)
		}
		if k, ok := keyOf(arg(at[0])); ok && len(r.trace.shared.values) < most {
			r.trace.shared.set(k, arg(at[1]))
		}
		return value{}, true
	}
	at, ok := givesKept[name]
	if !ok || r.trace.shared == nil {
		return value{}, false
	}
	k, ok := keyOf(arg(at))
	i := r.trace.shared.find(k)
	if !ok || i < 0 {
		return value{}, false
	}
	return r.trace.shared.values[i], true
}

// warn gives the text of a warning of PHP to the script's handler of errors.
func (r *reader) warn(text value) {
	const most, warning = 8, 2
	if h := r.trace.handler; (h.known() || h.closure() != nil) && r.trace.warned < most {
		r.trace.warned++
		r.trace.handler = value{} // PHP does not call it for what it does itself
		r.invokeValue(h, []argument{{value: integerValue(warning)}, {value: text}, {}, {}}, 0)
		if !r.trace.handler.known() && r.trace.handler.closure() == nil {
			r.trace.handler = h
		}
	}
}

func settingKey(name string, env bool) string {
	if env {
		return "$" + name
	}
	return lower(name)
}

// askFor gives the name of a class that the script does not declare to what it has
// registered to load classes. The name stands at a token, 0 for none.
func (r *reader) askFor(class string, at int) {
	const most = 64
	class = strings.TrimPrefix(class, `\`)
	if r.trace.linker != nil && len(r.trace.included) < maxLinks {
		r.trace.included = append(r.trace.included, "class "+lower(class))
	}
	if class == "" || len(r.trace.autoload) == 0 || len(r.trace.asked) >= most || r.trace.asked[lower(class)] || r.survey.classNamed(lower(class)) != nil {
		return
	}
	if r.trace.asked == nil {
		r.trace.asked = map[string]bool{}
	}
	r.trace.asked[lower(class)] = true
	for _, f := range r.trace.autoload {
		r.invokeValue(f, []argument{{value: stringValue(class), from: at}}, 0)
	}
}

// opensByClass reads an address whose scheme the script opens by a class of its own,
// as fopen, fread and feof have it do.
func (r *reader) opensByClass(address string) (text string, ok bool) {
	scheme, _, found := strings.Cut(address, "://")
	class := r.trace.wrappers[lower(scheme)]
	if !found || class == "" {
		return "", false
	}
	o := r.instance(class, nil).object()
	if o == nil {
		return "", false
	}
	r.callMethod(o, "stream_open", []argument{{value: stringValue(address)}, {value: stringValue("r")}, {value: integerValue(0)}, {}}, 0)
	const most, chunk = 256, 8192
	for range most {
		part, known := r.callMethod(o, "stream_read", []argument{{value: integerValue(chunk)}}, 0).text()
		if !known && len(r.trace.included) > 0 { // a file beside the script may hold it
			r.trace.open |= script.OpenToFiles | script.Assembles
		}
		if !known || part == "" || !r.budget.Take(len(part)) {
			break
		}
		text += part
		if end, known := r.callMethod(o, "stream_eof", nil, 0).truth(); end || !known {
			break
		}
	}
	return text, text != ""
}

const (
	fileAppend = 8 // FILE_APPEND of file_put_contents
	toFile     = 3 // the type of a message that error_log adds to a file
)

// putFile is file_put_contents, through what filters the address names.
func (r *reader) putFile(address, v value, more bool) {
	const most = 32 // files
	name := fileName(address)
	if v.kind == arrayKind {
		v = foldCall(r.budget, "implode", []value{v})
	}
	text, ok := v.text()
	if !ok {
		r.putUnknown(name, v.marks)
	}
	if !ok || name == "" || len(r.trace.files) >= most {
		return
	}
	if filters, resource, filtering := filtered(name); filtering {
		if text, ok = throughFilters(r.budget, text, filters); !ok {
			return
		}
		name = resource
	}
	if more {
		text = r.trace.files[name] + text
	}
	if !r.budget.Take(len(text)) {
		return
	}
	if r.trace.files == nil {
		r.trace.files = map[string]string{}
	}
	r.trace.files[name] = text
}

// putUnknown notes where what is in a file comes from that the script has written.
func (r *reader) putUnknown(name string, m marks) {
	const most = 32
	if m &= fromInput | withInput | fromDecoder; m == 0 || name == "" || len(r.trace.unread) >= most {
		return
	}
	if r.trace.unread == nil {
		r.trace.unread = map[string]marks{}
	}
	r.trace.unread[name] |= m
}

// unreadOf says where what an address holds comes from that is not known.
func (r *reader) unreadOf(address value) marks {
	m := address.marks & fromInput // which one, the request says
	if isRequestBody(address) {
		m |= fromInput
	}
	if r.trace != nil {
		m |= r.trace.unread[fileName(address)]
	}
	return m
}

// isRequestBody tells the address of what a request sends, which php://filter may read, too.
func isRequestBody(address value) bool {
	return strings.HasSuffix(lower(address.suffix()), "php://input")
}

// fileName is the name of a file, or what is known of it: two that begin and end alike
// are one. It is empty where nothing is.
func fileName(address value) string {
	if address.known() || address.prefix() == "" && address.suffix() == "" {
		name, _ := address.text()
		return name
	}
	if dir := address.prefix(); dir == "." || dir == "./" { // __DIR__
		return dir + address.suffix()
	}
	return address.prefix() + "*" + address.suffix()
}

// written is what an address holds: what the script has written there, or what the
// address says itself.
func (r *reader) written(address value) (string, bool) {
	if text, ok := r.trace.files[fileName(address)]; ok {
		return text, true
	}
	return opened(r.budget, address.s)
}

// held is what a file holds that the script has written, or that lies beside it, as the
// filters make it that the address names.
func (r *reader) held(address value) (string, bool) {
	if text, ok := r.written(address); ok {
		return text, true
	}
	filters, resource, ok := filtered(address.prefix())
	if !ok {
		return r.siblingText(address)
	}
	file := stringValue(resource)
	if !address.known() {
		file = between(resource, address.suffix(), 0)
	}
	text, ok := r.written(file)
	if !ok {
		text, ok = r.siblingText(file)
	}
	if ok {
		return r.throughAll(text, filters)
	}
	r.trace.open |= script.OpenToFiles | script.Assembles
	return "", false
}

// filterBy runs a filter of the script's own, with what it is made with, on what a file
// holds; nil is a file that is not known.
func (r *reader) filterBy(class string, params value, file *object) {
	text := value{}
	if file != nil {
		text = file.properties["text"]
	}
	if text = r.throughFilter(class, params, text); file != nil && text.known() {
		file.properties["text"] = text
	}
}

// throughFilter is what a filter of the script's own makes of a text: it gets all of it
// at once, and then is told that there is no more.
func (r *reader) throughFilter(class string, params, text value) value {
	o := r.instance(class, nil).object()
	if o == nil {
		return value{}
	}
	bucket := &object{class: "stdclass", properties: map[string]value{"$data": text}}
	if text.known() {
		bucket.properties["$datalen"] = integerValue(int64(len(text.s)))
	}
	o.properties["$params"] = params
	r.callMethod(o, "onCreate", nil, 0)
	r.trace.bucket, r.trace.filtering, r.trace.passedOn = bucket, true, ""
	for _, closing := range []bool{false, true} {
		r.callMethod(o, "filter", []argument{{}, {}, {}, {value: boolValue(closing)}}, 0)
	}
	passed := r.trace.passedOn
	r.trace.bucket, r.trace.filtering, r.trace.passedOn = nil, false, ""
	if passed != "" {
		return stringValue(passed)
	}
	return bucket.properties["$data"]
}

// ownFilter is the class of a filter that the script has registered by its name, or by
// the beginning of that and a star; empty for none.
func (r *reader) ownFilter(name string) string {
	name = lower(name)
	class := r.trace.filters[name]
	for class == "" {
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 {
			break
		}
		name = name[:dot]
		class = r.trace.filters[name+".*"]
	}
	return class
}

// throughAll is what filters make of a text, of which some are the script's own.
func (r *reader) throughAll(text string, filters []string) (string, bool) {
	for _, f := range filters {
		ok := false
		if class := r.ownFilter(f); class != "" {
			text, ok = r.throughFilter(class, value{}, stringValue(text)).text()
		} else {
			text, ok = throughFilters(r.budget, text, []string{f})
		}
		if !ok {
			return "", false
		}
	}
	return text, true
}

// filtersItself tells an address that a filter of the script's own decodes.
func (r *reader) filtersItself(address string) bool {
	if len(r.trace.filters) == 0 {
		return false
	}
	filters, _, _ := filtered(address)
	return slices.ContainsFunc(filters, func(f string) bool { return r.ownFilter(f) != "" })
}
