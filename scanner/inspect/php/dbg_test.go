package php
import ("testing";"os")
func TestDbg(t *testing.T){
	b,_ := os.ReadFile("/tmp/q/x.php")
	v := Read(b)
	t.Logf("%s\n%s", usesOf(v), v.Text)
}
