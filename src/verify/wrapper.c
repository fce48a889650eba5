#include "src/verify/wrapper.h"

#include <stdio.h>
#include <stdlib.h>

const char *ng_level_name(ng_level level)
{
    return level == NG_LEVEL_RTL ? "rtl" : "netlist";
}

/* A circuit with one operand word has a second one of a bit that leads nowhere: the bench sets two. */
static unsigned second_width(const ng_datapath *path)
{
    return path->second_bits != 0 ? path->second_bits : 1;
}

static void write_ports(FILE *out, const ng_datapath *paths, size_t count)
{
    (void)fputs("module ng_top (\n  input logic clk_i", out);
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(out, ",\n  input logic start%zu_i,\n  input logic [%u:0] first%zu_i,\n  input logic [%u:0] second%zu_i,"
                      "\n  output logic [%u:0] y%zu_o",
                      i, paths[i].first_bits - 1, i, second_width(&paths[i]) - 1, i, paths[i].result_bits - 1, i);
    }
    (void)fputs("\n);\n", out);
}

static void write_parameters(FILE *out, const ng_datapath *path)
{
    ng_parameter parameters[NG_PARAMETERS_MAX];
    const unsigned count = ng_datapath_parameters(path, parameters);
    for (unsigned i = 0; i < count; i++) {
        (void)fprintf(out, "%s.%s(%d)", i == 0 ? " #(" : ", ", parameters[i].name, parameters[i].value);
    }
    (void)fputs(")", out);
}

static void write_instance(FILE *out, const ng_datapath *path, size_t index, ng_level level)
{
    const ng_kind_row *kind = ng_unit_kind_at(path->unit->kind);
    if (level == NG_LEVEL_RTL) {
        (void)fprintf(out, "  %s", path->unit->name);
        write_parameters(out, path);
    } else {
        (void)fprintf(out, "  ng_net%zu", index);
    }
    (void)fprintf(out, " u%zu (", index);
    if (kind->clocked || path->latency != 0) {
        (void)fputs(".clk_i(clk_i), ", out);
    }
    if (kind->clocked) {
        (void)fprintf(out, ".first_i(start%zu_i), ", index);
    }
    (void)fprintf(out, ".%s(first%zu_i), ", kind->first, index);
    if (kind->second[0] != 0) {
        (void)fprintf(out, ".%s(second%zu_i), ", kind->second, index);
    }
    (void)fprintf(out, ".y_o(y%zu_o));\n", index);
}

bool ng_wrapper_text(const ng_datapath *paths, size_t count, ng_level level, char **text, ng_error *error)
{
    size_t size;
    FILE *out = open_memstream(text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
    }
    write_ports(out, paths, count);
    for (size_t i = 0; i < count; i++) {
        write_instance(out, &paths[i], i, level);
    }
    (void)fputs("endmodule : ng_top\n", out);
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
}

bool ng_wrapper_list(const ng_datapath *paths, size_t count, char **text, ng_error *error)
{
    size_t size;
    FILE *out = open_memstream(text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
    }
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(out, "DUT(%zu, %u, %u)\n", i, paths[i].first_bits, second_width(&paths[i]));
    }
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
}
