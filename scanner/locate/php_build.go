package locate

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A phpBuild is what a PHP program was compiled with, as far as its strings
// tell. All names are relative to the root.
type phpBuild struct {
	program string
	version string
	// main is the php.ini that it reads, or empty where there is none.
	main          string
	scanDirs      []string // directories whose *.ini it reads, in order
	extensionDirs []string // where it looks for extensions
	pools         []string // its php-fpm.conf
}

// phpExtensionDir matches the extension directory that PHP is compiled with:
// named after the API's date, or "modules" on RHEL and Alpine.
var phpExtensionDir = regexp.MustCompile(`/((no-)?debug-(non-)?zts-)?20[0-9]{6}([-+][a-z+-]+)?$|/php[^/]*/modules$`)

// maxPaths bounds how many absolute paths of a binary are looked at. PHP on
// Debian holds some 200.
const maxPaths = 100_000

// phpBuild reads the strings of a program. The configure command tells most;
// Debian leaves it out, so the paths in it are judged by what they look like
// and by what the tree holds there.
func (s *survey) phpBuild(program string) phpBuild {
	b := phpBuild{program: program}
	if versions := s.stringsAfter(program, "X-Powered-By: PHP/"); len(versions) > 0 {
		b.version = versions[0]
	}
	option := func(name string) []string {
		var values []string
		for _, text := range s.stringsAfter(program, "'--"+name+"=") {
			value, _, _ := strings.Cut(text, "'")
			values = appendNew(values, value)
		}
		return values
	}
	configDirs := option("with-config-file-path")
	for _, dirs := range option("with-config-file-scan-dir") {
		for _, dir := range strings.Split(dirs, ":") {
			if dir != "" {
				b.scanDirs = appendNew(b.scanDirs, tree.Clean(dir))
			}
		}
	}
	prefixes := option("prefix")
	if len(configDirs) == 0 {
		for _, prefix := range prefixes {
			configDirs = append(configDirs, prefix+"/lib") // configure's default
		}
	}
	sysconf := option("sysconfdir")
	for _, prefix := range prefixes {
		sysconf = append(sysconf, prefix+"/etc")
	}
	told := len(b.scanDirs) > 0
	for _, name := range s.pathsIn(program) {
		switch {
		case phpExtensionDir.MatchString(name):
			if s.isDir(name) {
				b.extensionDirs = appendNew(b.extensionDirs, tree.Clean(name))
			}
		case !told && strings.HasSuffix(name, ".d") && s.isDir(name):
			b.scanDirs = appendNew(b.scanDirs, tree.Clean(name))
		case len(prefixes) == 0:
			configDirs = append(configDirs, name)
		}
	}
	b.main = s.mainINI(program, configDirs)
	if strings.Contains(path.Base(program), "fpm") {
		for _, dir := range append(sysconf, configDirs...) {
			if conf := tree.Join(dir, "php-fpm.conf"); s.exists(conf) {
				b.pools = appendNew(b.pools, conf)
			}
		}
	}
	return b
}

// mainINI returns the php.ini that a program reads: php-<sapi>.ini wins over
// php.ini, and the directory of the program over the compiled one
// (php_init_config in main/php_ini.c). PHPRC and the working directory, which
// come first, are not in the tree.
func (s *survey) mainINI(program string, configDirs []string) string {
	dirs := append([]string{path.Dir(program)}, configDirs...)
	for _, ini := range []string{"php-" + phpSAPI(program) + ".ini", "php.ini"} {
		for _, dir := range dirs {
			if name := tree.Join(dir, ini); s.exists(name) {
				return name
			}
		}
	}
	return ""
}

// phpSAPI is the name that a program has for PHP itself (php_sapi_name).
func phpSAPI(program string) string {
	base := path.Base(program)
	switch {
	case strings.Contains(base, "fpm"):
		return "fpm-fcgi"
	case strings.Contains(base, "cgi"), strings.Contains(path.Dir(program), "cgi-bin"):
		return "cgi-fcgi"
	case strings.Contains(base, "dbg"):
		return "phpdbg"
	}
	return "cli"
}

// pathsIn returns the absolute paths that are whole strings of a binary.
func (s *survey) pathsIn(program string) []string {
	f, err := s.tree.Open(program)
	if err != nil {
		s.sink.Fail(program, err)
		return nil
	}
	defer f.Close()
	var names []string
	seen := map[string]bool{}
	err = eachAfter(f, []byte("\x00/"), func(text []byte) bool {
		if len(text) > 1 && len(text) < 1024 && !bytes.ContainsAny(text, "% :;,*\\\"'<>") {
			if name := "/" + string(text); path.Clean(name) == name && !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
		return len(names) < maxPaths && s.ctx.Err() == nil
	})
	if err != nil {
		s.sink.Fail(program, err)
	}
	return names
}

// phpAPIs are the dates that extension directories are named after, by
// version (Zend/zend_modules.h, ZEND_MODULE_API_NO).
var phpAPIs = map[string]string{
	"5.6": "20131226",
	"7.0": "20151012", "7.1": "20160303", "7.2": "20170718", "7.3": "20180731", "7.4": "20190902",
	"8.0": "20200930", "8.1": "20210902", "8.2": "20220829", "8.3": "20230831", "8.4": "20240924",
	"8.5": "20250925",
}

// phpPrograms are the names under which PHP is started as a service.
func phpPrograms() []string {
	var names []string
	for _, program := range []string{"php-fpm", "php-cgi", "php"} {
		names = append(names, program)
		for version := range phpAPIs {
			names = append(names, program+version, program+strings.ReplaceAll(version, ".", ""))
		}
	}
	slices.Sort(names)
	return names
}

// phpVersion matches the version in a path such as etc/php/8.2/cli, php@8.2,
// php82, ea-php82 and MAMP's php8.2.0.
var phpVersion = regexp.MustCompile(`php[/@]?([5-9])\.?([0-9])`)

// guessDirs returns the extension directories that the ini files of a base may
// go with, of all that hold modules: those of the same version, else those
// below the same prefix, such as usr/local, else those that share the longest
// way with it.
func (h *php) guessDirs(s *survey, base string) []string {
	var dirs []string
	for _, module := range s.glob(h.name(), kindModule) {
		dirs = appendNew(dirs, path.Dir(module))
	}
	for _, b := range h.builds {
		dirs = appendNew(dirs, b.extensionDirs...)
	}
	prefer := func(ok func(dir string) bool) {
		not := func(dir string) bool { return !ok(dir) }
		if preferred := slices.DeleteFunc(slices.Clone(dirs), not); len(preferred) > 0 {
			dirs = preferred
		}
	}
	if version := versionInPath(base); version != "" {
		prefer(func(dir string) bool {
			api := phpAPIs[version]
			return api != "" && strings.Contains(dir, api) || versionInPath(dir) == version
		})
	}
	if prefix, ok := etcPrefix(base); ok {
		prefer(func(dir string) bool {
			return slices.ContainsFunc([]string{"lib", "usr/lib", "Cellar"}, func(lib string) bool {
				return strings.HasPrefix(dir, tree.Join(prefix, lib))
			})
		})
	}
	longest := 0
	for _, dir := range dirs {
		longest = max(longest, shared(dir, base))
	}
	prefer(func(dir string) bool { return shared(dir, base) == longest })
	return dirs
}

func versionInPath(name string) string {
	if m := phpVersion.FindStringSubmatch(name); m != nil {
		return m[1] + "." + m[2]
	}
	return ""
}

// etcPrefix returns what stands before the etc of a name: "usr/local" of
// usr/local/etc/php.
func etcPrefix(name string) (string, bool) {
	elements := strings.Split(name, "/")
	at := slices.Index(elements, "etc")
	return strings.Join(elements[:max(at, 0)], "/"), at >= 0
}

// shared counts the elements that two names begin with alike.
func shared(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(as) && n < len(bs) && as[n] == bs[n] {
		n++
	}
	return n
}
