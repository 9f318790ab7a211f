/*
 * What holds after every product, asserted in a checked build (-DTLK_CHECKED) and compiled to nothing
 * otherwise.
 */
#ifndef TLK_IFMA_CHECK_H
#define TLK_IFMA_CHECK_H

#include "ifma/ifma_vector.h"

#ifdef TLK_CHECKED
#include <assert.h>
#endif

/* Asserts that x is below TLK_BOUND N, each digit at most a little over 2^52. */
TLK_INLINE void check_result(const tlk_lanes *x, const uint64_t *tables) {
#ifdef TLK_CHECKED
  const uint64_t *n = tables + 8 + 8 * TLK_REGISTERS;
  uint64_t words[8 * TLK_REGISTERS] __attribute__((aligned(64)));
  for (int k = 0; k < TLK_REGISTERS; k++) {
    tlk_store(words + 8 * k, x[k]);
  }
  /* The borrow out of x - TLK_BOUND N; negative columns shift arithmetically. */
  int64_t borrow = 0;
  for (int i = 0; i < 8 * TLK_REGISTERS; i++) {
    const int word = 8 * (i % TLK_REGISTERS) + i / TLK_REGISTERS;
    assert(words[word] < (UINT64_C(1) << 52) + (UINT64_C(1) << 12));
    assert(i < TLK_DIGITS || words[word] == 0);
    borrow = (borrow + (int64_t)words[word] - (int64_t)(n[word] * TLK_BOUND)) >> TLK_DIGIT_BITS;
  }
  assert(borrow < 0);
#else
  (void)x;
  (void)tables;
#endif
}

/* Asserts that no column has overflowed and that nothing leaves at the top. */
TLK_INLINE void check_columns(const tlk_lanes *column) {
#ifdef TLK_CHECKED
  uint64_t lanes[8] __attribute__((aligned(64)));
  for (int k = 0; k < TLK_REGISTERS; k++) {
    tlk_store(lanes, column[k]);
    for (int l = 0; l < 8; l++) {
      assert(lanes[l] < UINT64_C(1) << 63);
    }
  }
  assert(lanes[7] < UINT64_C(1) << 52);
#else
  (void)column;
#endif
}

#endif
