package inspect

import "testing"

func TestAddressesOfOnesOwnAreToldFromSettings(t *testing.T) {
	for address, want := range map[string]bool{
		"tcp://10.0.0.7:5555": true, "queue.example.net": true, "ipc://localhost": true, "tcp://*:80": true, "[::1]:99": true,
		"": false, "tcp://:0": false, "server": false, "%s://%s": false, "/run/kit.sock": false, "cannot connect.": false,
	} {
		if got := ownAddress.MatchString(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestSettingsOfAConnectionAreReadForItsOtherEnd(t *testing.T) {
	for text, want := range map[string]bool{
		"postgresql://kit:word@db.example.net:5432/kit?connect_timeout=2": true, "mongodb://10.0.0.7/kit": true, "mongodb://10.0.0.7,10.0.0.8": true, "smb://files.example.net/share": true,
		"host=127.0.0.1 port=5432 dbname=kit": true, "dbname=kit hostaddr = '10.0.0.7'": true, "--SERVER=10.0.0.7:11211": true,
		"Driver={ODBC Driver 18};Server=tcp:db.example.net,1433;Database=kit": true, "host=localhost": true,
		"host=%s port=%d": false, "dbname=kit user=kit": false, "host=/run/postgresql": false, "host=db": false, "virthost=a.b": false, "qemu:///system": false, "see https://example.net/": false,
	} {
		if got := ownConnection.MatchString(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
