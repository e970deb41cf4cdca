/* ssh.h - OpenSSH's own server on loopback with the lab behind it, as a teacher offers it: keys of
 * its own, the snippet of lessons/README.md, clients, and the labs that run for them. */
#ifndef ACTLAB_TESTS_SSH_H
#define ACTLAB_TESTS_SSH_H

#include "pty.h"

#include <stdbool.h>
#include <sys/types.h>

enum { SESSIONS_MOST = 100 };

extern char server_folder[64]; /* of the server and of what the labs keep */
extern char client[1024]; /* the start of a command that logs in: a port and an address follow */
extern int open_port;     /* the account's shell */
extern int shared_port;   /* the teacher's page for an account that all share */

/* Starts the server and logs in once. Where that cannot be, it says why and ends the program as
 * skipped. */
void open_server(void);
/* Ends the server at once, with everyone on it. */
void end_server(void);
/* For the end of a group of tests: nothing of the server stays. */
int stop_server(void **state);

/* Logs in, with these words behind the address. */
void start_ssh(struct pty *, const char *command);
void start_ssh_to(struct pty *, int to, const char *command);

/* The labs that run behind this server, at most so many. */
int find_labs(pid_t *pid, int most);
/* Whether so many run within these seconds. */
bool labs_become(int wanted, double seconds);

#endif
