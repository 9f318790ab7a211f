#include "tidelock_kernel.h"

#include <cpuid.h>

/* Leaf 7, subleaf 0. */
#define EBX_BMI2 (1u << 8)
#define EBX_ADX (1u << 19)
#define EBX_AVX512F (1u << 16)
#define EBX_AVX512DQ (1u << 17)
#define EBX_AVX512IFMA (1u << 21)
#define EBX_AVX512BW (1u << 30)
#define EBX_AVX512VL (1u << 31)

/* Leaf 1. */
#define ECX_OSXSAVE (1u << 27)

/* XCR0: SSE, AVX, mask registers, upper halves of zmm0-15, zmm16-31. */
#define XCR0_AVX512 0xe6u

static uint32_t enabled_state(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

uint64_t tlk_cpu_features(void) {
  const uint32_t bmi2_adx = EBX_BMI2 | EBX_ADX;
  const uint32_t ifma = EBX_BMI2 | EBX_AVX512F | EBX_AVX512DQ | EBX_AVX512IFMA | EBX_AVX512BW |
                        EBX_AVX512VL;
  unsigned int eax, ebx, ecx, edx;
  uint32_t leaf7 = 0;
  uint32_t leaf1 = 0;
  uint64_t features = 0;

  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx)) {
    leaf1 = ecx;
  }
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
    leaf7 = ebx;
  }
  if ((leaf7 & bmi2_adx) == bmi2_adx) {
    features |= TLK_CPU_BMI2_ADX;
  }
  if ((leaf7 & ifma) == ifma && (leaf1 & ECX_OSXSAVE) != 0 &&
      (enabled_state() & XCR0_AVX512) == XCR0_AVX512) {
    features |= TLK_CPU_AVX512_IFMA;
  }
  return features;
}
