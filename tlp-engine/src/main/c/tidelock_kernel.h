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

/*
 * The scalar kernel: CPUs with TLK_CPU_BMI2_ADX. Numbers have limbs limbs of 64 bits, least
 * significant first; limbs is a multiple of 8, at least 8; R = 2^(64 limbs). N is odd and below R.
 * States are any representatives below R of residues modulo N; the result is one again, whatever
 * the state, but not always below N. Layout of the tables: scalar/tlk_mulx_tables.h. Scratch has
 * 2 limbs + 1 limbs and holds nothing between calls. Nothing overlaps, save x and factor. Reads and
 * writes stay within these sizes even if the tables are damaged.
 */

/* x <- x^(2^count) / R^(2^count - 1) modulo N: count squarings in Montgomery form. */
TLK_EXPORT void tlk_mulx_square(uint64_t *x, const uint64_t *tables, uint64_t *scratch,
                                uint64_t limbs, uint64_t count);

/* x <- x factor / R modulo N: a multiplication in Montgomery form. The factor may be x itself. */
TLK_EXPORT void tlk_mulx_multiply(uint64_t *x, const uint64_t *factor, const uint64_t *tables,
                                  uint64_t *scratch, uint64_t limbs);

#endif
