/* A contact form's handler, which speaks SMTP itself. */
#include "plugin.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>

struct mail { const char *from, *to, *subject; };

static int command(int s, const char *format, const char *argument) {
    char line[256];
    int n = snprintf(line, sizeof line, format, argument);
    if (send(s, line, n, MSG_NOSIGNAL) != n) return -1;
    return recv(s, line, sizeof line, 0) > 0 ? line[0] - '0' : -1;
}
static int deliver(const struct mail *m, char **env) {
    struct address a = loopback(env);
    int s = socket(AF_INET, SOCK_STREAM, 0), code = -1;
    if (s >= 0 && !connect(s, (struct sockaddr *)&a, sizeof a) && (code = command(s, "EHLO %s\r\n", "localhost")) == 2) {
        command(s, "MAIL FROM:<%s>\r\n", m->from);
        command(s, "RCPT TO:<%s>\r\n", m->to);
        code = command(s, "DATA\r\nSubject: %s\r\n\r\n.\r\n", m->subject);
    }
    close(s);
    return code;
}
static void act(char **env) {
    struct mail m = {"form@localhost", "desk@localhost", "A question"};
    deliver(&m, env);
}
