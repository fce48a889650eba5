#include "src/base/source_hash.h"
#include "src/cli/cli.h"
#include "src/estimate/designs.h"

static void say(void *context, size_t done, size_t total)
{
    (void)context;
    (void)fprintf(stderr, "\rdesigns: %zu of %zu", done, total);
}

int ng_verb_designs(const ng_options *options, ng_error *error)
{
    const ng_cost_options counting = {options->rtl, ng_source_hash(NG_SOURCE_COST)};
    const char *file = options->word_count != 0 ? options->words[0] : "tests/expected/designs.csv";
    const ng_target *target = NULL;
    if (options->word_count > 2) {
        (void)ng_fail(error, NG_EXIT_USAGE, "designs: a file and a target, not %zu words", (size_t)options->word_count);
        return ng_verb_failed(error);
    }
    if (options->word_count == 2 && !ng_target_option(options->words[1], &target, error)) {
        return ng_verb_failed(error);
    }
    const bool share = options->shares > 1;
    const bool fine = ng_designs_price(target, share ? (size_t)options->share : 0, share ? (size_t)options->shares : 1, &counting,
                                       say, NULL, error) &&
                      (share || ng_designs_write(file, target, &counting, error));
    (void)fputc('\n', stderr);
    return fine ? NG_EXIT_OK : ng_verb_failed(error);
}
