/*
 * TLK_SQUARE(x, tables, count): x <- x^(2^count) / R^(2^count - 1) modulo N, in place.
 *
 * Requires: x below TLK_BOUND N as a number; x and tables from 64-byte boundaries, not overlapping.
 * Ensures: the same of x. Returns how many squarings took the slow path.
 * Bounds: x^2 / R < TLK_BOUND N / 2 and the folds add less than (SINGLES + 3) N, SOUNDNESS.md.
 * CPU features: AVX-512 F, DQ, VL, BW, IFMA; BMI2.
 */
#include "ifma/ifma_check.h"
#include "ifma/ifma_product.h"
#include "ifma/tlk_ifma.h"

uint64_t TLK_SQUARE(uint64_t *x, const uint64_t *tables, uint64_t count) {
  const tlk_lanes bit52 = _mm512_set1_epi64(1LL << TLK_DIGIT_BITS);
  uint64_t doubled_memory[K][8] __attribute__((aligned(64)));
  uint64_t diagonal_memory[K][8] __attribute__((aligned(64)));
  tlk_lanes v[K], doubled[K], diagonal[K];
  const factors f = {x, doubled_memory[0], diagonal_memory[0], doubled, diagonal, v};
  uint64_t slow = 0;
  workspace w;

  clear(&w);
  TLK_UNROLL for (int k = 0; k < K; k++) v[k] = tlk_load(x + 8 * k);
  /* The chain's loop must not end in a TLK_UNROLL loop: gcc 12 then unrolls the chain's loop itself, and
     the code grows thirtyfold. */
  for (; count > 0; count--) {
    /* A digit of 2^52 or more, of x or of the diagonal, would lose its bit 52 in the multiplier. */
    tlk_lanes any = v[0];
    diagonal[0] = v[0];
    doubled[0] = _mm512_add_epi64(v[0], v[0]);
    TLK_UNROLL for (int k = 1; k < K; k++) {
      diagonal[k] = _mm512_add_epi64(v[k], _mm512_srli_epi64(v[k - 1], TLK_DIGIT_BITS - 1));
      doubled[k] = _mm512_add_epi64(v[k], diagonal[k]);
      any = _mm512_or_si512(any, diagonal[k]);
    }
    TLK_UNROLL for (int k = 0; k < K; k++) {
      tlk_store(x + 8 * k, v[k]);
      if (!OPERANDS_STAY) {
        tlk_store(doubled_memory[k], doubled[k]);
        tlk_store(diagonal_memory[k], diagonal[k]);
      }
    }
    __asm__("" : "+m"(*(uint64_t(*)[8 * K])x), "+m"(doubled_memory), "+m"(diagonal_memory));
    if (__builtin_expect(_mm512_test_epi64_mask(any, bit52) != 0, 0)) {
      slow++;
      TLK_MULTIPLY(x, x, x, tables);
      TLK_UNROLL for (int k = 0; k < K; k++) v[k] = tlk_load(x + 8 * k);
    } else {
      product(v, &f, tables, &w);
    }
    check_result(v, tables);
  }
  TLK_UNROLL for (int k = 0; k < K; k++) tlk_store(x + 8 * k, v[k]);
  return slow;
}
