/* ssh.c - see ssh.h. */
#include "ssh.h"

#include "base/clock.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

char server_folder[64], client[1024];
int open_port, shared_port;

static pid_t server = -1;
static int port; /* the lab and nothing else */
static bool made_run;
static int run_folder = -1;

/* ---- the server ------------------------------------------------------------------------------ */

static _Noreturn void cannot(const char *why)
{
    printf("skipped: %s\n", why);
    exit(77);
}

static bool installed(const char *program)
{
    char command[160];

    snprintf(command, sizeof command, "PATH=$PATH:/usr/sbin command -v %s >/dev/null 2>&1",
             program);
    return system(command) == 0;
}

static int free_port(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof here;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&here, sizeof here) < 0 ||
        getsockname(fd, (struct sockaddr *)&here, &n) < 0)
        cannot("no port on loopback");
    close(fd);
    return ntohs(here.sin_port);
}

static bool answers(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)port),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool yes = connect(fd, (struct sockaddr *)&here, sizeof here) == 0;

    close(fd);
    return yes;
}

static void make_keys(void)
{
    char command[512];

    snprintf(command, sizeof command,
             "cd '%s' && ssh-keygen -q -t ed25519 -N '' -f host && "
             "ssh-keygen -q -t ed25519 -N '' -f student && cp student.pub authorized",
             server_folder);
    if (system(command) != 0)
        cannot("ssh-keygen makes no keys here");
}

static void write_config(void)
{
    const char *lessons = getenv("ACTLAB_LESSONS") ? getenv("ACTLAB_LESSONS") : "";
    char path[128];
    FILE *f;

    snprintf(path, sizeof path, "%s/sshd_config", server_folder);
    f = fopen(path, "w");
    fprintf(f,
            "ListenAddress 127.0.0.1:%d\nListenAddress 127.0.0.1:%d\nListenAddress "
            "127.0.0.1:%d\nHostKey %s/host\nPidFile "
            "none\nUsePAM no\nStrictModes no\n"
            "AuthorizedKeysFile %s/authorized\nAuthenticationMethods publickey\n"
            "PermitRootLogin prohibit-password\nMaxStartups 200\nPrintMotd no\nPrintLastLog no\n"
            "LogLevel QUIET\nSubsystem sftp internal-sftp\nDisableForwarding yes\nPermitUserRC no\n"
            "Match LocalPort %d\nForceCommand XDG_STATE_HOME=%s ACTLAB_LESSONS='%s' LC_ALL=C.UTF-8 "
            "ASAN_OPTIONS='%s' "
            "exec '%s' --restricted\n"
            "Match LocalPort %d\nForceCommand trap : HUP TERM; d=$(mktemp -d -p %s/shared) && "
            "XDG_STATE_HOME=$d ACTLAB_LESSONS='%s' '%s' --restricted; rm -rf \"$d\"\n",
            port, open_port, shared_port, server_folder, server_folder, port, server_folder,
            lessons, getenv("ASAN_OPTIONS") ? getenv("ASAN_OPTIONS") : "", getenv("ACTLAB"),
            shared_port, server_folder, lessons, getenv("ACTLAB"));
    fclose(f);
}

/* Debian's sshd wants this folder when it runs as root; systemd makes it elsewhere. It is held as
 * long as this server runs, so that no other run of this test takes it away. */
static void make_run_folder(void)
{
    made_run = geteuid() == 0 && mkdir("/run/sshd", 0755) == 0;
    run_folder = open("/run/sshd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (run_folder >= 0)
        flock(run_folder, LOCK_SH);
}

static bool start_server(void)
{
    char config[128], path[4096];

    snprintf(config, sizeof config, "%s/sshd_config", server_folder);
    server = fork();
    if (server == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        const char *places[] = {"/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd",
                                "/usr/bin/sshd"};

        dup2(nowhere, 0), dup2(nowhere, 1), dup2(nowhere, 2);
        snprintf(path, sizeof path, "%s:/usr/sbin", getenv("PATH"));
        setenv("PATH", path, 1);
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) /* by its whole path, it says */
            execl(places[i], places[i], "-D", "-f", config, (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 100 && !answers(); i++) {
        if (waitpid(server, NULL, WNOHANG) == server) {
            server = -1;
            break;
        }
        usleep(50000);
    }
    return server > 0 && answers();
}

void end_server(void)
{
    if (server > 0) {
        kill(server, SIGTERM);
        waitpid(server, NULL, 0);
        server = -1;
    }
}

int stop_server(void **state)
{
    (void)state;
    end_server();
    if (made_run && flock(run_folder, LOCK_EX | LOCK_NB) == 0)
        rmdir("/run/sshd");
    return 0;
}

/* ---- clients --------------------------------------------------------------------------------- */

/* Runs an ssh to this port, with these words behind the address. */
void start_ssh_to(struct pty *p, int to, const char *command)
{
    struct text line = {0};
    const char *words[] = {"-c", NULL, NULL};
    struct pty_options o = {.program = "/bin/sh"};

    text_printf(&line, "exec %s -tt -p %d 127.0.0.1 %s", client, to, command);
    words[1] = text_str(&line);
    pty_start(p, &o, words);
    text_free(&line);
}

void start_ssh(struct pty *p, const char *command)
{
    start_ssh_to(p, port, command);
}

/* ---- labs ------------------------------------------------------------------------------------ */

/* The labs that run behind this server, by the folder in their environment. */
int find_labs(pid_t *pid, int most)
{
    DIR *proc = opendir("/proc");
    struct dirent *entry;
    int n = 0;

    while (proc && (entry = readdir(proc))) {
        char path[300], bytes[16384], name[64] = "";
        FILE *f;
        size_t got;

        if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
            continue;
        snprintf(path, sizeof path, "/proc/%s/environ", entry->d_name);
        f = fopen(path, "r");
        if (!f)
            continue;
        got = fread(bytes, 1, sizeof bytes - 1, f);
        fclose(f);
        snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
        f = fopen(path, "r");
        if (!f)
            continue;
        if (!fgets(name, sizeof name, f))
            name[0] = '\0';
        fclose(f);
        bytes[got] = '\0';
        for (size_t at = 0; at < got && strncmp(name, "actlab", 6) == 0;
             at += strlen(bytes + at) + 1)
            if (strncmp(bytes + at, "XDG_STATE_HOME=", 15) == 0 &&
                strcmp(bytes + at + 15, server_folder) == 0 && n < most)
                pid[n++] = (pid_t)atoi(entry->d_name);
    }
    if (proc)
        closedir(proc);
    return n;
}

static int running_labs(void)
{
    pid_t pid[SESSIONS_MOST];

    return find_labs(pid, SESSIONS_MOST);
}

bool labs_become(int wanted, double seconds)
{
    double end = clock_now() + at_most(seconds);

    while (running_labs() != wanted && clock_now() < end)
        usleep(20000);
    return running_labs() == wanted;
}

/* ---- opening --------------------------------------------------------------------------------- */

static void prepare(void)
{
    struct passwd *me = getpwuid(geteuid());

#ifndef __linux__
    cannot("processes are counted in Linux's /proc");
#endif
    if (!installed("sshd") || !installed("ssh") || !installed("ssh-keygen"))
        cannot("OpenSSH's server and client are not installed");
    if (!me || !me->pw_shell[0] || strstr(me->pw_shell, "nologin") || strstr(me->pw_shell, "false"))
        cannot("this account has no shell that sshd could start");
    snprintf(server_folder, sizeof server_folder, "%s", pty_state_folder());
    port = open_port = shared_port = free_port();
    while (open_port == port)
        open_port = free_port();
    while (shared_port == port || shared_port == open_port)
        shared_port = free_port();
    snprintf(client, sizeof client,
             "ssh -q -F /dev/null -i %s/student -l %s -o BatchMode=yes -o IdentitiesOnly=yes -o "
             "IdentityAgent=none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o "
             "GSSAPIAuthentication=no -o ConnectTimeout=10",
             server_folder, me->pw_name);
    make_keys();
    write_config();
    make_run_folder();
}

/* Whether a client comes in and finds the lab. */
static bool lets_in(void)
{
    struct pty p;
    bool works;

    start_ssh(&p, "");
    for (int i = 0; i < 50 && !p.ended && !pty_shows(&p, " sigmoid "); i++)
        pty_wait(&p, 100);
    works = pty_shows(&p, " sigmoid ");
    pty_send(&p, "q");
    pty_ended(&p, 5000);
    if (!works)
        fputs(text_str(&p.bytes), stdout);
    pty_close(&p);
    return works;
}

void open_server(void)
{
    prepare();
    if (!start_server()) {
        stop_server(NULL);
        cannot("sshd does not start here");
    }
    if (!lets_in()) {
        stop_server(NULL);
        cannot("sshd lets nobody in here");
    }
}
