/* pty_mqtt.c - a class without anything of ours between the machines: an MQTT broker's own
 * programs carry the teacher's lines to the students. On loopback; skipped where mosquitto is not
 * installed. */
#include "../unit/unit.h"
#include "pty.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t broker = -1;
static char port[8];

/* Debian keeps the broker where only root's PATH leads. */
static bool installed(const char *program)
{
    char command[128];

    snprintf(command, sizeof command, "PATH=$PATH:/usr/sbin command -v %s >/dev/null 2>&1",
             program);
    return system(command) == 0;
}

static int connect_to(int number)
{
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)number),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), result;

    result = connect(fd, (struct sockaddr *)&here, sizeof here);
    close(fd);
    return result;
}

/* A port that nobody listens at now. */
static int free_port(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof here;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(fd, (struct sockaddr *)&here, sizeof here) < 0 ||
        getsockname(fd, (struct sockaddr *)&here, &n) < 0)
        here.sin_port = htons(18830);
    close(fd);
    return ntohs(here.sin_port);
}

static int start_broker(void **state)
{
    int number = free_port();
    char conf[160];
    FILE *f;

    (void)state;
    snprintf(port, sizeof port, "%d", number);
    snprintf(conf, sizeof conf, "%s/mosquitto.conf", pty_state_folder());
    f = fopen(conf, "w");
    fprintf(f, "listener %d 127.0.0.1\nallow_anonymous true\npersistence false\n", number);
    fclose(f);
    broker = fork();
    if (broker == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        char path[4096];

        dup2(nowhere, 0), dup2(nowhere, 1), dup2(nowhere, 2);
        snprintf(path, sizeof path, "%s:/usr/sbin", getenv("PATH"));
        setenv("PATH", path, 1);
        execlp("mosquitto", "mosquitto", "-c", conf, (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 100 && connect_to(number) < 0; i++)
        usleep(50000);
    return connect_to(number);
}

static int stop_broker(void **state)
{
    (void)state;
    if (broker > 0) {
        kill(broker, SIGTERM);
        waitpid(broker, NULL, 0);
    }
    return 0;
}

static void a_broker_carries_the_class(void **state)
{
    const char *student_words[] = {
        "-c", "mosquitto_sub -h 127.0.0.1 -p \"$PORT\" -q 1 -t lab | \"$ACTLAB\" --no-rc follow -",
        NULL};
    const char *carrier_words[] = {"-c",
                                   "echo ready; tail -n +1 -F \"$LECTURE\" 2>/dev/null | "
                                   "mosquitto_pub -h 127.0.0.1 -p \"$PORT\" -q 1 -t lab -l",
                                   NULL};
    char lecture[320], number[32];
    const char *set[] = {lecture, number, NULL};
    struct pty_options o = {.program = "/bin/sh", .set = set};
    struct pty teacher, carrier, student;

    (void)state;
    snprintf(lecture, sizeof lecture, "LECTURE=%s", pty_path("lecture.act"));
    snprintf(number, sizeof number, "PORT=%s", port);
    pty_start(&student, &o, student_words);
    pty_wait(&student, 500); /* it waits for the first line before it opens the screen */
    pty_open(&teacher, NULL, NULL);
    pty_command(&teacher, "record %s", pty_path("lecture.act"));
    pty_start(&carrier, &o, carrier_words);
    pty_expect(&carrier, "ready");
    pty_expect(&student, "following");
    pty_send(&teacher, "6");
    pty_expect(&student, " gelu ");
    pty_send(&teacher, "+");
    pty_expect(&student, "9x16");
    assert_false(pty_shows(&student, "bad"));
    pty_send(&student, "3");
    pty_expect(&student, " relu ");
    pty_send(&student, "R");
    pty_expect(&student, " gelu ");
    pty_send(&student, "\x03");
    assert_true(pty_ended(&student, 5000));
    assert_true(pty_modes_restored(&student));
    pty_send(&carrier, "\x03");
    pty_ended(&carrier, 5000);
    pty_quit(&teacher, "qq");
    tried("class", "mosquitto_pub -l, a broker, mosquitto_sub piped into follow -",
          "the student does what the teacher does, from joining on; away and back");
    pty_close(&student);
    pty_close(&carrier);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_broker_carries_the_class)};

    if (!installed("mosquitto") || !installed("mosquitto_pub") || !installed("mosquitto_sub")) {
        puts("skipped: mosquitto and its clients are not installed");
        return 77;
    }
    return cmocka_run_group_tests(tests, start_broker, stop_broker);
}
