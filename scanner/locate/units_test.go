package locate

import (
	"strings"
	"testing"

	"plugvet/scanner/tree"
)

func TestUnitsThatStartNginx(t *testing.T) {
	const so = "usr/lib/nginx/modules/a.so"
	const plist = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>Label</key><string>x</string>
<key>EnvironmentVariables</key><dict>
<key>DYLD_INSERT_LIBRARIES</key><string>/usr/lib/nginx/modules/a.so</string></dict>
<key>ProgramArguments</key><array><string>/opt/bin/nginx</string><string>-g</string>
<string>load_module /usr/lib/nginx/modules/a.so;</string></array></dict></plist>`
	cases := map[string]layout{
		"-g in ExecStart": {
			files:  map[string]string{so: "", "etc/systemd/system/web.service": "[Service]\nExecStart=-/usr/sbin/nginx -g 'load_module /usr/lib/nginx/modules/a.so; daemon off;'\n"},
			loaded: []string{so + " < etc/systemd/system/web.service:2"},
		},
		"-g through a shell": {
			files:  map[string]string{so: "", "etc/systemd/system/web.service": "[Service]\nExecStart=/bin/sh -c \"exec nginx -g 'load_module /usr/lib/nginx/modules/a.so;'\"\n"},
			loaded: []string{so + " < etc/systemd/system/web.service:2"},
		},
		"a unit in /etc wins over the vendor's": {
			files: map[string]string{
				so: "", "lib/systemd/system/nginx.service": "[Service]\nExecStart=nginx -g 'load_module /usr/lib/nginx/modules/a.so;'",
				"etc/systemd/system/nginx.service": "[Service]\nExecStart=nginx",
			},
			present: []string{so},
		},
		"a masked unit starts nothing": {
			files: map[string]string{
				so: "", "lib/systemd/system/nginx.service": "[Service]\nExecStart=nginx -g 'load_module /usr/lib/nginx/modules/a.so;'",
				"etc/systemd/system/nginx.service -> /dev/null": "", "dev/null/": "",
			},
			present: []string{so},
		},
		"a drop-in clears ExecStart and preloads": {
			files: map[string]string{
				so: "", "lib/systemd/system/nginx.service": "[Service]\nExecStart=/usr/sbin/nginx -c /gone.conf",
				"etc/systemd/system/nginx.service.d/override.conf": "[Service]\nExecStart=\nExecStart=/usr/sbin/nginx\nEnvironment=\"LD_PRELOAD=/usr/lib/nginx/modules/a.so libb.so\"",
				"usr/lib/x86_64-linux-gnu/libb.so":                 "",
			},
			loaded:  []string{so + " < etc/systemd/system/nginx.service.d/override.conf:4", "usr/lib/x86_64-linux-gnu/libb.so < etc/systemd/system/nginx.service.d/override.conf:4"},
			unknown: []string{"usr/lib/x86_64-linux-gnu/libb.so"},
		},
		"units of other programs are left alone": {
			files:   map[string]string{so: "", "lib/systemd/system/x.service": "[Service]\nEnvironmentFile=/gone\nEnvironment=LD_PRELOAD=/usr/lib/nginx/modules/a.so\nExecStart=/usr/bin/x /usr/sbin/nginx.conf"},
			present: []string{so},
		},
		"a template names a config that only systemd knows": {
			files: map[string]string{"lib/systemd/system/nginx@.service": "[Service]\nExecStart=/usr/sbin/nginx -c /etc/nginx/%i.conf"},
			skips: []string{"nginx@.service: -c /etc/nginx/%i.conf"},
		},
		"launchd": {
			files:  map[string]string{so: "", "Library/LaunchDaemons/homebrew.mxcl.nginx.plist": plist},
			loaded: []string{so + " < Library/LaunchDaemons/homebrew.mxcl.nginx.plist:5", so + " < Library/LaunchDaemons/homebrew.mxcl.nginx.plist:6"},
		},
		"launchd in the binary form": {
			files: map[string]string{"Library/LaunchDaemons/nginx.plist": "bplist00\xd1"},
			skips: []string{"Library/LaunchDaemons/nginx.plist: binary property list"},
		},
		"launchd, broken": {
			files:  map[string]string{so: "", "Library/LaunchDaemons/nginx.plist": plist[:len(plist)-8]},
			loaded: []string{so + " < Library/LaunchDaemons/nginx.plist:5", so + " < Library/LaunchDaemons/nginx.plist:6"},
			fails:  []string{"Library/LaunchDaemons/nginx.plist: property list"},
		},
		"settings of an init script": {
			files:  map[string]string{so: "", "etc/default/nginx": "# x\nDAEMON_OPTS=\"-g 'load_module /usr/lib/nginx/modules/a.so;'\"\n"},
			loaded: []string{so + " < etc/default/nginx:2"},
		},
		"ld.so.preload is in every program": {
			files: map[string]string{
				"usr/sbin/nginx": binaryOf("--prefix=/x"), "etc/ld.so.preload": "# x\n/lib/a.so /lib/gone.so\n", "lib/a.so": "",
			},
			loaded:  []string{"lib/a.so < etc/ld.so.preload:2"},
			servers: []string{"usr/sbin/nginx"},
			fails:   []string{"lib/gone.so: loaded by etc/ld.so.preload:2"},
			unknown: []string{"lib/a.so"},
		},
		"a program and a config in places of their own": {
			files: map[string]string{
				"srv/w/sbin/nginx": binaryOf("--prefix=/srv/w"), "srv/w/conf/nginx.conf": "load_module modules/a.so;",
				"srv/w/modules/a.so": "", "srv/w/modules/b.so": "",
				"etc/systemd/system/w.service": "[Service]\nExecStart=/srv/w/sbin/nginx",
			},
			loaded:  []string{"srv/w/modules/a.so < srv/w/conf/nginx.conf:1"},
			present: []string{"srv/w/modules/b.so"},
			servers: []string{"srv/w/sbin/nginx"},
		},
	}
	for name, l := range cases {
		t.Run(name, func(t *testing.T) {
			r := l.check(t, "nginx")
			for _, skip := range r.skips {
				if strings.Contains(skip, "/gone") {
					t.Errorf("read a file of another unit: %s", skip)
				}
			}
		})
	}
}

func FuzzUnits(f *testing.F) {
	f.Add([]byte("[Service]\nExecStart=@-/usr/sbin/nginx $A ${B} \\\n -c x\nEnvironment=\"A=1\" B='2\nEnvironmentFile=-/x"))
	f.Add([]byte("<plist><dict><key>Program</key><string>nginx</string></dict>"))
	f.Add([]byte("<dict><dict><key>\xff</dict></dict></key>"))
	f.Add([]byte("export A=\"$A$A\"\nA='\nB=${A}${"))
	f.Add([]byte("[Service]\nWorkingDirectory=/../a\nEnvironment=\"NODE_OPTIONS=-r ../../x --import=file:%zz\" NODE_PATH=/:/..\nExecStart=node -r"))
	dir, err := tree.OpenDir(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	defer dir.Close()
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &survey{sink: newRecord(), tree: dir, locations: map[Location]bool{}}
		var u unit
		s.readSystemd(&u, "u", data)
		s.readLaunchd(&u, "u", data)
		u.env = append(u.env, readAssignments("u", data)...)
		u.expand()
		for _, c := range startsOf(u, nginxPrograms) {
			if len(c.words) == 0 {
				t.Error("a start without a program")
			}
			nginxOptions(c.words[1:])
		}
		u.commands = startsOf(u, nodePrograms)
		newNode().unit(s, u)
	})
}
