package locate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestUnitsThatPreloadIntoNode(t *testing.T) {
	const app = "srv/app/node_modules/"
	packages := map[string]string{
		app + "a/package.json": `{"name": "a", "version": "1.0.0"}`, app + "a/lib/hook.js": "",
		app + "a/node_modules/b/package.json": `{"name": "b", "version": "1.0.0"}`, app + "a/node_modules/b/x.so": "",
		"opt/hook.js": "", "opt/pkgs/c/index.js": "", "usr/lib/libz.so": "",
	}
	for name, c := range map[string]struct {
		unit    string // of systemd, after [Service]
		plist   string
		preload []string // plugins with the observation
		unknown []string
		skip    string
		fail    string
	}{
		"--require":                {unit: "Environment=NODE_OPTIONS=--require=/srv/app/node_modules/a/lib/hook", preload: []string{app + "a"}},
		"-r of a package":          {unit: "WorkingDirectory=/srv/app/src\nEnvironment=\"NODE_OPTIONS=--max-old-space-size=9 -r a/lib/hook.js\"", preload: []string{app + "a"}},
		"--import of a URL":        {unit: "Environment=\"NODE_OPTIONS=--import file:///srv/app/node_modules/a/lib/hook.js\"", preload: []string{app + "a"}},
		"relative":                 {unit: "WorkingDirectory=/srv/app\nEnvironment=NODE_OPTIONS=--loader=./node_modules/a/lib/hook.js", preload: []string{app + "a"}},
		"relative to nobody knows": {unit: "Environment=NODE_OPTIONS=--require=./hook.js", skip: "working directory"},
		"outside":                  {unit: "Environment=NODE_OPTIONS=--require=/opt/hook.js", unknown: []string{"opt/hook.js"}},
		"not there":                {unit: "Environment=NODE_OPTIONS=--require=/opt/gone.js", fail: "/opt/gone.js: not there"},
		"code in the unit":         {unit: "Environment=NODE_OPTIONS=--import=data:text/javascript,x", fail: "no file of this tree"},
		"other options":            {unit: "Environment=NODE_OPTIONS=--enable-source-maps"},
		"a linker's, in a package": {unit: "Environment=LD_PRELOAD=/srv/app/node_modules/a/node_modules/b/x.so", preload: []string{app + "a/node_modules/b"}},
		"a linker's, outside":      {unit: "Environment=LD_PRELOAD=libz.so", unknown: []string{"usr/lib/libz.so"}},
		"on the command line":      {unit: "ExecStart=\nExecStart=/usr/bin/node --import /opt/hook.js server.js --require /opt/none.js", unknown: []string{"opt/hook.js"}},
		"launchd": {plist: "<plist><dict><key>ProgramArguments</key><array><string>/usr/local/bin/node</string><string>x.js</string></array>" +
			"<key>WorkingDirectory</key><string>/srv/app</string><key>EnvironmentVariables</key><dict><key>NODE_OPTIONS</key>" +
			"<string>--require a</string><key>DYLD_INSERT_LIBRARIES</key><string>/opt/hook.js</string></dict></dict></plist>",
			preload: []string{app + "a"}, unknown: []string{"opt/hook.js"}},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"etc/systemd/system/app.service": "[Service]\nExecStart=/usr/bin/node server.js\n" + c.unit}
			if c.plist != "" {
				files = map[string]string{"Library/LaunchDaemons/app.plist": c.plist}
			}
			for name, content := range packages {
				files[name] = content
			}
			r := recordWalk(t, openDir(t, plant(t, files)), Options{Hosts: []string{"node"}})
			equal(t, "preloaded", r.observed(Preload), c.preload)
			equal(t, "unknown locations", r.observed(UnknownLocation), c.unknown)
			if c.skip != "" {
				holds(t, "skips", r.skips, c.skip)
			}
			if c.fail != "" {
				holds(t, "fails", r.fails, c.fail)
			} else if len(r.fails) > 0 {
				t.Errorf("fails: %q", r.fails)
			}
			if !slices.Contains(r.files[app+"a"], app+"a/lib/hook.js") {
				t.Error("a preloaded file was taken out of its package")
			}
		})
	}
}

func TestNodePathHoldsPackages(t *testing.T) {
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		"etc/systemd/system/app.service": "[Service]\nEnvironment=NODE_PATH=/opt/pkgs:relative:/gone\nExecStart=/usr/bin/node server.js\n",
		"opt/pkgs/c/index.js":            "",
	})), Options{Hosts: []string{"node"}})
	equal(t, "plugins", r.listed("node"), []string{"opt/pkgs/c c@"})
	i := slices.IndexFunc(r.locations, func(l Location) bool { return l.Detail == "NODE_PATH" && l.Path == "opt/pkgs" && l.By.Line == 2 })
	if i < 0 || len(r.fails) > 0 {
		t.Errorf("locations %+v, fails %q", r.locations, r.fails)
	}
}

// A preload that leads into a module directory of nginx is told too: it is known
// for modules, and not for this.
func TestAPreloadFromAModuleDirectoryIsTold(t *testing.T) {
	const so = "usr/lib/nginx/modules/a.so"
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		so: "", "etc/systemd/system/web.service": "[Service]\nEnvironment=LD_PRELOAD=/" + so + "\nExecStart=/usr/sbin/nginx\n",
	})), Options{Hosts: []string{"nginx"}})
	equal(t, "preloaded", r.observed(Preload), []string{so})
	equal(t, "unknown locations", r.observed(UnknownLocation), nil)
	if o := r.plugin(so).Observations[0]; o.Line != 2 || !strings.Contains(o.Text, "LD_PRELOAD of etc/systemd/system/web.service puts "+so) {
		t.Errorf("%+v", o)
	}
}

// A package that no host which is looked for claims is told by itself.
func TestAPreloadFromAPackageThatNobodyLooksFor(t *testing.T) {
	const so = "srv/node_modules/a/x.so"
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		so: "", "etc/systemd/system/web.service": "[Service]\nEnvironment=LD_PRELOAD=/" + so + "\nExecStart=/usr/sbin/nginx\n",
	})), Options{Hosts: []string{"nginx"}})
	equal(t, "preloaded", r.observed(Preload), []string{so})
	equal(t, "loaded", r.loadedBy("nginx"), []string{fmt.Sprintf("%s < etc/systemd/system/web.service:2", so)})
}
