/*
 * Chains in Montgomery form by GMP's own inner functions: mpn_sqr, then one of the three reductions.
 * They are private to libgmp but exported by it; a libgmp that hides them makes open return null.
 *
 * What they compute, for u of 2n limbs, m odd and B = 2^64, is u B^-n mod m:
 *   redc_1 wants -m^-1 mod B, redc_2 wants -m^-1 mod B^2; both return a carry c, and c B^n + result
 *   is below B^n + m for x below B^n, so that m is subtracted where c is set;
 *   redc_n wants m^-1 mod B^n and returns nothing.
 */
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "64-bit limbs");

#define IF_EXPORTED __attribute__((weak))

IF_EXPORTED mp_limb_t __gmpn_redc_1(mp_limb_t *r, mp_limb_t *u, const mp_limb_t *m, mp_size_t n,
                                    mp_limb_t inverse);
IF_EXPORTED mp_limb_t __gmpn_redc_2(mp_limb_t *r, mp_limb_t *u, const mp_limb_t *m, mp_size_t n,
                                    const mp_limb_t *inverse);
IF_EXPORTED void __gmpn_redc_n(mp_limb_t *r, mp_limb_t *u, const mp_limb_t *m, mp_size_t n,
                               const mp_limb_t *inverse);

typedef struct {
  uint32_t method;
  mp_size_t limbs;
  mp_limb_t *m;
  mp_limb_t *inverse;
  mp_limb_t *x;
  mp_limb_t *wide;
} redc_state;

static void close(void *opaque) {
  redc_state *state = opaque;
  free(state->m);
  free(state->inverse);
  free(state->x);
  free(state->wide);
  free(state);
}

static int is_exported(uint32_t method) {
  switch (method) {
    case PEERS_GMP_REDC_1:
      return __gmpn_redc_1 != NULL;
    case PEERS_GMP_REDC_2:
      return __gmpn_redc_2 != NULL;
    default:
      return __gmpn_redc_n != NULL;
  }
}

/* inverse = m^-1 mod B^limbs, negated where the reduction wants it so. */
static void invert(redc_state *state) {
  mpz_t m, b, inverse;
  mpz_inits(m, b, inverse, NULL);
  mpz_import(m, (size_t)state->limbs, -1, sizeof(mp_limb_t), 0, 0, state->m);
  mpz_setbit(b, (mp_bitcnt_t)state->limbs * GMP_NUMB_BITS);
  mpz_invert(inverse, m, b);
  if (state->method != PEERS_GMP_REDC_N) {
    mpz_sub(inverse, b, inverse);
  }
  mpz_export(state->inverse, NULL, -1, sizeof(mp_limb_t), 0, 0, inverse);
  mpz_clears(m, b, inverse, NULL);
}

static void *open(uint32_t method, const uint64_t *n, size_t limbs) {
  if (!is_exported(method)) {
    return NULL;
  }
  redc_state *state = calloc(1, sizeof *state);
  if (state == NULL) {
    return NULL;
  }
  state->method = method;
  state->limbs = (mp_size_t)limbs;
  state->m = calloc(limbs, sizeof(mp_limb_t));
  state->inverse = calloc(limbs, sizeof(mp_limb_t));
  state->x = calloc(limbs, sizeof(mp_limb_t));
  state->wide = calloc(2 * limbs, sizeof(mp_limb_t));
  if (state->m == NULL || state->inverse == NULL || state->x == NULL || state->wide == NULL) {
    close(state);
    return NULL;
  }
  memcpy(state->m, n, limbs * sizeof(mp_limb_t));
  invert(state);
  return state;
}

/* x <- wide B^-n mod m */
static inline void reduce(redc_state *s) {
  mp_limb_t carry = 0;
  switch (s->method) {
    case PEERS_GMP_REDC_1:
      carry = __gmpn_redc_1(s->x, s->wide, s->m, s->limbs, s->inverse[0]);
      break;
    case PEERS_GMP_REDC_2:
      carry = __gmpn_redc_2(s->x, s->wide, s->m, s->limbs, s->inverse);
      break;
    default:
      __gmpn_redc_n(s->x, s->wide, s->m, s->limbs, s->inverse);
  }
  if (carry != 0) {
    mpn_sub_n(s->x, s->x, s->m, s->limbs);
  }
}

/* x B^n mod m */
static void set(void *opaque, const uint64_t *x) {
  redc_state *s = opaque;
  mpz_t value, m;
  mpz_inits(value, m, NULL);
  mpz_import(value, (size_t)s->limbs, -1, sizeof *x, 0, 0, x);
  mpz_import(m, (size_t)s->limbs, -1, sizeof(mp_limb_t), 0, 0, s->m);
  mpz_mul_2exp(value, value, (mp_bitcnt_t)s->limbs * GMP_NUMB_BITS);
  mpz_mod(value, value, m);
  memset(s->x, 0, (size_t)s->limbs * sizeof(mp_limb_t));
  mpz_export(s->x, NULL, -1, sizeof(mp_limb_t), 0, 0, value);
  mpz_clears(value, m, NULL);
}

static void square(void *opaque, uint64_t count) {
  redc_state *s = opaque;
  for (; count > 0; count--) {
    mpn_sqr(s->wide, s->x, s->limbs);
    reduce(s);
  }
}

/* The residue is x B^-n; the copy of x is reduced, x itself stays. */
static void get(void *opaque, uint64_t *x) {
  redc_state *s = opaque;
  size_t bytes = (size_t)s->limbs * sizeof(mp_limb_t);
  mp_limb_t *kept = malloc(bytes);
  if (kept == NULL) {
    abort();
  }
  memcpy(kept, s->x, bytes);
  memcpy(s->wide, s->x, bytes);
  memset(s->wide + s->limbs, 0, bytes);
  reduce(s);
  while (mpn_cmp(s->x, s->m, s->limbs) >= 0) {
    mpn_sub_n(s->x, s->x, s->m, s->limbs);
  }
  memcpy(x, s->x, bytes);
  memcpy(s->x, kept, bytes);
  free(kept);
}

const chain_method gmp_redc = {open, set, square, get, close};
