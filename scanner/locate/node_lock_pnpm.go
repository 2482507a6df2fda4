package locate

import "strings"

// parsePnpmLock reads the packages of pnpm-lock.yaml. It reads lines and not
// YAML: pnpm writes one key a line at fixed depths, anchors and flow mappings
// of keys never occur, and so nothing in a hostile file can unfold.
//
//	packages:
//	  /@scope/name/1.2.3_react@18.0.0:     lockfileVersion 5
//	  /@scope/name@1.2.3(react@18.0.0):    6
//	  '@scope/name@1.2.3':                 9
//	  name@https://host/name.tar.gz:       not from a registry: "version" follows
//	    version: 1.2.3
//
// A workspace's packages stand in the other sections only, as links:
//
//	'@scope/name':
//	  version: link:../name
func parsePnpmLock(data []byte) (lockEntries, error) {
	var entries lockEntries
	section, name, entry := "", "", lockEntry{}
	open := func(as string, line int) { name, entry = as, lockEntry{line: line} }
	flush := func() {
		if section == "packages" {
			entries.add(name, entry)
		}
		open("", 0)
	}
	err := lockLines(data, func(line, indent int, text string) {
		key, value, _ := strings.Cut(text, ": ")
		key, value = unquote(strings.TrimSuffix(key, ":")), unquote(value)
		switch {
		case indent == 0:
			flush()
			section = key
		case section == "packages" && indent == 2:
			flush()
			id, version := pnpmKey(unquote(strings.TrimPrefix(text, "? ")))
			open(id, line)
			entry.version = version
		case section == "packages" && indent == 4 && key == "name":
			name = value
		case section == "packages" && indent == 4 && key == "version":
			entry.version = stated(value)
		case section == "packages":
		case section == "importers" && indent == 2:
			if entries.projects == nil {
				entries.projects = map[string]bool{}
			}
			entries.projects[key] = true
		case value == "":
			open(key, line)
		case strings.HasPrefix(value, "link:") && key == "version":
			entries.add(name, lockEntry{line: entry.line})
		case strings.HasPrefix(value, "link:"):
			entries.add(key, lockEntry{line: line})
		}
	})
	flush()
	return entries, err
}

// pnpmKey reads a key of "packages" in every form that it has had.
func pnpmKey(key string) (name, version string) {
	key = strings.TrimSuffix(key, ":")
	key, _, _ = strings.Cut(key, "(") // peers and patches
	key = strings.TrimPrefix(key, "/")
	scope := ""
	if scoped, rest, ok := strings.Cut(key, "/"); ok && strings.HasPrefix(key, "@") {
		scope, key = scoped+"/", rest
	}
	if name, of, ok := strings.Cut(key, "/"); ok && !strings.Contains(name, "@") {
		of, _, _ = strings.Cut(of, "_") // lockfileVersion 5
		if stated(of) != "" {
			return scope + name, of
		}
	}
	name, version, _ = splitID(scope + key)
	return name, stated(version)
}
