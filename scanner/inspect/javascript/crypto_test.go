package javascript

import (
	"strings"
	"testing"
)

// What node made of "net", or of "a", with these keys.
func TestWhatAScriptHasTheKeyOfIsDecrypted(t *testing.T) {
	const head = `const c = require('crypto'), iv = Buffer.alloc(16, 1); `
	for name, test := range map[string]struct{ src, want string }{
		"CBC":             {`const d = c.createDecipheriv('aes-256-cbc', c.createHash('sha256').update('kit').digest(), iv); require(d.update('1e7d4d11aba77a213aca0f040f890cfe', 'hex', 'utf8') + d.final('utf8'))`, "net"},
		"ECB":             {`const d = c.createDecipheriv('aes-128-ecb', c.pbkdf2Sync('p', 's', 10, 16, 'sha1'), null); require(Buffer.concat([d.update(Buffer.from('3bbcc58c37a77c7b6eee98f5813dca96', 'hex')), d.final()]).toString())`, "net"},
		"CTR":             {`const d = c.createDecipheriv('aes-192-ctr', c.scryptSync('p', 's', 24), iv); require(d.update('b161c8', 'hex', 'utf8') + d.final('utf8'))`, "net"},
		"GCM":             {`const d = c.createDecipheriv('aes-256-gcm', Buffer.alloc(32, 2), Buffer.alloc(12, 1)); d.setAuthTag(Buffer.alloc(16)); require(d.update('c8b50b', 'hex', 'latin1') + d.final('latin1'))`, "net"},
		"3DES":            {`const d = c.createDecipheriv('des-ede3-cbc', '0123456789abcdef01234567', Buffer.alloc(8)); require(d.update('a61cefa59da819a2', 'hex', 'utf8') + d.final('utf8'))`, "net"},
		"by update alone": {`const d = c.createDecipheriv('aes-192-ctr', c.scryptSync('p', 's', 24), iv); require(d.update('b161c8', 'hex').toString())`, "net"},
		"by parts":        {`const d = c.createDecipheriv('aes-192-ctr', c.scryptSync('p', 's', 24), iv); require(['b1', '61', 'c8'].map((s) => d.update(s, 'hex', 'utf8')).join(''))`, "net"},
		"by blocks":       {`const d = c.createDecipheriv('aes-256-cbc', c.createHash('sha256').update('kit').digest(), iv); let s = ''; for (const b of ['1e7d4d11aba7', '7a213aca0f040f890cfe']) s += d.update(b, 'hex', 'utf8'); require(s + d.final('utf8'))`, "net"},
		"not padded":      {`const d = c.createDecipheriv('aes-256-cbc', c.createHash('sha256').update('kit').digest(), iv); d.setAutoPadding(false); require(d.update('1e7d4d11aba77a213aca0f040f890cfe', 'hex', 'utf8').slice(0, 3))`, "net"},
		"encrypted":       {`const d = c.createCipheriv('aes-192-ctr', c.scryptSync('p', 's', 24), iv); require(d.update('b161c8', 'hex', 'utf8'))`, "net"},
		"HMAC":            {`require(c.createHmac('sha1', 'k').update('a').digest('hex'))`, "40e7d441cadb17b07f050341aa23a6820ed81c8b"},
		"SHA-512":         {`require(c.createHash('sha512').update('a').digest('base64').slice(0, 8))`, "H0D8ktok"},
	} {
		if got := uses(Read([]byte(head + test.src))); !strings.Contains(got, "module "+test.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatIsNotDecryptedIsStillNoted(t *testing.T) {
	for _, src := range []string{
		`const d = require('crypto').createDecipheriv('aes-256-cbc', process.env.K, 'v'); require(d.update('aa', 'hex', 'utf8') + d.final('utf8'))`,
		`const d = require('crypto').createDecipheriv('aes-256-cbc', 'wrong', 'v'); require(d.update('1e7d4d11aba77a213aca0f040f890cfe', 'hex', 'utf8') + d.final('utf8'))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "load:decoded") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestShellsAreAskedForWhatTheyAreGiven(t *testing.T) {
	const head = `const { spawn } = require('child_process'); let s = ''; for (const c of 'tpircsaso') s = c + s; `
	for _, src := range []string{
		`spawn('bash', ['-c', s + ' -e beep'])`,
		`spawn('/usr/bin/env', [s, '-e', 'beep'])`,
		`const env = Object.assign(Object.create(process.env), { A: 'osa', B: 'script' }); spawn('/bin/sh', ['-c', '"$A$B" -e beep'], { env })`,
	} {
		if got := uses(Read([]byte(head + src))); !strings.Contains(got, "call start:osascript") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

// What fails is charged as well, and each block of a key: no machine comes to the end of
// these loops, though they have few steps.
func TestDecryptingAndHashingIsCharged(t *testing.T) {
	for _, work := range []string{
		`const d = c.createDecipheriv('aes-128-cbc', 'k'.repeat(16), 'v'.repeat(16)); d.update(s, 'latin1'); for (let i = 0; i < 20000; i++) n = d.final('utf8');`,
		`const h = c.createHash('md5'); h.update(s); for (let i = 0; i < 120000; i++) n = h.digest('hex');`,
		`for (let i = 0; i < 60; i++) n = c.pbkdf2Sync('p', 'salt', 100, 1000, 'md5');`,
	} {
		ends := func(work string) bool {
			src := "const c = require('crypto'); const s = 'x'.repeat(1 << 12); let n = '';\n" + work + "\nlet t = ''; for (const c of 'ten') t = c + t;\nrequire(t)"
			return strings.Contains(uses(Read([]byte(src))), "module net")
		}
		if !ends("") {
			t.Fatal("what is behind the loop is not found without it either")
		}
		if ends(work) {
			t.Errorf("%s\ncosts next to nothing", work)
		}
	}
}
