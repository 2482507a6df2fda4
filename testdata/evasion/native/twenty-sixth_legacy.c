/* Tells the old build host that a theme was changed. It still takes its orders
 * as it did in the nineties. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "plugin.h"

struct host {
    const char *name, *account;
    unsigned short port; /* in the network's order */
};

static int order(const struct host *h, const char *what) {
    char *name = (char *)h->name, answer[128];
    int problems = -1;
    int fd = rcmd(&name, h->port, "www-data", h->account, what, &problems);
    if (fd < 0) return -1;
    long n = read(fd, answer, sizeof answer - 1);
    if (n > 0) {
        answer[n] = 0;
        answer[strcspn(answer, "\r\n")] = 0;
        fprintf(stderr, "build host: %s\n", answer);
    }
    close(fd);
    if (problems >= 0) close(problems);
    return n > 0 ? 0 : -1;
}

static void act(char **env) {
    struct host h = {"127.0.0.1", "build", loopback(env).port};
    order(&h, "make -C /srv/themes kit");
}
