package php

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"plugvet/scanner/inspect/script"
)

// What ICU's transliterators make of a text: those that give Latin letters of others, and
// those that take marks off letters, name characters or change their case.

// transliterationsText are the letters of the transliterators that go letter by letter, as
// ICU 72 tells them, each in a line behind its name. A blank stands for itself as U+2420.
// Of those of the BGN they are the small letters alone.
//
//go:embed transliterations.txt
var transliterationsText string

// transliterations are those transliterators by their names.
var transliterations = sync.OnceValue(func() map[string]*strings.Replacer {
	all := map[string]*strings.Replacer{}
	for line := range strings.Lines(transliterationsText) {
		name, letters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		var pairs []string
		for pair := range strings.SplitSeq(letters, " ") {
			_, first := utf8.DecodeRuneInString(pair)
			if from, to, ok := strings.Cut(pair[first:], "="); ok {
				pairs = append(pairs, pair[:first]+from, strings.ReplaceAll(to, "␠", " "))
			}
		}
		all[name] = strings.NewReplacer(pairs...)
	}
	return all
})

// A transliterator makes one text of another; false where it is not known what.
type transliterator func(s string) (string, bool)

// A growingStep is one of several transliterators that go one after another.
type growingStep struct {
	does   transliterator
	growth int // how many times as long as its text what it makes may be
}

const maxTransliterators = 32 // in a row, each of which goes over the whole text

// scripts are the alphabets that become Latin, and their transliterators.
var scripts = []struct {
	run  *regexp.Regexp
	name string
}{
	{regexp.MustCompile(`[\p{Cyrillic}\p{Mn}]+`), "cyrillic-latin"}, {regexp.MustCompile(`[\p{Greek}\p{Mn}]+`), "greek-latin"},
	{regexp.MustCompile(`[\p{Armenian}\p{Mn}]+`), "armenian-latin"}, {regexp.MustCompile(`[\p{Georgian}\p{Mn}]+`), "georgian-latin"},
	{regexp.MustCompile(`[\p{Hebrew}\p{Mn}]+`), "hebrew-latin"},
}

// shortScripts are other names of scripts.
var shortScripts = strings.NewReplacer("georgian", "georgian", "hebrew", "hebrew", "cyrl", "cyrillic", "grek", "greek", "armn", "armenian", "geor", "georgian", "hebr", "hebrew", "latn", "latin")

// transliteratorOf is the transliterator of a name, such as "Greek-Latin; Latin-ASCII;
// [:Nonspacing Mark:] Remove; Lower()"; nil for one that is not known.
func transliteratorOf(b *script.Budget, id string) transliterator {
	within, id, ok := filterOf(id) // of all that follows
	if !ok {
		return nil
	}
	var steps []growingStep
	for _, step := range splitSteps(id) {
		if step = strings.TrimSpace(step); step == "" {
			continue
		}
		t := stepOf(step)
		if t == nil || len(steps) == maxTransliterators {
			return nil
		}
		steps = append(steps, growingStep{t, growthOf(step)})
	}
	if len(steps) == 0 {
		return nil
	}
	return filteredBy(within, inSteps(b, steps))
}

// growthOf is how many times as long what a transliterator makes may be.
func growthOf(step string) int {
	const decomposed, hex, other = 18, 6, 6
	switch step = lower(step); {
	case strings.Contains(step, "nfk"):
		return decomposed
	case strings.Contains(step, "hex"):
		return hex
	}
	return other
}

// filterOf takes the set of characters away that stands before a name; false where it is
// not known what is in it.
func filterOf(id string) (within *regexp.Regexp, rest string, ok bool) {
	id = strings.TrimSpace(id)
	depth := 0
	for i, c := range []byte(id) {
		switch {
		case c == '[':
			depth++
		case i == 0:
			return nil, id, true
		case c == ']':
			if depth--; depth == 0 {
				within = setOf(id[:i+1])
				return within, id[i+1:], within != nil
			}
		}
	}
	return nil, id, id == ""
}

// filteredBy is a transliterator of nothing but runs of the characters of a set.
func filteredBy(within *regexp.Regexp, t transliterator) transliterator {
	if within == nil {
		return t
	}
	return func(s string) (string, bool) {
		known := true
		s = within.ReplaceAllStringFunc(s, func(run string) string {
			out, ok := t(run)
			known = known && ok
			return out
		})
		return s, known
	}
}

// inSteps is a transliterator that is several, one after another. What a step may make is
// asked before it goes: a rule can make gigabytes of a text that is not too long.
func inSteps(b *script.Budget, steps []growingStep) transliterator {
	return func(s string) (string, bool) {
		for _, step := range steps {
			if len(s) > script.MaxConstant/step.growth || !b.Take(len(s)) {
				return "", false
			}
			var ok bool
			if s, ok = step.does(s); !ok || !b.Take(len(s)) {
				return "", false
			}
		}
		return s, true
	}
}

// splitSteps splits the name of a compound transliterator.
func splitSteps(id string) (steps []string) {
	from, depth := 0, 0
	for i, c := range []byte(id) {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == ';' && depth <= 0:
			steps = append(steps, id[from:i])
			from = i + 1
		}
	}
	return append(steps, id[from:])
}

// stepOf is a transliterator of one name, with a filter before it.
func stepOf(step string) transliterator {
	within, step, ok := filterOf(step)
	if !ok {
		return nil
	}
	name, _, _ := strings.Cut(step, "(") // what the way back is
	name = strings.ReplaceAll(lower(strings.TrimSpace(name)), "_", "-")
	t := namedTransliterator(strings.TrimPrefix(shortScripts.Replace(name), "any-"))
	if t == nil {
		return nil
	}
	return filteredBy(within, t)
}

// always is a transliterator that can make something of every text.
func always(f func(string) string) transliterator {
	return func(s string) (string, bool) { return f(s), utf8.ValidString(s) }
}

// namedTransliterator is the one of a name in lower case without "any-".
func namedTransliterator(name string) transliterator {
	switch name {
	case "null":
		return always(func(s string) string { return s })
	case "remove":
		return always(func(string) string { return "" })
	case "lower":
		return always(strings.ToLower)
	case "upper":
		return always(func(s string) string { return strings.ToUpper(severalCapitals.Replace(s)) })
	case "title":
		return always(titled)
	case "nfc":
		return always(norm.NFC.String)
	case "nfd":
		return always(norm.NFD.String)
	case "nfkc":
		return always(norm.NFKC.String)
	case "nfkd":
		return always(norm.NFKD.String)
	case "hex", "hex/java":
		return always(inHex)
	case "fullwidth-halfwidth":
		return always(func(s string) string { return strings.Map(halfWidth, s) })
	case "greek-latin":
		return romanGreek
	case "latin-ascii":
		by := transliterations()[name]
		return always(func(s string) string {
			return by.Replace(norm.NFC.String(marksOnLatin.ReplaceAllString(norm.NFD.String(s), "$1")))
		})
	case "latin":
		return romanised
	case "name-any":
		return always(func(s string) string { return namedCharacter.ReplaceAllStringFunc(s, ofCharacterName) })
	case "hex-any", "hex-any/java", "hex-any/unicode", "hex-any/xml", "hex-any/xml10", "hex-any/c", "hex-any/perl":
		return always(func(s string) string { return hexCharacter.ReplaceAllStringFunc(s, ofHex) })
	}
	if code, _, ok := strings.Cut(name, "-"); ok && languages[code] != "" { // sr-sr_Latn/BGN
		name = strings.Replace(name, code+"-"+code, languages[code], 1)
	}
	if by := transliterations()[name]; by != nil && strings.HasSuffix(name, "/bgn") {
		return func(s string) (string, bool) { return romanCyrillic(by, s) }
	} else if by != nil {
		return always(func(s string) string { return norm.NFC.String(by.Replace(norm.NFC.String(s))) })
	}
	return nil
}

// romanised is Any-Latin: each alphabet becomes Latin in its own way.
func romanised(s string) (string, bool) {
	known := true
	for _, of := range scripts {
		s = of.run.ReplaceAllStringFunc(s, func(run string) string {
			out, ok := namedTransliterator(of.name)(run)
			known = known && ok
			return out
		})
	}
	other := func(c rune) bool {
		return unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) && !unicode.Is(unicode.Lm, c)
	}
	return s, known && !strings.ContainsFunc(s, other)
}

// languages are those of the transliterators of the BGN by their codes.
var languages = map[string]string{
	"be": "belarusian", "bg": "bulgarian", "kk": "kazakh", "ky": "kirghiz", "mk": "macedonian", "sr": "serbian", "uk": "ukrainian",
}

// romanCyrillic is a transliterator of small letters, with the capitals: of one that
// becomes several only the first is large before a small letter. Where two letters are
// something else together, large ones are not known.
func romanCyrillic(letters *strings.Replacer, s string) (string, bool) {
	in := []rune(norm.NFC.String(s))
	var out strings.Builder
	for i := 0; i < len(in); i++ {
		from := i
		for i < len(in) && !unicode.IsUpper(in[i]) {
			i++
		}
		out.WriteString(letters.Replace(string(in[from:i])))
		if i == len(in) {
			break
		}
		small := string(unicode.ToLower(in[i]))
		roman, next := letters.Replace(small), ' '
		if i+1 < len(in) {
			next = in[i+1]
		}
		switch after := string(unicode.ToLower(next)); {
		case letters.Replace(small+after) != roman+letters.Replace(after), i > 0 && unicode.Is(unicode.Cyrillic, in[i-1]) && letters.Replace(string(unicode.ToLower(in[i-1]))+small) != letters.Replace(string(unicode.ToLower(in[i-1])))+roman:
			return "", false
		case unicode.IsLower(next):
			first, size := utf8.DecodeRuneInString(roman)
			roman = string(unicode.ToUpper(first)) + roman[size:]
		default:
			roman = strings.ToUpper(roman)
		}
		out.WriteString(roman)
	}
	return norm.NFC.String(out.String()), utf8.ValidString(s)
}

// romanGreek is Greek-Latin for letters with no other marks than the accent and the
// diaeresis of modern Greek.
func romanGreek(s string) (string, bool) {
	const acute, diaeresis, low = '\u0301', '\u0308', '\u0331'
	in := []rune(norm.NFD.String(s))
	at := func(i int) rune {
		if i < 0 || i >= len(in) {
			return ' '
		}
		return in[i]
	}
	letters := transliterations()["greek-latin"]
	var out strings.Builder
	for i, c := range in {
		roman := letters.Replace(string(c))
		behind := unicode.ToLower(at(i + 1))
		before := at(i - 1)
		after, final := unicode.IsLetter(before) || unicode.Is(unicode.Mn, before), !unicode.IsLetter(behind)
		switch l := unicode.ToLower(c); {
		case c >= 0x300 && c < 0x370 && c != acute && c != diaeresis && unicode.Is(unicode.Greek, before):
			return "", false
		case unicode.Is(unicode.Greek, c) && roman == string(c):
			return "", false
		case l == 'υ' && strings.ContainsRune("αειουaeiouy", unicode.ToLower(before)):
			roman = map[bool]string{true: "U", false: "u"}[c == 'Υ']
		case l == 'γ' && strings.ContainsRune("γκξχ", behind):
			roman = map[bool]string{true: "N", false: "n"}[c == 'Γ']
		case l == 'π' && (behind == 'σ' || behind == 'ς'), l == 'ν' && strings.ContainsRune("γκξχ", behind):
			roman += "'"
		case c == 'σ' && after && final, c == 'ς' && !(after && final):
			roman = "s" + string(low)
		case c == 'σ', c == 'ς':
			roman = "s"
		case len(roman) == 2 && unicode.IsUpper(c) && unicode.IsLower(at(i+1)): // TH of Θ
			roman = roman[:1] + lower(roman[1:])
		}
		out.WriteString(roman)
	}
	return norm.NFC.String(out.String()), utf8.ValidString(s)
}

// severalCapitals are letters of which the capital is several.
var severalCapitals = strings.NewReplacer("ß", "SS", "ﬀ", "FF", "ﬁ", "FI", "ﬂ", "FL", "ﬃ", "FFI", "ﬄ", "FFL", "ﬅ", "ST", "ﬆ", "ST", "ŉ", "ʼN", "ǰ", "J̌")

// titled is a text with a capital at the beginning of each word.
func titled(s string) string {
	within := false
	return strings.Map(func(c rune) rune {
		was := within
		within = unicode.IsLetter(c) || unicode.Is(unicode.Mn, c) || was && (c == '\'' || c == '.')
		if was {
			return unicode.ToLower(c)
		}
		return unicode.ToTitle(c)
	}, s)
}

// halfWidth is what a character of full width is.
func halfWidth(c rune) rune {
	switch {
	case c >= 0xff01 && c <= 0xff5e:
		return c - 0xff01 + '!'
	case c == 0x3000:
		return ' '
	}
	return c
}

// inHex writes every character by its number in UTF-16.
func inHex(s string) string {
	var out strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&out, `\u%04X`, unit)
	}
	return out.String()
}

// ofRules is a transliterator that is made of rules: of those that put one text in the
// place of another, and of those that name a transliterator.
func ofRules(b *script.Budget, rules string) transliterator {
	const most = 1 << 10
	var steps []growingStep
	var pairs []string
	growth := 1
	settle := func() {
		if len(pairs) > 0 {
			by := strings.NewReplacer(pairs...)
			steps, pairs = append(steps, growingStep{always(by.Replace), growth}), nil
			growth = 1
		}
	}
	for rule := range strings.SplitSeq(ruleComment.ReplaceAllString(rules, ""), ";") {
		rule = strings.TrimSpace(rule)
		if name, ok := strings.CutPrefix(rule, "::"); ok {
			settle()
			t := stepOf(strings.TrimSpace(name))
			if t == nil {
				return nil
			}
			steps = append(steps, growingStep{t, growthOf(name)})
			if len(steps) > maxTransliterators {
				return nil
			}
			continue
		}
		m := ruleParts.FindStringSubmatch(rule)
		if m == nil && rule != "" || len(pairs) > most {
			return nil
		}
		if m != nil {
			from, ok1 := ruleText(m[1])
			to, ok2 := ruleText(m[2])
			if !ok1 || !ok2 || from == "" {
				return nil
			}
			pairs = append(pairs, from, to)
			growth = max(growth, (len(to)+len(from)-1)/len(from))
		}
	}
	if settle(); len(steps) == 0 || len(steps) > maxTransliterators {
		return nil
	}
	return inSteps(b, steps)
}

// ruleText is the text of one side of a rule; false where it is more than a text.
func ruleText(side string) (string, bool) {
	var out strings.Builder
	for side = strings.TrimSpace(side); side != ""; {
		c, size := utf8.DecodeRuneInString(side)
		switch {
		case strings.HasPrefix(side, "''"):
			out.WriteByte('\'')
			size = 2
		case c == '\'':
			text, rest, ok := strings.Cut(side[1:], "'")
			if !ok {
				return "", false
			}
			out.WriteString(text)
			side = rest
			continue
		case c == '\\':
			escape := hexCharacter.FindString(side)
			switch {
			case escape != "" && strings.HasPrefix(side, escape):
				out.WriteString(ofHex(escape))
				size = len(escape)
			case len(side) > 1 && !isLower(side[1]) && !isUpper(side[1]) && !isDigit(side[1]) && side[1] < utf8.RuneSelf:
				out.WriteByte(side[1])
				size = 2
			default:
				return "", false
			}
		case unicode.IsSpace(c):
		case strings.ContainsRune("[]{}()$^*+?|.&@<>=\"", c):
			return "", false
		default:
			out.WriteRune(c)
		}
		side = side[size:]
	}
	return out.String(), true
}

var (
	marksOnLatin   = regexp.MustCompile(`([\p{Latin}0-9])\p{Mn}+`)
	namedCharacter = regexp.MustCompile(`\\N\s*\{\s*[A-Za-z0-9 -]+\s*\}`)
	ruleComment    = regexp.MustCompile(`(?m)#.*$`)
	ruleParts      = regexp.MustCompile(`^([^>→]*?)\s*<?[>→]\s*([^>→]*)$`)
	hexCharacter   = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|U\+[0-9a-fA-F]{4,6}|\\x\{[0-9a-fA-F]{1,6}\}|&#x[0-9a-fA-F]{1,6};|&#[0-9]{1,7};`)
)

// ofCharacterName is the character of \N{NAME}.
func ofCharacterName(s string) string {
	name := strings.TrimSpace(strings.TrimRight(s[strings.IndexByte(s, '{')+1:], "} \t"))
	if v := foldCharFromName(nil, []value{stringValue(name)}); v.known() {
		return string(rune(v.n))
	}
	return s
}

// ofHex is the character that a number stands for.
func ofHex(s string) string {
	digits, base := strings.Trim(s, `\uUx+{}&#;`), 16
	if strings.HasPrefix(s, "&#") && s[2] != 'x' {
		base = 10
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil || n > unicode.MaxRune {
		return s
	}
	return string(rune(n))
}

// setOf is a set of characters of ICU, of the simple ones, as an expression for a run of
// them; nil for another.
func setOf(set string) *regexp.Regexp {
	set = posixClass.ReplaceAllStringFunc(set, func(class string) string {
		name := strings.NewReplacer(" ", "", "_", "", "-", "").Replace(lower(strings.Trim(class, "[:]")))
		not := `\p{`
		if rest, negated := strings.CutPrefix(name, "^"); negated {
			name, not = rest, `\P{`
		}
		switch is := propertyNames[name]; {
		case is != "":
			return not + is + "}"
		case name == "ascii" && not == `\p{`:
			return `\x00-\x7f`
		}
		return "[:"
	})
	set = strings.ReplaceAll(regexpEscape.ReplaceAllString(set, `\x{$1}`), " ", "")
	if !strings.HasPrefix(set, "[") {
		set = "[" + set + "]"
	}
	const longest = 256
	if len(set) > longest || strings.ContainsAny(set[1:len(set)-1], "[]&{$") && !strings.Contains(set, "{") || strings.Count(set, "[") > 1 {
		return nil
	}
	expression, err := regexp.Compile("(?s)" + set + "+")
	if err != nil {
		return nil
	}
	return expression
}

var (
	posixClass   = regexp.MustCompile(`\[:[^:\]]+:\]`)
	regexpEscape = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)
)

// propertyNames are what ICU calls classes of characters, without blanks, and what Go does.
var propertyNames = map[string]string{
	"nonspacingmark": "Mn", "mn": "Mn", "mark": "M", "m": "M", "letter": "L", "l": "L", "punctuation": "P", "p": "P", "symbol": "S", "s": "S", "separator": "Z", "z": "Z",
	"number": "N", "n": "N", "decimalnumber": "Nd", "nd": "Nd", "uppercaseletter": "Lu", "lu": "Lu", "lowercaseletter": "Ll", "ll": "Ll", "control": "Cc", "cc": "Cc", "format": "Cf", "cf": "Cf",
	"modifierletter": "Lm", "lm": "Lm", "latin": "Latin", "greek": "Greek", "cyrillic": "Cyrillic", "spaceseparator": "Zs", "zs": "Zs",
}

// foldTransliterated is transliterator_transliterate.
func foldTransliterated(b *script.Budget, a []value) value {
	s := texts(a[:min(2, len(a))], 2)
	if s == nil || len(a) > 2 {
		return value{}
	}
	return transliterated(b, transliteratorOf, s[0], s[1])
}

// transliterates is a method of a Transliterator, which is made of a name or of rules, and
// may go the other way.
func (r *reader) transliterates(o *object, name string, text value) value {
	const byRules = "createfromrules"
	out := marked(fromCodes)
	if len(o.args) == 0 || name != "transliterate" {
		return out
	}
	id, ok1 := o.args[0].text()
	s, ok2 := text.text()
	if !ok1 || !ok2 || len(o.args) > 1 && o.args[1].n != 0 {
		return out
	}
	made := transliteratorOf
	if o.properties[madeBy].s == byRules {
		made = ofRules
	}
	if v := transliterated(r.budget, made, id, s); v.known() {
		return v
	}
	return out
}

// transliterated is what the transliterator of a name, or of rules, makes of a text.
func transliterated(b *script.Budget, made func(*script.Budget, string) transliterator, id, text string) value {
	const (
		longest  = 1 << 13
		compiled = 1 << 13 // what it takes to make an expression of a set of characters
	)
	if len(id) > longest || !b.Take(len(id)+8*len(text)+compiled*strings.Count(id, "[")) {
		return value{}
	}
	t := made(b, id)
	if t == nil {
		return value{}
	}
	out, ok := t(text)
	if !ok {
		return value{}
	}
	v := stringValue(out)
	v.decoded = true
	return v
}

// foldNormalized is Normalizer::normalize.
func foldNormalized(b *script.Budget, a []value) value {
	form := int64(16)
	if len(a) > 1 {
		form, _ = a[1].number()
	}
	if s := texts(a[:min(1, len(a))], 1); s != nil && b.Take(4*len(s[0])) && utf8.ValidString(s[0]) {
		switch form { // FORM_D, FORM_KD, FORM_C and FORM_KC
		case 4:
			return stringValue(norm.NFD.String(s[0]))
		case 8:
			return stringValue(norm.NFKD.String(s[0]))
		case 16:
			return stringValue(norm.NFC.String(s[0]))
		case 32:
			return stringValue(norm.NFKC.String(s[0]))
		}
	}
	return value{}
}
