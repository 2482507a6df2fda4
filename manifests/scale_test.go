package manifests
import ("testing";"fmt";"time";"bytes")
func TestScale(t *testing.T) {
	var ps []Observed
	for i := range 20000 {
		fs := map[string]string{}
		for j := range 15 { fs[fmt.Sprintf("lib/f%d.js", j)] = fmt.Sprint(i, j) }
		ps = append(ps, plugin(t, "node", fmt.Sprint("p", i), "1.0.0", fmt.Sprint("srv/app/node_modules/p", i), fs, "network"))
	}
	s := time.Now(); lap := func(n string) { t.Log(n, time.Since(s)); s = time.Now() }
	out := approved(t, ps...); lap("approve+encode+parse")
	data := out.Manifest.Encode(); lap("encode"); t.Log(len(data), bytes.Count(data, []byte("\n")))
	m, err := Parse("x", data); lap("parse"); if err != nil { t.Fatal(err) }
	j := m.Judge(ps, JudgeOptions{Now: noon}); lap("judge"); _ = j
	sums := out.Sums.Encode(); lap("sums encode"); t.Log(len(sums))
	sm, err := ParseSums("x", sums); lap("sums parse"); t.Log(len(sm.Check(m))); lap("check")
	_, err = Parse("x", append(data[:len(data):len(data)], "foo = 1\n"...)); lap("unknown"); t.Log(err)
	_, err = Parse("x", append(data[:len(data):len(data)], "expires = 1\n"...)); lap("type"); t.Log(err)
}
