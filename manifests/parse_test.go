package manifests

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"plugvet/scanner/strict"
)

const (
	someTree = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	someSum  = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

const valid = `format = 1
id = "web-fleet"
sequence = 7
previous = "` + someSum + `"
rules = "` + someSum + `"

[[plugin]]
host = "nginx"
name = "ngx_http_geoip2_module"
path = "usr/lib/nginx/modules/ngx_http_geoip2_module.so"
version = "3.4"
tree = "` + someTree + `"
files = 1
capabilities = []
[plugin.binaries]
"ngx_http_geoip2_module.so" = "` + someSum + `"
[plugin.approval]
by = "alice@example.com"
at = 2026-11-23T10:00:00Z
ticket = "CHG-1234"
reason = "GeoIP for the EU storefront"
expires = 2027-05-22
`

func TestTheFileOfTheDesignIsWrittenAsItWasRead(t *testing.T) {
	m, err := Parse("m.toml", []byte(valid))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(m.Encode()); got != valid {
		t.Errorf("got\n%s\nwant\n%s", got, valid)
	}
}

func TestTheExampleParsesAndItsSumsHashToIt(t *testing.T) {
	m, data, err := Read("example.toml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m.Encode(), data) {
		t.Errorf("example.toml is not what Encode writes:\n%s", m.Encode())
	}
	sums, err := ReadSums("example.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range withoutLines(sums, m) {
		t.Errorf("the sums do not hash to %s", e.Path)
	}
	onDisk, err := os.ReadFile("example.sums")
	if err != nil || !bytes.Equal(sums.Encode(), onDisk) {
		t.Errorf("example.sums is not what Encode writes (%v)", err)
	}
}

func TestFaultsNameTheirPlace(t *testing.T) {
	// Each test replaces one thing in the valid file, or adds to its end.
	tests := []struct{ name, old, new, want string }{
		{"unknown key", "files = 1", "fils = 1", "m.toml:13:1: unknown key \"fils\"\nhint: did you mean \"files\"?"},
		{"unknown key in another case", "tree =", "Tree =", "m.toml:12:1: unknown key \"Tree\""},
		{"syntax error", "files = 1", "files 1", "m.toml:13:7: "},
		{"wrong type", "files = 1", `files = "1"`, "m.toml:13:1: wrong type"},
		{"format", "format = 1", "format = 2", "m.toml:1:1: format is 2, expected 1"},
		{"no format", "format = 1", "", "m.toml: format is 0"},
		{"no id", `id = "web-fleet"`, `id = ""`, "m.toml:2:1: id is required"},
		{"sequence", "sequence = 7", "sequence = 0", "m.toml:3:1: sequence is 0"},
		{"previous", `previous = "sha256:e`, `previous = "sha256:`, "m.toml:4:1: previous: expected"},
		{"rules", `rules = "sha256:e3b0`, `rules = "sha256:E3B0`, "m.toml:5:1: rules: expected"},
		{"no host", `host = "nginx"`, "", "m.toml:7:1: host is required"},
		{"tree of another length", "h1:47DEQ", "h1:47DEQAAA", "m.toml:12:1: tree: expected"},
		{"tree with spare bits", "SuFU=", "SuFV=", "m.toml:12:1: tree: expected"},
		{"absolute path", `path = "usr`, `path = "/usr`, "m.toml:10:1: path"},
		{"path that climbs", `path = "usr/lib`, `path = "../lib`, "m.toml:10:1: path"},
		{"path that is not clean", `path = "usr/lib`, `path = "usr/x/../lib`, "m.toml:10:1: path"},
		{"files", "files = 1", "files = 0", "m.toml:13:1: files is 0"},
		{"capability", "capabilities = []", `capabilities = ["exce"]`, "m.toml:14:1: unknown capability \"exce\""},
		{"capability twice", "capabilities = []", `capabilities = ["exec", "exec"]`, "m.toml:14:1: capability \"exec\" stands here twice"},
		{"binary", `.so" = "sha256:`, `.so" = "sha1:`, "m.toml:16:1: binary \"ngx_http_geoip2_module.so\": expected"},
		{"binaries are no table", "[plugin.binaries]\n", "binaries = 1\nlinks.", "m.toml:15:1: wrong type: expected table"},
		{"no by", `by = "alice@example.com"`, "", "m.toml:17:1: approval.by is required"},
		{"no at", "at = 2026-11-23T10:00:00Z", "", "m.toml:17:1: approval.at is required"},
		{"no approval", "[plugin.approval]", "[plugin.links]", "m.toml:19:1: wrong type: expected string, found datetime"},
		{"time without offset", "10:00:00Z", "10:00:00", "m.toml:19:1: expected a datetime with an offset"},
		{"time as text", "at = 2026-11-23T10:00:00Z", `at = "2026-11-23T10:00:00Z"`, "m.toml:19:1: expected a datetime with an offset"},
		{"expiry without offset", "2027-05-22", "2027-05-22T10:00:00", "m.toml:22:1: expected a date"},
		{"the year one is not never", "2027-05-22", "0001-01-01", "m.toml:22:1: year 1"},
		{"duplicate", "", strings.TrimSpace(valid[strings.Index(valid, "[[plugin]]"):]), "m.toml:23:1: nginx/ngx_http_geoip2_module is here twice"},
		{"rollback", "", `rollback = "yesterday"`, "m.toml:23:1: approval.rollback: expected"},
		{"rollback to itself", "", `rollback = "` + someTree + `"`, "m.toml:23:1: approval.rollback is the content that is approved"},
		{"source without a grade", "", "[plugin.source]\nkind = \"dpkg\"", "m.toml:23:1: source.grade is \"\", expected one of signed, strong"},
		{"source of no kind", "", "[plugin.source]\ngrade = \"weak\"", "m.toml:23:1: source.kind is required"},
		{"unknown key of a source", "", "[plugin.source]\ngrade = \"weak\"\nsigned = true", "m.toml:25:1: unknown key \"signed\""},
		{"origin without a digest", "", "[plugin.from]\nid = \"ci\"\nsequence = 1", "m.toml:23:1: from.sha256: expected"},
		{"origin that nobody signed", "", "[plugin.from]\nid = \"ci\"\nsequence = 1\nsha256 = \"" + someSum + "\"", "m.toml:23:1: from.signers: expected the verified signers"},
		{"origin that is both", "", "[plugin.from]\nid = \"ci\"\nsequence = 1\nsigners = [\"a\"]\nunverified = true\nsha256 = \"" + someSum + "\"", "m.toml:26:1: from.signers: expected the verified signers"},
		{"revoked without a reason", "", "[[revoked]]\ndigest = \"" + someSum + "\"", "m.toml:23:1: reason is required"},
		{"revoked nothing", "", "[[revoked]]\nhost = \"php\"\nreason = \"x\"", "m.toml:23:1: expected a digest, or host and name"},
		{"revoked both", "", "[[revoked]]\nhost = \"php\"\ndigest = \"" + someSum + "\"\nreason = \"x\"", "m.toml:25:1: expected either"},
		{"revoked digest", "", "[[revoked]]\ndigest = \"md5:1\"\nreason = \"x\"", "m.toml:24:1: digest: expected"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := valid + test.new
			if test.old != "" {
				text = strings.Replace(valid, test.old, test.new, 1)
			}
			_, err := Parse("m.toml", []byte(text))
			var e *strict.Error
			if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestTextThatNeedsEscapesSurvives(t *testing.T) {
	m, err := Parse("m.toml", []byte(valid))
	if err != nil {
		t.Fatal(err)
	}
	e := &m.Plugins[0]
	e.Path = `usr/\xff "x" \\n/é😀`
	e.Approval.Reason = "line\nline\ttab\r\x00\x7f\u202e\U000E0001'''\"\"\""
	e.Links = map[string]string{`a "b" \\`: "../x"}
	e.Pinned = true
	m.Revoked = []Revocation{{Digest: someTree, Reason: "trojan", By: "sec"}, {Host: "node", Name: "axios", Version: "1.14.1", Reason: "CVE"}}
	m.sort()
	if want := `reason = "line\nline\ttab\u000D\u0000\u007F\u202E\U000E0001'''\"\"\""`; !bytes.Contains(m.Encode(), []byte(want)) {
		t.Errorf("%s is not in\n%s", want, m.Encode())
	}
	again, err := Parse("m.toml", m.Encode())
	if err != nil {
		t.Fatalf("%v\n%s", err, m.Encode())
	}
	if !reflect.DeepEqual(again, m) {
		t.Errorf("got  %+v\nwant %+v", again, m)
	}
}

// FuzzParse: what parses is written so that it parses to the same, and the
// writing is stable.
func FuzzParse(f *testing.F) {
	f.Add([]byte(valid))
	f.Add([]byte(strings.ReplaceAll(valid, "2027-05-22", "2027-05-22T10:00:00.5+02:00")))
	f.Add([]byte(valid + "pinned = true\n[plugin.links]\n\"a\" = \"b\"\n[[revoked]]\nhost=\"a\"\nname=\"b\"\nreason=\"c\"\n"))
	f.Add([]byte(valid + "impact = \"i\"\ntested = \"t\"\nrollback = \"none\"\nrequested_by = \"b\"\nemergency = true\n[plugin.source]\nkind = \"dpkg\"\ngrade = \"weak\"\n" +
		"[plugin.from]\nid = \"ci\"\nsequence = 2\nsha256 = \"sha256:" + strings.Repeat("0", 64) + "\"\nsigners = [\"b\", \"a\"]\nby = \"c\"\nat = 2026-11-23T10:00:00Z\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse("m.toml", data)
		if err != nil {
			return
		}
		encoded := m.Encode()
		again, err := Parse("m.toml", encoded)
		if err != nil {
			t.Fatalf("%v\n%s", err, encoded)
		}
		if !reflect.DeepEqual(m, again) || !bytes.Equal(again.Encode(), encoded) {
			t.Fatalf("%+v became %+v", m, again)
		}
	})
}
