package trust

import (
	"os"
	"strings"
	"testing"
)

func TestFaultsOfAllowedSignersNameFileAndLine(t *testing.T) {
	key := open(t, makeKey(t))
	good := allow(key, "alice", "")
	keyText := strings.TrimPrefix(good, "alice ")
	cert := func() string {
		path := makeKey(t)
		stock(t, nil, "ssh-keygen", "-q", "-s", makeKey(t), "-I", "id", "-n", "alice", path+".pub")
		data, err := os.ReadFile(path + "-cert.pub")
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}()
	for bad, want := range map[string]string{
		"alice":                                                               "expected principals, options, key type and key",
		`"alice ` + keyText:                                                   "closing quote",
		"alice ssh-ed25519":                                                   "expected a key's type and the key",
		"alice ssh-ed25519 AAAA":                                              "key: ",
		"alice ssh-dss AAAAB3NzaC1kc3M=":                                      "key: ",
		"alice ssh-ed25519 !!!!":                                              "key: illegal base64",
		"alice ssh-rsa " + keyText[12:]:                                       `it is of type "ssh-ed25519", and the line says "ssh-rsa"`,
		"alice " + cert:                                                       "it is a certificate",
		"alice cert-authority " + keyText:                                     "plugvet does not support certificates",
		"alice CERT-AUTHORITY " + keyText:                                     "plugvet does not support certificates",
		"alice namespace=\"file\" " + keyText:                                 `unknown option "namespace"`,
		"alice bob " + keyText:                                                `unknown option "bob"`,
		"alice namespaces=file " + keyText:                                    `namespaces: expected ="…"`,
		"alice namespaces=\"file " + keyText:                                  "closing quote",
		"alice namespaces=\"\" " + keyText:                                    "pattern list",
		"alice namespaces=\"a\",namespaces=\"b\" " + keyText:                  "twice",
		"alice namespaces=\"a\"valid-after=\"20260101\" " + keyText:           "expected a comma or a space",
		"alice namespaces=\"a\", " + keyText:                                  `unknown option ""`,
		"alice valid-after=\"2026\" " + keyText:                               "expected YYYYMMDD",
		"alice valid-after=\"20260231\" " + keyText:                           "expected YYYYMMDD",
		"alice valid-after=\"2026-01-01\" " + keyText:                         "expected YYYYMMDD",
		"alice valid-before=\"20260101T00\" " + keyText:                       "expected YYYYMMDD",
		"alice valid-after=\"\" " + keyText:                                   "expected YYYYMMDD",
		"alice valid-after=\"20270101\",valid-before=\"20260101\" " + keyText: "valid-before is not later",
		"!alice " + keyText:                                                   "name nobody",
		"alice,,bob " + keyText:                                               "empty pattern",
		`"" ` + keyText:                                                       "empty pattern",
		"al\x1b[2Kice " + keyText:                                             "printable",
		"al\xffice " + keyText:                                                "printable",
		"\ufeffalice " + keyText:                                              "printable",
		strings.Repeat("a", maxPattern+1) + " " + keyText:                     "a pattern of 1024 characters",
		strings.Repeat("a,", maxAllowedLine/2) + "a " + strings.TrimSpace(keyText): "bytes in a line",
	} {
		path := write(t, []byte("# a comment\n"+good+strings.TrimSuffix(bad, "\n")+"\n"))
		_, err := ReadAllowedSigners(path)
		if err == nil || !strings.HasPrefix(err.Error(), path+":3: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %s:3 and %q", bad, err, path, want)
		}
	}
}

func TestAllowedSignersThatNameNobodyAreRefused(t *testing.T) {
	for _, empty := range []string{"", "\n\n", "# nobody\n"} {
		if _, err := ReadAllowedSigners(write(t, []byte(empty))); err == nil || !strings.Contains(err.Error(), "nobody may sign") {
			t.Errorf("%q: %v", empty, err)
		}
	}
	if _, err := ReadAllowedSigners(t.TempDir()); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Error(err)
	}
	if _, err := ReadAllowedSigners(write(t, make([]byte, maxAllowedSigners+1))); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Error(err)
	}
}

// What is read allows at least one key, and is refused nowhere later: every
// signature gets an answer.
func FuzzAllowedSigners(f *testing.F) {
	const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINNwMHM8lLcve+HMdKmjaanRnkdOE0Sm3ZUxkjv5LTgg"
	for _, seed := range []string{
		"", "# x\n", "alice " + key, "*@x,!b cert-authority " + key, `"a b" namespaces="a,\"b",valid-after="20260101Z",valid-before="202701011200" ` + key + " comment\r\n",
		"a namespaces=\"", "a ,=\"\" ssh-rsa AAAA", "a\tvalid-before=\"99991231\"\t" + key, strings.Repeat("a,*?", 200) + " " + key,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		signers, err := parseAllowedSigners("f", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f:") && !strings.Contains(err.Error(), "nobody may sign") {
				t.Errorf("the error names no line: %v", err)
			}
			return
		}
		for i := range signers.lines {
			line := &signers.lines[i]
			if line.blob == "" || line.principals == "" {
				t.Errorf("%+v", line)
			}
			if !overlapLists(line.principals, line.principals) {
				t.Errorf("%q names nobody", line.principals)
			}
			_ = line.permits(NamespaceManifest, noon)
		}
	})
}

// A signature that is read is written again to the same bytes, but for line ends.
func FuzzSignature(f *testing.F) {
	f.Add([]byte("-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n"))
	if corpus, err := os.ReadFile("testdata/ed25519.sig"); err == nil {
		f.Add(corpus)
	} else {
		f.Fatal(err)
	}
	squeeze := strings.NewReplacer("\r", "", "\n", "")
	f.Fuzz(func(t *testing.T, data []byte) {
		sig, err := unarmor(data)
		if err == nil && squeeze.Replace(string(armor(sig))) != squeeze.Replace(string(data)) {
			t.Errorf("%q comes back as %q", data, armor(sig))
		}
	})
}
