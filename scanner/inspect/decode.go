package inspect

import (
	"plugvet/scanner/inspect/javascript"
	"plugvet/scanner/inspect/php"
	"plugvet/scanner/inspect/script"
)

// Decode returns the decoded view of a script, or nil for a kind that has none.
// It keeps no reference to data and does not change it.
func Decode(kind Kind, data []byte) *script.View {
	switch kind {
	case JavaScript:
		return javascript.Read(data)
	case PHP:
		return php.Read(data)
	}
	return nil
}

// Views tells what data is, as Identify does, and decodes it where it is a
// script; else the view is nil.
func Views(name string, data []byte) (*Facts, *script.View) {
	facts := Identify(name, data)
	return facts, Decode(facts.Kind, data)
}
