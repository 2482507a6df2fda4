package transliterate

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"plugvet/scanner/inspect/script"
)

// OfRules is a transliterator that is made of rules: of those that put one text in the
// place of another, and of those that name a transliterator.
func OfRules(b *script.Budget, rules string) Transliterator {
	const most = 1 << 10
	const longest = 256 // of what is replaced; to look for a text takes the square of its length at first
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
		if rule == "" {
			continue
		}
		sides := strings.Split(strings.ReplaceAll(rule, "→", ">"), ">")
		if len(sides) != 2 || len(pairs) > most {
			return nil
		}
		from, ok1 := ruleText(strings.TrimSuffix(sides[0], "<"))
		to, ok2 := ruleText(sides[1])
		if !ok1 || !ok2 || from == "" || len(from) > longest {
			return nil
		}
		pairs = append(pairs, from, to)
		growth = max(growth, (len(to)+len(from)-1)/len(from))
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
			const longest = len(`\U0010ffff`) // a side may be long, and have many
			escape := hexEscape.FindString(side[:min(len(side), longest)])
			switch {
			case escape != "":
				out.WriteString(ofHex(escape))
				size = len(escape)
			case len(side) > 1 && !unicode.IsLetter(rune(side[1])) && !unicode.IsDigit(rune(side[1])) && side[1] < utf8.RuneSelf:
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
	hexEscape      = regexp.MustCompile(`^(?:\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x\{[0-9a-fA-F]{1,6}\})`)
	hexCharacter   = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|U\+[0-9a-fA-F]{4,6}|\\x\{[0-9a-fA-F]{1,6}\}|&#x[0-9a-fA-F]{1,6};|&#[0-9]{1,7};`)
)

// ofCharacterName is the character of \N{NAME}.
func ofCharacterName(s string) string {
	name := strings.TrimSpace(strings.TrimRight(s[strings.IndexByte(s, '{')+1:], "} \t"))
	if c, ok := Character(name); ok {
		return string(rune(c))
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

const maxClasses = 4 // of characters, in one set

// setOf is a set of characters of ICU, of the simple ones, as an expression for a run of
// them; nil for another.
func setOf(set string) *regexp.Regexp {
	set = posixClass.ReplaceAllStringFunc(set, func(class string) string {
		name := strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(strings.Trim(class, "[:]")))
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
	if len(set) > longest || strings.Count(strings.ToLower(set), `\p`) > maxClasses || strings.ContainsAny(set[1:len(set)-1], "[]&{$") && !strings.Contains(set, "{") || strings.Count(set, "[") > 1 {
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
