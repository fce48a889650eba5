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

/* fp32(2^(j/32)) or other scales of every layer's input, scales[plan.layer_count], from the fp32 run on
 * request->calibration_images images. Errors: exit 2 for an unknown method, exit 1 if an activation is not finite. */
bool ng_calibrate(const ng_subject *subject, const ng_accuracy_request *request, float *scales, ng_error *error);

/* The recipe of a request; scales is filled for scalar formats and must have room for every layer. */
bool ng_recipe_make(const ng_subject *subject, const ng_accuracy_request *request, float *scales, ng_recipe *recipe,
                    ng_error *error);

/* True if the pair is one of block formats, which need no calibration. */
bool ng_request_is_block(const ng_accuracy_request *request);

/* The recipe's name for keys and records: the calibration method, or the rule of block scales. */
const char *ng_recipe_name(const ng_accuracy_request *request);

/* Number of calibration images with its default; 0 for block formats. */
unsigned ng_calibration_count(const ng_accuracy_request *request);

#endif
