package machine

import (
	"encoding/base64"
	"net/url"
	"path"
	"slices"
	"strings"
)

// What Objective-C asks of Foundation, and C of CoreFoundation: to make strings of others,
// and lists of them. A string, and what else is made of one, as an address or data, is the
// address of its characters here, and so is a selector.

const (
	maxList        = 64
	constantString = 16 // where a string that a compiler made has the address of its characters
)

// characters is the address of the characters of a string.
func (m *machine) characters(object uint64) uint64 {
	if p := m.page(object >> pageBits); p != nil && !p.own && object%8 == 0 {
		if at := m.peek(object+constantString, 8); at != 0 && m.peek(object+constantString+8, 8) < maxSource && m.text(at) != "" {
			return at
		}
	}
	return object
}

func (m *machine) newText(text string) uint64 {
	to := m.result("")
	m.steps -= len(text) / 16
	m.put(to, append([]byte(text[:min(len(text), maxText)]), 0))
	return to
}

func (m *machine) newList(list []uint64) uint64 {
	to := m.result("")
	if m.lists == nil {
		m.lists = map[uint64][]uint64{}
	}
	m.steps -= len(list)
	m.lists[to] = list[:min(len(list), maxList)]
	return to
}

// several reads n addresses.
func (m *machine) several(at, n uint64) (list []uint64) {
	for i := range min(n, maxList) {
		list = append(list, m.peek(at+8*i, 8))
	}
	return list
}

func (m *machine) joined(list uint64, between string) uint64 {
	var texts []string
	for _, object := range m.lists[list] {
		m.steps -= maxText / 16
		texts = append(texts, m.text(m.characters(object)))
	}
	return m.newText(strings.Join(texts, between))
}

// foundation does what a function of CoreFoundation or of the runtime would, if it is one
// that is known.
func (m *machine) foundation(name string, a [6]uint64, p processor) (result uint64, known bool) {
	if !m.image.Apple {
		return 0, false
	}
	text := func(object uint64) string { return m.text(m.characters(object)) }
	switch name {
	case "objc_msgSend":
		return m.sent(a, p)
	case "objc_alloc", "objc_alloc_init", "objc_opt_new":
		return m.newObject(a[0])
	case "sel_registerName", "sel_getUid", "NSSelectorFromString", "CFStringGetCStringPtr", "JSStringCreateWithUTF8CString", "JSStringCreateWithCFString", "JSStringRetain":
		return m.characters(a[0]), true
	case "objc_retain", "objc_autorelease", "objc_retainAutorelease", "objc_autoreleaseReturnValue", "objc_retainAutoreleaseReturnValue",
		"objc_retainAutoreleasedReturnValue", "objc_unsafeClaimAutoreleasedReturnValue", "objc_claimAutoreleasedReturnValue", "CFRetain", "CFAutorelease":
		return a[0], true
	case "CFStringCreateWithCString", "CFStringCreateWithCStringNoCopy", "CFStringCreateCopy", "CFURLCreateWithString", "CFURLCreateWithFileSystemPath":
		return m.newText(text(a[1])), true
	case "CFStringCreateWithBytes", "CFStringCreateWithBytesNoCopy", "CFURLCreateFromFileSystemRepresentation", "CFURLCreateWithBytes":
		return m.newText(string(m.load(a[1], min(a[2], maxText)))), true
	case "CFStringCreateMutableCopy":
		return m.newText(text(a[2])), true
	case "CFStringCreateMutable":
		return m.newText(""), true
	case "CFStringAppend", "CFStringAppendCString":
		m.put(a[0], append([]byte(text(a[0])+text(a[1])), 0))
		return 0, true
	case "CFStringCreateWithFormat":
		to := m.result("")
		m.format(to, maxText, m.characters(a[2]), 3, p)
		return to, true
	case "CFStringGetCString":
		m.put(a[1], append([]byte(text(a[0])), 0))
		return 1, true
	case "CFStringCreateByCombiningStrings":
		return m.joined(a[1], text(a[2])), true
	case "CFArrayCreate":
		return m.newList(m.several(a[1], a[2])), true
	case "CFArrayCreateMutable":
		return m.newList(nil), true
	case "CFArrayAppendValue":
		m.addTo(a[0], a[1])
		return 0, true
	}
	return 0, false
}

func (m *machine) addTo(list, object uint64) {
	if all, ok := m.lists[list]; ok && len(all) < maxList {
		m.lists[list] = append(all, object)
	}
}

// message does what an object of Foundation would.
func (m *machine) message(selector string, a [6]uint64, p processor) (result uint64, known bool) {
	own, with := a[0], a[2]
	text := func(object uint64) string { return m.text(m.characters(object)) }
	switch selector {
	case "alloc", "new", "allocWithZone:":
		return m.newObject(own)
	case "self", "init", "copy", "retain", "autorelease", "path", "absoluteString", "stringByStandardizingPath", "stringByExpandingTildeInPath", "allObjects":
		return own, own != 0
	case "UTF8String", "cString", "fileSystemRepresentation", "cStringUsingEncoding:", "bytes", "mutableBytes":
		return m.characters(own), true
	case "stringWithUTF8String:", "initWithUTF8String:", "stringWithCString:encoding:", "initWithCString:encoding:", "stringWithString:", "initWithString:", "stringWithCString:",
		"initWithData:encoding:", "fileURLWithPath:", "initFileURLWithPath:", "URLWithString:", "initWithPath:":
		return m.newText(text(with)), true
	case "initWithBytes:length:encoding:", "initWithBytes:length:", "dataWithBytes:length:", "dataWithBytesNoCopy:length:", "initWithBytesNoCopy:length:",
		"dataWithBytesNoCopy:length:freeWhenDone:", "initWithBytesNoCopy:length:freeWhenDone:", "initWithBytesNoCopy:length:encoding:freeWhenDone:":
		return m.newText(string(m.load(with, min(a[3], maxText)))), true
	case "mutableCopy", "dataUsingEncoding:", "dataWithData:", "initWithData:", "arrayWithArray:", "initWithArray:":
		if strings.HasSuffix(selector, "WithData:") || strings.HasSuffix(selector, "WithArray:") {
			own = with
		}
		if list, ok := m.lists[own]; ok {
			return m.newList(slices.Clone(list)), true
		}
		return m.newText(text(own)), true
	case "string":
		return m.newText(""), true
	case "stringByAppendingString:":
		return m.newText(text(own) + text(with)), true
	case "stringByAppendingPathComponent:", "URLByAppendingPathComponent:":
		return m.newText(strings.TrimSuffix(text(own), "/") + "/" + text(with)), true
	case "appendString:":
		m.put(own, append([]byte(text(own)+text(with)), 0))
		return 0, true
	case "stringWithFormat:", "initWithFormat:", "stringByAppendingFormat:", "appendFormat:":
		made := m.result("")
		m.format(made, maxText, m.characters(with), 3, p)
		switch selector {
		case "stringByAppendingFormat:":
			return m.newText(text(own) + text(made)), true
		case "appendFormat:":
			m.put(own, append([]byte(text(own)+text(made)), 0))
		}
		return made, true
	case "lowercaseString", "localizedLowercaseString":
		return m.newText(strings.ToLower(text(own))), true
	case "uppercaseString", "localizedUppercaseString":
		return m.newText(strings.ToUpper(text(own))), true
	case "capitalizedString":
		all := strings.ToLower(text(own))
		return m.newText(strings.ToUpper(all[:min(1, len(all))]) + all[min(1, len(all)):]), true
	case "length", "lengthOfBytesUsingEncoding:":
		return uint64(len(text(own))), true
	case "characterAtIndex:":
		all := text(own)
		if with < uint64(len(all)) {
			return uint64(all[with]), true
		}
		return 0, true
	case "stringWithCharacters:length:", "initWithCharacters:length:": // of two bytes each
		var all []byte
		for i := range min(a[3], maxText) {
			all = append(all, byte(m.peek(with+2*i, 2)))
		}
		return m.newText(string(all)), true
	case "substringWithRange:", "deleteCharactersInRange:", "stringByReplacingCharactersInRange:withString:", "replaceCharactersInRange:withString:":
		all := text(own)
		from := min(with, uint64(len(all)))
		to := from + min(a[3], uint64(len(all))-from)
		switch selector {
		case "substringWithRange:":
			return m.newText(all[from:to]), true
		case "stringByReplacingCharactersInRange:withString:":
			return m.newText(all[:from] + text(a[4]) + all[to:]), true
		case "replaceCharactersInRange:withString:":
			m.put(own, append([]byte(all[:from]+text(a[4])+all[to:]), 0))
		default:
			m.put(own, append([]byte(all[:from]+all[to:]), 0))
		}
		return 0, true
	case "insertString:atIndex:":
		all := text(own)
		at := min(a[3], uint64(len(all)))
		m.put(own, append([]byte(all[:at]+text(with)+all[at:]), 0))
		return 0, true
	case "setString:":
		m.put(own, append([]byte(text(with)), 0))
		return 0, true
	case "lastPathComponent", "stringByDeletingPathExtension":
		all := text(own)
		if selector == "lastPathComponent" {
			return m.newText(all[strings.LastIndexByte(all, '/')+1:]), true
		}
		return m.newText(strings.TrimSuffix(all, path.Ext(all))), true
	case "stringByRemovingPercentEncoding":
		plain, err := url.PathUnescape(text(own))
		return m.newText(plain), err == nil
	case "appendBytes:length:", "appendData:":
		more := text(with)
		if selector == "appendBytes:length:" {
			more = string(m.load(with, min(a[3], maxText)))
		}
		m.put(own, append([]byte(text(own)+more), 0))
		return 0, true
	case "initWithUUIDString:":
		id, ok := identifier(text(with))
		to := m.result("")
		m.put(to, id)
		return to, ok
	case "getUUIDBytes:":
		m.put(with, m.load(own, 16))
		return 0, true
	case "getCString:maxLength:encoding:":
		m.put(with, append([]byte(text(own)), 0))
		return 1, true
	case "substringFromIndex:":
		all := text(own)
		return m.newText(all[min(with, uint64(len(all))):]), true
	case "substringToIndex:":
		all := text(own)
		return m.newText(all[:min(with, uint64(len(all)))]), true
	case "stringByReplacingOccurrencesOfString:withString:":
		if text(with) == "" {
			return own, true
		}
		return m.newText(strings.ReplaceAll(text(own), text(with), text(a[3]))), true
	case "initWithBase64EncodedString:options:", "initWithBase64EncodedData:options:", "initWithBase64Encoding:":
		decoded, err := base64.StdEncoding.DecodeString(text(with))
		return m.newText(string(decoded)), err == nil
	case "decompressedDataUsingAlgorithm:error:", "decompressUsingAlgorithm:error:":
		algorithm := uint64(0)
		if with < uint64(len(foundationAlgorithms)) {
			algorithm = foundationAlgorithms[with]
		}
		out := string(m.unpack(algorithm, m.load(m.characters(own), maxText)))
		if selector == "decompressedDataUsingAlgorithm:error:" {
			return m.newText(out), true
		}
		m.put(own, append([]byte(out), 0))
		return 1, true
	case "performSelector:", "performSelector:withObject:", "performSelector:withObject:withObject:", "valueForKey:":
		return m.message(text(with), [6]uint64{own, with, a[3], a[4]}, p)
	case "expressionWithFormat:", "predicateWithFormat:", "expressionWithFormat:argumentArray:", "predicateWithFormat:argumentArray:":
		n, list := 2, m.lists[a[3]]
		next := func() uint64 {
			if n++; strings.HasSuffix(selector, "WithFormat:") {
				return p.argument(n, 3)
			} else if n-3 < len(list) {
				return list[n-3]
			}
			return 0
		}
		return m.formula(text(with), next, p.caller()), true
	case "expressionForConstantValue:":
		return with, true
	case "expressionForFunction:selectorName:arguments:":
		return m.send(p.caller(), with, text(a[3]), m.lists[a[4]]...), true
	case "expressionValueWithObject:context:", "evaluateWithObject:":
		return own, true
	case "array", "arrayWithCapacity:":
		return m.newList(nil), true
	case "arrayWithObject:":
		return m.newList([]uint64{with}), true
	case "arrayWithObjects:count:", "initWithObjects:count:":
		return m.newList(m.several(with, a[3])), true
	case "arrayWithObjects:", "initWithObjects:":
		var list []uint64
		for n := 3; with != 0 && len(list) < maxList; n++ {
			list, with = append(list, with), p.argument(n, 3)
		}
		return m.newList(list), true
	case "addObject:":
		m.addTo(own, with)
		return 0, true
	case "reverseObjectEnumerator":
		list := slices.Clone(m.lists[own])
		slices.Reverse(list)
		return m.newList(list), true
	case "componentsSeparatedByString:":
		var list []uint64
		for part := range strings.SplitSeq(text(own), text(with)) {
			if list = append(list, m.newText(part)); len(list) == maxList {
				break
			}
		}
		return m.newList(list), true
	case "objectAtIndex:", "objectAtIndexedSubscript:":
		list := m.lists[own]
		if with < uint64(len(list)) {
			return list[with], true
		}
		return 0, false
	case "firstObject", "lastObject":
		if list := m.lists[own]; len(list) > 0 && selector == "firstObject" {
			return list[0], true
		} else if len(list) > 0 {
			return list[len(list)-1], true
		}
		return 0, false
	case "arrayByAddingObject:":
		list := m.newList(slices.Clone(m.lists[own]))
		m.addTo(list, with)
		return list, true
	case "insertObject:atIndex:":
		if list := m.lists[own]; a[3] <= uint64(len(list)) && len(list) < maxList {
			m.lists[own] = slices.Insert(slices.Clone(list), int(a[3]), with)
		}
		return 0, true
	case "count":
		list, ok := m.lists[own]
		return uint64(len(list)), ok
	case "componentsJoinedByString:":
		return m.joined(own, text(with)), true
	case "pathWithComponents:":
		return m.joined(with, "/"), true
	}
	return 0, false
}
