/* Chains and single powers by mpz_powm, GMP's public way. */
#include <gmp.h>
#include <stdlib.h>

#include "chain.h"

enum { SQUARINGS_A_CALL = 1000 };

typedef struct {
  mpz_t n;
  mpz_t x;
  mpz_t exponent;
  size_t limbs;
} powm_state;

static void import_limbs(mpz_t target, const uint64_t *limbs, size_t count) {
  mpz_import(target, count, -1, sizeof *limbs, 0, 0, limbs);
}

static void export_limbs(uint64_t *limbs, size_t count, const mpz_t source) {
  size_t written = 0;
  mpz_export(limbs, &written, -1, sizeof *limbs, 0, 0, source);
  for (; written < count; written++) {
    limbs[written] = 0;
  }
}

static void *open(uint32_t method, const uint64_t *n, size_t limbs) {
  (void)method;
  powm_state *state = malloc(sizeof *state);
  if (state == NULL) {
    return NULL;
  }
  mpz_inits(state->n, state->x, state->exponent, NULL);
  import_limbs(state->n, n, limbs);
  mpz_setbit(state->exponent, SQUARINGS_A_CALL);
  state->limbs = limbs;
  return state;
}

static void set(void *opaque, const uint64_t *x) {
  powm_state *state = opaque;
  import_limbs(state->x, x, state->limbs);
}

static void square(void *opaque, uint64_t count) {
  powm_state *state = opaque;
  for (uint64_t done = 0; done < count; done += SQUARINGS_A_CALL) {
    mpz_powm(state->x, state->x, state->exponent, state->n);
  }
}

static void get(void *opaque, uint64_t *x) {
  powm_state *state = opaque;
  export_limbs(x, state->limbs, state->x);
}

static void close(void *opaque) {
  powm_state *state = opaque;
  mpz_clears(state->n, state->x, state->exponent, NULL);
  free(state);
}

const chain_method gmp_powm = {open, set, square, get, close};

void peers_gmp_power(uint64_t *result, const uint64_t *base, const uint64_t *exponent,
                     const uint64_t *n, size_t limbs) {
  mpz_t b, e, m;
  mpz_inits(b, e, m, NULL);
  import_limbs(b, base, limbs);
  import_limbs(e, exponent, limbs);
  import_limbs(m, n, limbs);
  mpz_powm(b, b, e, m);
  export_limbs(result, limbs, b);
  mpz_clears(b, e, m, NULL);
}

const char *peers_gmp_version(void) { return gmp_version; }
