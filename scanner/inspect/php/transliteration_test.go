package php

import "testing"

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
		got, ok := transliteratorOf(c[0])(c[1])
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
		if got, ok := transliteratorOf("Greek-Latin")(greek); got != want || !ok {
			t.Errorf("%s: %s, want %s", greek, got, want)
		}
	}
	for _, other := range []string{"ἄνθρωπος", "ῥόδον"} { // with marks of which the rules are not here
		if got, ok := transliteratorOf("Greek-Latin")(other); ok {
			t.Errorf("%s: %s", other, got)
		}
	}
	for _, id := range []string{"Han-Latin", "Russian-Latin/BGN", "[[a-z]&[aeiou]] Remove", "", ";"} {
		if transliteratorOf(id) != nil {
			t.Errorf("%q is known", id)
		}
	}
}
