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

func TestAddressesOfDocumentsAreToldFromFiles(t *testing.T) {
	for text, want := range map[string]bool{
		"http://kit.example.net/": true, "ftp://10.0.0.7/kit": true, "tcp://10.0.0.7:99": true, "rtmps://kit.example.net/live": true, "async:cache:http://kit.example.net/": true,
		"/vsicurl/https://kit.example.net/kit.tif": true, "davs://kit.example.net/": true, "souphttpsrc location=http://kit.example.net/ ! fakesink": true, "uridecodebin uri = 'rtsp://10.0.0.7/'": true,
		"file:///kit": false, "/srv/kit.xml": false, "http:///": false, "see http://kit.example.net/": false, "filesrc location=/srv/kit ! fakesink": false, "/vsizip/kit.zip": false, "git://kit.example.net/": false,
	} {
		if got := readAddress.MatchString(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
