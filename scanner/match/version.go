package match

// #cgo !yara_no_pkg_config pkg-config: yara
// #include <yara.h>
import "C"

// LibraryVersion is the version of libyara that the program was built against,
// such as "4.5.2".
func LibraryVersion() string { return C.YR_VERSION }
