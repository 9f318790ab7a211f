/*
 * What libtidelock offers to the Java side, which owns memory, lifetime and policy: nothing here
 * allocates, logs, retries or keeps state between calls.
 */
#ifndef TIDELOCK_KERNEL_H
#define TIDELOCK_KERNEL_H

#include <stdint.h>

#define TLK_EXPORT __attribute__((visibility("default")))

/* Raised whenever a signature, a table layout or the meaning of an argument changes. */
#define TLK_ABI_VERSION 1u

/* The library's TLK_ABI_VERSION: Java refuses to use a library with another one than its own. */
TLK_EXPORT uint32_t tlk_abi_version(void);

/* Bits of tlk_cpu_features. */
#define TLK_CPU_BMI2_ADX UINT64_C(1)
#define TLK_CPU_AVX512_IFMA UINT64_C(2)

/*
 * What this CPU and operating system let kernels use:
 * TLK_CPU_BMI2_ADX: mulx, adcx and adox;
 * TLK_CPU_AVX512_IFMA: AVX-512 F, DQ, VL, BW and IFMA, and BMI2, with the operating system saving
 * all vector and mask registers.
 */
TLK_EXPORT uint64_t tlk_cpu_features(void);

#endif
