package php

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// What PHP 8.2 with ICU 72 makes of these, as a name that is called.
func TestTextsAreTransliterated(t *testing.T) {
	for _, code := range []string{
		`$f = transliterator_transliterate('Cyrillic-Latin', 'сыстем');`,
		`$t = Transliterator::create('Greek-Latin; Latin-ASCII; Lower()'); $f = $t->transliterate('ΣΥΣΤΕΜ');`,
		`$t = Transliterator::create('Any-Latin; NFD; [:Nonspacing Mark:] Remove; NFC'); $f = strtolower($t->transliterate('Сыстéм'));`,
		`$t = transliterator_create('Latin-ASCII'); $f = transliterator_transliterate($t, 'ｓýｓţëｍ');`,
		`$t = Transliterator::create('Any-Latin; Latin-ASCII; [^a-z] Remove'); $f = $t->transliterate('сы-стем!');`,
		`$t = Transliterator::create('[\u0400-\u04ff] Any-Latin; [x] Remove'); $f = $t->transliterate('сыстем-');` + "$f = rtrim($f, '-');",
		`$t = Transliterator::create('Fullwidth-Halfwidth'); $f = $t->transliterate('ｓｙｓｔｅｍ');`,
		`$f = transliterator_transliterate('Hex-Any', '\u0073U+0079&#x73;&#116;\x{65}m');`,
		`$f = transliterator_transliterate('Name-Any', '\N{LATIN SMALL LETTER S}ystem');`,
		`$f = transliterator_transliterate('Armn-Latn; Upper; Lower', 'սyստեմ');`,
		`$f = transliterator_transliterate('Georgian-Latin', 'syსtem');`,
		`$t = Transliterator::createFromRules("z > s; \\u044b > y; 'q u' > tem; # no more"); $f = $t->transliterate('zызq u');` + "$f = str_replace('з', 's', $f);",
		`$t = transliterator_create_from_rules(':: Upper; Q > S; :: Lower;'); $f = $t->transliterate('qyqtem');`,
		`$t = Transliterator::create('Serbian-Latin/BGN'); $f = $t->transliterate('сyстем');`,
		`$f = transliterator_transliterate('bg-bg_Latn/BGN; Lower', 'Сyстем');`,
		`$f = Normalizer::normalize('ｓｙｓｔｅｍ', Normalizer::FORM_KC);`,
		`$f = preg_replace('/\pM/u', '', normalizer_normalize('sýstém', Normalizer::NFD));`,
	} {
		if !calls(t, "<?php class K { function f() { "+code+" $f('x'); } } (new K)->f();", "system") {
			t.Errorf("system is not called: %s", code)
		}
	}
}

// As the BGN does, with capitals of several letters.
func TestCyrillicBecomesLatinByItsLanguage(t *testing.T) {
	for _, c := range [][3]string{
		{"Serbian-Latin/BGN", "осасцрипт Љубав ЉУБАВ Џ џеп", "osascript Ljubav LJUBAV DŽ džep"}, {"mk-mk_Latn/BGN", "ѕвезда Ќе ЌЕ", "dzvezda Ḱe ḰE"},
		{"Bulgarian-Latin/BGN", "Щит ЩИТ отсам ъгъл", "Shtit SHTIT ot·sam ŭgŭl"}, {"Ukrainian-Latin/BGN", "Згорани Є згода", ""}, {"Ukrainian-Latin/BGN", "Єва згода", "Yeva z·hoda"},
	} {
		got, ok := transliteratorOf(script.NewBudget(0, 0), c[0])(c[1])
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
		if got, ok := transliteratorOf(script.NewBudget(0, 0), "Greek-Latin")(greek); got != want || !ok {
			t.Errorf("%s: %s, want %s", greek, got, want)
		}
	}
	for _, other := range []string{"ἄνθρωπος", "ῥόδον"} { // with marks of which the rules are not here
		if got, ok := transliteratorOf(script.NewBudget(0, 0), "Greek-Latin")(other); ok {
			t.Errorf("%s: %s", other, got)
		}
	}
	for _, id := range []string{"Han-Latin", "Russian-Latin/BGN", "[[a-z]&[aeiou]] Remove", "", ";"} {
		if transliteratorOf(script.NewBudget(0, 0), id) != nil {
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
		made := ofRules(b, rules)
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
	made := transliteratorOf(b, strings.Repeat("Lower;", maxTransliterators))
	if _, ok := made(strings.Repeat("a", 1_000_000)); ok || b.Spent == "" {
		t.Error("32 steps over a megabyte are within the budget")
	}
	for b, i := script.NewBudget(0, 0), 0; b.Spent == ""; i++ {
		const most = 1000
		if transliterated(b, ofRules, strings.Repeat("::[a]Lower;", maxTransliterators), "a"); i == most {
			t.Fatal("expressions are made without end")
		}
	}
}

// No character becomes longer than what a step is taken to make.
func TestGrowthOfTransliterators(t *testing.T) {
	names := []string{"Lower", "Upper", "Title", "NFC", "NFD", "NFKC", "NFKD", "Hex", "Greek-Latin", "Latin-ASCII", "Latin"}
	for name := range transliterations() {
		names = append(names, name)
	}
	for _, name := range names {
		does, growth := namedTransliterator(lower(name)), growthOf(name)
		for c := rune(0); c < 0x30000; c++ {
			if out, ok := does(string(c)); ok && len(out) > growth*len(string(c)) {
				t.Errorf("%s: %q becomes %q", name, c, out)
			}
		}
	}
}
