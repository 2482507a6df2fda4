package machine

import (
	"encoding/binary"
	"strings"

	"plugvet/scanner/inspect/internal/transliterate"
)

// What makes texts of other letters: the transforms of Foundation by their names, and ICU's
// and GLib's functions for the same. A name may be kept in letters of full width, of
// mathematics or with marks, or by the names or numbers of its characters.

// A transform is a transliterator by its name or rules, which may go the other way.
type transform struct {
	id          string
	back, rules bool
}

// transformNames are what Foundation calls transforms of which the import is a string.
var transformNames = map[string]string{
	"ToUnicodeName": "Any-Name", "ToXMLHex": "Any-Hex/XML", "ToLatin": "Any-Latin", "StripDiacritics": withoutMarks,
	"StripCombiningMarks": withoutMarks, "FullwidthHalfwidth": "Fullwidth-Halfwidth", "FullwidthToHalfwidth": "Fullwidth-Halfwidth",
	"LatinCyrillic": "Latin-Cyrillic", "LatinToCyrillic": "Latin-Cyrillic", "LatinGreek": "Latin-Greek", "LatinToGreek": "Latin-Greek",
	"LatinHebrew": "Latin-Hebrew", "LatinToHebrew": "Latin-Hebrew",
}

// transformAt lays the name of a transform where code finds that of an import.
func (m *machine) transformAt(at uint64, name string) {
	name, ok := strings.CutPrefix(name, "NSStringTransform")
	if !ok {
		name, ok = strings.CutPrefix(name, "kCFStringTransform")
	}
	id := transformNames[name]
	if !ok || id == "" || m.pages[at>>pageBits] != nil {
		return
	}
	p := new(page)
	m.pages[at>>pageBits] = p
	m.copied(p)
	m.slot(at >> pageBits).valid = false
	const behind = 8
	off := at & (pageSize - 1)
	binary.LittleEndian.PutUint64(p.bytes[off:], at+behind)
	copy(p.bytes[off+behind:], id)
}

const setSteps = 512 // that a set of letters takes, and each class of them in it

// transliterated gives what a transform makes of a text; the text itself where that is not known.
func (m *machine) transliterated(t transform, text string) (string, bool) {
	id, by := t.id, transliterate.Of
	if t.back {
		id = transliterate.Back(id)
	}
	if t.rules {
		id, by = t.id, transliterate.OfRules
	}
	sets := strings.Count(id, "[") + strings.Count(strings.ToLower(id), `\p`)
	m.steps -= len(id) + len(text)*(1+strings.Count(id, ";")) + setSteps*sets
	if m.steps < 0 {
		return text, false
	}
	if does := by(m.budget, id); does != nil {
		if out, ok := does(text); ok {
			return out[:min(len(out), maxSource)], true
		}
	}
	return text, false
}

// What texts compare without, as options of Foundation (CFStringCompareFlags).
const caseInsensitive, diacriticInsensitive, widthInsensitive = 1, 128, 256

// foldedBy is the transform that has texts compare without what options of Foundation name:
// case, marks and width.
func foldedBy(options uint64) transform {
	id := "Null"
	if options&widthInsensitive != 0 {
		id += "; Fullwidth-Halfwidth"
	}
	if options&diacriticInsensitive != 0 {
		id += "; " + withoutMarks
	}
	if options&caseInsensitive != 0 {
		id += "; Lower"
	}
	return transform{id: id}
}

const (
	withoutMarks = "NFD; [:Mn:] Remove; NFC"
	inASCII      = "NFKD; [:Mn:] Remove; Latin-ASCII"
)

// Forms of a text, as Foundation, GLib and ICU number them.
var (
	coreForms = []string{"NFD", "NFKD", "NFC", "NFKC"}
	glibForms = []string{"NFD", "NFC", "NFKD", "NFKC"}
	icuForms  = []string{2: "NFD", 3: "NFKD", 4: "NFC", 5: "NFKC"}
)

func formOf(forms []string, n uint64) transform {
	if n < uint64(len(forms)) {
		return transform{id: forms[n]}
	}
	return transform{}
}

// transformedString is what a message or a function of Foundation makes of a string, if it
// is one that is known. What changes the string itself gives no other.
func (m *machine) transformedString(name string, a [6]uint64) (result uint64, known bool) {
	const ascii = 1 // an encoding
	var t transform
	var changes bool
	switch name {
	case "stringByApplyingTransform:reverse:":
		t = transform{id: m.unicode(a[2]), back: a[3]&1 != 0}
	case "applyTransform:reverse:range:updatedRange:":
		t, changes = transform{id: m.unicode(a[2]), back: a[3]&1 != 0}, true
	case "CFStringTransform":
		t, changes = transform{id: m.unicode(a[2]), back: a[3]&1 != 0}, true
	case "stringByFoldingWithOptions:locale:":
		t = foldedBy(a[2])
	case "CFStringFold":
		t, changes = foldedBy(a[1]), true
	case "CFStringNormalize":
		t, changes = formOf(coreForms, a[1]), true
	case "CFStringLowercase":
		t, changes = transform{id: "Lower"}, true
	case "CFStringUppercase":
		t, changes = transform{id: "Upper"}, true
	case "decomposedStringWithCanonicalMapping":
		t = transform{id: "NFD"}
	case "precomposedStringWithCanonicalMapping":
		t = transform{id: "NFC"}
	case "decomposedStringWithCompatibilityMapping":
		t = transform{id: "NFKD"}
	case "precomposedStringWithCompatibilityMapping":
		t = transform{id: "NFKC"}
	case "dataUsingEncoding:allowLossyConversion:":
		if a[2] != ascii || a[3]&1 == 0 {
			return a[0], true
		}
		t = transform{id: inASCII}
	default:
		return 0, false
	}
	text, ok := m.transliterated(t, m.unicode(a[0]))
	if !ok || !changes {
		return m.newText(text), ok
	}
	m.put(a[0], append([]byte(text), 0))
	return 1, true
}

// transformed does what a function of ICU, GLib or others would, if it is one that is known.
func (m *machine) transformed(name string, a [6]uint64) (result uint64, known bool) {
	ofText := func(t transform, text string) (uint64, bool) {
		text, ok := m.transliterated(t, text)
		return m.newText(text), ok
	}
	switch name {
	case "g_utf8_normalize":
		return ofText(formOf(glibForms, a[2]), m.some(a[0], a[1]))
	case "g_utf8_casefold", "g_utf8_strdown":
		return ofText(transform{id: "Lower"}, m.some(a[0], a[1]))
	case "g_utf8_strup":
		return ofText(transform{id: "Upper"}, m.some(a[0], a[1]))
	case "g_str_to_ascii":
		return ofText(transform{id: inASCII}, m.unicode(a[0]))
	case "utf8proc_NFKC", "utf8proc_NFKD", "utf8proc_NFKC_Casefold":
		id := name[len("utf8proc_"):][:4]
		if strings.HasSuffix(name, "fold") {
			id += "; Lower"
		}
		return ofText(transform{id: id}, m.unicode(a[0]))
	case "stringprep_utf8_nfkc_normalize":
		return ofText(transform{id: "NFKC"}, m.some(a[0], a[1]))
	}
	if !strings.HasPrefix(name, "u") {
		return 0, false
	}
	return m.icu(withoutVersion(name), a)
}

// some is a text of so many bytes, or up to its end where the number is negative.
func (m *machine) some(at, size uint64) string {
	text := m.unicode(at)
	if int64(size) >= 0 {
		text = text[:min(uint64(len(text)), size)]
	}
	return text
}

// withoutVersion is the name of a function of ICU without the version that it ends with.
func withoutVersion(name string) string {
	if at := strings.LastIndexByte(name, '_'); at > 0 && strings.Trim(name[at+1:], "0123456789") == "" {
		return name[:at]
	}
	return name
}

// icu does what a function of ICU would that gives texts, which are in UTF-16 there.
func (m *machine) icu(name string, a [6]uint64) (result uint64, known bool) {
	opens := func(t transform) (uint64, bool) {
		if m.transforms == nil {
			m.transforms = map[uint64]transform{}
		}
		handle := m.result("")
		m.transforms[handle] = t
		return handle, true
	}
	// writes puts a text where there is room for so many units, and tells its length.
	writes := func(to, room uint64, text string) (uint64, bool) {
		units := unitsOf(text)
		m.steps -= len(units) / 4
		for i, unit := range append(units, 0) {
			if uint64(i) < room&mask(4) {
				m.write(to+2*uint64(i), uint64(unit), 2)
			}
		}
		return uint64(len(units)), true
	}
	tells := func(at, size uint64) {
		if at != 0 {
			m.write(at, size, 4)
		}
	}
	const all = 1<<32 - 1 // -1, of a length
	switch name {
	case "utrans_openU":
		return opens(transform{m.wide(a[0], a[1]), a[2]&1 != 0, false}.orRules(m.wide(a[3], a[4]), a[3]))
	case "utrans_open":
		return opens(transform{m.unicode(a[0]), a[1]&1 != 0, false}.orRules(m.wide(a[2], a[3]), a[2]))
	case "utrans_transUChars": // in its place
		size := uint64(all)
		if a[2] != 0 {
			size = m.peek(a[2], 4)
		}
		text, ok := m.transliterated(m.transforms[a[0]], m.wide(a[1], size))
		n, _ := writes(a[1], a[3], text)
		tells(a[2], n)
		tells(a[5], n)
		return 0, ok
	case "unorm2_getNFCInstance", "unorm2_getNFDInstance", "unorm2_getNFKCInstance", "unorm2_getNFKDInstance":
		return opens(transform{id: strings.TrimSuffix(name[len("unorm2_get"):], "Instance")})
	case "unorm2_getNFKCCasefoldInstance":
		return opens(transform{id: "NFKC; Lower"})
	case "unorm2_getInstance": // which composes or decomposes
		id := strings.ToUpper(m.text(a[1]))
		if a[2]&mask(4) == 1 {
			id = strings.Replace(id, "C", "D", 1)
		}
		return opens(transform{id: strings.Replace(id, "_CF", "; Lower", 1)})
	case "unorm2_normalize":
		text, ok := m.transliterated(m.transforms[a[0]], m.wide(a[1], a[2]))
		n, _ := writes(a[3], a[4], text)
		return n, ok
	case "unorm_normalize":
		text, ok := m.transliterated(formOf(icuForms, a[2]), m.wide(a[0], a[1]))
		n, _ := writes(a[4], a[5], text)
		return n, ok
	case "u_strFoldCase", "u_strToLower", "u_strToUpper":
		id := "Lower"
		if name == "u_strToUpper" {
			id = "Upper"
		}
		text, _ := m.transliterated(transform{id: id}, m.wide(a[2], a[3]))
		return writes(a[0], a[1], text)
	case "u_strFromUTF8":
		text := m.unicode(a[3])
		if size := a[4] & mask(4); size != all {
			text = m.some(a[3], size)
		}
		n, _ := writes(a[0], a[1], text)
		tells(a[2], n)
		return a[0], true
	case "u_strToUTF8":
		text := m.wide(a[3], a[4])
		m.put(a[0], append([]byte(text[:min(uint64(len(text)), a[1]&mask(4))]), 0))
		tells(a[2], uint64(len(text)))
		return a[0], true
	case "u_uastrcpy":
		writes(a[0], all, m.unicode(a[1]))
		return a[0], true
	case "u_austrcpy":
		m.put(a[0], append([]byte(m.wide(a[1], all)), 0))
		return a[0], true
	case "u_unescape":
		text, _ := m.transliterated(transform{id: "Hex-Any"}, m.unicode(a[0]))
		return writes(a[1], a[2], text)
	case "u_charFromName":
		c, ok := transliterate.Character(m.text(a[1]))
		return uint64(c), ok
	}
	return 0, false
}

// orRules is the transform of rules, where there are any.
func (t transform) orRules(rules string, at uint64) transform {
	if at != 0 {
		return transform{rules, t.back, true}
	}
	return t
}

// wide is a text of so many units of UTF-16, or up to a zero where the number is negative.
func (m *machine) wide(at, size uint64) string {
	size &= mask(4)
	if at == 0 {
		return ""
	}
	if int32(size) < 0 {
		for size = 0; size < maxSource && m.peek(at+2*size, 2) != 0; size++ {
		}
	}
	return m.ofUnits(at, size)
}
