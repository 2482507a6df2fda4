package php

// A tokenKind is the kind of a token. A token of one character that is an
// operator or a bracket has that character as its kind.
type tokenKind uint8

const (
	endToken tokenKind = 0 // after the last token

	htmlToken tokenKind = 128 + iota
	openTagToken
	openEchoToken // <?=
	closeTagToken // with the line end after it
	spaceToken
	commentToken
	nameToken // with the namespace that is before it; keywords too
	variableToken
	numberToken
	stringToken     // that has no variable in it, with its quotes
	textToken       // a constant piece of a string that has
	quoteToken      // " that begins such a string; also b"
	quoteEndToken   // " that ends one
	tickToken       // ` that begins a command
	tickEndToken    // ` that ends it
	heredocToken    // <<<NAME with its line end
	heredocEndToken // NAME, with what indents it
	curlyToken      // { of "{$x}"
	dollarCurlyToken
	varNameToken // x of "${x}", "$a[x]" and $a->x: a name, whatever it means elsewhere
	offsetToken  // a number in "$x[0]"
	attributeToken
	castToken // (string)
	yieldFromToken
	badToken // a byte that is no part of PHP

	arrowToken       // ->
	nullArrowToken   // ?->
	colonsToken      // ::
	doubleArrowToken // =>
	ellipsisToken
	incrementToken
	decrementToken
	powerToken
	shiftLeftToken
	shiftRightToken
	equalToken
	notEqualToken
	identicalToken
	notIdenticalToken
	lessEqualToken
	greaterEqualToken
	spaceshipToken
	andAndToken
	orOrToken
	coalesceToken
	dotAssignToken
	otherAssignToken // +=, ??= and the like
)

// A token is one token of PHP, in bytes of the script.
type token struct {
	start, end uint32
	kind       tokenKind
	word       word // of a nameToken
}

// A word tells a name that means something of its own, in any case of its
// letters.
type word uint8

const (
	wordNone word = iota
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

var words = map[string]word{
	"abstract": wordModifier, "and": wordAnd, "array": wordArray, "as": wordAs, "break": wordBreak,
	"case": wordCase, "catch": wordCatch, "class": wordClass, "clone": wordClone, "const": wordConst,
	"continue": wordContinue, "declare": wordDeclare, "default": wordDefault, "define": wordDefine, `\define`: wordDefine,
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

// wordOf returns what a name means, if anything.
func wordOf(name []byte) word {
	const longest = len("__halt_compiler")
	if len(name) < 2 || len(name) > longest {
		return wordNone
	}
	var lower [longest]byte
	for i, c := range name {
		lower[i] = lowerASCII(c)
	}
	return words[string(lower[:len(name)])]
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// operators are the operators of more than one character, longest first.
var operators = map[byte][]struct {
	text string
	kind tokenKind
}{
	'-': {{"->", arrowToken}, {"--", decrementToken}, {"-=", otherAssignToken}},
	'?': {{"?->", nullArrowToken}, {"??=", otherAssignToken}, {"??", coalesceToken}},
	':': {{"::", colonsToken}},
	'=': {{"===", identicalToken}, {"==", equalToken}, {"=>", doubleArrowToken}},
	'.': {{"...", ellipsisToken}, {".=", dotAssignToken}},
	'+': {{"++", incrementToken}, {"+=", otherAssignToken}},
	'*': {{"**=", otherAssignToken}, {"**", powerToken}, {"*=", otherAssignToken}},
	'<': {{"<<=", otherAssignToken}, {"<=>", spaceshipToken}, {"<<", shiftLeftToken}, {"<=", lessEqualToken}, {"<>", notEqualToken}},
	'>': {{">>=", otherAssignToken}, {">>", shiftRightToken}, {">=", greaterEqualToken}},
	'!': {{"!==", notIdenticalToken}, {"!=", notEqualToken}},
	'&': {{"&&", andAndToken}, {"&=", otherAssignToken}},
	'|': {{"||", orOrToken}, {"|=", otherAssignToken}},
	'/': {{"/=", otherAssignToken}},
	'%': {{"%=", otherAssignToken}},
	'^': {{"^=", otherAssignToken}},
}
