#include "src/synth/synth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/process.h"
#include "src/synth/script.h"

const char *ng_yosys_program(void)
{
    const char *name = getenv("YOSYS");
    return name != NULL && name[0] != 0 ? name : "yosys";
}

/* It is started from other folders, too, so a path must be a whole one. */
static bool check_program(const char *name, ng_error *error)
{
    static const char legal[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+.";
    if (strchr(name, '/') == NULL) {
        return (name[0] != '-' && strspn(name, legal) == strlen(name)) ||
               ng_fail(error, NG_EXIT_USAGE, "YOSYS: '%.80s' is no name of a program", name);
    }
    if (name[0] != '/' || strlen(name) >= NG_PATH_SIZE) {
        return ng_fail(error, NG_EXIT_USAGE, "YOSYS: '%.80s' is neither a name nor an absolute path", name);
    }
    return access(name, X_OK) == 0 || ng_fail(error, NG_EXIT_MISSING, "YOSYS: %s is no program that can be run", name);
}

bool ng_yosys_version(char version[128], ng_error *error)
{
    ng_buffer text;
    const char *const argv[] = {ng_yosys_program(), "-V", NULL};
    if (!check_program(argv[0], error) || !ng_capture(argv, 4096, &text, error)) {
        return false;
    }
    (void)snprintf(version, 128, "%.*s", (int)strcspn((const char *)text.data, "\n"), (const char *)text.data);
    ng_buffer_free(&text);
    return strncmp(version, "Yosys ", 6) == 0 ||
           ng_fail(error, NG_EXIT_MISSING, "%s: does not say its version of Yosys", argv[0]);
}

static void hash_sources(const ng_sources *sources, char text[NG_HASH_SIZE])
{
    ng_hash hash;
    ng_hash_start(&hash);
    for (size_t i = 0; i < sources->count; i++) {
        ng_hash_bytes(&hash, sources->files[i].name, sources->files[i].text.data, sources->files[i].text.size);
    }
    ng_hash_end(&hash, text);
}

static void hash_script(const char *script, char text[NG_HASH_SIZE])
{
    ng_hash hash;
    ng_hash_start(&hash);
    ng_hash_text(&hash, "script", script);
    ng_hash_end(&hash, text);
}

static bool fill_key(const ng_target *target, ng_synthesis *plan, ng_error *error)
{
    ng_hash hash;
    ng_hash_start(&hash);
    ng_hash_text(&hash, "target", target->name);
    ng_hash_text(&hash, "yosys", plan->yosys);
    ng_hash_text(&hash, "rtl", plan->rtl_sha256);
    ng_hash_text(&hash, "script", plan->script_sha256);
    ng_hash_end(&hash, plan->key);
    return ng_path(plan->netlist, error, "build/synth/%s/netlist.json", plan->key);
}

/* What carries out a plan. */
typedef struct {
    ng_sources sources;
    char *script;
} recipe;

static void free_recipe(recipe *made)
{
    ng_sources_free(&made->sources);
    free(made->script);
}

static bool make_recipe(const ng_datapath *path, const ng_target *target, const char *rtl_folder, recipe *made,
                        ng_error *error)
{
    *made = (recipe){.script = NULL};
    if (ng_datapath_dsps(path) != 0 && !ng_target_has_dsp(target)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: needs DSP blocks, and those of target %s are not described", path->unit->name,
                       target->name);
    }
    if (!ng_sources_find(&made->sources, rtl_folder, path->unit->name, error)) {
        return false;
    }
    if (!ng_script_text(path, target, &made->sources, &made->script, error)) {
        free_recipe(made);
        return false;
    }
    return true;
}

static bool fill_version(const char *version, ng_synthesis *plan, ng_error *error)
{
    if (version == NULL) {
        return ng_yosys_version(plan->yosys, error);
    }
    (void)snprintf(plan->yosys, sizeof plan->yosys, "%s", version);
    return true;
}

static bool fill_plan(const ng_target *target, const char *version, const recipe *made, ng_synthesis *plan,
                      ng_error *error)
{
    *plan = (ng_synthesis){.key = ""};
    hash_sources(&made->sources, plan->rtl_sha256);
    hash_script(made->script, plan->script_sha256);
    return fill_version(version, plan, error) && fill_key(target, plan, error);
}

bool ng_synth_plan(const ng_datapath *path, const ng_target *target, const char *rtl_folder, const char *version,
                   ng_synthesis *plan, ng_error *error)
{
    recipe made;
    if (!make_recipe(path, target, rtl_folder, &made, error)) {
        return false;
    }
    const bool fine = fill_plan(target, version, &made, plan, error);
    free_recipe(&made);
    return fine;
}

static bool run_yosys(const char *folder, const recipe *made, ng_error *error)
{
    char path[NG_PATH_SIZE];
    char log[NG_PATH_SIZE];
    const char *const argv[] = {ng_yosys_program(), "-s", "script.ys", NULL};
    return ng_path(path, error, "%s/script.ys", folder) && ng_path(log, error, "%s/yosys.log", folder) &&
           ng_write_file(path, made->script, strlen(made->script), error) &&
           ng_sources_write(&made->sources, folder, error) && ng_run(argv, folder, log, error);
}

bool ng_netlist_sha256(const char *netlist, char text[NG_HASH_SIZE], ng_error *error)
{
    ng_hash hash;
    ng_hash_start(&hash);
    if (!ng_hash_file(&hash, "netlist", netlist, error)) {
        return false;
    }
    ng_hash_end(&hash, text);
    return true;
}

/* Seals a finished folder with the hash of its netlist. */
static bool seal(const char *folder, ng_error *error)
{
    char netlist[NG_PATH_SIZE];
    char path[NG_PATH_SIZE];
    char hash[NG_HASH_SIZE];
    return ng_path(netlist, error, "%s/netlist.json", folder) && ng_path(path, error, "%s/netlist.sha256", folder) &&
           ng_netlist_sha256(netlist, hash, error) && ng_write_file(path, hash, NG_HASH_SIZE - 1, error);
}

/* True if the folder holds the netlist it was sealed with, whose hash then is in the result. */
static bool is_sealed(const char *folder, ng_synthesis *result)
{
    char path[NG_PATH_SIZE];
    ng_buffer sealed;
    if (!ng_path(path, NULL, "%s/netlist.sha256", folder) || !ng_read_file(path, NG_HASH_SIZE, &sealed, NULL)) {
        return false;
    }
    const bool same = ng_netlist_sha256(result->netlist, result->netlist_sha256, NULL) &&
                      strcmp((const char *)sealed.data, result->netlist_sha256) == 0;
    ng_buffer_free(&sealed);
    return same;
}

/* Moves a finished folder to its name. What another process has put there first is as good, if it is sealed; a damaged one
 * makes way. */
static bool settle(const char *temporary, const char *folder, ng_synthesis *result, ng_error *error)
{
    char damaged[NG_PATH_SIZE];
    if (rename(temporary, folder) == 0 || is_sealed(folder, result)) {
        return ng_remove_tree(temporary, error);
    }
    return ng_path(damaged, error, "%s.old.tmp.%ld", folder, (long)getpid()) && ng_remove_tree(damaged, error) &&
           (rename(folder, damaged) == 0 || ng_exists(temporary)) && (rename(temporary, folder) == 0 || ng_exists(folder)) &&
           ng_remove_tree(damaged, error) && ng_remove_tree(temporary, error);
}

/* Works in a folder of its own, so that a killed run never looks finished. */
static bool map(const char *folder, const recipe *made, ng_synthesis *result, ng_error *error)
{
    char temporary[NG_PATH_SIZE];
    if (!ng_path(temporary, error, "%s.tmp.%ld", folder, (long)getpid()) || !ng_remove_tree(temporary, error) ||
        !ng_make_folders(temporary, error)) {
        return false;
    }
    const bool fine = run_yosys(temporary, made, error) && seal(temporary, error) && settle(temporary, folder, result, error);
    if (!fine) {
        (void)ng_remove_tree(temporary, NULL);
    }
    return fine;
}

static bool find_or_map(const recipe *made, ng_synthesis *result, ng_error *error)
{
    char folder[NG_PATH_SIZE];
    if (!ng_path(folder, error, "build/synth/%s", result->key)) {
        return false;
    }
    return is_sealed(folder, result) ||
           (map(folder, made, result, error) &&
            (is_sealed(folder, result) || ng_fail(error, NG_EXIT_MISSING, "%s: cannot keep the netlist", folder)));
}

bool ng_synthesise(const ng_datapath *path, const ng_target *target, const char *rtl_folder, ng_synthesis *result,
                   ng_error *error)
{
    recipe made;
    if (!make_recipe(path, target, rtl_folder, &made, error)) {
        return false;
    }
    const bool fine = fill_plan(target, NULL, &made, result, error) && find_or_map(&made, result, error);
    free_recipe(&made);
    return fine;
}
