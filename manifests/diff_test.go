package manifests

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// edited is the example after edit, one sequence later.
func edited(t *testing.T, edit func(*Manifest)) (old, new *Manifest) {
	t.Helper()
	old, data, err := Read("example.toml")
	if err != nil {
		t.Fatal(err)
	}
	new, _, err = Read("example.toml")
	if err != nil {
		t.Fatal(err)
	}
	new.Sequence, new.Previous = old.Sequence+1, Digest(data)
	edit(new)
	new.sort()
	return old, new
}

func find(t *testing.T, m *Manifest, name string) *Entry {
	t.Helper()
	for i := range m.Plugins {
		if m.Plugins[i].Name == name {
			return &m.Plugins[i]
		}
	}
	t.Fatalf("no %s in the manifest", name)
	return nil
}

func text(t *testing.T, old, new *Manifest) string {
	t.Helper()
	var b bytes.Buffer
	if err := Diff(old, new).WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestABumpThatGainsExecComesFirst(t *testing.T) {
	old, new := edited(t, func(m *Manifest) {
		ms := find(t, m, "ms")
		ms.Version, ms.Tree, ms.Files = "2.1.4", someTree, 5
		ms.Capabilities = []string{"exec"}
		ms.Approval = Approval{By: "bob@example.com", At: NewTime(noon.AddDate(0, 1, 0)), Ticket: "CHG-9"}
		// An alphabet earlier, and less important.
		geo := find(t, m, "ngx_http_geoip2_module")
		geo.Version, geo.Tree = "3.5", someTree
		geo.Binaries["ngx_http_geoip2_module.so"] = someSum
	})
	want := `manifest web-fleet, sequence 1 -> 2: 5 plugins -> 5
CAPABILITIES GAINED by 1 plugin: exec (1)

changed   node/ms 2.1.3 -> 2.1.4
  GAINS exec
  content   h1:/Zt8Ac9CjRonfmyFwzUKoWgHjjKsdEacW4lbImy30CE= -> ` + someTree + `, 4 files -> 5 files
  approval  by bob@example.com on 2026-12-23, CHG-9
  was       by alice@example.com on 2026-11-23, CHG-1234: Baseline of the EU storefront (until 2027-05-22)

changed   nginx/ngx_http_geoip2_module 3.4 -> 3.5
  content   h1:PzA4jxgz5K0fqgG2AXz2TTZSMUrGsjtKNiQgtkvHEGk= -> ` + someTree + `, 1 file -> 1 file
  binary    modified ngx_http_geoip2_module.so: sha256:c938ae6ee557f0835449a2df0e07674e6f3e48cde04cbcd2848912310eaaee42 -> ` + someSum + `
  NO NEW APPROVAL: what changed stands under the old one
  approval  by alice@example.com on 2026-11-23, CHG-1234: Baseline of the EU storefront (until 2027-05-22)
`
	if got := text(t, old, new); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDiffSaysWhatHappened(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Manifest)
		want []string // in this order
	}{
		{"nothing", func(m *Manifest) {}, []string{"no plugin differs"}},
		{"an added plugin with capabilities", func(m *Manifest) {
			e := *find(t, m, "ms")
			e.Name, e.Path, e.Capabilities = "new", "node_modules/new", []string{"exec", "socket"}
			m.Plugins = append(m.Plugins, e)
		}, []string{"CAPABILITIES GAINED by 1 plugin: exec (1), socket (1)", "added     node/new 2.1.3", "  GAINS exec", "  GAINS socket"}},
		{"a version directory", func(m *Manifest) {
			e := find(t, m, "redis")
			e.Path, e.Version, e.Tree = "opt/7.0/redis.so", "7.0", someTree
			e.Capabilities = []string{"exec", "network"}
		}, []string{"changed   php/redis 5.3.7 -> 7.0", "  GAINS exec", "path      usr/lib/php/20220829/redis.so -> opt/7.0/redis.so"}},
		{"a removed plugin", func(m *Manifest) {
			m.Plugins = slices.DeleteFunc(m.Plugins, func(e Entry) bool { return e.Name == "ms" })
		}, []string{"5 plugins -> 4", "removed   node/ms 2.1.3"}},
		{"a lost capability", func(m *Manifest) { find(t, m, "redis").Capabilities = []string{} }, []string{"changed   php/redis 5.3.7", "  loses network"}},
		{"a pin", func(m *Manifest) { find(t, m, "redis").Pinned = true }, []string{"pinned    false -> true"}},
		{"a link", func(m *Manifest) { find(t, m, "ms").Links = map[string]string{"a": "b"} }, []string{"link      added a: none -> b"}},
		{"an approval", func(m *Manifest) { find(t, m, "ms").Approval.Ticket = "CHG-2" }, []string{"changed   node/ms 2.1.3", "approval  by alice", "CHG-2", "was       by alice", "CHG-1234"}},
		{"a revocation", func(m *Manifest) {
			m.Revoked = append(m.Revoked, Revocation{Host: "node", Name: "ms", Reason: "trojan"})
		}, []string{"REVOKED   node/ms: trojan"}},
		{"a revocation lifted", func(m *Manifest) { m.Revoked = nil }, []string{"REVOCATION LIFTED   node/axios 1.14.1: postinstall"}},
		{"other rules", func(m *Manifest) { m.Rules = "" }, []string{"rules sha256:", " -> none"}},
		{"a sequence that stays", func(m *Manifest) { m.Sequence = 1; find(t, m, "ms").Pinned = true }, []string{"SEQUENCE DOES NOT RISE"}},
		{"control characters", func(m *Manifest) { find(t, m, "ms").Approval.Reason = "\x1b[2Kfine\n  \u202eback\\slash" }, []string{`\x1b[2Kfine\x0a  \xe2\x80\xaeback\slash`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			old, new := edited(t, test.edit)
			got := text(t, old, new)
			rest := got
			for _, want := range test.want {
				_, after, ok := strings.Cut(rest, want)
				if !ok {
					t.Fatalf("%q is missing or out of order in\n%s", want, got)
				}
				rest = after
			}
			if test.name == "control characters" && strings.ContainsAny(got, "\x1b\u202e") {
				t.Errorf("control characters reach the terminal: %q", got)
			}
		})
	}
}

func TestAnUpgradeIsPairedWithTheHighestVersion(t *testing.T) {
	version := func(v, content string, capabilities ...string) Observed {
		return plugin(t, "nginx", "geo", v, "Cellar/nginx/"+v+"/geo", map[string]string{"geo.so": content}, capabilities...)
	}
	old := approved(t, version("1", "a", "exec"), version("2", "b")).Manifest
	new := approved(t, version("3", "c", "exec")).Manifest
	got := text(t, old, new)
	for _, want := range []string{"changed   nginx/geo 2 -> 3\n  GAINS exec\n", "removed   nginx/geo 1\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestADifferenceIsJSON(t *testing.T) {
	old, new := edited(t, func(m *Manifest) { find(t, m, "ms").Capabilities = []string{"exec"} })
	data, err := json.Marshal(Diff(old, new))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"gains":["exec"]`, `"expires":"2027-05-22"`, `"at":"2026-11-23T12:00:00Z"`, `"capabilities":[]`} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("%s is not in %s", want, data)
		}
	}
}

func TestShow(t *testing.T) {
	m, _, err := Read("example.toml")
	if err != nil {
		t.Fatal(err)
	}
	find(t, m, "ms").Links = map[string]string{`a\\b`: "c"}
	var b bytes.Buffer
	if err := m.WriteText(&b, noon.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"manifest web-fleet, sequence 1: 5 approved plugins, 1 revoked\n",
		"\nnode\n  @parcel/watcher 2.5.1\n    path          srv/app/node_modules/@parcel/watcher\n",
		"    capabilities  exec, install-hook, socket\n",
		"    approved      by alice@example.com on 2026-11-23, CHG-1234: Baseline of the EU storefront (until 2027-05-22)\n    EXPIRED ",
		`    link          a\\b -> c` + "\n",
		"\nrevoked\n  node/axios 1.14.1: postinstall script runs AppleScript, by security@example.com, INC-77\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := m.WriteText(&b, noon); err != nil || strings.Contains(b.String(), "EXPIRED") {
		t.Errorf("expired before its day (%v)", err)
	}
}
