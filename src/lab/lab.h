/* lab.h - the laboratory: the whole state. Only commands (language/command.h) and the
 * clock (commands/session.h) change it; views read it. The same seed and the same commands give the
 * same bits, from one build on one kind of CPU. */
#ifndef ACTLAB_LAB_LAB_H
#define ACTLAB_LAB_LAB_H

#include "course/lessons.h"
#include "draw/plot.h"
#include "expr/expr.h"
#include "expr/functions.h"
#include "lab/bars.h"
#include "lab/history.h"
#include "lab/settings.h"
#include "math/activation.h"
#include "net/trainer.h"

#include <stdio.h>

struct lab;
struct command;

enum pane { PANE_LESSON, PANE_PLOT, PANE_NETWORK, PANES };
extern const char *const pane_names[PANES + 1]; /* NULL-terminated */
enum screen {
    SCREEN_LAB,
    SCREEN_TEXT /* help, facts, any long output: screen.text, scrolled */
};

enum { PLOT_MAX_COMPARE = 3 };
enum { PLOT_REACH = 5 };       /* on both sides of 0, unless it is asked for otherwise */
enum { LAB_MEMORY = 1 << 30 }; /* bytes that a network, or all of a race, may take */

/* The pictures that lab->picture draws. */
enum picture { PICTURE_SCREEN, PICTURE_LESSON, PICTURE_PLOT, PICTURE_NETWORK };

/* The plot pane. */
struct plot_state {
    double x0, x1; /* as asked for; the view snaps them to its columns */
    double y0, y1; /* kept in the lab so that the axis stands still while alpha turns */
    double cursor; /* always inside [x0, x1] */
    int columns;   /* of the drawing area on the screen, 0: none; "+1col" moves by one */
    bool tangent;
    bool saturation; /* shade where |f'| < 5 % of its maximum */
    bool histogram;  /* of the pre-activations of layer hist_layer */
    int hist_layer;
    struct fn compare[PLOT_MAX_COMPARE];
    int compares;
    bool difference; /* f - compare[0] instead of the curves */
    bool naive;      /* the textbook formula beside the stable one */
    struct fn ghost; /* the curve before its parameters began to turn */
    bool has_ghost;
    struct {
        bool on;
        bool beta;           /* else alpha */
        double from, to, at; /* at: 0..1 */
    } sweep;
};

/* The experiment on the bench: all that a rollback must bring back, moved by one assignment. */
struct model {
    struct functions *functions; /* the table's and those of `def` */
    struct fn fn;                /* the plotted function */
    struct plot_state plot;

    struct net_config net;
    struct trainer *trainer; /* never NULL after lab_new */
    struct history history;  /* loss and accuracy by step, and states to go back to */
    struct race *race;       /* NULL: none is run */
    uint64_t networks;       /* how many networks there have been */
    bool running;
    struct {
        char goal[256]; /* training pauses when it holds (until.h), "": it just runs */
        uint64_t end;   /* ... or at this step */
    } until;
    double steps_due; /* fractions of a step that the clock still owes */
    double pass;      /* 0..1: after a single step, how far the pictures of it have come; 1: none */
    int netview;      /* which view of the network pane (netview.h) */
    int unit_layer, unit; /* whose weights the view "weights" shows, from 1 ... */
    int input;            /* ... and which of them is chosen: 0 the bias, inputs from 1 */
};

/* The statistics of the model, and how fresh they are. */
struct measured {
    struct probe probe; /* fresh after lab_measure */
    bool stale;
    struct bars bars;         /* what was seen of the layers before */
    struct decision_map *map; /* of the view "map" (decision_map.h) */
    uint64_t network;         /* which network a frame measured last (of model.networks) ... */
    double after;             /* ... and until when that will do, while it trains */
};

/* The page that is open. */
struct open_page {
    int lesson, page; /* lesson -1: none */
    int try;          /* the experiment under way in the lesson; -1: none */
    int scroll;       /* lines of the page scrolled away */
};

/* How one person looks at the lab: nothing here changes what is computed. */
struct screen_state {
    enum pane focus;
    bool zoomed;
    enum screen shown;
    struct text text; /* SCREEN_TEXT */
    char title[64];
    int text_scroll;
    int window;         /* rows of text seen at once where it scrolls, 0 if nowhere: "+1page" */
    int window_columns; /* ... and its columns */
    int chosen;         /* the line of a list of lessons that is marked; -1: the text is no list */
    char find[64];      /* the text that `find` looks for ... */
    int find_by;        /* ... 1: on from here, -1: back, 0: nothing to be found now */
    int found;          /* the row that was found, -1: none */

    char message[256]; /* the last answer or error, shown in the bottom line until the next key */
    bool message_is_error;
    bool light; /* the terminal's background, as far as it has said so: for THEME_AUTO */

    bool want_prompt;      /* a key asked for the command line ... */
    char prompt_text[256]; /* ... with this already typed */
    bool want_network;     /* a command is about the network: its pane wants to be seen */
    bool want_redraw;      /* the terminal may be garbled: draw everything */
};

/* Ends a long command before its end. */
struct interrupt {
    bool (*asked)(void); /* true: it shall stop; NULL: never. Asked after every step of training */
    double began;        /* when the line did that is recorded, by the clock */
    double deadline; /* until when, by the clock, the command may train; 0: as long as it likes */
    bool stopped;    /* the last command was interrupted */
    bool quit;       /* the session shall end */
    bool doubt;      /* it was asked whether it shall: the next time it does */
};

/* The rights of a line, from the freest on. */
enum rights {
    RIGHTS_OWN,       /* the person at the terminal, on a machine of their own */
    RIGHTS_RECORDING, /* a recording's line, which may be anyone's; it may name data of its own */
    RIGHTS_STRANGER   /* a stream's line, or a restricted session: no file is named by it */
};

/* A line that runs: handed to lab_run_as (language/command.h), which sets lab->run to it. */
struct run {
    enum rights rights;
    bool recorded; /* as a line of its own; false: as a part of the command that runs it */
    bool clock;    /* its training is recorded as if the clock had trained */
    bool whole;    /* half of it would be no beginning: for a second nobody can stop it, and what
                      is stopped then is undone */
    int files;     /* how many files are being run, one inside the other */
    uint64_t *deferred; /* not NULL: the steps that the line would train are only counted, here */
    const struct run *outer; /* the line that runs this one; NULL: none */

    const struct command *command; /* that it was; NULL: none that there is */
    struct text as;   /* a line to record instead, if not empty: "cursor 0.4" for "cursor +1col" */
    uint64_t trained; /* steps that it trained before it was interrupted, to be recorded as such */
    char title[64];   /* of what it printed, where that is not the line */
    bool list;        /* what it printed is a list of lessons to choose from */
};

/* Hears of everything that happens. The lab does not know who listens: a session
 * (commands/session.h) sets this, or nobody does. */
struct lab_listener {
    /* A line of its own begins. */
    void (*begins)(struct lab *, const struct command *, const char *line);
    /* Steps of training are done. */
    void (*trained)(struct lab *, uint64_t steps);
    /* The model has become one that no command makes: of a file, or of the timeline. */
    void (*replaced)(struct lab *);
    /* A command has run; line: as it is to be recorded, NULL when it failed. False with an error
     * when something is lost that should have been kept. */
    bool (*ran)(struct lab *, const struct command *, const char *line, FILE *out, struct error *);
};

struct lab {
    struct model model;
    struct timeline *timeline; /* the moments that undo goes back to (timeline.h) */
    struct measured measured;
    struct expr_scope *scope; /* the observables, for goals and `until` (observe.h) */

    struct course course;
    struct open_page open;
    struct learner *learner; /* progress in the course (study/learner.h) */
    struct {
        struct player *player;     /* NULL: nothing is played back */
        struct follower *follower; /* NULL: nobody is followed */
        char *followed;            /* whose file was followed last, NULL: nobody's */
        struct recorder *recorder; /* NULL: nothing is recorded */
        bool leads;                /* ... or the teacher leads now */
        struct keeper *keeper;     /* what is kept for the next start; NULL: nothing is */
    } replay;

    struct settings set;
    struct keymap *keymap;
    struct screen_state screen;
    bool interactive; /* a screen is open: long output goes to SCREEN_TEXT */
    /* Draws the lab, or one pane with its title, into the whole grid. Set by whoever links the
     * views (they stand above this room): how `show`, `plot` and `export` print what the screen
     * would show. */
    void (*picture)(const struct lab *, enum picture, struct grid *);

    const struct command_table *commands; /* the commands (language/command.h) */
    const struct lab_listener *listener;  /* NULL: nobody */
    struct run *run;                      /* the line that runs; NULL: none, the clock is at work */
    struct interrupt interrupt;
    enum rights rights; /* of lines that nothing else is said of */
    /* The limits of a restricted session (limits.h); NULL: none. */
    const struct limits *limits;
    uint64_t changes; /* counts up whenever something a person could see changed */
};

/* ---- the state (lab.c) ----------------------------------------------------------------------- */

/* A lab with defaults: sigmoid, an 8x16 network on the circle, no lessons, no commands. A session
 * (commands/session.h) adds the rest. NULL on an error. */
struct lab *lab_new(struct error *);
void lab_free(struct lab *);
/* Frees what a model owns but its functions, which outlive a rollback. */
void model_free(struct model *);
/* Function, plot and network as at the start, for a lesson: what is shaded, which unit is chosen
 * and a long text that is open stay. On an error nothing changes. */
bool lab_begin(struct lab *, struct error *);
/* The same with these; settings, keys, definitions and progress stay. */
bool lab_restart(struct lab *, struct error *);
/* The plotted function becomes fn: new ranges, cursor kept, a fresh network when it runs the
 * plotted function. */
bool lab_set_fn(struct lab *, const struct fn *, struct error *);
/* Where a later definition has taken the name of the function that `fn` is, fn becomes that one,
 * with the same parameters as far as it has them: true. */
bool lab_renew(const struct lab *, struct fn *);
/* The same for the curves beside the plotted one. */
void lab_renew_curves(struct lab *);
/* A new value for "alpha" or "beta" of the plotted function; it acts on the running network, too.
 */
bool lab_set_parameter(struct lab *, const char *which, double v, struct error *);
/* Builds a fresh network from lab->model.net, on the samples there are; on an error the old one
 * stays. */
bool lab_reset_network(struct lab *, struct error *);
/* Takes over new network settings: the live ones at once, the others by a fresh network.
 * `read_data`: the file is to be read, even if it is the one that was read. Nothing changes on an
 * error. */
bool lab_set_net(struct lab *, const struct net_config *, bool read_data, struct error *);
/* A network that was built elsewhere (a file) takes the place of the lab's; the plot shows its
 * function. One that is larger than the lab takes is freed, and nothing changes. */
bool lab_take_network(struct lab *, struct trainer *, struct error *);
/* The function that the network runs. */
struct fn lab_net_fn(const struct lab *);
/* Says that something acted on the running network which its settings do not tell: its state is
 * kept, its measures are stale. Call after every such change. */
void lab_intervene(struct lab *);

/* ---- training (lab_train.c) ------------------------------------------------------------------ */

/* Trains n steps, keeping history; stops at divergence. Returns how many were done. */
uint64_t lab_train(struct lab *, uint64_t n);
/* Back to an earlier step, exactly; *reached gets the step. */
bool lab_rewind(struct lab *, uint64_t step, uint64_t *reached, struct error *);
/* "the network diverged at step 2, first in layer 1", "" when it has not. */
enum { DIVERGENCE_MAX = 80 };
const char *lab_divergence(const struct lab *, char out[DIVERGENCE_MAX]);
/* For commands that cannot go on with it: false, with that and what would help. */
bool lab_diverged(const struct lab *, struct error *);
/* True if the command that runs shall stop now. */
bool lab_interrupted(const struct lab *);
/* The same for what lower rooms do. */
struct stop lab_stop(struct lab *);
/* For what takes long and trains nothing: true, with the message, when it shall stop. */
bool lab_cut_short(struct lab *, struct error *);
/* It was stopped: false, with the message. */
bool lab_broken_off(struct lab *, struct error *);
/* For interrupted commands, which are not recorded as they are: their doings before they trained
 * are recorded as the line `did` (NULL: nothing), and their training as steps. Returns false, with
 * the message. */
bool lab_stopped(struct lab *, const char *did, uint64_t trained, struct error *);

/* ---- the line that runs (run.c) -------------------------------------------------------------- */

/* The rights of the line that runs, or of the next one. */
enum rights lab_rights(const struct lab *);
/* True if the line that runs is recorded as a line of its own. */
bool lab_recorded(const struct lab *);
/* Then this is recorded instead: the same on any screen, and for anyone. */
void lab_record_as(struct lab *, const char *format, ...) ACTLAB_PRINTF(2, 3);

/* ---- the screen (screen_state.c) ------------------------------------------------------------- */

/* The theme to draw with: set.theme, or what it is on this terminal. */
int lab_theme(const struct lab *);
/* Bindings of the view that has the focus before those of its pane: "weights" "graph"; or NULL. */
const char *lab_view_pane(const struct lab *);
/* Which bindings hold now: those of the view or of the pane, "lesson" "plot" "network"; "text"
 * while a long text is read, "list" if it is one to choose from, "play" during a recording. */
const char *lab_key_pane(const struct lab *);
/* Shows a line at the bottom of the screen until the next key. */
void lab_say(struct lab *, bool error, const char *format, ...) ACTLAB_PRINTF(3, 4);
/* A race hides the lab's own network: says so when something was done to it by hand. */
void lab_say_behind(struct lab *);
/* The key that runs a command line, for what is said on a screen; the line itself where no key is
 * bound to it, and in a shell. */
const char *lab_way(const struct lab *, const char *command);

/* ---- measuring (measure.c) ------------------------------------------------------------------- */

/* The four pictures of a single step; -1: none is shown. */
enum { PHASE_FORWARD, PHASE_LOSS, PHASE_BACKWARD, PHASE_UPDATE, PHASES };
int lab_step_phase(const struct lab *);
/* Where the shown pass stands: the layer (from 1), forward or backward; 0 when none is shown. */
int lab_pass_layer(const struct lab *, bool *forward);
/* Samples whose forward and backward pass take about 5 ms on the screen, where a key waits for it,
 * or a second or two in a shell; never fewer than 32. All samples, for any network but the largest.
 */
int lab_affordable(const struct lab *);
/* How many samples the racers are measured over, 0: all: as many as of the lab's own network. */
int lab_race_samples(const struct lab *);
/* Measures what is stale (the probe), before a picture is drawn or an observable read: over all
 * samples, or over as many as can be afforded of a very large network. */
void lab_measure(struct lab *);
/* The same for a frame of the screen: while a network trains, what is shown is what the clock
 * measured last (`due`: it asks for this, as often as takes a ninth of the time at most). False
 * when nothing was measured. */
bool lab_measure_frame(struct lab *, bool due);

#endif
