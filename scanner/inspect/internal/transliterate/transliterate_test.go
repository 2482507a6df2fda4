package transliterate

import (
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/script"
)

// As the BGN does, with capitals of several letters.
func TestCyrillicBecomesLatinByItsLanguage(t *testing.T) {
	for _, c := range [][3]string{
		{"Serbian-Latin/BGN", "осасцрипт Љубав ЉУБАВ Џ џеп", "osascript Ljubav LJUBAV DŽ džep"}, {"mk-mk_Latn/BGN", "ѕвезда Ќе ЌЕ", "dzvezda Ḱe ḰE"},
		{"Bulgarian-Latin/BGN", "Щит ЩИТ отсам ъгъл", "Shtit SHTIT ot·sam ŭgŭl"}, {"Ukrainian-Latin/BGN", "Згорани Є згода", ""}, {"Ukrainian-Latin/BGN", "Єва згода", "Yeva z·hoda"},
	} {
		got, ok := Of(script.NewBudget(0, 0), c[0])(c[1])
		if got != c[2] || ok != (c[2] != "") {
			t.Errorf("%s of %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// Rules of letters beside others.
func TestGreekBecomesLatin(t *testing.T) {
	for greek, want := range map[string]string{
		"Αθήνα": "Athḗna", "ΑΘΗΝΑ": "ATHĒNA", "άγγελος": "ángelos", "Ευρώπη": "Eurṓpē", "ψυχή": "psychḗ", "πσ": "p's̱", "ανγκ": "an'nk", "σας ασ": "sas as̱", "προϋ": "proü", "Χώρα": "Chṓra",
	} {
		if got, ok := Of(script.NewBudget(0, 0), "Greek-Latin")(greek); got != want || !ok {
			t.Errorf("%s: %s, want %s", greek, got, want)
		}
	}
	for _, other := range []string{"ἄνθρωπος", "ῥόδον"} { // with marks of which the rules are not here
		if got, ok := Of(script.NewBudget(0, 0), "Greek-Latin")(other); ok {
			t.Errorf("%s: %s", other, got)
		}
	}
	for _, id := range []string{"Han-Latin", "Russian-Latin/BGN", "[[a-z]&[aeiou]] Remove", "", ";"} {
		if Of(script.NewBudget(0, 0), id) != nil {
			t.Errorf("%q is known", id)
		}
	}
}

func TestATransliteratorIsRefusedBeforeItGrows(t *testing.T) {
	text := strings.Repeat("a", 100_000)
	for rules, want := range map[string]bool{
		"a > " + strings.Repeat("b", 50) + ";":                                 true,
		"a > " + strings.Repeat("b", 100) + ";":                                false,
		"aaaa > " + strings.Repeat("b", 300) + ";":                             true,
		"a > bbbbbbbbb; :: Lower; b > ccccccccccc;":                            false, // 9 and 11 times
		":: Hex; :: Hex; :: Hex;":                                              false,
		"x > " + strings.Repeat("b", 100) + "; :: Lower; a > b;":               false, // it might grow
		strings.Repeat(":: Lower;", maxTransliterators):                        true,
		strings.Repeat(":: Lower;", maxTransliterators+1):                      false,
		strings.Repeat(":: Lower; a > b;", maxTransliterators/2) + ":: Lower;": false,
	} {
		b := script.NewBudget(16<<20, 0)
		made := OfRules(b, rules)
		ok := made != nil
		if ok {
			_, ok = made(text)
		}
		if ok != want {
			t.Errorf("%.40s...: %v", rules, ok)
		}
	}
}

func TestEveryStepOfATransliteratorCosts(t *testing.T) {
	b := script.NewBudget(0, 0)
	made := Of(b, strings.Repeat("Lower;", maxTransliterators))
	if _, ok := made(strings.Repeat("a", 1_000_000)); ok || b.Spent == "" {
		t.Error("32 steps over a megabyte are within the budget")
	}
}

// No character becomes longer than what a step is taken to make.
func TestGrowthOfTransliterators(t *testing.T) {
	names := []string{"Lower", "Upper", "Title", "NFC", "NFD", "NFKC", "NFKD", "Hex", "Greek-Latin", "Latin-ASCII", "Latin"}
	for name := range transliterations() {
		names = append(names, name)
	}
	for _, name := range names {
		does, growth := namedTransliterator(strings.ToLower(name)), growthOf(name)
		for c := rune(0); c < 0x30000; c++ {
			if out, ok := does(string(c)); ok && len(out) > growth*len(string(c)) {
				t.Errorf("%s: %q becomes %q", name, c, out)
			}
		}
	}
}

// As ICU 72 names them.
func TestTransliteratorsGoBack(t *testing.T) {
	for id, want := range map[string]string{
		"Any-Name": "Name-Any", "Any-Hex/XML": "Hex-Any/XML", "NFKC": "NFKD", "Lower": "Upper", "Title": "Lower", "[a-z] Any-Hex": "[a-z] Hex-Any", "Latin-Greek": "Greek-Latin",
		"NFD; [:Mn:] Remove; NFC": "NFD;[:Mn:] Null;NFC", "Any-Name; Fullwidth-Halfwidth(Lower)": "Lower;Name-Any", "Lower()": "Null",
	} {
		if got := Back(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

// It takes as much longer as they are longer.
func TestReadingRulesTakesNoLong(t *testing.T) {
	for what, read := range map[string]func(){
		"escapes": func() { OfRules(script.NewBudget(0, 0), strings.Repeat(`\!`, 100_000)+" > a") },
		"texts": func() {
			if made := OfRules(script.NewBudget(0, 0), strings.Repeat("a", 50_000)+" > b"); made != nil {
				made("a")
			}
		},
		"quotes": func() { OfRules(script.NewBudget(0, 0), strings.Repeat("'", 1_000_000)+" > a") },
	} {
		start := time.Now()
		if read(); time.Since(start) > 300*time.Millisecond {
			t.Errorf("%s take %v", what, time.Since(start))
		}
	}
}

// A class is hundreds of ranges, which are sorted for each set.
func TestSetsHaveFewClasses(t *testing.T) {
	for _, class := range []string{`[:L:]`, `\pL`, `\PL`, `\p{L}`} {
		for n, want := range map[int]bool{maxClasses: true, maxClasses + 1: false} {
			if is := setOf("["+strings.Repeat(class, n)+"]") != nil; is != want {
				t.Errorf("%d times %s: %t", n, class, is)
			}
		}
	}
}

func TestScriptsHaveCodes(t *testing.T) {
	for id, text := range map[string]string{"Geor-Latn": "ოსა", "Georgian-Latin": "ოსა", "Hebrew_Latin": "א", "Hebr-Latn": "א", "Cyrl-Latn": "оса", "Grek-Latn": "οα"} {
		of := Of(script.NewBudget(0, 0), id)
		if of == nil {
			t.Errorf("%s is not known", id)
		} else if got, ok := of(text); !ok || got == text {
			t.Errorf("%s of %s: %s", id, text, got)
		}
	}
}

func TestCharactersHaveNames(t *testing.T) {
	for name, want := range map[string]rune{"LATIN SMALL LETTER O": 'o', "Solidus": '/', "FULLWIDTH LATIN SMALL LETTER O": 'ｏ', "LETTER": 0} {
		if got, ok := Character(name); ok != (want > 0) || ok && got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if Name('o') != "LATIN SMALL LETTER O" || Name(0x7f) != "" || Name(-1) != "" || Name('é') != "" {
		t.Error("names of characters")
	}
}
