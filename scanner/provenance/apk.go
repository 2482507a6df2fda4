package provenance

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
)

// maxInstalled bounds apk's database, in bytes.
const maxInstalled = 256 << 20

// readAPK reads the installed database of apk-tools: stanzas of one-letter
// fields, of which P is the package, V its version, F a directory, R a file in
// it and Z that file's checksum ("Q1" and the base64 of a SHA-1, "Q2" and that
// of the first 160 bits of a SHA-256). It is nil where the tree has none.
func (r *Records) readAPK() *database {
	d := &database{kind: "apk", claims: map[string]*claim{}}
	found := false
	aliases := readAliases(r.tree)
	for _, file := range []string{"lib/apk/db/installed", "usr/lib/apk/db/installed"} {
		if found {
			break
		}
		var pkg, version, dir, name string
		names := 0
		err := lines(r.tree, file, maxInstalled, func(line string) bool {
			found = true
			field, value, ok := strings.Cut(line, ":")
			if !ok { // the end of a stanza
				pkg, version, dir, name = "", "", "", ""
				return true
			}
			switch field {
			case "P":
				pkg = value
			case "V":
				version = value
			case "F":
				dir, name = value, ""
			case "R":
				name = aliases.name(dir + "/" + value)
				if plugin := r.places.of(name); plugin != "" && pkg != "" {
					if names++; names > maxNames {
						d.note = "apk's database is longer than what is read of it"
						return false
					}
					c := d.claim(plugin)
					if c.add(pkg); len(c.packages) == 1 {
						c.version = version
					}
					c.sums[name] = checksum{}
				}
			case "Z":
				if c := d.claims[r.places.of(name)]; name != "" && c != nil {
					c.sums[name] = apkChecksum(value)
				}
			}
			return true
		})
		if err != nil {
			d.note = fmt.Sprintf("%s cannot be read: %v", file, cause(err))
		}
	}
	if !found {
		return nil
	}
	return d
}

func apkChecksum(text string) checksum {
	if len(text) < 2 {
		return checksum{}
	}
	sum, err := base64.StdEncoding.DecodeString(text[2:])
	algorithm := map[string]string{"Q1": "sha1", "Q2": "sha256"}[text[:2]]
	if err != nil || algorithm == "" || len(sum) != 20 {
		return checksum{}
	}
	return checksum{algorithm, hex.EncodeToString(sum)}
}
