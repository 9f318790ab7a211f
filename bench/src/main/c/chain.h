/* How a method is plugged in: each file gmp_*.c and openssl_*.c fills one table. */
#ifndef TIDELOCK_BENCH_CHAIN_H
#define TIDELOCK_BENCH_CHAIN_H

#include "peers.h"

typedef struct {
  void *(*open)(uint32_t method, const uint64_t *n, size_t limbs);
  void (*set)(void *state, const uint64_t *x);
  void (*square)(void *state, uint64_t count);
  void (*get)(void *state, uint64_t *x);
  void (*close)(void *state);
} chain_method;

extern const chain_method gmp_powm;
extern const chain_method gmp_redc;
extern const chain_method openssl_montgomery;

#endif
