package inspect

import (
	"fmt"
	"path"

	"plugvet/scanner/inspect/javascript"
	"plugvet/scanner/inspect/php"
	"plugvet/scanner/inspect/script"
)

// MaxScript is the size, in bytes, up to which scripts are decoded: reading one
// takes several times its size in memory. The largest bundles seen have some 20 MB.
const MaxScript = 64 << 20

// Decode returns the decoded view of a script, or nil for a kind that has none;
// that of a package.json, of a file of gyp or make and of a program in another language
// is the file with what it makes Node.js or the shell load or run. The name is used for
// that, and for what a script makes of its own. It keeps no reference to data and does
// not change it. The error is for a script of more than [MaxScript] bytes, and for a
// fault in a reader, which costs the one view and no more.
func Decode(name string, kind Kind, data []byte) (*script.View, error) {
	return DecodeWith(name, kind, data, nil, nil)
}

// DecodeWith is Decode for a script that is read together with others of its plugin,
// see [script.Siblings], which may be nil. asked are the modules of JavaScript of which
// it matters that one is loaded; where it is nil, anything may matter.
func DecodeWith(name string, kind Kind, data []byte, siblings *script.Siblings, asked map[string]bool) (*script.View, error) {
	read := readerOf(name, kind, siblings, asked)
	if read == nil {
		return nil, nil
	}
	if (kind == JavaScript || kind == PHP) && len(data) > MaxScript {
		return nil, fmt.Errorf("scripts of more than %d bytes are not decoded", MaxScript)
	}
	return guarded(read, data)
}

// guarded turns a panic of a reader into an error.
func guarded(read func([]byte) *script.View, data []byte) (view *script.View, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			view, err = nil, fmt.Errorf("its reader failed: %v", fault)
		}
	}()
	return read(data), nil
}

// readerOf returns what decodes a file of this name and kind, or nil.
func readerOf(name string, kind Kind, siblings *script.Siblings, asked map[string]bool) func([]byte) *script.View {
	ext := path.Ext(name)
	switch kind {
	case JavaScript:
		return func(src []byte) *script.View { return javascript.ReadWith(name, src, siblings, asked) }
	case PHP:
		return func(src []byte) *script.View { return php.ReadWith(src, siblings) }
	case JSON:
		switch {
		case path.Base(name) == "package.json":
			return func(src []byte) *script.View { return javascript.ReadManifest(src, siblings) }
		case path.Base(name) == "binding.gyp" || ext == ".gypi":
			return javascript.ReadBuild
		}
	case Shell:
		return javascript.ReadShell
	case Python, Perl, Lua:
		return javascript.ReadProgram
	case Text:
		switch {
		case ext == ".rb" || ext == ".awk" || ext == ".tcl":
			return javascript.ReadProgram
		case isMakefile(name):
			return javascript.ReadMakefile
		}
	}
	return nil
}

// Plain returns, of a script whose text shows by itself all that it does, the view
// without a text: what it loads. Else it is nil, and the script is to be decoded.
// asked are the modules of JavaScript of which it matters that one is loaded.
func Plain(kind Kind, data []byte, asked map[string]bool) *script.View {
	if kind != JavaScript {
		return nil
	}
	loads, plain := javascript.Plain(data, asked)
	if !plain {
		return nil
	}
	return &script.View{Uses: loads, Plain: true, Declares: javascript.Declared(data)}
}

// Views tells what data is, as Identify does, and decodes it where it is a
// script; else the view is nil.
func Views(name string, data []byte) (*Facts, *script.View) {
	facts := Identify(name, data)
	view, _ := Decode(name, facts.Kind, data) // what is too large has none
	return facts, view
}
