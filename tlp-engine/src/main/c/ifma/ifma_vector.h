/*
 * The vector operations the IFMA kernel is written in: 8 lanes of 64 bits, CPU features AVX-512 F, DQ
 * and IFMA.
 */
#ifndef TLK_IFMA_VECTOR_H
#define TLK_IFMA_VECTOR_H

#include <immintrin.h>
#include <stdint.h>

#define TLK_INLINE static inline __attribute__((always_inline))

/* Placed before every loop of the kernel: all bounds are constants and all indices vanish. The number
   is above the turns of the longest loop; gcc keeps a longer one as a loop. */
#ifdef __clang__
#define TLK_UNROLL _Pragma("unroll")
#else
#define TLK_UNROLL _Pragma("GCC unroll 64")
#endif

#define TLK_DIGIT_BITS 52
#define TLK_DIGIT_MASK ((UINT64_C(1) << TLK_DIGIT_BITS) - 1)

typedef __m512i tlk_lanes;

TLK_INLINE tlk_lanes tlk_load(const uint64_t *from) { return _mm512_load_si512(from); }

TLK_INLINE tlk_lanes tlk_load_unaligned(const uint64_t *from) { return _mm512_loadu_si512(from); }

TLK_INLINE void tlk_store(uint64_t *to, tlk_lanes v) { _mm512_store_si512(to, v); }

/* Lanes 0 and 1 alone, to a 16-byte boundary. */
TLK_INLINE void tlk_store_two(uint64_t *to, tlk_lanes v) {
  _mm_store_si128((__m128i *)to, _mm512_castsi512_si128(v));
}

/*
 * One digit in all lanes, always taken from memory: that costs no arithmetic port. Left to itself the
 * compiler would take it from a general register, which does.
 */
TLK_INLINE tlk_lanes tlk_broadcast(const uint64_t *digit) {
  tlk_lanes v;
  __asm__("vpbroadcastq %1, %0" : "=v"(v) : "m"(*digit));
  return v;
}

/* Lane 0 in all lanes. Costs a shuffle, but not the way through memory. */
TLK_INLINE tlk_lanes tlk_broadcast_lowest(tlk_lanes v) {
  return _mm512_broadcastq_epi64(_mm512_castsi512_si128(v));
}

/* sum + a b mod 2^52 in each lane; bits 52 and up of a and b are ignored. */
TLK_INLINE tlk_lanes tlk_add_low(tlk_lanes sum, tlk_lanes a, tlk_lanes b) {
  return _mm512_madd52lo_epu64(sum, a, b);
}

/* sum + floor(a b / 2^52) in each lane; bits 52 and up of a and b are ignored. */
TLK_INLINE tlk_lanes tlk_add_high(tlk_lanes sum, tlk_lanes a, tlk_lanes b) {
  return _mm512_madd52hi_epu64(sum, a, b);
}

/* Lane l of the result is lane l + 1 of v; zero enters at the top. */
TLK_INLINE tlk_lanes tlk_lane_down(tlk_lanes v) {
  return _mm512_alignr_epi64(_mm512_setzero_si512(), v, 1);
}

/* Lane l of the result is lane l - 1 of v; zero enters at the bottom. */
TLK_INLINE tlk_lanes tlk_lane_up(tlk_lanes v) {
  return _mm512_alignr_epi64(v, _mm512_setzero_si512(), 7);
}

/*
 * A pointer the compiler knows nothing about: what is read through it is read there and then, not kept
 * in registers (or in copies on the stack) since an earlier reading.
 */
TLK_INLINE const uint64_t *tlk_anew(const uint64_t *pointer) {
  __asm__("" : "+r"(pointer));
  return pointer;
}

#endif
