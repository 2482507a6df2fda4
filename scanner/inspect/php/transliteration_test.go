package php

import (
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"

	"plugvet/scanner/inspect/internal/transliterate"
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
		`$t = Transliterator::create('Any-Name; Fullwidth-Halfwidth(Fullwidth-Halfwidth)', Transliterator::REVERSE); $f = $t->transliterate('ｓｙ\N{LATIN SMALL LETTER S}tem');`,
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

func TestExpressionsOfTransliteratorsCost(t *testing.T) {
	const steps = 32
	for b, i := script.NewBudget(0, 0), 0; b.Spent == ""; i++ {
		const most = 1000
		if transliterated(b, transliterate.OfRules, strings.Repeat("::[a]Lower;", steps), "a"); i == most {
			t.Fatal("expressions are made without end")
		}
	}
}

func TestLettersThatBecomeManyAreFittedWithinLimits(t *testing.T) {
	const most = 2 * time.Second
	start := cputime.Used()
	Read([]byte(`<?php $f = "sys" . "tem"; $f($x); $s = str_repeat("\u{FDFA}", 20000); for ($i = 0; $i < 100000; $i++) { $q = iconv("UTF-8", "ASCII//TRANSLIT", $s); $q($i); }`))
	if took := cputime.Used() - start; took > most {
		t.Errorf("took %v", took)
	}
}
