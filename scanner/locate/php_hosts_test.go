//go:build hosts

package locate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// phpSAPIs are the programs that tell what each SAPI of Debian loads; apache2
// has none and is asked over HTTP.
func phpSAPIs(version string) map[string]string {
	return map[string]string{"cli": "php" + version, "cgi": "php-cgi" + version, "fpm": "php-fpm" + version}
}

func TestPHPAgreesWithPHP(t *testing.T) {
	version := run(t, "php", "-r", "echo PHP_MAJOR_VERSION.'.'.PHP_MINOR_VERSION;")
	// Temporary files may come and go while the walk looks at them.
	r := recordWalk(t, openDir(t, "/"), Options{Hosts: []string{"php"}, Machine: true, Exclude: []string{"tmp", "var/tmp"}})
	equal(t, "failures", r.fails, nil)
	for sapi, program := range phpSAPIs(version) {
		t.Run(sapi, func(t *testing.T) {
			builtIn := modulesOf(run(t, program, "-n", "-m"))
			want := slices.DeleteFunc(modulesOf(run(t, program, "-m")), func(name string) bool {
				return slices.Contains(builtIn, name)
			})
			info := run(t, program, "-i")
			agree(t, r, "etc/php/"+version+"/"+sapi, want, iniFiles(info))
			where, err := exec.LookPath(program)
			if err != nil {
				t.Fatal(err)
			}
			server := r.plugin(realPath(t, where))
			if full := regexp.MustCompile(`(?m)PHP Version (?:=> |</th><td class="v">)?([0-9.]+)`).FindStringSubmatch(info); server == nil || !server.Server || full == nil || server.Version != full[1] {
				t.Errorf("program %+v, its own version %q", server, full)
			}
			if sapi == "cli" {
				agree(t, r, "etc/php/"+version+"/"+sapi, want, iniFiles(run(t, program, "--ini")))
			}
		})
	}
	t.Run("apache2", func(t *testing.T) {
		builtIn := modulesOf(run(t, "php"+version, "-n", "-m"))
		names, ini := askApache(t, version)
		names = slices.DeleteFunc(names, func(name string) bool {
			return slices.Contains(builtIn, name) || name == "apache2handler"
		})
		agree(t, r, "etc/php/"+version+"/apache2", names, ini)
	})
	equal(t, "unknown locations", r.observed(UnknownLocation), nil)
}

// agree compares what a SAPI loads, and from which files, with what was located.
func agree(t *testing.T, r *record, base string, want, ini []string) {
	t.Helper()
	var got, files []string
	for _, p := range r.plugins {
		for _, by := range p.LoadedBy {
			if below(by.File, base) {
				got = append(got, strings.ToLower(p.Name))
				files = append(files, by.File)
			}
		}
	}
	if len(want) < 30 {
		t.Errorf("%s loads %d extensions, want at least 30", base, len(want))
	}
	slices.Sort(got)
	slices.Sort(want)
	equal(t, "extensions of "+base, got, want)
	loading := regexp.MustCompile(`(?m)^\s*(zend_)?extension\s*=`)
	ini = slices.DeleteFunc(ini, func(name string) bool {
		data, err := os.ReadFile("/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return !loading.Match(data)
	})
	slices.Sort(files)
	slices.Sort(ini)
	equal(t, "ini files of "+base, slices.Compact(files), ini)
}

// modulesOf reads the list of -m: names under [PHP Modules] and [Zend Modules].
func modulesOf(list string) []string {
	var names []string
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '[' {
			names = appendNew(names, moduleStem(line))
		}
	}
	return names
}

// moduleStem is the name of the file of an extension, by its own name.
func moduleStem(name string) string {
	if name = strings.ToLower(name); name == "zend opcache" {
		return "opcache"
	}
	return name
}

// iniFiles finds the ini files in the output of --ini or -i, text or HTML.
func iniFiles(text string) []string {
	var names []string
	for _, name := range regexp.MustCompile(`/[^\s,<>]*\.ini\b`).FindAllString(text, -1) {
		if _, err := os.Stat(name); err == nil {
			names = appendNew(names, strings.TrimPrefix(name, "/"))
		}
	}
	return names
}

// askApache runs an Apache with PHP in it on a free port and asks a script.
func askApache(t *testing.T, version string) (extensions, ini []string) {
	t.Helper()
	dir := t.TempDir()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	script := "<?php echo json_encode(array_merge(get_loaded_extensions(), get_loaded_extensions(true))), \"\\n\"," +
		" php_ini_loaded_file(), \"\\n\", php_ini_scanned_files();"
	modules := "/usr/lib/apache2/modules"
	conf := fmt.Sprintf("ServerRoot %[1]s\nServerName localhost\nListen %[2]s\nPidFile %[1]s/pid\nErrorLog %[1]s/log\nDocumentRoot %[1]s\n"+
		"LoadModule mpm_prefork_module %[3]s/mod_mpm_prefork.so\nLoadModule authz_core_module %[3]s/mod_authz_core.so\n"+
		"LoadModule php_module %[3]s/libphp%[4]s.so\n<FilesMatch php$>\nSetHandler application/x-httpd-php\n</FilesMatch>\n",
		dir, address, modules, version)
	for name, content := range map[string]string{"conf": conf, "index.php": script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for d := dir; d != "/"; d = filepath.Dir(d) { // Apache serves as another user
		if err := os.Chmod(d, 0o755); err != nil || d == filepath.Dir(filepath.Dir(dir)) {
			break
		}
	}
	var out bytes.Buffer
	apache := exec.Command("apache2", "-f", filepath.Join(dir, "conf"), "-X")
	apache.Stdout, apache.Stderr = &out, &out
	if err := apache.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { apache.Process.Kill(); apache.Wait() }()
	for range 100 {
		time.Sleep(100 * time.Millisecond)
		response, err := http.Get("http://" + address + "/index.php")
		if err != nil {
			continue
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		list, rest, _ := strings.Cut(string(body), "\n")
		var names []string
		if err := json.Unmarshal([]byte(list), &names); err != nil {
			t.Fatalf("apache2 said %q: %v", body, err)
		}
		for _, name := range names {
			extensions = appendNew(extensions, moduleStem(name))
		}
		return extensions, iniFiles(rest)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	t.Fatalf("apache2 does not answer: %s%s", out.Bytes(), log)
	return nil, nil
}

func TestPHPExtensionsShowTheirMark(t *testing.T) {
	dir := run(t, "php", "-r", "echo PHP_EXTENSION_DIR;")
	modules, err := filepath.Glob(dir + "/*.so")
	if err != nil || len(modules) < 30 {
		t.Fatalf("%d modules in %s, %v", len(modules), dir, err)
	}
	r := recordWalk(t, openDir(t, dir), Options{Hosts: []string{"php"}})
	if len(r.plugins) != len(modules) {
		t.Errorf("told %d of %d modules", len(r.plugins), len(modules))
	}
}

// The parser and PHP's own read many made-up files; where PHP accepts one, both
// find the same settings.
func TestINIAgreesWithParseINIString(t *testing.T) {
	pieces := []string{
		"a", "key", "b.c", "=", "=", " = ", "\n", "\n", "\r\n", ";", " ; note", "\"", "'x y'", "\"q\"", "\"a\\\"b\"", "'", "/srv/x.so", " ", "\t",
		"[s]", "[PATH=/x]", "#", "on", "none", "null", "1", "-5", "1.5", "$", "$x", "{", "}", "\\", "\\\\", "|", "&", "(", ")", "!", "~", "^", ",", ":", "ä",
		"\"two\nlines\"", "x", "\nkey=", "\nb=", "\nc = \"", "\"\n", "\\\"", "\\$", "\\'",
	}
	random := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for range 200_000 {
		var text strings.Builder
		for range 1 + random.IntN(12) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		texts = append(texts, text.String())
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	php := exec.Command("php", "-n", "-d", "display_errors=0", "-d", "memory_limit=-1", "-r",
		`$r = []; foreach (json_decode(stream_get_contents(STDIN)) as $t) { $p = @parse_ini_string($t, false, INI_SCANNER_NORMAL); $r[] = $p === false ? null : (object)$p; } echo json_encode($r);`)
	php.Stdin = bytes.NewReader(input)
	output, err := php.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results []map[string]any // null where PHP finds an error
	if err := json.Unmarshal(output, &results); err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for i, text := range texts {
		if results[i] == nil {
			continue
		}
		entries, err := parseINI([]byte(text), lookupNothing)
		got := map[string]any{}
		isArray := false
		for _, e := range entries {
			got[e.key] = e.value
			if e.unknown != "" {
				got[e.key] = results[i][e.key]
			}
			_, isList := results[i][e.key].(string)
			isArray = isArray || !isList
		}
		if err != nil || isArray {
			continue
		}
		accepted++
		if fmt.Sprint(got) != fmt.Sprint(results[i]) {
			t.Errorf("%q:\n got %q\nwant %q", text, got, results[i])
		}
	}
	if accepted < len(texts)/20 {
		t.Errorf("only %d of %d files were compared", accepted, len(texts))
	}
}
