package machine

import (
	"fmt"
	"strings"
)

// What the C library says of the numbers of errors and signals, in the language of programs
// that ask for none: its texts have letters enough for any name.

// messages are those of a function, one a line from that of 0; empty where there is none.
type messages []string

func lines(text string) messages { return strings.Split(text, "\n") }

var (
	linuxErrors = lines(`Success
Operation not permitted
No such file or directory
No such process
Interrupted system call
Input/output error
No such device or address
Argument list too long
Exec format error
Bad file descriptor
No child processes
Resource temporarily unavailable
Cannot allocate memory
Permission denied
Bad address
Block device required
Device or resource busy
File exists
Invalid cross-device link
No such device
Not a directory
Is a directory
Invalid argument
Too many open files in system
Too many open files
Inappropriate ioctl for device
Text file busy
File too large
No space left on device
Illegal seek
Read-only file system
Too many links
Broken pipe
Numerical argument out of domain
Numerical result out of range
Resource deadlock avoided
File name too long
No locks available
Function not implemented
Directory not empty
Too many levels of symbolic links

No message of desired type
Identifier removed
Channel number out of range
Level 2 not synchronized
Level 3 halted
Level 3 reset
Link number out of range
Protocol driver not attached
No CSI structure available
Level 2 halted
Invalid exchange
Invalid request descriptor
Exchange full
No anode
Invalid request code
Invalid slot

Bad font file format
Device not a stream
No data available
Timer expired
Out of streams resources
Machine is not on the network
Package not installed
Object is remote
Link has been severed
Advertise error
Srmount error
Communication error on send
Protocol error
Multihop attempted
RFS specific error
Bad message
Value too large for defined data type
Name not unique on network
File descriptor in bad state
Remote address changed
Can not access a needed shared library
Accessing a corrupted shared library
.lib section in a.out corrupted
Attempting to link in too many shared libraries
Cannot exec a shared library directly
Invalid or incomplete multibyte or wide character
Interrupted system call should be restarted
Streams pipe error
Too many users
Socket operation on non-socket
Destination address required
Message too long
Protocol wrong type for socket
Protocol not available
Protocol not supported
Socket type not supported
Operation not supported
Protocol family not supported
Address family not supported by protocol
Address already in use
Cannot assign requested address
Network is down
Network is unreachable
Network dropped connection on reset
Software caused connection abort
Connection reset by peer
No buffer space available
Transport endpoint is already connected
Transport endpoint is not connected
Cannot send after transport endpoint shutdown
Too many references: cannot splice
Connection timed out
Connection refused
Host is down
No route to host
Operation already in progress
Operation now in progress
Stale file handle
Structure needs cleaning
Not a XENIX named type file
No XENIX semaphores available
Is a named type file
Remote I/O error
Disk quota exceeded
No medium found
Wrong medium type
Operation canceled
Required key not available
Key has expired
Key has been revoked
Key was rejected by service
Owner died
State not recoverable
Operation not possible due to RF-kill
Memory page has hardware error`)  // glibc's, as all for Linux
	appleErrors = lines(`Undefined error: 0
Operation not permitted
No such file or directory
No such process
Interrupted system call
Input/output error
Device not configured
Argument list too long
Exec format error
Bad file descriptor
No child processes
Resource deadlock avoided
Cannot allocate memory
Permission denied
Bad address
Block device required
Resource busy
File exists
Cross-device link
Operation not supported by device
Not a directory
Is a directory
Invalid argument
Too many open files in system
Too many open files
Inappropriate ioctl for device
Text file busy
File too large
No space left on device
Illegal seek
Read-only file system
Too many links
Broken pipe
Numerical argument out of domain
Result too large
Resource temporarily unavailable
Operation now in progress
Operation already in progress
Socket operation on non-socket
Destination address required
Message too long
Protocol wrong type for socket
Protocol not available
Protocol not supported
Socket type not supported
Operation not supported
Protocol family not supported
Address family not supported by protocol family
Address already in use
Can't assign requested address
Network is down
Network is unreachable
Network dropped connection on reset
Software caused connection abort
Connection reset by peer
No buffer space available
Socket is already connected
Socket is not connected
Can't send after socket shutdown
Too many references: can't splice
Operation timed out
Connection refused
Too many levels of symbolic links
File name too long
Host is down
No route to host
Directory not empty
Too many processes
Too many users
Disc quota exceeded
Stale NFS file handle
Too many levels of remote in path
RPC struct is bad
RPC version wrong
RPC prog. not avail
Program version wrong
Bad procedure for program
No locks available
Function not implemented
Inappropriate file type or format
Authentication error
Need authenticator
Device power is off
Device error
Value too large to be stored in data type
Bad executable (or shared library)
Bad CPU type in executable
Shared library version mismatch
Malformed Mach-o file
Operation canceled
Identifier removed
No message of desired type
Illegal byte sequence
Attribute not found
Bad message
EMULTIHOP (Reserved)
No message available on STREAM
ENOLINK (Reserved)
No STREAM resources
Not a STREAM
Protocol error
STREAM ioctl timeout
Operation not supported on socket
Policy not found
State not recoverable
Previous owner died
Interface output queue is full`)
	linuxSignals = lines(`
Hangup
Interrupt
Quit
Illegal instruction
Trace/breakpoint trap
Aborted
Bus error
Floating point exception
Killed
User defined signal 1
Segmentation fault
User defined signal 2
Broken pipe
Alarm clock
Terminated
Stack fault
Child exited
Continued
Stopped (signal)
Stopped
Stopped (tty input)
Stopped (tty output)
Urgent I/O condition
CPU time limit exceeded
File size limit exceeded
Virtual timer expired
Profiling timer expired
Window changed
I/O possible
Power failure
Bad system call`)
	linuxAddressErrors = lines(`
Bad value for ai_flags
Name or service not known
Temporary failure in name resolution
Non-recoverable failure in name resolution
No address associated with hostname
ai_family not supported
ai_socktype not supported
Servname not supported for ai_socktype
Address family for hostname not supported
Memory allocation failure
System error`)  // by the number below zero
	linuxHostErrors = lines(`Resolver Error 0 (no error)
Unknown host
Host name lookup failure
Unknown server error
No address associated with name`)
)

// says does what a function would that gives the message for a number, if it is one that is
// known; of Apple's only those of errors are.
func (m *machine) says(name string, a [6]uint64) (result uint64, known bool) {
	var all messages
	other := "" // for numbers that have none
	number := int64(int32(a[0]))
	switch apple := m.image.Apple; {
	case name == "strerror" || name == "strerror_l" || name == "strerror_r" || name == "xpg_strerror_r" || name == "g_strerror":
		if all, other = linuxErrors, "Unknown error %d"; apple {
			all, other = appleErrors, "Unknown error: %d"
		}
	case apple:
	case name == "strerrordesc_np":
		all = linuxErrors
	case name == "strsignal" || name == "g_strsignal" || name == "sigdescr_np":
		all = linuxSignals
	case name == "gai_strerror":
		all, number = linuxAddressErrors, -number
	case name == "hstrerror":
		all = linuxHostErrors
	}
	message := ""
	if number >= 0 && number < int64(len(all)) {
		message = all[number]
	}
	if message == "" && other != "" {
		message = fmt.Sprintf(other, number)
	}
	if message == "" {
		return 0, false
	}
	if name == "xpg_strerror_r" || name == "strerror_r" && m.image.Apple { // which leave it where they are told
		m.putWithin(a[1], []byte(message), a[2])
		return 0, true
	}
	return m.newText(message), true
}
