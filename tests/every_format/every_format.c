/* every_format: every legal scalar format of at most 16 bits at the bias its name leaves out, all roundings on all its codes,
 * all midpoints between neighbours and the floats next to both, against the oracle's enumeration.
 *
 *   every_format [-j PROCESSES] [KIND...]
 *
 * Codebooks are tables of the caller's and have no list; suite `rounding` draws some. A bias moves all values by a power of
 * two. One line a kind: formats, cases, mismatches; a format with a mismatch is a line of its own. Exit status: 0 none, 1 a
 * mismatch or a process that died, 2 wrong usage.
 */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/format_name.h"
#include "tests/support/ref_of.h"
#include "tests/support/rounding_check.h"

enum { BITS_MAX = 16, PROCESSES_MAX = 64, KINDS = NG_KIND_CODEBOOK };

typedef struct {
    unsigned long formats;
    unsigned long cases;
    unsigned long mismatches;
} totals;

/* ---- the list ---- */

typedef struct {
    ng_format *format;
    size_t count;
    size_t room;
} list;

static void add(list *to, ng_format f)
{
    if (!ng_format_valid(&f)) {
        return;
    }
    if (to->count == to->room) {
        to->room = 2 * to->room + 64;
        ng_format *more = realloc(to->format, to->room * sizeof *more);
        if (more == NULL) {
            perror("every_format");
            exit(EXIT_FAILURE);
        }
        to->format = more;
    }
    ng_format_print(&f, f.name);
    to->format[to->count++] = f;
}

/* Every value of the fields that a kind may have; add() drops what is not legal. */
static void add_widths(list *to, ng_format f)
{
    const unsigned y_most = f.kind == NG_KIND_MINIFLOAT ? 10 : f.kind == NG_KIND_LOGARITHMIC ? 7 : 0;
    const unsigned x_most = f.kind == NG_KIND_MINIFLOAT ? 8 : f.kind == NG_KIND_POSIT ? 4 : 0;
    for (f.bits = 1; f.bits <= BITS_MAX; f.bits++) {
        for (f.exponent_bits = 0; f.exponent_bits <= x_most; f.exponent_bits++) {
            for (f.mantissa_bits = 0; f.mantissa_bits <= y_most; f.mantissa_bits++) {
                if (f.kind == NG_KIND_MINIFLOAT && f.exponent_bits > 0) {
                    const bool high = f.specials >= NG_SPECIALS_FNUZ;
                    f.bias = (1 << (f.exponent_bits - 1)) - (high ? 0 : 1);
                }
                add(to, f);
            }
        }
    }
}

static void add_kind(list *to, ng_kind kind)
{
    ng_format f = {.kind = kind};
    const unsigned terms_most = kind == NG_KIND_APOT ? 4 : 0;
    const int specials_most = kind == NG_KIND_MINIFLOAT ? NG_SPECIALS_P3109_FINITE : NG_SPECIALS_NONE;
    for (int sign = NG_SIGN_SIGNED; sign <= NG_SIGN_TERNARY; sign++) {
        for (int specials = NG_SPECIALS_NONE; specials <= specials_most; specials++) {
            for (unsigned way = 0; way < 4; way++) {
                f.sign = (ng_sign)sign;
                f.specials = (ng_specials)specials;
                f.has_zero = (way & 1) != 0;
                f.flush = (way & 2) != 0;
                for (f.terms = 0; f.terms <= terms_most; f.terms++) {
                    add_widths(to, f);
                }
            }
        }
    }
}

/* ---- the work ---- */

static void check(const ng_format *format, totals *sum)
{
    const ref_format mirror = ref_format_of(format);
    ref_table *table = ref_table_new(&mirror);
    rounding_subject s = rounding_subject_of(format, table);
    rounding_decodes_like(&s);
    rounding_stays_put(&s);
    rounding_has_a_name(&s);
    rounding_values_and_midpoints(&s);
    rounding_longer_posits(&s);
    rounding_past_the_ends(&s);
    sum->formats++;
    sum->cases += s.count.cases;
    sum->mismatches += s.count.mismatches;
    if (s.count.mismatches != 0) {
        printf("%s: %lu of %lu cases differ\n", format->name, s.count.mismatches, s.count.cases);
        (void)fflush(stdout);
    }
    rounding_subject_clear(&s);
    ref_table_free(table);
}

/* The share of one process: the formats number `index`, `index` + processes, ... */
static void work(const list *formats, unsigned index, unsigned processes, totals *sums)
{
    for (size_t i = index; i < formats->count; i += processes) {
        check(&formats->format[i], &sums[formats->format[i].kind]);
    }
}

/* True if all processes came to their end. sums[process][kind] are shared. */
static bool run(const list *formats, unsigned processes, totals (*sums)[KINDS])
{
    bool fine = true;
    (void)fflush(stdout);
    for (unsigned i = 0; i < processes; i++) {
        const pid_t pid = fork();
        if (pid == 0) {
            work(formats, i, processes, sums[i]);
            exit(EXIT_SUCCESS);
        }
        fine = fine && pid > 0;
    }
    for (int status; wait(&status) > 0;) {
        fine = fine && status == 0;
    }
    return fine;
}

static bool report(unsigned processes, totals (*sums)[KINDS])
{
    bool fine = true;
    for (int kind = 0; kind < KINDS; kind++) {
        totals sum = {0, 0, 0};
        for (unsigned i = 0; i < processes; i++) {
            sum.formats += sums[i][kind].formats;
            sum.cases += sums[i][kind].cases;
            sum.mismatches += sums[i][kind].mismatches;
        }
        if (sum.formats != 0) {
            printf("%s: %lu formats, %lu cases, %lu mismatches\n", ng_kind_name((ng_kind)kind), sum.formats, sum.cases,
                   sum.mismatches);
        }
        fine = fine && sum.mismatches == 0;
    }
    return fine;
}

static int usage(void)
{
    fputs("usage: every_format [-j PROCESSES] [KIND...]\n", stderr);
    return 2;
}

static bool is_wanted(ng_kind kind, char *const names[], int count)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], ng_kind_name(kind)) == 0) {
            return true;
        }
    }
    return count == 0;
}

int main(int argc, char **argv)
{
    list formats = {NULL, 0, 0};
    unsigned long processes = 1;
    int at = 1;
    if (argc > 2 && strcmp(argv[1], "-j") == 0) {
        processes = strtoul(argv[2], NULL, 10);
        at = 3;
    }
    if (processes < 1 || processes > PROCESSES_MAX || (at < argc && argv[at][0] == '-')) {
        return usage();
    }
    for (int kind = 0; kind < KINDS; kind++) {
        if (is_wanted((ng_kind)kind, argv + at, argc - at)) {
            add_kind(&formats, (ng_kind)kind);
        }
    }
    const size_t size = processes * KINDS * sizeof(totals);
    totals(*sums)[KINDS] = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (formats.count == 0 || sums == MAP_FAILED) {
        return usage();
    }
    const bool whole = run(&formats, (unsigned)processes, sums);
    const bool same = report((unsigned)processes, sums);
    free(formats.format);
    if (!whole) {
        fputs("every_format: a process died\n", stderr);
    }
    return whole && same ? EXIT_SUCCESS : EXIT_FAILURE;
}
