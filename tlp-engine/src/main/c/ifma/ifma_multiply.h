/*
 * TLK_MULTIPLY(r, a, b, tables): r <- a b / R modulo N. Exact for all digits: the slow path of squaring.
 *
 * Requires: a and b below TLK_BOUND N as numbers; all from 64-byte boundaries. r may be a or b or
 * both; nothing else overlaps.
 * Ensures: r below TLK_BOUND N.
 * CPU features: AVX-512 F, DQ, VL, BW, IFMA; BMI2.
 */
#include "ifma/ifma_check.h"
#include "ifma/ifma_product.h"
#include "ifma/tlk_ifma.h"

/* to <- the same number with all digits below 2^52. */
static void carry_through(uint64_t *to, const uint64_t *from) {
  uint64_t carry = 0;
  for (int i = 0; i < 8 * K; i++) {
    const int word = 8 * (i % K) + i / K;
    carry += from[word];
    to[word] = carry & TLK_DIGIT_MASK;
    carry >>= TLK_DIGIT_BITS;
  }
}

/* Whether a digit has reached 2^52. */
static int has_large_digit(const uint64_t *a) {
  tlk_lanes any = tlk_load(a);
  TLK_UNROLL for (int k = 1; k < K; k++) any = _mm512_or_si512(any, tlk_load(a + 8 * k));
  return _mm512_test_epi64_mask(any, _mm512_set1_epi64((long long)~TLK_DIGIT_MASK)) != 0;
}

void TLK_MULTIPLY(uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *tables) {
  uint64_t exact_a[8 * K] __attribute__((aligned(64)));
  uint64_t exact_b[8 * K] __attribute__((aligned(64)));
  tlk_lanes v[K], held[K];
  workspace w;

  if (has_large_digit(a)) {
    carry_through(exact_a, a);
    a = exact_a;
  }
  if (has_large_digit(b)) {
    carry_through(exact_b, b);
    b = exact_b;
  }
  TLK_UNROLL for (int k = 0; k < K; k++) held[k] = tlk_load(b + 8 * k);
  const factors f = {a, b, NULL, held, NULL, NULL};
  clear(&w);
  product(v, &f, tables, &w);
  check_result(v, tables);
  TLK_UNROLL for (int k = 0; k < K; k++) tlk_store(r + 8 * k, v[k]);
}
