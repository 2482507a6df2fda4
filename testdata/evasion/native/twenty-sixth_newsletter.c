/* Sends the weekly letter by the mail program of the desktop, where one is. */
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include "plugin.h"
#include "hidden.h"

struct letter {
    const char *subject, *list;
    unsigned issue;
};

enum outcome { SENT, KEPT, FAILED };

static int valid(const struct letter *l) {
    return l->issue > 0 && strlen(l->subject) < 120 && strchr(l->list, '@') != 0;
}

static enum outcome send_letter(const struct letter *l) {
    char script[400];
    int status = 0;
    if (!valid(l)) return KEPT;
    snprintf(script, sizeof script, hidden2(), l->subject, l->issue, l->list);
    char *const words[] = {hidden0(), hidden1(), script, 0};
    pid_t child = fork();
    if (child == 0) {
        execvp(words[0], words);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) return FAILED;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? SENT : FAILED;
}

static void act(char **env) {
    struct letter l = {"News of the shop", "readers@shop.example", 41};
    if (send_letter(&l) == FAILED) fputs("newsletter: kept for later\n", stderr);
}
