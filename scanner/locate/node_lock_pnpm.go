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
func parsePnpmLock(data []byte) (lockEntries, error) {
	var entries lockEntries
	var name string
	var entry lockEntry
	flush := func() {
		entries.add(name, entry)
		name, entry = "", lockEntry{}
	}
	section := ""
	err := lockLines(data, func(line, indent int, text string) {
		switch {
		case indent == 0:
			flush()
			section = strings.TrimSuffix(text, ":")
		case section != "packages":
		case indent == 2:
			flush()
			name, entry.version = pnpmKey(unquote(strings.TrimPrefix(text, "? ")))
			entry.line = line
		case indent == 4:
			key, value, _ := strings.Cut(text, ": ")
			switch key {
			case "name":
				name = unquote(value)
			case "version":
				entry.version = stated(unquote(value))
			}
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
	slash := strings.IndexByte(key, '/')
	if strings.HasPrefix(key, "@") && slash > 0 {
		slash += 1 + strings.IndexByte(key[slash+1:], '/')
	}
	if slash > 0 && !strings.Contains(key[1:slash], "@") {
		of, _, _ := strings.Cut(key[slash+1:], "_") // lockfileVersion 5
		if stated(of) != "" {
			return key[:slash], of
		}
	}
	name, version, _ = splitID(key)
	return name, stated(version)
}
