package evidence

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"plugvet/manifests"
)

// commands are the blocks of VERIFY.md that a reader is told to run.
func commands(guide []byte) (blocks []string) {
	for _, block := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllSubmatch(guide, -1) {
		blocks = append(blocks, string(block[1]))
	}
	return blocks
}

// follow runs VERIFY.md of a bundle as it is written and returns what failed,
// at most so many commands.
func follow(t *testing.T, dir, allowedSigners string, guide []byte, most int) (failed []string) {
	t.Helper()
	for _, block := range commands(guide) {
		if len(failed) == most {
			break
		}
		cmd := exec.Command("sh", "-c", block)
		cmd.Dir = dir
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "ALLOWED_SIGNERS=" + allowedSigners, "TMPDIR=" + t.TempDir()}
		if out, err := cmd.CombinedOutput(); err != nil {
			failed = append(failed, fmt.Sprintf("%s%s%v", block, out, err))
		}
	}
	return failed
}

// What VERIFY.md says is run as it is written, by tools that know nothing of
// plugvet, for every sort of key; and each kind of damage makes a command fail.
func TestTheGuideHoldsAsWritten(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
	}{
		{"unsigned", nil},
		{"ed25519", []string{"-t", "ed25519"}},
		{"ecdsa 256", []string{"-t", "ecdsa", "-b", "256"}},
		{"ecdsa 384", []string{"-t", "ecdsa", "-b", "384"}},
		{"ecdsa 521", []string{"-t", "ecdsa", "-b", "521"}},
		{"rsa", []string{"-t", "rsa", "-b", "2048"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, "homebrew", 23)
			allowed := ""
			least := 5
			if c.args != nil {
				key, line := newKey(t, "alice@example.com", c.args...)
				allowed, _ = allow(t, line)
				in.Keys = append(in.Keys, key)
				least = 9
			}
			b := create(t, in)
			dir := filepath.Join(t.TempDir(), "bundle")
			if err := b.WriteDir(dir); err != nil {
				t.Fatal(err)
			}
			guide := b.Files[guideFile]
			if n := len(commands(guide)); n < least {
				t.Fatalf("%d commands, expected %d or more:\n%s", n, least, guide)
			}
			if unsigned := strings.Contains(string(guide), "**This bundle was made without a signature**"); unsigned != (c.args == nil) {
				t.Errorf("the guide says that it is unsigned: %v", unsigned)
			}
			for _, failure := range follow(t, dir, allowed, guide, 100) {
				t.Error(failure)
			}
			if c.name == "ed25519" {
				damage(t, b, dir, allowed)
			}
		})
	}
}

// damage alters the bundle in dir in every way, one after the other.
func damage(t *testing.T, b *Bundle, dir, allowed string) {
	guide := b.Files[guideFile]
	expect := func(what string) {
		if len(follow(t, dir, allowed, guide, 1)) == 0 {
			t.Errorf("%s: VERIFY.md notices nothing", what)
		}
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range b.Files {
		altered := append([]byte{}, data...)
		altered[len(altered)/2] ^= 1
		write(name, altered)
		expect("a bit of " + name)
		write(name, data)
	}
	if err := os.Remove(filepath.Join(dir, changesText)); err != nil {
		t.Fatal(err)
	}
	expect("a file gone")
	write(changesText, b.Files[changesText])
	write("added.txt", nil)
	expect("a file more")
	if err := os.Remove(filepath.Join(dir, "added.txt")); err != nil {
		t.Fatal(err)
	}
	if failed := follow(t, dir, allowed, guide, 1); failed != nil {
		t.Errorf("after all was put right: %v", failed)
	}
}

// A forger who has the bundle and not the key makes all of it anew.
func TestTheGuideFindsAForger(t *testing.T) {
	in := input(t, "homebrew", 23)
	_, line := newKey(t, "alice@example.com", "-t", "ed25519")
	mallory, _ := newKey(t, "mallory@example.com", "-t", "ed25519")
	allowed, _ := allow(t, line)
	in.Keys = append(in.Keys, mallory)
	b := create(t, in)
	dir := filepath.Join(t.TempDir(), "bundle")
	if err := b.WriteDir(dir); err != nil {
		t.Fatal(err)
	}
	if failed := follow(t, dir, allowed, b.Files[guideFile], 100); len(failed) != 1 || !strings.Contains(failed[0], "-Y verify") {
		t.Errorf("expected the signature to fail and nothing else: %v", failed)
	}
}

// dirHashCommand is the command of VERIFY.md for a plugin's dirHash.
func dirHashCommand(t *testing.T) string {
	t.Helper()
	for line := range strings.Lines(guideText) {
		if strings.HasPrefix(line, "find ") {
			return line
		}
	}
	t.Fatal("VERIFY.md has no such command")
	return ""
}

func TestTheDirHashCommandTakesAnyName(t *testing.T) {
	dir := t.TempDir()
	var sums []manifests.FileSum
	for _, name := range []string{"a b.js", "it's.js", `"quoted".js`, `back\slash`, "-n", "B", "ä", "sub/x y", " leading", "tab\there"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, []byte(name))
		sums = append(sums, manifests.FileSum{Name: name, Sum: sha256.Sum256([]byte(name))})
	}
	tree, err := manifests.TreeDigest(sums)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(tree, "h1:"))
	if err != nil {
		t.Fatal(err)
	}
	got, _, _ := strings.Cut(string(stock(t, dir, "sh", "-c", dirHashCommand(t))), " ")
	if got != hex.EncodeToString(sum) {
		t.Errorf("the command prints %q, expected %x", got, sum)
	}
}
