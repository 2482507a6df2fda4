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
// is the file with what it makes Node.js or the shell load or run. The name is used for that, and for
// what a script makes of its own. It keeps no reference to data and does not change it. The error is for a script
// of more than [MaxScript] bytes.
func Decode(name string, kind Kind, data []byte) (*script.View, error) {
	var read func([]byte) *script.View
	switch kind {
	case JavaScript:
		read = func(src []byte) *script.View { return javascript.ReadFile(name, src) }
	case PHP:
		read = php.Read
	case JSON:
		switch path.Base(name) {
		case "package.json":
			return javascript.ReadManifest(data), nil
		case "binding.gyp":
			return javascript.ReadBuild(data), nil
		}
		if path.Ext(name) == ".gypi" {
			return javascript.ReadBuild(data), nil
		}
		return nil, nil
	case Shell:
		return javascript.ReadShell(data), nil
	case Python, Perl, Lua:
		return javascript.ReadProgram(data), nil
	case Text:
		switch path.Ext(name) {
		case ".rb", ".awk", ".tcl":
			return javascript.ReadProgram(data), nil
		}
		if isMakefile(name) {
			return javascript.ReadMakefile(data), nil
		}
		return nil, nil
	default:
		return nil, nil
	}
	if len(data) > MaxScript {
		return nil, fmt.Errorf("scripts of more than %d bytes are not decoded", MaxScript)
	}
	return read(data), nil
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
	return &script.View{Uses: loads, Plain: true}
}

// Views tells what data is, as Identify does, and decodes it where it is a
// script; else the view is nil.
func Views(name string, data []byte) (*Facts, *script.View) {
	facts := Identify(name, data)
	view, _ := Decode(name, facts.Kind, data) // what is too large has none
	return facts, view
}
