package machine

import (
	"slices"
	"strings"
	"testing"
)

func TestTransformsMakeTexts(t *testing.T) {
	m := testMachine()
	m.image.Apple = true
	of := func(text string) uint64 { return m.sends(0, "stringWithUTF8String:", m.give(text)) }
	changed := func(text, how string, arguments ...uint64) uint64 { // and what it wrote
		s := m.apple("CFStringCreateMutableCopy", 0, 0, of(text))
		if strings.HasPrefix(how, "CF") {
			m.apple(how, append([]uint64{s}, arguments...)...)
		} else {
			m.sends(s, how, arguments...)
		}
		return s
	}
	units := m.result("")
	m.icu("u_strFromUTF8", [6]uint64{units, 64, 0, m.give("ｏｓａ"), 1<<32 - 1})
	for _, c := range []struct {
		what, want string
		at         uint64
	}{
		{"names", "osa", m.sends(of(`\N{LATIN SMALL LETTER O}sa`), "stringByApplyingTransform:reverse:", of("Any-Name"), 1)},
		{"long names", strings.Repeat("a", 40), m.sends(of(strings.Repeat(`\N{LATIN SMALL LETTER A}`, 40)), "stringByApplyingTransform:reverse:", of("Name-Any"), 0)},
		{"numbers", "osa", m.sends(of(`&#x6f;&#x73;&#x61;`), "stringByApplyingTransform:reverse:", of("Any-Hex/XML"), 1)},
		{"in its place", "osa", changed("ｏｓа", "applyTransform:reverse:range:updatedRange:", of("Fullwidth-Halfwidth; Cyrillic-Latin"), 0)},
		{"another language", "osa", m.sends(of("оса"), "stringByApplyingTransform:reverse:", of("Latin-Cyrillic"), 1)},
		{"one that is not known", "", m.sends(of("osa"), "stringByApplyingTransform:reverse:", of("Any-Klingon"), 0)},
		{"CFStringTransform", "osa", changed("ósà", "CFStringTransform", 0, of("NFD; [:Mn:] Remove; NFC"), 0)},
		{"CFStringFold", "osa", changed("ÓＳà", "CFStringFold", caseInsensitive|diacriticInsensitive|widthInsensitive)},
		{"CFStringNormalize", "osa", changed("ｏ𝐬ⓐ", "CFStringNormalize", 3)},
		{"folding", "osa", m.sends(of("ÓＳà"), "stringByFoldingWithOptions:locale:", caseInsensitive|diacriticInsensitive|widthInsensitive)},
		{"case alone", "ósa", m.sends(of("ÓSa"), "stringByFoldingWithOptions:locale:", caseInsensitive)},
		{"compatibility", "osa", m.sends(of("ｏ𝐬ⓐ"), "precomposedStringWithCompatibilityMapping")},
		{"lossy", "osa", m.sends(of("óｓà"), "dataUsingEncoding:allowLossyConversion:", 1, 1)},
		{"characters", "ｓ", m.sends(of("ёｓа"), "substringWithRange:", 1, 1)},
		{"units", "ｏｓａ", m.sends(0, "stringWithCharacters:length:", units, 3)},
		{"g_utf8_normalize", "osa", m.does("g_utf8_normalize", m.give("ｏ𝐬ⓐ"), ^uint64(0), 3)},
		{"g_utf8_casefold", "osa", m.does("g_utf8_casefold", m.give("OSAX"), 3)},
		{"g_str_to_ascii", "osa", m.does("g_str_to_ascii", m.give("óｓà"))},
	} {
		if got := string(m.bytes(c.at)); got != c.want {
			t.Errorf("%s: %q", c.what, got)
		}
	}
	if m.sends(of("ёｓа𝐚"), "length") != 5 || m.sends(of("ёｓа"), "characterAtIndex:", 1) != 'ｓ' {
		t.Error("a text does not know its letters")
	}
}

func TestICUMakesTexts(t *testing.T) {
	const all = 1<<32 - 1
	m := testMachine()
	wide := func(text string) uint64 {
		to := m.result("")
		m.does("u_uastrcpy_72", to, m.give(text))
		return to
	}
	narrow := func(at uint64) string {
		to := m.result("")
		m.does("u_strToUTF8_72", to, 64, 0, at, all)
		return m.text(to)
	}
	text, size := wide(`\N{LATIN SMALL LETTER O}s\N{LATIN SMALL LETTER A}`), m.result("")
	m.does("utrans_transUChars_72", m.does("utrans_openU_72", wide("Any-Name"), all, 1, 0, 0), text, 0, 64, 0, size)
	if got := narrow(text); got != "osa" || m.peek(size, 4) != 3 {
		t.Errorf("a transliterator: %q", got)
	}
	text = wide("zsz")
	m.does("utrans_transUChars", m.does("utrans_open", m.give("x"), 0, wide("z > a;"), all), text, 0, 64, 0, 0)
	if got := narrow(text); got != "asa" {
		t.Errorf("rules: %q", got)
	}
	from, folded, to := m.result(""), m.result(""), m.result("")
	m.does("u_strFromUTF8", from, 64, size, m.give("ＯＳＡ"), all)
	n := m.does("u_strFoldCase", folded, 64, from, m.peek(size, 4))
	n = m.does("unorm2_normalize", m.does("unorm2_getNFKCInstance"), folded, n, to, 64)
	if got := narrow(to); got != "osa" || n != 3 {
		t.Errorf("a form: %q", got)
	}
	if m.does("u_charFromName", 0, m.give("LATIN SMALL LETTER O")) != 'o' {
		t.Error("a name")
	}
}

// What a compiler leaves of a text with other letters is in UTF-16.
func TestStringsOfCompilersMayBeWide(t *testing.T) {
	data := make([]byte, 0x1000)
	for i, c := range []rune("ｏｓａ") {
		data[0x100+2*i], data[0x101+2*i] = byte(c), byte(c>>8)
	}
	data[8], data[9], data[0x11], data[0x18] = wideString&0xff, wideString>>8, 0x21, 3
	first := &machine{image: &Image{Apple: true, Segments: []Segment{{Addr: 0x2000, Data: data}}}, room: new(room), pages: map[uint64]*page{}, byName: map[string]uint64{}}
	first.fill()
	m := first.again(false)
	m.watch, m.steps = &Watch{}, allSteps
	m.write(0x2800, 1, 8) // beside it
	if got := m.unicode(0x2000); got != "ｏｓａ" {
		t.Errorf("%q", got)
	}
	if once, again := m.characters(0x2000), m.characters(0x2000); once != again {
		t.Errorf("its letters lie at %x, and asked again at %x", once, again)
	}
}

func TestTransformsHaveTheirNamesInImports(t *testing.T) {
	image := &Image{Apple: true, Segments: []Segment{{Addr: 0x2000, Data: make([]byte, 0x1000)}}, Pointers: []Pointer{
		{Addr: 0x2000, Import: "NSStringTransformToUnicodeName"}, {Addr: 0x2008, Import: "kCFStringTransformFullwidthHalfwidth"}, {Addr: 0x2010, Import: "NSStringTransformOfNobody"}}}
	first := &machine{image: image, room: new(room), pages: map[uint64]*page{}, byName: map[string]uint64{}}
	first.fill()
	m := first.again(false)
	var got []string
	for _, at := range []uint64{0x2000, 0x2008, 0x2010} {
		got = append(got, m.unicode(m.peek(m.peek(at, 8), 8)))
	}
	if want := []string{"Any-Name", "Fullwidth-Halfwidth", ""}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestTransformsTakeSteps(t *testing.T) {
	m := testMachine()
	text, before := strings.Repeat("ｏ", maxSource/3), m.steps
	m.transliterated(transform{id: strings.Repeat("[a-z] Lower;", 30)}, text)
	if spent := before - m.steps; spent < 30*len(text) {
		t.Errorf("%d steps", spent)
	}
	for what, call := range map[string]func(){
		"units that are written": func() { m.icu("u_uastrcpy", [6]uint64{m.result(""), m.give(strings.Repeat("a", maxText))}) },
		"units that are read":    func() { m.ofUnits(m.result(""), maxText) },
		"a list":                 func() { m.listed(make([]uint64, maxList), m.result("")) },
	} {
		m.steps = allSteps
		if call(); allSteps-m.steps < maxList {
			t.Errorf("%s: %d steps", what, allSteps-m.steps)
		}
	}
	m.steps = allSteps
	if m.transliterated(transform{id: `[\pL\PN] Lower`}, "a"); allSteps-m.steps < 2*setSteps {
		t.Errorf("two classes take %d steps", allSteps-m.steps)
	}
	for range 100 {
		m.steps = allSteps
		if out, _ := m.transliterated(transform{id: strings.Repeat("Hex;", 4)}, text); len(out) > maxSource {
			t.Fatalf("%d bytes", len(out))
		}
	}
	if m.budget.Spent == "" {
		t.Error("texts grow without end")
	}
}
