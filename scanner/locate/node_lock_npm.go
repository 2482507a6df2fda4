package locate

import "strings"

// parseNpmLock reads package-lock.json, npm-shrinkwrap.json and npm's own
// record in node_modules, of every lockfileVersion: 2 and 3 have "packages" by
// path, 1 has nested "dependencies" by name (docs.npmjs.com, package-lock.json).
func parseNpmLock(data []byte) (lockEntries, error) {
	packages, nested, installs := map[string]lockEntry{}, map[string]lockEntry{}, map[string]bool{}
	err := walkJSON(data, func(keys []string, raw []byte, line int) {
		if len(keys) < 2 {
			return
		}
		into, at := packages, ""
		depth := 2 // keys that lead to a package
		switch keys[0] {
		case "packages":
			at = keys[1]
		case "dependencies":
			into = nested
			at, depth = nestedPath(keys)
		}
		if at == "" {
			return
		}
		switch {
		case len(keys) == depth:
			into[at] = lockEntry{line: line}
		case len(keys) == depth+1 && keys[depth] == "version":
			entry := into[at]
			version, _ := jsonString(raw)
			if _, of, ok := splitID(strings.TrimPrefix(version, "npm:")); ok {
				version = of // "npm:name@1.2.3", an alias
			}
			entry.version = stated(version)
			into[at] = entry
		case len(keys) == depth+1 && keys[depth] == "hasInstallScript": // binding.gyp counts as one
			installs[at] = string(raw) == "true"
		}
	})
	if len(packages) > 0 {
		return lockEntries{byPath: packages, installs: installs}, err
	}
	return lockEntries{byPath: nested}, err
}

// maxNested bounds how deep lockfileVersion 1 nests packages; npm's own trees
// end before ten.
const maxNested = 32

// nestedPath turns the keys "dependencies", a, "dependencies", b into the path
// node_modules/a/node_modules/b, and says how many keys that were. The path is
// empty where the keys lead to nothing that npm would write.
func nestedPath(keys []string) (at string, depth int) {
	var b strings.Builder
	for depth+1 < len(keys) && keys[depth] == "dependencies" {
		name := keys[depth+1]
		if len(name) > maxName || depth/2 == maxNested {
			return "", 0
		}
		if depth > 0 {
			b.WriteByte('/')
		}
		b.WriteString(nodeModules + "/" + name)
		depth += 2
	}
	return b.String(), depth
}
