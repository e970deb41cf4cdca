/* measure.c - what is measured before a picture is drawn or an observable read. */
#include "base/clock.h"
#include "lab/lab.h"
#include "lab/race.h"

int lab_step_phase(const struct lab *lab)
{
    const struct model *m = &lab->model;

    return m->pass < 1 && m->net.layers > 0 && !m->running ? (int)(m->pass * PHASES) : -1;
}

int lab_pass_layer(const struct lab *lab, bool *forward)
{
    const int phase = lab_step_phase(lab), layers = lab->model.net.layers;
    const int at = (int)((lab->model.pass * PHASES - phase) * layers);

    *forward = phase == PHASE_FORWARD;
    return *forward ? at + 1 : phase == PHASE_BACKWARD ? layers - at : 0;
}

int lab_affordable(const struct lab *lab)
{
    double work = lab->interactive ? 2.5e8 : 1e11;
    double n = work / (trainer_work(lab->model.trainer, 6) + 1);

    return n < 32 ? 32 : n > 1e6 ? 1000000 : (int)n;
}

int lab_race_samples(const struct lab *lab)
{
    int n, train, most = lab_affordable(lab);

    trainer_data(lab->model.trainer, &n, &train);
    return lab->interactive && n > most ? most : 0;
}

void lab_measure(struct lab *lab)
{
    int n, train, most = lab_affordable(lab);

    if (lab->measured.stale) {
        trainer_data(lab->model.trainer, &n, &train);
        if (n <= most)
            trainer_probe(lab->model.trainer, &lab->measured.probe);
        else
            trainer_glance(lab->model.trainer, most, &lab->measured.probe);
        lab->measured.stale = false;
        bars_measured(lab);
    }
    if (lab->model.race)
        race_measure(lab->model.race, lab_race_samples(lab));
}

bool lab_measure_frame(struct lab *lab, bool due)
{
    double begun = clock_now();
    bool same = lab->model.networks == lab->measured.network &&
                trainer_steps(lab->model.trainer) >= lab->measured.probe.step;

    if (lab->model.running && same && !(due && begun >= lab->measured.after))
        return false;
    lab_measure(lab);
    lab->measured.network = lab->model.networks;
    lab->measured.after = clock_now() + 8 * (clock_now() - begun);
    return true;
}
