package machine

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// What Objective-C asks of Foundation, and C of CoreFoundation: to make strings of others,
// and lists of them. A string, and what else is made of one, as an address or data, is the
// address of its characters here, and so is a selector.

const (
	maxList        = 64
	constantString = 16 // where a string that a compiler made has the address of its characters
)

// Flags of a string that a compiler made: of one byte a character, and of two.
const narrowString, wideString = 0x7c8, 0x7d0

// characters is the address of the characters of a string.
func (m *machine) characters(object uint64) uint64 {
	p := m.page(object >> pageBits)
	if p == nil || object%8 != 0 {
		return object
	}
	flags := m.peek(object+8, 8)
	at, size := m.peek(object+constantString, 8), m.peek(object+constantString+8, 8)
	switch {
	case at == 0 || size >= maxSource || p.own && flags != narrowString && flags != wideString:
	case flags == wideString && m.page(at>>pageBits) != nil:
		to, known := m.narrow[object]
		if !known {
			if m.narrow == nil {
				m.narrow = map[uint64]uint64{}
			}
			to = m.newText(m.ofUnits(at, size))
			m.narrow[object] = to
		}
		return to
	case m.text(at) != "":
		return at
	}
	return object
}

// unicode is the text of a string, empty where that is none.
func (m *machine) unicode(object uint64) string {
	text := m.bytesUpTo(m.characters(object), maxSource)
	m.steps -= len(text) / 16
	if !utf8.Valid(text) || bytes.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) {
		return ""
	}
	return string(text)
}

// ofUnits is the text of so many units of UTF-16.
func (m *machine) ofUnits(at, size uint64) string {
	size = min(size, maxSource)
	m.steps -= int(size / 4)
	units := make([]uint16, size)
	for i := range units {
		units[i] = uint16(m.peek(at+2*uint64(i), 2))
	}
	return string(utf16.Decode(units))
}

// unitsOf are those of a text, as many of which Foundation calls its length.
func unitsOf(text string) []uint16 { return utf16.Encode([]rune(text)) }

func (m *machine) newText(text string) uint64 {
	to := m.result("")
	m.steps -= len(text) / 16
	m.put(to, append([]byte(text[:min(len(text), maxSource)]), 0))
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
		texts = append(texts, m.unicode(object))
	}
	return m.newText(strings.Join(texts, between))
}

// foundation does what a function of CoreFoundation or of the runtime would, if it is one
// that is known.
func (m *machine) foundation(name string, a [6]uint64, p processor) (result uint64, known bool) {
	if !m.image.Apple {
		return 0, false
	}
	text := m.unicode
	if result, known = m.reflected(name, a); known {
		return result, true
	}
	if result, known = m.transformedString(name, a); known {
		return result, true
	}
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
	case "CFStringCreateWithCharacters", "CFStringCreateWithCharactersNoCopy":
		return m.newText(m.ofUnits(a[1], a[2])), true
	case "CFStringGetLength":
		return uint64(len(unitsOf(text(a[0])))), true
	case "CFStringGetCharacterAtIndex":
		return m.message("characterAtIndex:", [6]uint64{a[0], 0, a[1]}, p)
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

// cut cuts a text before unit n.
func cut(text string, n uint64) (before, behind string) {
	all := unitsOf(text)
	n = min(n, uint64(len(all)))
	return string(utf16.Decode(all[:n])), string(utf16.Decode(all[n:]))
}

func (m *machine) addTo(list, object uint64) {
	if all, ok := m.lists[list]; ok && len(all) < maxList {
		m.lists[list] = append(all, object)
	}
}

// message does what an object of Foundation would.
func (m *machine) message(selector string, a [6]uint64, p processor) (result uint64, known bool) {
	own, with := a[0], a[2]
	text := m.unicode
	if result, known = m.reflected(selector, a); known {
		return result, true
	}
	if result, known = m.transformedString(selector, a); known {
		return result, true
	}
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
		_, first := utf8.DecodeRuneInString(all)
		return m.newText(strings.ToUpper(all[:first]) + all[first:]), true
	case "length":
		return uint64(len(unitsOf(text(own)))), true
	case "lengthOfBytesUsingEncoding:":
		return uint64(len(text(own))), true
	case "characterAtIndex:":
		all := unitsOf(text(own))
		if with < uint64(len(all)) {
			return uint64(all[with]), true
		}
		return 0, true
	case "stringWithCharacters:length:", "initWithCharacters:length:": // of two bytes each
		return m.newText(m.ofUnits(with, a[3])), true
	case "substringWithRange:", "deleteCharactersInRange:", "stringByReplacingCharactersInRange:withString:", "replaceCharactersInRange:withString:":
		before, rest := cut(text(own), with)
		part, behind := cut(rest, a[3])
		switch selector {
		case "substringWithRange:":
			return m.newText(part), true
		case "stringByReplacingCharactersInRange:withString:":
			return m.newText(before + text(a[4]) + behind), true
		case "replaceCharactersInRange:withString:":
			m.put(own, append([]byte(before+text(a[4])+behind), 0))
		default:
			m.put(own, append([]byte(before+behind), 0))
		}
		return 0, true
	case "insertString:atIndex:":
		before, behind := cut(text(own), a[3])
		m.put(own, append([]byte(before+text(with)+behind), 0))
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
		_, behind := cut(text(own), with)
		return m.newText(behind), true
	case "substringToIndex:":
		before, _ := cut(text(own), with)
		return m.newText(before), true
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
