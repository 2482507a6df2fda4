package javascript

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// Native code of a package may be a frame that the script fills: it hands the names of
// what is to be called to a function of its addon. Then neither tells by itself what is
// done, and the script says it.

// addonLoaders are packages that load the addon of the package that calls them.
var addonLoaders = map[string]bool{"bindings": true, "node-gyp-build": true, "node-gyp-build-optional-packages": true, "pkg-prebuilds": true}

// addonName stands for the file of an addon that a package has found.
const addonName = "(addon).node"

// loadsNative tells whether a module is native code, or a package that loads such code.
func loadsNative(name string) bool { return strings.HasSuffix(name, ".node") || addonLoaders[name] }

// loadsAddon tells whether the script loads native code of its own.
func (e *evaluator) loadsAddon() bool {
	for _, u := range e.uses {
		if u.Kind == script.Module && loadsNative(u.Name) || u.Kind == script.Call && u.Name == "process.dlopen" {
			return true
		}
	}
	return false
}

// addon is the addon that a call loads, unknown if it loads none.
func (m *machine) addon(name string, args []argument) value {
	loaded := value{kind: module, str: addonName, plain: true}
	of, _, _ := strings.Cut(name, ".")
	switch {
	case addonLoaders[of]:
		return loaded
	case name == "process.dlopen":
		if exports := argumentOr(args, 0); exports.kind == dictionary {
			m.put(exports, textValue("exports"), loaded)
		}
	}
	return value{}
}

// addonScript is told where a function of an addon is given the name of what runs AppleScript.
const addonScript = "addon:applescript"

// toNative notes that a function of an addon is given what names AppleScript. One of
// another file may hand it on to an addon.
func (e *evaluator) toNative(module string, args []argument, start, end uint32) {
	addon := strings.HasSuffix(module, ".node")
	if !addon && !strings.HasPrefix(module, ".") || end <= start {
		return
	}
	for _, a := range args {
		switch {
		case !e.namesAppleScript(a.value, 0):
		case addon:
			e.met(script.Call, addonScript, start, end, !a.plain)
		default:
			e.openness |= script.OpenToFiles
		}
	}
}

// throughEnvironment notes where an addon is loaded that finds such a name in its environment.
func (m *machine) throughEnvironment() {
	for _, name := range slices.Sorted(maps.Keys(m.changed)) {
		v := m.changed[name]
		if !strings.HasPrefix(name, "process.env.") || !m.namesAppleScript(v, 0) {
			continue
		}
		for _, u := range m.uses {
			if u.Kind == script.Module && loadsNative(u.Name) {
				u.Kind, u.Name, u.Hidden = script.Call, addonScript, !v.plain
				m.uses = append(m.uses, u)
				return
			}
		}
	}
}

// namesAppleScript tells whether a text names what runs AppleScript, or is such a script,
// or whether one of a list or an object does.
func (e *evaluator) namesAppleScript(v value, depth int) bool {
	const deep, most = 3, 64
	items := alternatives(v)
	switch v.kind {
	case text, buffer:
		return e.Take(len(v.str)) && appleScriptNames.MatchString(v.str)
	case unknown:
	case array, dictionary:
		items = *v.items
	default:
		return false
	}
	for _, item := range items[:min(len(items), most)] {
		if depth < deep && v.self == nil && e.namesAppleScript(item, depth+1) {
			return true
		}
	}
	return false
}

var appleScriptNames = regexp.MustCompile(`^\s*(?:(?:tell app(?:lication)?|do shell script) "` +
	`|(?:NSAppleScript|NSUserAppleScriptTask|OSAScript|OSALanguage(?:Instance)?|OSAScriptController|SBApplication` +
	`|OSA(?:Compile|Execute|LoadExecute|CompileExecute|DoScript|Load|Start)|AESend(?:Message)?|kOSAComponentType|ascr)\b` +
	`|(?:/\S*/)?osascript\b|/System/Library/\S*(?:OSAKit|ScriptingBridge|AppleScriptKit)\b)`)
