/*
 * Chains of modular squarings by AVX-512 IFMA, for the sizes of modulus that ifma/size_*.h name.
 * CPU features: AVX-512 F, DQ, VL, BW and IFMA, BMI2 (TLK_CPU_AVX512_IFMA).
 *
 * N is odd and at least 3, of at most the bits its size allows. A state is 8 K words from a 64-byte
 * boundary, x = sum of digits 2^(52 i), digit K l + k in word 8 k + l: any representative below
 * TLK_BOUND N of a residue in Montgomery form, R = 2^(52 E). Results are such again, but for the
 * digits, of which very few may reach 2^52; every function here accepts such digits. Tables: see
 * ifma/ifma_product.h; from a 64-byte boundary. Reads and writes stay within states and tables
 * whatever they hold. Time depends on the values only by the slow path.
 */
#ifndef TLK_IFMA_H
#define TLK_IFMA_H

#include "tidelock_kernel.h"

#define TLK_IFMA_SIZE(bits)                                                                      \
  /* x <- x^(2^count) / R^(2^count - 1) modulo N. Returns how many squarings took the slow path. */ \
  TLK_EXPORT uint64_t tlk_ifma_square_##bits(uint64_t *x, const uint64_t *tables, uint64_t count); \
  /* r <- a b / R modulo N. r may be a or b or both. */                                         \
  TLK_EXPORT void tlk_ifma_multiply_##bits(uint64_t *r, const uint64_t *a, const uint64_t *b,    \
                                           const uint64_t *tables);

TLK_IFMA_SIZE(1024)
TLK_IFMA_SIZE(1536)
TLK_IFMA_SIZE(2048)
TLK_IFMA_SIZE(2560)
TLK_IFMA_SIZE(3072)
TLK_IFMA_SIZE(4096)

#undef TLK_IFMA_SIZE

#endif
