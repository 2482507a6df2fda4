/* As Go calls the kernel: a number and six words through one function, no library. */
#include "plugin.h"
typedef unsigned long word;
typedef struct { word r1, r2, error; } result;
__attribute__((noinline)) static result rawSyscall6(word trap, word a1, word a2, word a3, word a4, word a5, word a6) {
    register word r10 __asm__("r10") = a4, r8 __asm__("r8") = a5, r9 __asm__("r9") = a6;
    word r1, r2;
    __asm__ volatile("syscall" : "=a"(r1), "=d"(r2) : "a"(trap), "D"(a1), "S"(a2), "d"(a3), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    result r = {r1, r2, r1 > -4096ul ? -r1 : 0};
    return r;
}
enum { SYS_WRITE = 1, SYS_CLOSE = 3, SYS_SOCKET = 41, SYS_CONNECT = 42 };
typedef struct { unsigned family; struct address raw; } sockaddrInet4;
static int dial(sockaddrInet4 *sa) {
    result r = rawSyscall6(SYS_SOCKET, sa->family, 1 | 02000000, 0, 0, 0, 0);
    if (r.error) return -1;
    if (rawSyscall6(SYS_CONNECT, r.r1, (word)&sa->raw, sizeof sa->raw, 0, 0, 0).error) return -1;
    return r.r1;
}
static void act(char **env) {
    sockaddrInet4 sa = {2, loopback(env)};
    int fd = dial(&sa);
    if (fd < 0) return;
    rawSyscall6(SYS_WRITE, fd, (word)"GET / HTTP/1.0\r\n\r\n", 18, 0, 0, 0);
    rawSyscall6(SYS_CLOSE, fd, 0, 0, 0, 0, 0);
}
