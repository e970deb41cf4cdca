/* loop.h - the event loop: keys, clock and frames around one poll(). */
#ifndef ACTLAB_TUI_LOOP_H
#define ACTLAB_TUI_LOOP_H

#include "draw/grid.h"
#include "lab/lab.h"
#include "tui/keys.h"

struct loop {
    struct lab *lab;
    struct key_reader keys;
    struct grid grid;
    double escape_delay; /* seconds after which a lone ESC is a key */
    /* When, by clock_now(): bytes came last, the clock went on, a frame was drawn, and someone gave
     * a sign of life. */
    double fed, ticked, drawn_at, touched;
    uint64_t drawn;                  /* lab->changes when the last frame was drawn */
    bool dirty;                      /* a frame is needed for other reasons */
    bool urgent;                     /* and at once */
    bool behind;                     /* the clock owes more steps than fitted into its budget */
    bool more;                       /* keys wait in the reader */
    bool caught_up;                  /* with what the first picture did not need */
    double credit, accounted, used;  /* of processor time, where it is limited */
    double polled;                   /* when the file that is followed was last read on */
    double checked;                  /* when a running command last checked for ^Z and the line */
    double line_began, keys_checked; /* when a followed line began, and keys were checked for */
    bool key_waits;                  /* ... and whether one was there */
};

/* Opens the screen and runs until `quit`. Returns the exit status; prints one line to standard
 * error when there is no way. A signal that ends the program does so from here, the terminal
 * restored. */
int tui_run(struct lab *);

/* One key, a click, a paste or the terminal's answer. */
void loop_key(struct loop *, const struct key *);
/* The keys that are complete; `late`: also a lone ESC, which nothing has followed. */
void loop_take_keys(struct loop *, bool late);
/* Forgets the keys that wait, and says so when there were any. */
void loop_drop_keys(struct loop *);
/* Reads and takes all that waits, or as much as there is time for before the next frame: then
 * `more` is set. What else happened meanwhile (enum terminal_event) is returned. */
unsigned loop_read_keys(struct loop *);

/* The loop that commands run in; NULL: none. */
void loop_set_current(struct loop *);
/* Gives the terminal to the shell; returns when continued. */
void loop_suspend(struct loop *);
/* For lab->interrupt.asked: ^C was typed, or the line is gone. ^Z is not kept waiting for the end
 * of a command: when this returns, the program has been stopped and continued. */
bool loop_interrupted(void);
/* The same for a line of the teacher's, or of whoever writes there: it may take as long as it
 * likes, and a key ends it. */
bool loop_line_interrupted(void);

#endif
