// Package script says what is made of a script: its decoded view, and what its
// code loads and calls. Packages javascript and php read scripts to that as their
// interpreters would; here is what the two share. A name in a comment or in a
// string is no use of it; a name that is put together from pieces, escaped or
// encoded is one.
//
// The decoded view is the script again, in a form that rules can match:
//
//   - comments are gone; a blank stays in their place, or a line end where one
//     stood in them
//   - every string constant stands between double quotes, whatever it had
//     before; in it `"` and `\` have a backslash before them, line ends are \n
//     and \r, NUL is \0, and every other byte is what the escapes came to, in
//     UTF-8 where the script has characters. So a bare double quote never stands
//     inside a string, and no pattern that begins with one matches inside one
//   - a template or an interpolated string is the sum of its parts:
//     "a" + x + "b" in JavaScript, "a" . $x . "b" in PHP
//   - constant expressions are their value: sums of strings, fromCharCode, chr,
//     atob, base64_decode, reversed and joined lists and so on; a variable that
//     has one constant value all over the script stands as that value where it
//     is read
//   - a constant that is only shown to people (console.log, the text of an
//     error, echo) is the empty string ""
//   - a script that the code evaluates (eval of a constant, new Function) stands
//     in place of the constant, itself decoded, up to MaxScripts deep
//   - everything else is as it was
//
// Reading is tolerant: a script that does not keep to its grammar is read as far
// as it can be, and the view says that ([View.Problem]). Time and memory are a
// small multiple of the script's size; see the limits.
package script

// Limits. A script that goes beyond one is read on with the constant left as it
// stands, and the view says so ([View.Limit]).
const (
	MaxScripts  = 12      // scripts within scripts
	MaxNesting  = 200     // of one constant expression
	MaxConstant = 8 << 20 // bytes of one constant that was computed
	// maxGrowth bounds all that is computed for one script, as a multiple of
	// the script's size over a floor.
	maxGrowth      = 4
	maxGrowthFloor = 16 << 20
)

// A View is the decoded view of one script.
type View struct {
	Text []byte
	// Uses are what the code loads and calls, in the order of the script.
	Uses []Use
	// Problem says where the script does not keep to its grammar, in a few words;
	// empty where it does.
	Problem string
	// Limit says which limit left something as it stands, so that not all is
	// known of the script; empty where none did.
	Limit string
	// Open says what other files of the plugin may know of it.
	Open Openness
	// Declares are the classes, functions and constants that the script declares, and
	// Asks those that it uses and does not declare: "class a\b", "function f", "constant
	// C", and "file ./x.php" for what it includes by a name that is put together. Of
	// these JavaScript has the files that it reads, and properties of objects that all
	// share: "global process.env.A".
	Declares, Asks []string
	// Plain says that the script's text shows all by itself: it was not decoded, and
	// there is no Text. Of Uses there are modules alone, those in comments too.
	Plain bool
	// Links are what the script shares with others of its plugin, where a name that
	// is called goes from one file to another. Only PHP has them.
	Links []Link

	origins origins // of Text, in the script as the lexer had it
	source  origins // of that, in the file's bytes; nil where it is the same
}

// AskedFile begins what a script asks for that is a file.
const AskedFile = "file "

// AskedSuffix begins what a script asks for that is every file with a suffix.
const AskedSuffix = "suffix "

// AskedGlobal begins what a script declares or asks for that is a property of the objects
// that all scripts of a process share.
const AskedGlobal = "global "

// AskedNames is what a script asks for that lists a directory of its plugin.
const AskedNames = "names"

// A UseKind tells what is done with a name.
type UseKind string

// TooDeep is the View.Limit of a script with more than MaxScripts in one another.
const TooDeep = "scripts stand too deep within one another"

const (
	// Module is a module that is loaded. In JavaScript it is the specifier
	// without "node:", such as "net", "execa" or "./lib/send"; an internal
	// binding is "binding:tcp_wrap"; what is joined to __dirname is relative,
	// "./lib/send". In PHP it is an included file whose name is constant.
	Module UseKind = "module"
	// Call is a function that is called, or a class of which an instance is
	// made. In JavaScript it is the whole name of a global that the script does
	// not itself declare, such as "fetch", "WebSocket" or "process.dlopen", or
	// a member of a loaded module, "child_process.exec". In PHP it is in lower
	// case and without the leading backslash: "exec", "soapclient::__construct",
	// "symfony\component\process\process::__construct", "process::run"; a
	// backtick is a call of "shell_exec". What PHP runs or calls without a name
	// that can be known has a name with a colon: "eval:decoded" is code that came
	// out of a decoder, "eval:input" code from the request, "call:input" a function
	// or a class that the request names, "call:file" one that a file of data names, and "call:list" one that is looked up
	// among all there are. In JavaScript "eval:file" is code from a file,
	// "load:decoded" and "load:file" are modules or programs whose name came out of
	// a decoder or from a file, and "start:osascript" is that program, however its
	// name is written, and "addon:applescript" says that a function of native code is
	// given the name of what runs AppleScript. What npm runs when it installs a package
	// has "install:fetch", "install:connect", "install:run-fetched" and
	// "install:run-other", as [plugvet/scanner/inspect/shell.Reach] has them.
	Call UseKind = "call"
)

// A Use is one place where the code loads or calls something.
type Use struct {
	Kind       UseKind
	Name       string
	Start, End int // of the expression, in bytes of the file
	// Hidden says that the name was put together or decoded: it does not stand
	// in the script as it is. Another name for the same thing (an alias, a
	// destructured function) hides nothing.
	Hidden bool
}

// A Link is one end of what goes from a file to another: either what a function, a
// constant, a variable or the file itself gives to whoever asks it, or that what one
// of those gives is run.
type Link struct {
	// Name is "function f", "method m", "constant C", "property p", "variable v", without the
	// namespace and in lower case but for constants and variables; or "file ./x.php",
	// by the name that it is included by. The name is empty for the file itself.
	Name string
	// Gives is the function whose name it comes to, or Decoder for a function that
	// decodes what it is given. It is empty where it is run.
	Gives string
	// Evaluated says that it is run as code; else it is called by its name.
	Evaluated bool
	Start     int // in bytes of the file
}

// Assembler is what a link gives that makes a text of characters: what it returns may
// be a name, and by itself is no sign of one.
const Assembler = "an assembler"

// Decoder is what a link gives that decodes its argument.
const Decoder = "a decoder"

// Read gives a script to the reader of its language, in UTF-8 where it is in
// UTF-16, and returns what that makes of it, with all places in bytes of data.
func Read(data []byte, read func(text []byte) *View) *View {
	text, source := toUTF8(data)
	v := read(text)
	v.source = source
	for i := range v.Uses {
		u := &v.Uses[i]
		u.Start, u.End = source.span(u.Start, u.End)
	}
	for i := range v.Links {
		v.Links[i].Start, _ = source.span(v.Links[i].Start, v.Links[i].Start)
	}
	return v
}

// Origin returns where Text[from:to] comes from, in bytes of the file. What was
// computed comes from the whole expression.
func (v *View) Origin(from, to int) (start, end int) {
	return v.source.span(v.origins.span(from, to))
}
