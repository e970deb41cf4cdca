/* lab/ - the laboratory: one state, one language. It knows everything but views and terminals.
 *
 *   lab.h      the state, the clock                 command.h     the language: parsing, dispatch
 *   settings.h what `set` sets                      commands.def  each command once
 *   keymap.h   keys to command lines (keys.rc)      table.h       output as text, csv, tsv, json
 *   observe.h  observables for goals and `until`    history.h     curves and states of a run
 *   checkpoint.h  a trained network as a line of a recording
 *   goal.h     goals of experiments, and where they stand
 *   course_state.h  the open lesson                 course_try.h       its experiment under way
 *   course_done.h   what the learner has done       course_solution.h  solutions, played
 *   course_page.h   pages as text                   course_table.h     progress as tables
 *   course_check.h  the proof of a lesson
 *   cmd_*.c    handlers, a file for each group of commands */
