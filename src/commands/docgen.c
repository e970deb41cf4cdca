/* commands/docgen.c - a build tool: prints the manual page from the tables that the program itself
 * uses. */
#include "commands/handlers.h"
#include "commands/manual.h"

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    manual_page(&command_table, stdout, PACKAGE_VERSION, argv[1]);
    return fflush(stdout) == 0 ? 0 : 1;
}
