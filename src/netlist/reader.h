/* reader.h: the state of reading one netlist file, shared by the files that read its parts. */
#ifndef NG_READER_H
#define NG_READER_H

#include <jansson.h>

#include "src/netlist/net_table.h"
#include "src/netlist/netlist.h"

typedef struct {
    const char *path;    /* named in errors */
    ng_netlist *netlist;
    ng_net_table nets;
    bool dsp;            /* the circuit asks for DSP blocks */
    ng_error *error;
} ng_reader;

/* Fails with exit 2: "FILE: PLACE: reason". */
bool ng_reader_refuse(ng_reader *reader, const char *place, const char *reason);

/* The member of an object with the wanted type; refuses otherwise. */
const json_t *ng_reader_member(ng_reader *reader, const char *place, const json_t *object, const char *key,
                               json_type type);

/* The net of one bit: a net number or "0", "1", "x", "z". */
bool ng_reader_net(ng_reader *reader, const char *place, const json_t *bit, uint32_t *net);

/* A copy of a name from the file; refuses names with unprintable bytes. */
bool ng_reader_name(ng_reader *reader, const char *name, char **copy);

/* Finds the row of cells.def for a cell of that type with these parameters. */
bool ng_reader_cell_type(ng_reader *reader, ng_cell *cell, const char *type, const json_t *parameters);

/* Refuses a DSP block whose OPMODE or PCIN is not what src/netlist/dsp.h has; all drivers are known. */
bool ng_reader_dsp(ng_reader *reader);

/* Fills the cell's table and inverted from its parameters; the cell has its type and pins. */
bool ng_reader_parameters(ng_reader *reader, ng_cell *cell, const json_t *parameters);

/* Reads the module's ports, and its cells. */
bool ng_reader_ports(ng_reader *reader, const json_t *module);
bool ng_reader_cells(ng_reader *reader, const json_t *module);

/* Checks that each net has at most one driver, each net read has one, and there is one clock; fills fanout and clock. */
bool ng_reader_wire(ng_reader *reader);

/* Fills the netlist's steps; refuses combinational loops. */
bool ng_reader_order(ng_reader *reader);

#endif
