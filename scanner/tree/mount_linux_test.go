package tree

import "testing"

func TestKernelMountsAreKnown(t *testing.T) {
	tr, err := OpenDir("/")
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	machine := tr.(*dir)
	if !machine.KernelMount("proc") {
		t.Error("/proc is the kernel's")
	}
	for _, name := range []string{"usr", ".", "absent"} {
		if machine.KernelMount(name) {
			t.Errorf("/%s is not the kernel's", name)
		}
	}
}
