package locate

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"plugvet/scanner/tree"
)

func TestWalkTellsOfWhatIsNoRegularFile(t *testing.T) {
	root := plant(t, map[string]string{
		"node_modules/a/package.json":       `{"name": "a", "version": "1.0.0"}`,
		"node_modules/a/out -> /etc/passwd": "",
		"node_modules/a/loop -> .":          "",
		"node_modules/a/empty.js":           "",
		"elsewhere/pipe/":                   "",
	})
	for _, name := range []string{"node_modules/a/pipe", "node_modules/pipe", "elsewhere/pipe/pipe"} {
		if err := syscall.Mkfifo(filepath.Join(root, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := recordWalk(t, openDir(t, root), Options{})
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/a a@1.0.0"})
	checkList(t, "files", r.files["node_modules/a"], []string{"node_modules/a/empty.js", "node_modules/a/package.json"})
	checkList(t, "links", r.links["node_modules/a"], []string{"node_modules/a/loop -> .", "node_modules/a/out -> /etc/passwd"})
	slices.Sort(r.skips)
	checkList(t, "skips", r.skips, []string{"node_modules/a/pipe: named pipe", "node_modules/pipe: named pipe"})
	checkList(t, "fails", r.fails, nil)
}

func TestWalkKeepsNamesAsTheyAre(t *testing.T) {
	names := []string{"a\nb.js", "\xff\xfe.js", "\u202egpj.js", `c\d.js`, " .js", "-rf"}
	files := map[string]string{"node_modules/we\nird\xff/index.js": ""}
	var want []string
	for _, name := range names {
		files["node_modules/a/"+name] = ""
		want = append(want, "node_modules/a/"+name)
	}
	slices.Sort(want)
	r := recordWalk(t, openDir(t, plant(t, files)), Options{})
	checkList(t, "files", r.files["node_modules/a"], want)
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/a a@", "node_modules/we\nird\xff we\nird\xff@"})
}

// unreadable is where TestWalkTellsOfUnreadableDirectories, run again as
// nobody, finds its tree.
const unreadable = "PLUGVET_TEST_UNREADABLE"

func TestWalkTellsOfUnreadableDirectories(t *testing.T) {
	root := os.Getenv(unreadable)
	if root == "" {
		root = plant(t, map[string]string{
			"node_modules/a/package.json": `{"name": "a", "version": "1.0.0"}`,
			"node_modules/a/lib/index.js": "",
			"node_modules/b/package.json": `{"name": "b", "version": "1.0.0"}`,
			"private/node_modules/c/c.js": "",
		})
		for _, dir := range []string{"node_modules/a/lib", "private"} {
			dir := filepath.Join(root, dir)
			if err := os.Chmod(dir, 0); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Chmod(dir, 0o755) })
		}
	}
	if os.Getuid() == 0 {
		againAsNobody(t, root)
		return
	}
	r := recordWalk(t, openDir(t, root), Options{})
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/a a@1.0.0", "node_modules/b b@1.0.0"})
	failed := map[string]bool{} // private also by the patterns that lead into it
	for _, fail := range r.fails {
		name, why, _ := strings.Cut(fail, ":")
		failed[name] = true
		if !strings.Contains(why, "permission denied") {
			t.Errorf("fails %q", r.fails)
		}
	}
	checkList(t, "fails", slices.Sorted(maps.Keys(failed)), []string{"node_modules/a/lib", "private"})
}

// againAsNobody runs the calling test as a user without privileges: nothing is
// unreadable to root.
func againAsNobody(t *testing.T, root string) {
	t.Helper()
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	binary := filepath.Join(dir, "locate.test")
	if err := os.WriteFile(binary, self, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, made := range []string{root, filepath.Dir(root), dir} { // by t.TempDir, for its owner only
		if err := os.Chmod(made, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(binary, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir = dir
	cmd.Env = []string{unreadable + "=" + root}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}

// abyss is a tree in which every directory holds a directory, and a package's
// directory in one of its own.
type abyss struct{ file fs.FileInfo }

func newAbyss() abyss {
	info, _ := fstest.MapFS{"d": {Mode: fs.ModeDir}}.Stat("d")
	return abyss{info}
}

func (a abyss) Lstat(name string) (fs.FileInfo, error) {
	if base := path.Base(name); base == "." || base == "d" {
		return a.file, nil
	}
	return nil, fs.ErrNotExist
}
func (a abyss) ReadDir(string) ([]fs.DirEntry, error) {
	return []fs.DirEntry{fs.FileInfoToDirEntry(a.file)}, nil
}
func (abyss) ReadLink(string) (string, error)             { return "", fs.ErrInvalid }
func (abyss) Open(string) (tree.File, error)              { return nil, fs.ErrNotExist }
func (a abyss) OpenListed(name string) (tree.File, error) { return a.Open(name) }
func (abyss) Close() error                                { return nil }

func TestWalkStopsWhereDirectoriesNestTooDeep(t *testing.T) {
	r := recordWalk(t, newAbyss(), Options{Hosts: []string{"node"}})
	if len(r.fails) != 1 || !strings.HasSuffix(r.fails[0], "/d: "+errTooDeep.Error()) || strings.Count(r.fails[0], "/") != maxDepth {
		t.Errorf("%d fails", len(r.fails))
	}
}

func TestWalkGoesDeep(t *testing.T) {
	deep := "node_modules/a" + strings.Repeat("/d", 400)
	r := recordWalk(t, openDir(t, plant(t, map[string]string{deep + "/x.js": ""})), Options{Hosts: []string{"node"}})
	checkList(t, "files", r.files["node_modules/a"], []string{deep + "/x.js"})
}

func TestWalkLeavesTheKernelsDirectoriesOfThisMachineAlone(t *testing.T) {
	root := plant(t, map[string]string{"proc/node_modules/a/a.js": "", "srv/proc/node_modules/b/b.js": ""})
	for _, machine := range []bool{true, false} {
		r := recordWalk(t, openDir(t, root), Options{Machine: machine})
		if found := r.plugin("proc/node_modules/a") != nil; found == machine {
			t.Errorf("machine %v: found %v, skips %q", machine, found, r.skips)
		}
		if r.plugin("srv/proc/node_modules/b") == nil {
			t.Errorf("machine %v: srv/proc is not the kernel's", machine)
		}
	}
}

func TestWalkExcludesDirectoriesAndFiles(t *testing.T) {
	root := plant(t, map[string]string{
		"node_modules/a/a.js": "", "node_modules/a/a.min.js": "", "node_modules/a/test/t.js": "",
		"old/node_modules/b/b.js": "",
	})
	r := recordWalk(t, openDir(t, root), Options{Exclude: []string{"**/*.min.js", "**/test/**", "old"}})
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/a a@"})
	checkList(t, "files", r.files["node_modules/a"], []string{"node_modules/a/a.js"})
	checkList(t, "skips", r.skips, []string{
		"node_modules/a/a.min.js: excluded by **/*.min.js", "node_modules/a/test: excluded by **/test/**", "old: excluded by old",
	})
}

func TestWalkRefusesWrongOptions(t *testing.T) {
	tr := openDir(t, t.TempDir())
	for want, opts := range map[string]Options{
		`unknown host "deno", expected one of`: {Hosts: []string{"node", "deno"}},
		`exclude "[": not a valid pattern`:     {Exclude: []string{"["}},
	} {
		if err := Walk(context.Background(), tr, opts, newRecord()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// ending is a sink whose run is interrupted at the first plugin.
type ending struct {
	*record
	stop context.CancelFunc
}

func (e ending) Plugin(p *Plugin) {
	e.record.Plugin(p)
	e.stop()
}

func TestWalkEndsWithItsContext(t *testing.T) {
	root := plant(t, map[string]string{"node_modules/a/a.js": "", "node_modules/b/b.js": ""})
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	sink := ending{newRecord(), stop}
	if err := Walk(ctx, openDir(t, root), Options{}, sink); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if len(sink.plugins) > 1 {
		t.Errorf("%d plugins after the end", len(sink.plugins))
	}
}

// failing is a directory whose listing breaks half way.
type failing struct{ tree.Tree }

func (f failing) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.Tree.ReadDir(name)
	if name == "node_modules" {
		return entries[:1], io.ErrUnexpectedEOF
	}
	return entries, err
}

func TestWalkUsesWhatAListingGaveBeforeItBroke(t *testing.T) {
	root := plant(t, map[string]string{"node_modules/a/a.js": "", "node_modules/b/b.js": ""})
	r := recordWalk(t, failing{openDir(t, root)}, Options{Hosts: []string{"node"}})
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/a a@"})
	checkList(t, "fails", r.fails, []string{"node_modules: unexpected EOF"})
}
