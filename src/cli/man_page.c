#include "src/cli/man_page.h"

#include "model/version.h"

/* A row of verbs.def or options.def. */
typedef struct {
    const char *name;
    const char *argument;
    const char *text;
    const char *preset; /* the default of an option; empty: none */
    const char *verbs;
} entry;

static const entry verbs[] = {
#define VERB(name, usage, text) {#name, usage, text, "", ""},
#include "src/cli/verbs.def"
#undef VERB
};

static const entry options[] = {
#define TEXT(field, name, argument, value, text, verbs) {name, argument, text, value, verbs},
#define NUMBER(field, name, argument, value, least, most, text, verbs) {name, argument, text, value == 0 ? "" : #value, verbs},
#define FLAG(field, name, text, verbs) {name, "", text, "", verbs},
#include "src/cli/options.def"
#undef TEXT
#undef NUMBER
#undef FLAG
};

/* Text with what roff would read as its own escaped. */
static void put(FILE *out, const char *text)
{
    for (; *text != 0; text++) {
        if (*text == '-' || *text == '\\') {
            (void)fputs(*text == '-' ? "\\-" : "\\e", out);
        } else {
            (void)fputc(*text, out);
        }
    }
}

static void put_lines(FILE *out, const char *const lines[])
{
    for (size_t i = 0; lines[i] != NULL; i++) {
        (void)fprintf(out, "%s\n", lines[i]);
    }
}

static void put_verb(FILE *out, const entry *verb)
{
    (void)fprintf(out, ".TP\n.B %s ", verb->name);
    put(out, verb->argument);
    (void)fputc('\n', out);
    put(out, verb->text);
    (void)fputs(".\n", out);
}

static void put_option(FILE *out, const entry *option)
{
    (void)fputs(".TP\n.B ", out);
    put(out, "--");
    put(out, option->name);
    (void)fprintf(out, " %s\n", option->argument);
    put(out, option->text);
    if (option->preset[0] != 0) {
        (void)fputs(" [", out);
        put(out, option->preset);
        (void)fputs("]", out);
    }
    (void)fprintf(out, ".\nVerbs: %s.\n", option->verbs);
}

void ng_man_page(FILE *out)
{
    static const char *const head[] = {
        ".SH NAME",
        "narrowgauge \\- what a narrow number format costs on an FPGA and does to a network's accuracy",
        ".SH SYNOPSIS",
        ".B narrowgauge",
        ".I verb",
        ".RI [ option \"...] [\" word ...]",
        ".SH DESCRIPTION",
        "Formats, encode, decode and table answer questions about number formats alone and run anywhere.",
        "The other verbs verify, price and evaluate circuits; they read",
        ".IR rtl/ \", \" sim/ \", \" networks/ \" and \" studies/",
        "of the current folder, so they run in a checkout of the sources.",
        ".PP",
        "Numbers are decimals, C hexadecimal floats, inf, nan, or quotients such as 1/3. They are rounded once, from the value",
        "that is written. Without numbers among the words, or for a single",
        ".BR \\- ,",
        "they are read from standard input, separated by white space.",
        NULL,
    };
    static const char *const tail[] = {
        ".SH EXIT STATUS",
        "0 done; 1 a check failed; 2 wrong usage or bad input; 3 something is missing on this machine.",
        ".SH EXAMPLES",
        ".nf",
        "narrowgauge encode e4m3 0.1 1/3 448",
        "narrowgauge decode e5m2 0x7b 0b01111100",
        "narrowgauge table e2m1",
        "seq 100 | narrowgauge encode int4 \\-\\-overflow wrap \\-\\-json",
        "narrowgauge verify \\-\\-unit mul \\-\\-weights e4m3 \\-\\-activations e4m3",
        ".fi",
        ".SH SEE ALSO",
        ".BR narrowgauge (3)",
        NULL,
    };
    (void)fprintf(out, ".TH NARROWGAUGE 1 \"\" \"narrowgauge %s\" \"narrowgauge\"\n", ng_version());
    put_lines(out, head);
    (void)fputs(".SH VERBS\n", out);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        put_verb(out, &verbs[i]);
    }
    (void)fputs(".SH OPTIONS\nDefaults stand in brackets.\n", out);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        put_option(out, &options[i]);
    }
    put_lines(out, tail);
}
