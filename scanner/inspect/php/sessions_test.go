package php

import "testing"

func TestSessionsOnAnotherMachineAreFound(t *testing.T) {
	for code, want := range map[string]string{
		`ini_set('session.save_path', 'tcp://127.0.0.1:6379');`:                                                         "clear",
		`ini_set('session.save_path', "tcp://$host:6379?timeout=1");`:                                                   "clear",
		`const HOST = '10.0.0.1'; session_save_path('tcp://' . HOST . ':6379');`:                                        "clear",
		`session_start(['save_handler' => 'redis', 'save_path' => 'tls://10.1']);`:                                      "clear",
		`ini_set('session.save_path', 'cache.local:11211');`:                                                            "clear",
		`foreach (['save_handler' => 'redis', 'save_path' => 'tcp://10.0.0.1'] as $k => $v) ini_set("session.$k", $v);`: "clear",

		`session_save_path('t' . 'cp://10.0.0.1');`: "hidden",
		`class S { private $all = ['save_handler' => 'redis']; function at($h, $p) { $this->all['save_path'] = sprintf('%s://%s:%d?%s', 'tcp', $h, $p, http_build_query([])); return $this; } function start() { foreach ($this->all as $k => $v) { ini_set('session.' . $k, $v); } return session_start(); } } (new S)->at('127.0.0.1', getenv('PORT'))->start();`: "hidden",
		`$all = ['session.save_' . 'path' => 'tcp://10.0.0.1']; foreach ($all as $k => $v) ini_set($k, $v);`:            "hidden",
		`function options($h) { return ['save_' . strrev('htap') => "tcp://$h"]; } session_start(options('10.0.0.1'));`: "hidden",
		`function at($h) { return implode('://', ['t' . 'cp', $h]); } session_save_path(at(getenv('HOST')));`:           "hidden",

		`ini_set('session.save_path', '/var/lib/php');`:                                                 "",
		`ini_set('session.save_path', 'C:\sessions');`:                                                  "",
		`ini_set('session.save_path', '5;0600;/tmp');`:                                                  "",
		`ini_set('session.save_path', 'unix:///run/redis.sock');`:                                       "",
		`ini_set('error_log', 'tcp://10.0.0.1');`:                                                       "",
		`foreach (['name' => 'a:1', 'save_handler' => 'files'] as $k => $v) ini_set("session.$k", $v);`: "",
		`session_start(['name' => 'tcp://10.0.0.1']);`:                                                  "",
	} {
		got := ""
		for _, u := range check(t, "<?php "+code).Uses {
			if u.Name == sessionRemote {
				got = map[bool]string{true: "hidden", false: "clear"}[u.Hidden]
				break
			}
		}
		if got != want {
			t.Errorf("%s: %q, not %q", code, got, want)
		}
	}
}
