package php

// A phpKind is the kind of a token. A token of one character that is an
// operator or a bracket has that character as its kind.
type phpKind uint8

const (
	phpEnd phpKind = 0 // after the last token

	phpHTML phpKind = 128 + iota
	phpOpenTag
	phpOpenEcho // <?=
	phpCloseTag // with the line end after it
	phpSpace
	phpComment
	phpName // with the namespace that is before it; keywords too
	phpVariable
	phpNumber
	phpString     // that has no variable in it, with its quotes
	phpText       // a constant piece of a string that has
	phpQuote      // " that begins such a string; also b"
	phpQuoteEnd   // " that ends one
	phpTick       // ` that begins a command
	phpTickEnd    // ` that ends it
	phpHeredoc    // <<<NAME with its line end
	phpHeredocEnd // NAME, with what indents it
	phpCurly      // { of "{$x}"
	phpDollarCurly
	phpVarName // x of "${x}", "$a[x]" and $a->x: a name, whatever it means elsewhere
	phpOffset  // a number in "$x[0]"
	phpAttribute
	phpCast // (string)
	phpYieldFrom
	phpBad // a byte that is no part of PHP

	phpArrow       // ->
	phpNullArrow   // ?->
	phpColons      // ::
	phpDoubleArrow // =>
	phpEllipsis
	phpIncrement
	phpDecrement
	phpPower
	phpShiftLeft
	phpShiftRight
	phpEqual
	phpNotEqual
	phpIdentical
	phpNotIdentical
	phpLessEqual
	phpGreaterEqual
	phpSpaceship
	phpAndAnd
	phpOrOr
	phpCoalesce
	phpDotAssign
	phpOtherAssign // +=, ??= and the like
)

// A phpToken is one token of PHP, in bytes of the script.
type phpToken struct {
	start, end uint32
	kind       phpKind
	word       phpWord // of a phpName
}

// A phpWord tells a name that means something of its own, in any case of its
// letters.
type phpWord uint8

const (
	wordNone phpWord = iota
	wordAnd
	wordArray
	wordAs
	wordBreak
	wordCase
	wordCatch
	wordClass
	wordClone
	wordConst
	wordContinue
	wordDeclare
	wordDefault
	wordDefine
	wordDie
	wordDo
	wordEcho
	wordElse
	wordElseIf
	wordEmpty
	wordEndBlock // endif and the like
	wordEnum
	wordEval
	wordExtends
	wordFinally
	wordFn
	wordFor
	wordForeach
	wordFunction
	wordGlobal
	wordGoto
	wordHaltCompiler
	wordIf
	wordImplements
	wordInclude
	wordInstanceof
	wordInterface
	wordIsset
	wordList
	wordMagicDir
	wordMagicFile
	wordMatch
	wordModifier // public and the like
	wordNamespace
	wordNew
	wordOr
	wordParent
	wordPrint
	wordReturn
	wordSelf
	wordStatic
	wordSwitch
	wordThrow
	wordTrait
	wordTry
	wordUnset
	wordUse
	wordVar
	wordWhile
	wordXor
	wordYield
)

var phpWords = map[string]phpWord{
	"abstract": wordModifier, "and": wordAnd, "array": wordArray, "as": wordAs, "break": wordBreak,
	"case": wordCase, "catch": wordCatch, "class": wordClass, "clone": wordClone, "const": wordConst,
	"continue": wordContinue, "declare": wordDeclare, "default": wordDefault, "define": wordDefine,
	"die": wordDie, "do": wordDo, "echo": wordEcho, "else": wordElse, "elseif": wordElseIf, "empty": wordEmpty,
	"enddeclare": wordEndBlock, "endfor": wordEndBlock, "endforeach": wordEndBlock, "endif": wordEndBlock,
	"endswitch": wordEndBlock, "endwhile": wordEndBlock, "enum": wordEnum, "eval": wordEval, "exit": wordDie,
	"extends": wordExtends, "final": wordModifier, "finally": wordFinally, "fn": wordFn, "for": wordFor,
	"foreach": wordForeach, "function": wordFunction, "global": wordGlobal, "goto": wordGoto,
	"__halt_compiler": wordHaltCompiler, "if": wordIf, "implements": wordImplements, "include": wordInclude,
	"include_once": wordInclude, "instanceof": wordInstanceof, "interface": wordInterface, "isset": wordIsset,
	"list": wordList, "__dir__": wordMagicDir, "__file__": wordMagicFile, "match": wordMatch,
	"namespace": wordNamespace, "new": wordNew, "or": wordOr, "parent": wordParent, "print": wordPrint,
	"private": wordModifier, "protected": wordModifier, "public": wordModifier, "readonly": wordModifier,
	"require": wordInclude, "require_once": wordInclude, "return": wordReturn, "self": wordSelf,
	"static": wordStatic, "switch": wordSwitch, "throw": wordThrow, "trait": wordTrait, "try": wordTry,
	"unset": wordUnset, "use": wordUse, "var": wordVar, "while": wordWhile, "xor": wordXor, "yield": wordYield,
}

// phpWordOf returns what a name means, if anything.
func phpWordOf(name []byte) phpWord {
	const longest = len("__halt_compiler")
	if len(name) < 2 || len(name) > longest {
		return wordNone
	}
	var lower [longest]byte
	for i, c := range name {
		lower[i] = lowerASCII(c)
	}
	return phpWords[string(lower[:len(name)])]
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// phpOperators are the operators of more than one character, longest first.
var phpOperators = map[byte][]struct {
	text string
	kind phpKind
}{
	'-': {{"->", phpArrow}, {"--", phpDecrement}, {"-=", phpOtherAssign}},
	'?': {{"?->", phpNullArrow}, {"??=", phpOtherAssign}, {"??", phpCoalesce}},
	':': {{"::", phpColons}},
	'=': {{"===", phpIdentical}, {"==", phpEqual}, {"=>", phpDoubleArrow}},
	'.': {{"...", phpEllipsis}, {".=", phpDotAssign}},
	'+': {{"++", phpIncrement}, {"+=", phpOtherAssign}},
	'*': {{"**=", phpOtherAssign}, {"**", phpPower}, {"*=", phpOtherAssign}},
	'<': {{"<<=", phpOtherAssign}, {"<=>", phpSpaceship}, {"<<", phpShiftLeft}, {"<=", phpLessEqual}, {"<>", phpNotEqual}},
	'>': {{">>=", phpOtherAssign}, {">>", phpShiftRight}, {">=", phpGreaterEqual}},
	'!': {{"!==", phpNotIdentical}, {"!=", phpNotEqual}},
	'&': {{"&&", phpAndAnd}, {"&=", phpOtherAssign}},
	'|': {{"||", phpOrOr}, {"|=", phpOtherAssign}},
	'/': {{"/=", phpOtherAssign}},
	'%': {{"%=", phpOtherAssign}},
	'^': {{"^=", phpOtherAssign}},
}
