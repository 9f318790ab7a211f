/*
 * What libpeers offers to the benchmark: squaring chains in other people's libraries, one modular
 * power of GMP, and the speed limit of the CPU's 52-bit multiplier. Numbers are arrays of 64-bit
 * limbs, the least significant first, as long as the modulus. Built by the benchmark commands only
 * and never shipped.
 */
#ifndef TIDELOCK_BENCH_PEERS_H
#define TIDELOCK_BENCH_PEERS_H

#include <stddef.h>
#include <stdint.h>

#define PEERS_EXPORT __attribute__((visibility("default")))

/* How a chain is squared. Peer.Method in Java has the same values. */
enum peers_method {
  PEERS_GMP_POWM,           /* mpz_powm with exponent 2^1000: counts are multiples of 1000 */
  PEERS_GMP_REDC_1,         /* mpn_sqr and mpn_redc_1, a limb at a time; private to libgmp */
  PEERS_GMP_REDC_2,         /* mpn_sqr and mpn_redc_2, two limbs at a time; private too */
  PEERS_GMP_REDC_N,         /* mpn_sqr and mpn_redc_n, by multiplication; private too */
  PEERS_OPENSSL_MONTGOMERY, /* BN_mod_mul_montgomery(r, r, r) */
  PEERS_METHODS
};

/* A chain: modulus, derived constants, one residue. For one thread. */
typedef struct peers_chain peers_chain;

/* Opens a chain modulo the odd number n; null where the library lacks the method. */
PEERS_EXPORT peers_chain *peers_open(uint32_t method, const uint64_t *n, size_t limbs);

/* Sets the residue to x < n. */
PEERS_EXPORT void peers_set(peers_chain *chain, const uint64_t *x);

/* Squares the residue count times. */
PEERS_EXPORT void peers_square(peers_chain *chain, uint64_t count);

/* Writes the residue, below n, to x. */
PEERS_EXPORT void peers_get(peers_chain *chain, uint64_t *x);

PEERS_EXPORT void peers_close(peers_chain *chain);

/* result = base^exponent mod n by mpz_powm; all four are as long as n. */
PEERS_EXPORT void peers_gmp_power(uint64_t *result, const uint64_t *base, const uint64_t *exponent,
                                  const uint64_t *n, size_t limbs);

/* Versions of the libraries as loaded. */
PEERS_EXPORT const char *peers_gmp_version(void);
PEERS_EXPORT const char *peers_openssl_version(void);

/* Whether the CPU has AVX-512 IFMA, so that peers_multiply_adds can run. */
PEERS_EXPORT int32_t peers_has_ifma(void);

/* Issues count (a multiple of 96) vpmadd52luq and vpmadd52huq on zmm registers, half of each, with
 * nothing to wait for: what the CPU's multiplier ports can do at most. */
PEERS_EXPORT void peers_multiply_adds(uint64_t count);

#endif
