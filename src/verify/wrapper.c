#include "src/verify/wrapper.h"

#include <stdio.h>
#include <stdlib.h>

const char *ng_level_name(ng_level level)
{
    return level == NG_LEVEL_RTL ? "rtl" : "netlist";
}

static void write_ports(FILE *out, const ng_datapath *paths, size_t count)
{
    (void)fputs("module ng_top (\n  input logic clk_i", out);
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(out, ",\n  input logic start%zu_i,\n  input logic [%u:0] first%zu_i,\n  input logic [%u:0] second%zu_i,"
                      "\n  output logic [%u:0] y%zu_o",
                      i, paths[i].first_bits - 1, i, paths[i].second_bits - 1, i, paths[i].result_bits - 1, i);
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
    const bool convert = path->unit->kind == NG_UNIT_CONVERT;
    if (level == NG_LEVEL_RTL) {
        (void)fprintf(out, "  %s", path->unit->name);
        write_parameters(out, path);
    } else {
        (void)fprintf(out, "  ng_net%zu", index);
    }
    (void)fprintf(out, " u%zu (", index);
    if (path->unit->kind == NG_UNIT_MAC) {
        (void)fprintf(out, ".clk_i(clk_i), .first_i(start%zu_i), ", index);
    }
    (void)fprintf(out, ".%s(first%zu_i), .%s(second%zu_i), .y_o(y%zu_o));\n", convert ? "sum_i" : "w_i", index,
                  convert ? "shift_i" : "a_i", index, index);
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
        (void)fprintf(out, "DUT(%zu, %u, %u)\n", i, paths[i].first_bits, paths[i].second_bits);
    }
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
}
