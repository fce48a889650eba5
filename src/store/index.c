#define _DEFAULT_SOURCE
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/store/store.h"

#define STORE_FOLDER "build/store"

static const char *const schema =
    "CREATE TABLE records(kind TEXT, key TEXT, unit TEXT, weights TEXT, activations TEXT, network TEXT, target TEXT,"
    " path TEXT, json TEXT, PRIMARY KEY(kind, key))";

static bool bind_field(sqlite3_stmt *statement, int column, const json_t *record, const char *name)
{
    const char *text = json_string_value(json_object_get(record, name));
    return text == NULL || sqlite3_bind_text(statement, column, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

/* Adds one record file; a damaged one is skipped, as ng_store_get() would. */
static bool add_file(sqlite3_stmt *statement, const char *kind, const char *name, ng_error *error)
{
    static const char *const columns[] = {"unit", "weights", "activations", "network", "target"};
    char path[NG_PATH_SIZE];
    if (!ng_path(path, error, "%s/%s/%s", STORE_FOLDER, kind, name)) {
        return false;
    }
    json_t *record = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(record)) {
        json_decref(record);
        return true;
    }
    char *text = json_dumps(record, JSON_COMPACT);
    bool fine = text != NULL && sqlite3_reset(statement) == SQLITE_OK && sqlite3_clear_bindings(statement) == SQLITE_OK &&
                sqlite3_bind_text(statement, 1, kind, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
                sqlite3_bind_text(statement, 2, name, (int)strcspn(name, "."), SQLITE_TRANSIENT) == SQLITE_OK;
    for (int i = 0; fine && i < 5; i++) {
        fine = bind_field(statement, 3 + i, record, columns[i]);
    }
    fine = fine && sqlite3_bind_text(statement, 8, path, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
           sqlite3_bind_text(statement, 9, text, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
           sqlite3_step(statement) == SQLITE_DONE;
    free(text);
    json_decref(record);
    return fine || ng_fail(error, NG_EXIT_MISSING, "store: SQLite cannot add %s", path);
}

static int is_record(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return length == NG_HASH_SIZE - 1 + 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static int is_kind(const struct dirent *entry)
{
    return strspn(entry->d_name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(entry->d_name);
}

static bool add_kind(sqlite3_stmt *statement, const char *kind, ng_error *error)
{
    char folder[NG_PATH_SIZE];
    struct dirent **files;
    if (!ng_path(folder, error, "%s/%s", STORE_FOLDER, kind)) {
        return false;
    }
    const int count = scandir(folder, &files, is_record, alphasort);
    bool fine = true;
    for (int i = 0; i < count; i++) {
        fine = fine && add_file(statement, kind, files[i]->d_name, error);
        free(files[i]);
    }
    if (count >= 0) {
        free(files);
    }
    return fine;
}

static bool add_all(sqlite3 *database, ng_error *error)
{
    sqlite3_stmt *statement;
    struct dirent **kinds;
    if (sqlite3_exec(database, schema, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(database, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(database, "INSERT INTO records VALUES(?,?,?,?,?,?,?,?,?)", -1, &statement, NULL) != SQLITE_OK) {
        return ng_fail(error, NG_EXIT_MISSING, "store: SQLite: %s", sqlite3_errmsg(database));
    }
    const int count = scandir(STORE_FOLDER, &kinds, is_kind, alphasort);
    bool fine = true;
    for (int i = 0; i < count; i++) {
        fine = fine && add_kind(statement, kinds[i]->d_name, error);
        free(kinds[i]);
    }
    if (count >= 0) {
        free(kinds);
    }
    (void)sqlite3_finalize(statement);
    return fine && (sqlite3_exec(database, "COMMIT", NULL, NULL, NULL) == SQLITE_OK ||
                    ng_fail(error, NG_EXIT_MISSING, "store: SQLite: %s", sqlite3_errmsg(database)));
}

bool ng_store_index(ng_error *error)
{
    char temporary[NG_PATH_SIZE];
    sqlite3 *database = NULL;
    if (!ng_make_folders(STORE_FOLDER, error) ||
        !ng_path(temporary, error, "%s/index.db.tmp.%ld", STORE_FOLDER, (long)getpid())) {
        return false;
    }
    (void)unlink(temporary);
    bool fine = sqlite3_open(temporary, &database) == SQLITE_OK ||
                ng_fail(error, NG_EXIT_MISSING, "%s: SQLite cannot open it", temporary);
    fine = fine && add_all(database, error);
    (void)sqlite3_close(database);
    if (fine && rename(temporary, STORE_FOLDER "/index.db") != 0) {
        fine = ng_fail(error, NG_EXIT_MISSING, "%s: cannot rename", temporary);
    }
    if (!fine) {
        (void)unlink(temporary);
    }
    return fine;
}
