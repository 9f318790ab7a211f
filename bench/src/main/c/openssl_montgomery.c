/* Chains by OpenSSL's BN_mod_mul_montgomery. */
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <stdlib.h>

#include "chain.h"

typedef struct {
  BN_CTX *context;
  BN_MONT_CTX *montgomery;
  BIGNUM *n;
  BIGNUM *x;
  BIGNUM *plain;
  size_t limbs;
} montgomery_state;

static void close(void *opaque) {
  montgomery_state *state = opaque;
  BN_free(state->n);
  BN_free(state->x);
  BN_free(state->plain);
  BN_MONT_CTX_free(state->montgomery);
  BN_CTX_free(state->context);
  free(state);
}

static int to_number(BIGNUM *target, const uint64_t *limbs, size_t count) {
  return BN_lebin2bn((const unsigned char *)limbs, (int)(count * sizeof *limbs), target) != NULL;
}

/* OpenSSL fails only for want of memory here: a benchmark then ends. */
static void require(int ok) {
  if (!ok) {
    abort();
  }
}

static void *open(uint32_t method, const uint64_t *n, size_t limbs) {
  (void)method;
  montgomery_state *state = calloc(1, sizeof *state);
  if (state == NULL) {
    return NULL;
  }
  state->limbs = limbs;
  state->context = BN_CTX_new();
  state->montgomery = BN_MONT_CTX_new();
  state->n = BN_new();
  state->x = BN_new();
  state->plain = BN_new();
  if (state->context == NULL || state->montgomery == NULL || state->n == NULL ||
      state->x == NULL || state->plain == NULL || !to_number(state->n, n, limbs) ||
      !BN_MONT_CTX_set(state->montgomery, state->n, state->context)) {
    close(state);
    return NULL;
  }
  return state;
}

static void set(void *opaque, const uint64_t *x) {
  montgomery_state *state = opaque;
  require(to_number(state->plain, x, state->limbs));
  require(BN_to_montgomery(state->x, state->plain, state->montgomery, state->context));
}

static void square(void *opaque, uint64_t count) {
  montgomery_state *state = opaque;
  int ok = 1;
  for (; count > 0; count--) {
    ok &= BN_mod_mul_montgomery(state->x, state->x, state->x, state->montgomery, state->context);
  }
  require(ok);
}

static void get(void *opaque, uint64_t *x) {
  montgomery_state *state = opaque;
  require(BN_from_montgomery(state->plain, state->x, state->montgomery, state->context));
  int length = (int)(state->limbs * sizeof *x);
  require(BN_bn2lebinpad(state->plain, (unsigned char *)x, length) == length);
}

const chain_method openssl_montgomery = {open, set, square, get, close};

const char *peers_openssl_version(void) { return OpenSSL_version(OPENSSL_VERSION); }
