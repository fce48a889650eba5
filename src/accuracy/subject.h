/* subject.h: what an evaluation is about: a network, the images it is tested on, the images it is calibrated with. */
#ifndef NG_SUBJECT_H
#define NG_SUBJECT_H

#include "src/accuracy/accuracy.h"
#include "src/data/dataset.h"
#include "src/infer/engine.h"

typedef struct {
    char name[NG_LABEL_SIZE];          /* the network's file name without folder and suffix */
    ng_network network;
    ng_plan plan;
    ng_dataset test;
    ng_dataset calibration;            /* the first images, from which calibration draws */
    char network_sha256[NG_HASH_SIZE]; /* of the file */
    char data_sha256[NG_HASH_SIZE];    /* of the images and labels, unpacked, and of how they are prepared */
} ng_subject;

/* Loads and checks everything the request names. Errors: exit 2, exit 3 (src/network). Free with ng_subject_free(). */
bool ng_subject_load(ng_subject *subject, const ng_accuracy_request *request, ng_error *error);

void ng_subject_free(ng_subject *subject);

/* True if the pair is one of block formats, which need no calibration. */
bool ng_request_is_block(const ng_accuracy_request *request);

/* The calibration's name for keys and records: the method, or the rule of block scales. */
const char *ng_calibration_name(const ng_accuracy_request *request);

/* Number of calibration images with its default; 0 for block formats without a recipe that needs some. */
unsigned ng_calibration_count(const ng_accuracy_request *request);

#endif
