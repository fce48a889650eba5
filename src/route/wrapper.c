#include "src/route/wrapper.h"

#include <stdio.h>

/* The operand ports of a unit in order, from bit 0 of the shift register up. */
typedef struct {
    const char *name[3];
    unsigned bits[3];
    unsigned count;
    unsigned total;
} ports;

static bool has_clock(const ng_datapath *path)
{
    return path->unit->kind == NG_UNIT_MAC || path->latency != 0;
}

static void add(ports *list, const char *name, unsigned bits)
{
    list->name[list->count] = name;
    list->bits[list->count++] = bits;
    list->total += bits;
}

static ports ports_of(const ng_datapath *path)
{
    ports list = {.count = 0};
    if (path->unit->kind == NG_UNIT_MAC) {
        add(&list, "first_i", 1);
    }
    add(&list, path->unit->kind == NG_UNIT_CONVERT ? "sum_i" : "w_i", path->first_bits);
    add(&list, path->unit->kind == NG_UNIT_CONVERT ? "shift_i" : "a_i", path->second_bits);
    return list;
}

static void write_black_box(FILE *out, const ng_datapath *path, const ports *list)
{
    (void)fprintf(out, "(* blackbox *)\nmodule %s (\n", path->unit->name);
    if (has_clock(path)) {
        (void)fputs("  input logic clk_i,\n", out);
    }
    for (unsigned i = 0; i < list->count; i++) {
        (void)fprintf(out, "  input logic [%u:0] %s,\n", list->bits[i] - 1, list->name[i]);
    }
    (void)fprintf(out, "  output logic [%u:0] y_o\n);\nendmodule : %s\n\n", path->result_bits - 1, path->unit->name);
}

static void write_instance(FILE *out, const ng_datapath *path, const ports *list)
{
    unsigned from = 0;
    (void)fprintf(out, "  %s u_unit (\n", path->unit->name);
    if (has_clock(path)) {
        (void)fputs("    .clk_i(clk_i),\n", out);
    }
    for (unsigned i = 0; i < list->count; i++) {
        (void)fprintf(out, "    .%s(operands_q[%u:%u]),\n", list->name[i], from + list->bits[i] - 1, from);
        from += list->bits[i];
    }
    (void)fputs("    .y_o(result)\n  );\n", out);
}

bool ng_route_wrapper(const ng_datapath *path, const char *clock, char **text, ng_error *error)
{
    size_t size;
    const ports list = ports_of(path);
    const unsigned result = path->result_bits;
    FILE *out = open_memstream(text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
    }
    write_black_box(out, path, &list);
    (void)fprintf(out, "module ng_route (%sinput logic data_i, output logic data_o);\n",
                  clock[0] == 0 ? "input logic clk_i, " : "");
    if (clock[0] != 0) {
        (void)fprintf(out, "  logic clk_i;\n  %s\n", clock);
    }
    (void)fprintf(out, "  logic [%u:0] operands_q;\n  logic [%u:0] result, result_q, fold_q;\n", list.total - 1, result - 1);
    (void)fputs("  always_ff @(posedge clk_i) begin\n", out);
    (void)fprintf(out, "    operands_q <= %u'({operands_q, data_i});\n", list.total);
    (void)fprintf(out, "    result_q <= result;\n    fold_q <= result_q ^ %u'({fold_q, 1'b0});\n  end\n", result);
    write_instance(out, path, &list);
    (void)fprintf(out, "  assign data_o = fold_q[%u];\nendmodule : ng_route\n", result - 1);
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
}
