#include "src/simulate/top.h"

#include <stdio.h>
#include <stdlib.h>

#include "src/verify/wrapper.h"

static void write_top(FILE *out, const ng_datapath *path)
{
    (void)fprintf(out,
                  "module ng_stream_top (\n"
                  "  input logic clk_i,\n"
                  "  input logic input_valid_i,\n"
                  "  input logic input_ready_i,\n"
                  "  input logic output_valid_i,\n"
                  "  input logic sink_ready_i,\n"
                  "  input logic mismatch_i,\n"
                  "  input logic start_i,\n"
                  "  input logic [%u:0] first_operand_i,\n"
                  "  input logic [%u:0] second_operand_i,\n"
                  "  output logic [%u:0] y_o\n"
                  ");\n"
                  "  ng_top u_top (.clk_i(clk_i), .start0_i(start_i), .first0_i(first_operand_i),\n"
                  "                .second0_i(second_operand_i), .y0_o(y_o));\n"
                  "endmodule : ng_stream_top\n",
                  path->first_bits - 1, path->second_bits - 1, path->result_bits - 1);
}

bool ng_stream_top_text(const ng_datapath *path, char **text, ng_error *error)
{
    char *inner;
    size_t size;
    if (!ng_wrapper_text(path, 1, NG_LEVEL_RTL, &inner, error)) {
        return false;
    }
    FILE *out = open_memstream(text, &size);
    if (out != NULL) {
        (void)fputs(inner, out);
        write_top(out, path);
    }
    free(inner);
    return (out != NULL && fclose(out) == 0) || ng_fail(error, NG_EXIT_MISSING, "wrapper: out of memory");
}
