/* lab.h - the laboratory: the whole state. Only commands (command.h) and the clock (lab_tick)
 * change it; views read it. The same seed and the same commands give the
 * same bits, from one build on one kind of CPU. */
#ifndef ACTLAB_LAB_LAB_H
#define ACTLAB_LAB_LAB_H

#include "course/lessons.h"
#include "draw/plot.h"
#include "expr/expr.h"
#include "expr/functions.h"
#include "lab/history.h"
#include "lab/settings.h"
#include "math/activation.h"
#include "net/trainer.h"

#include <stdio.h>

enum pane { PANE_LESSON, PANE_PLOT, PANE_NETWORK, PANES };
extern const char *const pane_names[PANES + 1]; /* NULL-terminated */
enum screen {
    SCREEN_LAB,
    SCREEN_TEXT /* help, facts, any long output: lab->page_text, scrolled */
};

enum { PLOT_MAX_COMPARE = 3 };
enum { PLOT_REACH = 5 };       /* on both sides of 0, unless it is asked for otherwise */
enum { LAB_MEMORY = 1 << 30 }; /* bytes that a network, or all of a race, may take */

/* What the network pane can show: lab.netview is an index. NULL-terminated. */
extern const char *const netview_names[];

/* What can be asked of lab->picture. */
enum picture { PICTURE_SCREEN, PICTURE_LESSON, PICTURE_PLOT, PICTURE_NETWORK };

/* What the plot pane shows. */
struct plot_state {
    double x0, x1; /* as asked for; the view snaps them to its columns */
    double y0, y1; /* kept in the lab so that the axis stands still while alpha turns */
    double cursor; /* always inside [x0, x1] */
    int columns;   /* of the drawing area where it is looked at, 0 if nowhere: what "+1col" moves by
                    */
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

struct lab {
    struct functions *functions; /* the table's and those of `def` */
    struct expr_scope *scope;    /* the observables, for goals and `until` (observe.h) */
    struct fn fn;                /* the plotted function */
    struct plot_state plot;

    struct net_config net;
    struct trainer *trainer; /* never NULL after lab_new */
    struct probe probe;      /* fresh after lab_settle */
    bool probe_stale;
    struct decision_map *decision_map; /* what the map shows */
    uint64_t framed;                   /* which network a frame measured last (of `networks`) ... */
    double frame_at;                   /* ... and until when it will do, while it trains */
    bool running;
    struct {
        char goal[256]; /* training pauses when it holds (until.h), "": it just runs */
        uint64_t end;   /* ... or at this step */
    } until;
    double pass; /* 0..1: after a single step, where forward (then backward) pass is shown; 1: not
                    shown */
    uint64_t networks;      /* how many networks there have been */
    double owed;            /* fractions of a step that the clock still owes */
    struct history history; /* loss and accuracy by step, and states to go back to */
    int netview;            /* which view of the network pane */
    int unit_layer, unit;   /* whose weights the view "weights" shows, from 1 ... */
    int input;              /* ... and which of them is chosen: 0 the bias, inputs from 1 */

    struct course course;
    int lesson, page; /* -1: no lesson */
    int scroll;       /* lines of the page scrolled away */

    struct settings set;
    struct keymap *keymap;

    enum pane focus;
    bool zoomed;
    enum screen screen;
    struct text page_text; /* SCREEN_TEXT */
    char page_title[64];
    int page_scroll;
    int window; /* rows of text seen at once where it scrolls, 0 if nowhere: what "+1page" is */
    int window_columns; /* ... and its columns */
    int chosen;         /* the line of a list of lessons that is marked; -1: the text is no list */
    char find[64];      /* what `find` looks for in a long text ... */
    int find_by;        /* ... 1: on from here, -1: back, 0: nothing to be found now */
    int found;          /* the row that was found, -1: none */

    char message[256]; /* the last answer or error, shown in the bottom line until the next key */
    bool message_is_error;
    bool light;       /* the terminal's background, as far as it has said so: for THEME_AUTO */
    bool interactive; /* a screen is open: long output goes to SCREEN_TEXT */
    /* Draws the lab, or one pane with its title, into the whole grid. Set by whoever links the
     * views (they stand above this room): how `show`, `plot` and `export` print what the screen
     * would show. */
    void (*picture)(const struct lab *, enum picture, struct grid *);

    /* Whether a long command shall stop; NULL: never. Training looks at it after every step. */
    bool (*interrupted)(void);

    bool want_prompt;      /* a key asked for the command line ... */
    char prompt_text[256]; /* ... with this already typed */
    bool want_network;     /* a command is about the network: its pane wants to be seen */
    bool want_redraw;      /* the terminal may be garbled: draw everything */
    bool plays;            /* a line of a recording runs: it may be anyone's */
    bool restricted;       /* offered to strangers: only commands marked CMD_RESTRICTED */
    /* What a restricted session may use (limits.h), NULL: as much as it likes; and until when, by
     * the clock, the command that runs may train, 0: as long as it likes. */
    const struct limits *limits;
    double deadline;
    bool stopped;              /* the last command was interrupted */
    uint64_t *put_off;         /* not NULL: the steps that a command would train are only counted,
                                  here: they are trained later, in pieces (script.c) */
    int depth;                 /* commands inside commands: only the outermost is recorded */
    struct learner *learner;   /* what was done of the course (course_state.h) */
    struct race *race;         /* NULL: none is run */
    struct player *player;     /* NULL: nothing is played back */
    struct follower *follower; /* NULL: nobody is followed */
    char *followed;            /* whose file was followed last, NULL: nobody's */
    struct recorder *recorder; /* NULL: nothing is recorded */
    struct journal *journal;   /* how the lab came to be what it is (record.c) */
    int sources;               /* files that are being run, one inside the other */
    char record_as[160]; /* what the recording notes instead of the command that runs, if not "":
                           "cursor 0.4" for "cursor +1col", which depends on the screen */
    bool quit;
    uint64_t changes; /* counts up whenever something a person could see changed */
};

/* ---- the state (lab.c) ----------------------------------------------------------------------- */

/* A lab with defaults: sigmoid, an 8x16 network on the circle, lessons loaded from `lessons` (may
 * be NULL). */
struct lab *lab_new(const char *lessons, struct error *);
void lab_free(struct lab *);
/* Function, plot and network as at the start, for a lesson: what is shaded, which unit is chosen
 * and a long text that is open stay. On an error nothing changes. */
bool lab_begin(struct lab *, struct error *);
/* The same with these; settings, keys, definitions and progress stay. */
bool lab_restart(struct lab *, struct error *);
/* The theme to draw with: set.theme, or what it is on this terminal. */
int lab_theme(const struct lab *);
/* Which bindings hold now: "lesson" "plot" "network", "weights" where that shows a unit's, "text"
 * while a long text is read, "list" if it is one to choose from, "play" during a recording. */
const char *lab_key_pane(const struct lab *);
/* What one presses for a command line, for what is said on a screen; the line itself where no key
 * is bound to it, and in a shell. */
const char *lab_way(const struct lab *, const char *command);
/* The command line of a key now, NULL: none. Before that pane's come "quiz" while a question waits
 * on the lesson's page, if the lesson is seen, and "full" while one pane has the whole screen. */
const char *lab_key_command(const struct lab *, const char *key, bool lesson_seen);
void lab_say(struct lab *, bool error, const char *format, ...) ACTLAB_PRINTF(3, 4);

/* The plotted function becomes fn: new ranges, cursor kept, a fresh network when it runs the
 * plotted function. */
bool lab_set_fn(struct lab *, const struct fn *, struct error *);
/* A new value for "alpha" or "beta" of the plotted function; it acts on the running network, too.
 */
bool lab_set_parameter(struct lab *, const char *which, double v, struct error *);
/* Builds a fresh network from lab->net, on the samples there are; on an error the old one stays. */
bool lab_reset_network(struct lab *, struct error *);
/* Takes over new network settings: the live ones at once, the others by a fresh network.
 * `read_data`: the file is to be read, even if it is the one that was read. Nothing changes on an
 * error. */
bool lab_set_net(struct lab *, const struct net_config *, bool read_data, struct error *);
/* A network that was built elsewhere (a file) takes the place of the lab's; the plot shows its
 * function. */
void lab_take_network(struct lab *, struct trainer *);
/* The function that the network runs. */
struct fn lab_net_fn(const struct lab *);
/* Says that something acted on the running network: its state is kept, its measures are stale. Call
 * after every such change. */
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
bool lab_interrupted(const struct lab *);
/* For commands that were, as they are not recorded then: what they did before they trained is
 * recorded as a line that does that (NULL: nothing), and what they trained as steps. Returns false,
 * with the message. */
bool lab_stopped(struct lab *, const char *did, uint64_t trained, struct error *);

/* ---- the clock (lab_clock.c) ----------------------------------------------------------------- */

/* Seconds since the last tick; trains and measures for `budget` seconds, and ends at the latest
 * with the step or the measure that is then under way. True when something changed. */
bool lab_tick(struct lab *, double seconds, double budget);
/* Whether the clock has anything to do: else nothing changes without a command, and the loop
 * sleeps. */
bool lab_moving(const struct lab *);
/* Where the shown pass stands: the layer (from 1), forward or backward; 0 when none is shown. */
int lab_pass_layer(const struct lab *, bool *forward);
/* Samples whose forward and backward pass take about 5 ms on the screen, where a key waits for it,
 * or a second or two in a shell; never fewer than 32. All samples, for any network but the largest.
 */
int lab_affordable(const struct lab *);
/* Measures what is stale (the probe), before a picture is drawn or an observable read: over all
 * samples, or over as many as can be afforded of a very large network. */
void lab_settle(struct lab *);
/* The same for a frame of the screen: while a network trains, what is shown is what the clock
 * measured last (`due`: it asks for this, as often as takes a ninth of the time at most). False
 * when nothing was looked at. */
bool lab_settle_frame(struct lab *, bool due);

#endif
