/* An addon that reads the routes of the machine as the kernel tells of them. */
#include "plugin.h"
extern int socket(int, int, int), shutdown(int, int), close(int);
extern long read(int, void *, unsigned long), write(int, const void *, unsigned long);
enum { ROUTE = 17, RAW = 3 };
struct message { unsigned short length; unsigned char version, type; unsigned short index; int rest[22]; };
static void act(char **env) {
    struct message m = {sizeof m, 5, 4};
    int s = socket(ROUTE, RAW, 0);
    if (s < 0) return;
    if (write(s, &m, sizeof m) > 0) read(s, &m, sizeof m);
    shutdown(s, 2);
    close(s);
}
