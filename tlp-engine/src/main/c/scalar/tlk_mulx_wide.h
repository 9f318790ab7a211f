/* The scalar kernel's building blocks in assembly; each file's banner says what it computes. */
#ifndef TLK_MULX_WIDE_H
#define TLK_MULX_WIDE_H

#include <stdint.h>

void tlk_mulx_wide_square(uint64_t *t, const uint64_t *x, uint64_t limbs);

void tlk_mulx_wide_multiply(uint64_t *t, const uint64_t *a, const uint64_t *b, uint64_t limbs);

void tlk_mulx_reduce(uint64_t *x, uint64_t *t, const uint64_t *tables, uint64_t limbs);

#endif
