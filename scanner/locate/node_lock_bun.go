package locate

// parseBunLock reads bun.lock: "packages" has an array for each package, which
// begins with "name@version", by a key that ends in the name to ask for.
func parseBunLock(data []byte) (lockEntries, error) {
	var entries lockEntries
	first := "" // the key whose array was entered and has shown no element
	err := walkJSON(plainJSON(data), func(keys []string, raw []byte, line int) {
		switch {
		case len(keys) < 2 || keys[0] != "packages":
		case len(keys) == 2:
			first = keys[1]
		case len(keys) == 3 && keys[2] == "#" && first == keys[1]:
			first = ""
			id, _ := jsonString(raw)
			if name, version, ok := splitID(id); ok {
				entries.add(name, lockEntry{version: stated(version), line: line})
			}
		}
	})
	return entries, err
}
